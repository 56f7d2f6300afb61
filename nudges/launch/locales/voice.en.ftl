# What people ask leaders: nudges/launch/voice/
command-ask = Ask a leader
    .usage = @LEADER QUESTION
    .help = Ask a leader something, with your name or without. It reaches their office once you send the form, and the answer comes back to you.
    .example = ask @diane When does the network open?
    .shortcut = Ask a leader
command-ask-list = Questions that wait
    .usage = {""}
    .help = See the questions that wait in an office that you look after, the oldest first.
    .example = ask list
choice-ask-withdraw = Take back what you asked a leader
command-ask-here = Let people ask here
    .usage = {"[NUMBER]"}
    .help = Say that a message of yours is the announcement you were to post: what is asked below it is then offered to be sent to you. Said in its thread, or about the message.
    .example = ask here
    .shortcut = Let people ask here
choice-ask-share = Let the words of your question be published with the answer
choice-ask-unshare = Let them be published no more
choice-ask-show = See a question, and what is answered together with it
choice-ask-join = Answer two questions together
choice-ask-part = Answer a question by itself again
choice-ask-answer = Answer a question in the leader’s name
choice-ask-draft = Prepare an answer, for the leader to send
choice-ask-send = Send the answer that was prepared
choice-ask-decline = Say why a question will not be answered
choice-ask-redirect = Pass a question on to another leader

form-ask-question =
    .title = Ask a leader
    .submit = Send
    .cancel = Not now
field-ask-question-leader =
    .label = Whom do you ask?
field-ask-question-text =
    .label = Your question
    .hint = As you write it, it is shown to their office. 3,000 characters at most.
field-ask-question-name =
    .label = With your name?
    .hint = Without it, Parvis alone knows who asked, and only so that the answer can come back to you.
option-named = With my name
option-unnamed = Without my name
form-ask-answer =
    .title = Answer
    .submit = Send to all who asked
    .cancel = Not now
