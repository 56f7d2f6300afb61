## Requests and how they are decided: the words of every process.

# Choices of those who decide.
decide-approve = Approve
decide-refuse = Refuse
decide-ask = Ask a question
decide-take = Take in charge
decide-revoke = Take back the refusal
decide-amend = Change and approve
decide-mandate-end = End it: { $who }
decide-show = Show the request

# Choices of those who ask.
decide-answer = Answer
decide-withdraw = Withdraw my request
decide-appeal = Ask for a second look

## The card
decide-card-age =
    { $days ->
        [0] { $at }
        [one] { $at }, one working day ago
       *[other] { $at }, { $days } working days ago
    }{ $offers ->
        [one] {""}
       *[other] {" "}(shown { $offers } times)
    }
    .label = Asked
decide-card-appeal = This is a second look at request { $before }, which was refused. It must be decided by somebody who did not decide the first time. What they write:
decide-card-votes = { $approving } for, { $refusing } against; { $quorum } needed to decide
    .label = Voices
decide-card-voters = { $names }
    .label = Already said
decide-card-taken = { $who }
    .label = In charge
decide-card-asked = { $who } asked on { $at }, and the answer is awaited:
decide-card-answered = Question and answer:
decide-card-escalated = It has waited for too long. Since { $at } it may also be decided by: { $role }.
decide-card-approved =
    { $by ->
        [mandate] ✅ Approved by { $who } in the place of { $place }, { $at }.
       *[self] ✅ Approved by { $who }, { $at }.
    }
decide-card-override = Approved in spite of the limit, because:
decide-card-refused =
    { $by ->
        [mandate] ⛔ Refused by { $who } in the place of { $place }, { $at }.
       *[self] ⛔ Refused by { $who }, { $at }.
    }
decide-card-grace = Nobody has been told yet. The refusal can be taken back until { $at }.
decide-card-withdrawn = Withdrawn by the person who asked, { $at }.
decide-card-undecided = ⏳ Not decided in time: it was needed by { $at }, and is closed.
decide-card-voided = ⚠️ Changed since { $who } approved it ({ $at }). That approval no longer counts: please look again.
decide-card-named = { $names }
    .label = Decided by
decide-card-needed = { $at }
    .label = Needed by
decide-card-gone = Request { $number } “{ $subject }” is no longer yours to decide on. You have nothing to do.
decide-card-empty = Request { $number } is closed, and its words are forgotten. You have nothing to do.
decide-card-moved = Request { $number } “{ $subject }” is shown again below.

decide-reason = { $reason }
    .label = Reason
decide-instead = What is proposed instead:

## In the thread of the card
decide-note-corrected = The request was corrected. What was decided on the former version no longer counts: please look again.
decide-note-voted-approve = { $who } is for it.
decide-note-voted-refuse = { $who } is against it.
decide-note-undecided = Request { $number } “{ $subject }” was needed by { $at }, and was not decided in time. There is nothing to do any more.
decide-note-asked = { $who } asked:
decide-note-answered = { $who } answered:

## What those who decide are answered
decide-done-approved = Done: request { $number } “{ $subject }” is approved. The person who asked will be told.
decide-done-refused = Request { $number } “{ $subject }” is refused. The person who asked will not be told before { $at }; until then you can take it back.
decide-done-voted = Your voice is counted for request { $number } “{ $subject }”: { $votes } so far, { $quorum } needed to decide.
decide-done-revoked = The refusal of request { $number } “{ $subject }” is taken back. It waits again, and nobody was told.
decide-done-taken = You look after request { $number } “{ $subject }”. The others see it on the card.
decide-done-asked = Your question about request { $number } “{ $subject }” goes to { $to }. The answer will come back to you and to the card.
decide-done-deputy = { $who } may decide in your place, up to and including { $at }. Write “{ $command }” to end it sooner.
decide-done-mandate = { $who } may decide in your place on what is in your name, from { $since } up to and including { $until }. “{ $command }” lists your mandates, and ends them.
decide-done-mandate-over = Done: the mandate between { $who } and you is ended.
decide-mandates = Who decides in whose place:
decide-mandate-given = { $who } in your place, from { $since } up to and including { $until }
decide-mandate-held = you in the place of { $who }, from { $since } up to and including { $until }
decide-mandates-none = Nobody decides in your place on what is in your name, and you decide in nobody else’s place.
decide-done-deputy-ended = Done: nobody decides in your place any more.

## What those who ask are told
decide-told-approved =
    { $by ->
        [mandate] Good news: { $who }, in the place of { $place }, approved your request { $number } “{ $subject }”.
       *[self] Good news: { $who } approved your request { $number } “{ $subject }”.
    }
decide-told-amended =
    { $by ->
        [mandate] { $who }, in the place of { $place }, changed your request { $number } “{ $subject }”, and approved it as it is now.
       *[self] { $who } changed your request { $number } “{ $subject }”, and approved it as it is now.
    }
decide-told-changed = { $who } changed your request { $number } “{ $subject }” and is for it as it is now. Others have yet to decide.
decide-told-soon = Your request { $number } “{ $subject }” is needed by { $at } and has not been decided yet. Then it ends, without a decision.
decide-told-undecided = Your request { $number } “{ $subject }” was needed by { $at } and was not decided in time. It is closed; you can ask again.
decide-told-nobody = Nobody who is named on your request { $number } “{ $subject }” can decide on it. Please correct it and name somebody else.
decide-told-refused = { $who } looked at your request { $number } “{ $subject }” and did not accept it.
decide-told-appeal = If you see it differently, you can ask once for a second look, by somebody else.
decide-told-final = This was the second look: the decision is final. You can always make another request.
decide-told-asked = { $who } has a question about your request { $number } “{ $subject }”. Your request is kept until you answer, as long as you need.
decide-told-reminder = A reminder, and the only one: your request { $number } “{ $subject }” still waits for your answer.
decide-told-again = Your request { $number } “{ $subject }” has not been decided yet. I have just shown it again to the people who decide. You have nothing to do.
decide-told-escalated = Your request { $number } “{ $subject }” has been handed on, so that it gets a decision, to: { $role }. You have nothing to do.
decide-told-mandate = { $who } lets you decide in their place on what is in their name, from { $since } up to and including { $until }. It will be shown to you as it comes. “{ $command }” lists it, and ends it.
decide-told-mandate-over = The mandate between { $who } and you is ended: nobody decides by it any more.
decide-told-deputy = { $who } is away and asked you to decide in their place, up to and including { $at }. Requests will be shown to you as they come.
decide-withdrawn = Your request { $number } “{ $subject }” is withdrawn. You can ask again whenever you like.
decide-appealed = Thank you. Somebody who did not decide the first time will look at it: it is now request { $number } (it was { $before }).
decide-done-answered = Thank you, your answer is passed on. Request { $number } “{ $subject }” goes on from here.

## What those who decide are told in person
decide-again =
    { $days ->
        [0] Request { $number } “{ $subject }” by { $who } waits for a decision.
        [one] Request { $number } “{ $subject }” by { $who } has been waiting for a decision for one working day.
       *[other] Request { $number } “{ $subject }” by { $who } has been waiting for a decision for { $days } working days.
    }
decide-nobody =
    { $able ->
        [0] Nobody is able to decide on request { $number } “{ $subject }”: those who could asked for it themselves, have a part in it, or decided before.
       *[other] Request { $number } “{ $subject }” needs the agreement of { $quorum }, and only { $able } can decide on it.
    }
decide-nobody-do = It waits until you give one more person the role that decides (in the settings, under [roles]; the bot reads them when it starts): { $role }.
decide-nobody-named = Nobody who is named on request { $number } can decide on it: they left, or no longer have the role for it. The person who asked can name somebody else.
decide-soon = Request { $number } “{ $subject }” by { $who } is needed by { $at } and has not been decided yet. Then it ends, without a decision.
decide-undecided = Request { $number } “{ $subject }” by { $who } was needed by { $at } and was not decided in time. It is closed.
decide-told-voided = Request { $number } “{ $subject }”, which was approved by you or in your place, was changed since. That approval no longer counts.
decide-again-nobody = Nobody has taken it in charge yet.
decide-again-taken = { $who } took it in charge.
decide-again-deputy = { $who } took it in charge and is away; { $deputy } decides in their place.
decide-told-answered = { $who } answered your question about request { $number } “{ $subject }”:

## A clear no
decide-unknown = There is no request { $number } here. Check its number on the card and try again.
decide-which = Which request do you mean? Add its number, as shown with the request.
decide-not-yours = You have no request { $number }. Only the person who asked can do this; check the number and try again.
decide-empty = There is no text yet. Write a few words and send it again.
decide-too-long = That is { $length } characters long, and there is room for { $limit }. Please shorten it.
decide-other-why = For another reason, please say which, so that the person knows what to do next.
decide-refuse-why = Please say why: choose a reason of the list, or write a few words after the number { $number }.
decide-closed-approved = Too late: { $who } approved request { $number } “{ $subject }”, { $at }. Nothing was changed.
decide-closed-refused = Too late: { $who } refused request { $number } “{ $subject }”, { $at }. Nothing was changed.
decide-closed-refusing = { $who } refused request { $number } “{ $subject }”, { $at }, and can still take it back. Nothing was changed; please talk to them.
decide-closed-withdrawn = Request { $number } “{ $subject }” was withdrawn by the person who asked, { $at }. Nothing was changed.
decide-closed-undecided = Too late: request { $number } “{ $subject }” was not decided in time, and is closed since { $at }. Nothing was changed.
decide-needed = Too late: request { $number } “{ $subject }” was needed by { $at }. Nothing was changed.
decide-changed = Request { $number } “{ $subject }” was changed since you looked at it. Nothing was decided: please read it as it is now, then decide.
decide-being-decided = Somebody is deciding on request { $number } “{ $subject }” at this moment. Please look again in a few minutes.
decide-barred-own = Request { $number } “{ $subject }” is your own, so somebody else decides on it.
decide-barred-conflict = You are part of request { $number } “{ $subject }”, so somebody else decides on it.
decide-barred-decided-before = You, or somebody in your place, decided on this the first time; the second look at “{ $subject }” (request { $number }) belongs to somebody else.
decide-barred-lent = You decide here in the place of somebody who may not decide on request { $number } “{ $subject }” themselves, so somebody else decides on it.
decide-barred-lent-over = You decided here in the place of somebody else, and that time is over: somebody else decides on request { $number } “{ $subject }”.
decide-barred-lent-early = You decide here in the place of somebody else, and that time has not begun yet. Nothing was changed on request { $number } “{ $subject }”.
decide-barred-not-named = Request { $number } is decided by the people who are named on it, and by nobody else; you are not among them. Nothing was changed.
decide-barred-named-in-vain = You are named on request { $number } “{ $subject }”, and you do not have the role for it any more. The person who asked can name somebody else.
decide-barred-not-yet-yours = Request { $number } “{ $subject }” is still with the people who usually decide. It will be shown to you if it waits for too long.
decide-barred-voted = Your voice on request { $number } “{ $subject }” is counted already. Somebody else's is needed now.
decide-barred-voted-lent = You decide here in the place of somebody whose voice on request { $number } “{ $subject }” is counted already. Somebody else's is needed now.
decide-revoke-nothing = There is no refusal to take back: this request waits for a decision.
decide-revoke-not-yours = Only { $who }, who refused it, can take that back. Please talk to them.
decide-revoke-late = It is too late to take that back: the refusal of request { $number } “{ $subject }” is final. They can ask for a second look.
decide-take-already = You look after request { $number } “{ $subject }” already. You can approve, refuse, or ask a question.
decide-answer-nothing = Nothing is asked of you about request { $number } “{ $subject }”. I will tell you as soon as it moves.
decide-appeal-twice = This was already a second look, and there is only one. You can make another request, changed as you see fit.
decide-appeal-not-refused = Request { $number } “{ $subject }” is not refused, so there is nothing to look at a second time.
decide-appeal-already = A second look is under way already: it is request { $number }. You have nothing more to do.
decide-deputy-who = I cannot find this colleague. Name somebody of the organisation other than yourself, by their account.
decide-deputy-later = I could not check this name just now. Please try again in a minute.
decide-deputy-until = Write the last day of your absence as year-month-day, for example 2030-08-31: not in the past, and within three months.
decide-mandate-since = Write the first day as year-month-day, for example 2030-08-01: not in the past, and within a year.
decide-mandate-until = Write the last day as year-month-day, for example 2030-08-31: not before the first, and within a year of it.
decide-mandate-unknown = There is no such mandate of yours, or it is over already. Nothing was changed.
decide-deputy-not-lent = You decide here as somebody's deputy; that right cannot be handed on.
decide-deputy-none = Nobody decides in your place at the moment, so there is nothing to end.