field-ask-answer-text =
    .label = The answer
    .hint = Markdown: **bold**, *italic*, lists, [links](https://example.org). 3,000 characters at most.
field-ask-answer-publish =
    .label = Below the announcement, too?
    .hint = There it says the question, as you put it below, and the answer; not who asked.
option-askers = No, only to who asked
option-readers = Yes, for everybody who reads it
field-ask-answer-restated =
    .label = The question, as everybody reads it
    .hint = For below the announcement alone. In your own words; in those of who asked only where they stand here already, since who asked allowed it.
form-ask-draft =
    .title = Prepare an answer
    .submit = Show it to the leader
    .cancel = Not now
field-ask-draft-text =
    .label = What the leader could answer
    .hint = It goes out once the leader, or who holds a mandate, sends it. 3,000 characters at most.
form-ask-decline =
    .title = Decline
    .submit = Tell all who asked
    .cancel = Not now
field-ask-decline-text =
    .label = Why it will not be answered
    .hint = These words go to all who asked.
form-ask-redirect =
    .title = Pass on
    .submit = Pass it on
    .cancel = Not now
field-ask-redirect-leader =
    .label = Who is to answer?

question-sent = Question { $number } is sent to { $leader }’s office, with your name. The answer comes back to you.
question-sent-unnamed = Question { $number } is sent to { $leader }’s office, without your name: nobody there sees who asked. The answer comes back to you.
question-withdraw = Take it back
question-may-share = Your words stay in the office. What is published below the announcement, if anything, is said in the leader’s own words, unless you allow yours.
question-share = My words may be published
question-shared = The words of question { $number } may stand below the announcement with the answer, without your name. They are taken down when you take that back, when what is kept about you is erased, or when the question is forgotten, wherever the chat lets messages be removed.
question-unshare = Not any more
question-unshared = The words of question { $number } are not published; where they stood, they are taken down.
question-withdrawn = Question { $number } is taken back, and its words are forgotten.

## What an office sees
question-title = Question { $number } for { $leader }{ $days ->
        [0] { "" }
        [one] , waiting for 1 working day
       *[other] , waiting for { $days } working days
    }
question-title-over = Question { $number }
question-by = { $who }
    .label = Asked by
question-by-somebody = somebody who did not give their name
    .label = Asked by
question-under = { $title }
    .label = Under the announcement
question-alike = Looks like question { $number }: “{ $text }”
question-join = Answer with { $number }
question-part = Take { $number } out
question-answer = Answer
question-draft = Prepare an answer
question-decline = Decline
question-send = Send it as it is
question-show = Look at { $number }
question-see = See them
question-pass-on = Pass { $number } on
question-list =
    { $count ->
        [one] 1 question waits
       *[other] { $count } questions wait
    }
question-item = { $number }. for { $leader }, { $days ->
        [0] since today
        [one] waiting for 1 working day
       *[other] waiting for { $days } working days
    }: “{ $text }”
question-item-too = with it, { $number }. for { $leader }, { $days ->
        [0] since today
        [one] waiting for 1 working day
       *[other] waiting for { $days } working days
    }: “{ $text }”
question-more =
    { $count ->
        [one] And 1 more.
       *[other] And { $count } more.
    }
question-none = No question waits in an office that you look after.
question-draft-is = Prepared by { $who }, not sent:
question-drafted = The answer to question { $number } is prepared. { $leader }, and who holds a mandate, are shown it, and send it.
question-waits =
    { $count ->
        [one] 1 question waits for an answer from { $leader }, for { $days ->
            [one] 1 working day
           *[other] { $days } working days
        }.
       *[other] { $count } questions wait for an answer from { $leader }, the oldest for { $days ->
            [one] 1 working day
           *[other] { $days } working days
        }.
    }
question-lost =
    { $count ->
        [one] { $leader } is no longer one of the leaders, and 1 question waits for an answer from them. Pass it on, or decline it with a word.
       *[other] { $leader } is no longer one of the leaders, and { $count } questions wait for an answer from them. Pass them on, or decline them with a word.
    }
question-was-withdrawn = Whoever asked it took it back.
question-was-answered = Answered; sent by { $who }.
question-was-declined = Declined by { $who }.
question-was-passed-on = Passed on to { $leader }.
question-passed-on = Question { $number } waits in { $leader }’s office now, and whoever asked is told so.
question-answered =
    { $count ->
        [one] The answer goes to whoever asked, from { $leader }, relayed by Parvis.
       *[other] The answer goes to all who asked { $count } questions, from { $leader }, relayed by Parvis.
    }
question-declined =
    { $count ->
        [one] Whoever asked is told so, with your words.
       *[other] All who asked { $count } questions are told so, with your words.
    }

## What comes back to who asked
contact-question-answer = what becomes of the questions that you ask leaders
    .why = You asked a leader a question.
question-answer-from = From { $leader }, relayed by Parvis: the answer to your question { $number }
question-public = Somebody asked, and { $leader } answers, relayed by Parvis:
question-declined-by = { $leader }’s office will not answer your question, and says why:
question-passed-on-told = Your question { $number } is passed on: { $leader } is asked to answer it now.

## On one’s own page
question-me-waiting =
    { $count ->
        [one] 1 question waits for an answer of yours, for { $days ->
            [0] less than a working day
            [one] 1 working day
           *[other] { $days } working days
        }: ask list
       *[other] { $count } questions wait for an answer of yours, the oldest for { $days ->
            [0] less than a working day
            [one] 1 working day
           *[other] { $days } working days
        }: ask list
    }
question-me-asked = Question { $number } to { $leader }, asked on { $at } { $named ->
       *[yes] with your name
        [no] without your name
    }: { $state }
question-is-waiting = it waits for an answer
question-is-answered = answered
question-is-declined = declined, with words
question-is-withdrawn = taken back

## What is wrong
question-no-leaders = There is nobody to ask yet: no leader is named in the settings.
question-no-leader = This is nobody who can be asked here. “ask” alone shows who can.
question-oneself = This is yourself: there is nobody to carry it to.
question-empty = Write what you would like to know.
question-words = Write what is to be said.
question-long = { $length } characters are too many: { $limit } at most.
question-twice = You asked that already: it is question { $number }, and it waits for an answer.
question-many =
    { $count ->
        [one] { $count } question of yours waits already: take it back, or wait for its answer.
       *[other] { $count } questions of yours wait already: take one back, or wait for an answer.
    }
question-restate = Say the question in your own words: it stands above the answer.
question-restate-otherwise = These are the words of who asked, who has not allowed that they be published: say it in yours.
question-here = What people ask below this message of yours is now offered to be sent to you, as asked under “{ $title }”.
question-here-how = So that people can ask below what you posted: write “ask here” to me in its thread, or choose “Let people ask here” on the message.
question-here-whose = This is another’s message: say it about one of yours.
question-here-none = You have no announcement to post in this place, or its time is over: it is looked for during two days, in the communities it is for and in public ones.
question-here-which = Which one is it? Say it with its number: { $numbers }
question-unknown = There is no question { $number } in an office that you look after. “ask list” shows those that wait.
question-not-asked = You asked no question { $number }.
question-over = Question { $number } does not wait any more: { $state }.
question-closed = Question { $number } does not wait any more.
question-not-yours = Only { $leader }, or who holds a mandate of theirs, answers in their name. You can prepare an answer for them.
question-two-offices = These wait in two offices: pass one of them on first.
question-joined-already = They are answered together already.
question-apart-already = It is answered by itself already.
question-drafted-meanwhile = Somebody else prepared another answer to question { $number } meanwhile: look at theirs first.
question-draft-other = Another answer to question { $number } was prepared since: look at that one first.
question-draft-none = No answer to question { $number } is prepared.
question-no-other = There is no other leader to pass it on to.
clock-launch-question_days = what was asked of leaders, and what they answered

## Under an announcement
choice-ask-pass = Have your question under an announcement sent to the leader’s office
choice-ask-no = Leave a question where you wrote it
choice-ask-never = Never be asked that again
contact-question-offer = offers to send on what you ask under a leader’s post
    .why = You asked something below a leader’s post.
question-offer = You asked something under “{ $title }”. Shall it be sent to { $leader }’s office? Nothing of it is kept or sent unless you say so; the answer comes back to you.
question-offer-office = Your words go to the office and nowhere else.
question-offer-seen = Without your name: nobody in the office is told whose it is, but whoever reads that thread sees there who wrote it.
question-offer-named = Send it with my name
question-offer-unnamed = Send it without my name
question-offer-no = No
question-offer-never = Never ask me that
question-offer-kept-none = It stays where you wrote it, and nowhere else.
question-offer-stopped = You are not asked that any more. “ask” still sends what you write there; “parvis start” undoes this.
question-offer-over = This can no longer be sent from here. Write it to them: ask
question-passing = It is being sent.
question-unread = It can no longer be read where you wrote it. Write it again, to be sent:
question-write = Write it
