## Communities

## Commands
command-community-request = Ask for a community
    .usage = [name] [--purpose …] [--work …] [--private --reason …] [--interest] [--second …] [--invite …] [--yes]
    .help = Ask for a new community. Three questions, then a summary you can correct.
    .example = community request Gardening
    .shortcut = Ask for a community
command-community-list = Find communities
    .usage = [words]
    .help = See the communities you can join, or only those about a few words.
    .example = community list photo
command-community-mine = My requests and communities
    .usage = {""}
    .help = See where your requests stand, and the communities you look after.
    .example = community mine
command-community-deputy = Name a deputy
    .usage = [off]
    .help = Have a colleague decide on requests in your place while you are away.
    .example = community deputy

## Asking: the form
form-community-request =
    .title = Ask for a community
    .submit = Continue
    .cancel = Cancel
field-community-request-name =
    .label = What will it be called?
    .hint = A few plain words, such as “Gardening” or “Sales methods”.
field-community-request-purpose =
    .label = What is it for?
    .hint = One sentence that tells colleagues why they would come.
field-community-request-work =
    .label = Which daily work will it carry?
    .hint = What people will do there in an ordinary week: questions, documents, decisions…

form-community-summary =
    .title = Your community
    .submit = Send the request
    .cancel = Cancel
field-community-summary-name =
    .label = Name
    .hint = A few plain words.
field-community-summary-purpose =
    .label = Purpose
    .hint = One sentence that tells colleagues why they would come.
field-community-summary-work =
    .label = Daily work
    .hint = What people will do there in an ordinary week.
field-community-summary-kind =
    .label = Kind
    .hint = Business: about the work itself. Interest: what brings colleagues together besides.
field-community-summary-visibility =
    .label = Who can see it
    .hint = Public communities are found by everybody. A private one needs a reason.
field-community-summary-reason =
    .label = Why private?
    .hint = Only for a private community: what could not be said in front of colleagues?
field-community-summary-objective =
    .label = Objective it serves
    .hint = The goal of the organisation that it helps to reach, if there is one.
field-community-summary-second =
    .label = Second lead
    .hint = A colleague who will look after it with you. I will ask them whether they accept.
field-community-summary-invitees =
    .label = People to invite
    .hint = They get a button to join; nobody is added.
field-community-summary-review_on =
    .label = Look at it again on
    .hint = The day when we ask whether it still serves, as year-month-day.
field-community-summary-language =
    .label = Language spoken there
    .hint = For what several people read there, such as the charter. Leave it empty for the usual language of the organisation.

option-business = Business
option-interest = Interest
option-en = English
option-fr = French
option-public = Public: everybody can find and join it
option-private = Private: only people who are invited

community-alike-first = These communities look close to yours. If one of them is what you are after, join it instead:
community-join-instead = Join “{ $name }” instead
community-too-long = That is { $length } characters long, and there is room for { $limit }. Please shorten it.
community-purpose-short = Please say a little more: one sentence on why colleagues would come.
community-work-short = Please say a little more: what will people do there in an ordinary week?
community-reason-needed = A private community needs a reason. Say what could not be shared with everybody, or choose “Public”.
community-review-wrong = Write a day in the coming two years as year-month-day, for example { $example }.
community-second-one = Name one person only. You can invite the others.
community-second-self = You lead it already. Name a colleague, or leave this empty.
community-invitees-many = At the opening, { $limit } people at most can be invited (you named { $count }). The others will find it in the directory.
community-people-unknown =
    { $count ->
        [one] I cannot find { $names }. Check the spelling of the account, or take it out.
       *[other] I cannot find { $names }. Check the spelling of these accounts, or take them out.
    }
community-people-outside =
    { $count ->
        [one] { $names } is not a member of the organisation and cannot be named here. Take this account out; guests can be invited later by a lead.
       *[other] { $names } are not members of the organisation and cannot be named here. Take these accounts out; guests can be invited later by a lead.
    }
community-people-later = I could not check { $names } just now. Please send it again in a minute.
community-option-unknown = I do not know the option “--{ $option }”. These exist: --purpose, --work, --private, --public, --reason, --business, --interest, --objective, --second, --invite, --review, --language, --yes.

# Names. suggested: "yes" when there is a suggestion.
community-name-short =
    A name needs at least { $min } characters.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please find a longer one.
    }
community-name-long =
    A name has at most { $max } characters, so that it shows whole everywhere.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please find a shorter one.
    }
community-name-characters =
    Please use letters and digits only, with spaces, hyphens or apostrophes.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please write it again.
    }
community-name-look-alike =
    This name has letters that only look like ours, and people could not type it.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please type it again on your keyboard.
    }
community-name-reserved =
    “{ $name }” would look official, so it is kept free.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please find another name.
    }
community-name-taken =
    “{ $name }” is already the name of a community or of a request.{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please find another name.
    }
community-name-former =
    “{ $name }” was the name of a community until lately, and is kept for it while it may be taken back ({ $days ->
        [one] one day
       *[other] { $days } days
    }).{ $suggested ->
        [yes] {" "}How about “{ $suggestion }”?
       *[no] {" "}Please find another name.
    }

community-asked-already = You have asked for “{ $name }” already: it is request { $number }. Write “community mine” to see where it stands.
community-sent = Your request { $number } “{ $name }” has been handed to the people who decide.
community-corrected = Your request { $number } “{ $name }” is corrected, and the people who decide see it.
community-sent-next =
    { $total ->
        [one] It is the only one waiting.
       *[other] It is number { $place } of the { $total } that wait.
    } { $days ->
        [one] If it has no answer in one working day, I show it again myself; you have nothing to do.
       *[other] If it has no answer in { $days } working days, I show it again myself; you have nothing to do.
    } While it waits you can correct or withdraw it.
community-correct = Correct it
community-correct-n = Correct request { $number }
community-withdraw-n = Withdraw request { $number }
community-answer-n = Answer about request { $number }

## The card
community-card-title = Request { $number }: { $name }
community-card-who = { $who }
    .label = Asked by
community-card-purpose = { $text }
    .label = Purpose
community-card-work = { $text }
    .label = Daily work
community-card-kind = { $kind }. { $visibility }
    .label = Kind
community-card-reason = { $text }
    .label = Why private
community-card-objective = { $text }
    .label = Objective
community-card-language = { $language }
    .label = Language
community-card-second = { $who }
    .label = Second lead
community-card-invitees =
    { $count ->
        [one] one person
       *[other] { $count } people
    }
    .label = To be invited
community-card-review = { $day }
    .label = Looked at again on
community-card-quota = { $private } of { $total } ({ $limit })
    .label = Private communities
community-card-quota-private = { $private } of { $total } ({ $limit }). With this one: { $would } of { $of }
    .label = Private communities
community-limit-percent = limit { $percent } %
community-limit-count = limit { $limit }
community-card-ahead =
    { $count ->
        [one] One private request was made earlier and still waits: it is counted.
       *[other] { $count } private requests were made earlier and still wait: they are counted.
    }
community-card-balance = { $business } about the work itself, { $interest } of interest. With this one open, { $percent } % of all would be of interest; { $low } to { $high } % is wanted (from { $least } communities on)
    .label = Balance
community-card-alike = Looks like:
community-alike-community = { $name }: { $purpose }
community-alike-request = { $name } (request { $number }, waiting): { $purpose }
community-flag-quota = ⚠ Over the quota of private communities: approving it needs a written reason.
community-flag-balance = ⚠ This moves the balance away from the agreed band (interest from { $low } % to { $high } %).
community-flag-enthusiasts = ⚠ It seems to gather enthusiasts rather than people who work on something. Ask which work it will carry.
community-flag-tool = ⚠ It seems to be about the tool itself. Ask which work it will carry.
community-over-quota = Private communities: { $private } of { $total }, { $limit }. With this one: { $would } of { $of }, so it needs a written reason. You can also ask whether it could be public.
community-override = Approve with a written reason
community-approve-taken = There is a community called “{ $name }” by now, so request { $number } cannot open under this name. Ask the person to correct the name, or refuse and propose to join.

form-community-refuse =
    .title = Refuse the request
    .submit = Refuse
    .cancel = Cancel
field-community-refuse-code =
    .label = Reason
    .hint = The person who asked will read it.
field-community-refuse-text =
    .label = In your own words
    .hint = What would have to change? The person who asked will read it.
field-community-refuse-alternative =
    .label = What could they do instead?
    .hint = A community to join, a channel to use, a better moment…
option-duplicate = There is one already
option-unclear = The purpose is not clear yet
option-not-work = It does not carry any work
option-should-be-public = It should be public
option-name = The name is not right
option-later = Not now
option-other = Another reason

form-community-ask =
    .title = Ask a question
    .submit = Send
    .cancel = Cancel
field-community-ask-text =
    .label = Your question
    .hint = It goes to the person who asked for the community; the answer comes back here.
form-community-answer =
    .title = Answer
    .submit = Send
    .cancel = Cancel
field-community-answer-text =
    .label = Your answer
    .hint = It goes to the people who decide on your request.
form-community-override =
    .title = Over the quota
    .submit = Approve
    .cancel = Cancel
field-community-override-text =
    .label = Why approve it all the same?
    .hint = It is kept with the decision, and shown on the card.
form-community-appeal =
    .title = A second look
    .submit = Send
    .cancel = Cancel
field-community-appeal-text =
    .label = What should they know?
    .hint = It goes to somebody who did not decide the first time.
form-community-deputy =
    .title = Name a deputy
    .submit = Name
    .cancel = Cancel
field-community-deputy-person =
    .label = Who decides in your place?
    .hint = A colleague, by their account.
field-community-deputy-until =
    .label = Until which day?
    .hint = The last day of your absence, as year-month-day.

## Opening
community-card-opening = “{ $name }” is being opened…
community-card-open = { $name } is open
community-blocked-taken = ⚠ “{ $name }” could not be opened: the platform has a room called { $slug } already. Open it under another name with one press, or write “community name”, the number of the request and a name.
community-blocked-not-allowed = ⚠ “{ $name }” could not be opened: I am not allowed to create rooms here. Please create { $visibility ->
        [private] a private room
       *[public] a public room
    } called { $slug } by hand, invite me into it, and press the button: I will do the rest.
community-blocked-not-found = ⚠ I could not find { $visibility ->
        [private] a private room
       *[public] a public room
    } called { $slug }. Check that it exists under exactly this name, that it is { $visibility ->
        [private] private
       *[public] public
    }, and that I was invited into it, then press the button again.
community-blocked-failed = ⚠ “{ $name }” could not be opened: the platform refused. Try again; if it happens again, please tell an administrator what is written below.
community-blocked-detail = What the platform said: { $detail }
community-retry = Try again
community-adopt = I created it, take it over
community-use-name = Open as “{ $name }”
community-again = Thank you. “{ $name }” is being opened.
community-not-approved = Request { $number } is not approved, so there is nothing to open yet.
community-not-stuck-opening = “{ $name }” is being opened already. You have nothing to do.
community-not-stuck-open = “{ $name }” is open already. You have nothing to do.
community-note-lead = { $who } could not be let in: the account may be gone. Please ask somebody else to lead “{ $name }”, or invite them by hand.
community-note-leaderless = { $who } asked for “{ $name }” and is no longer a member of the organisation. It is open, but nobody leads it: please ask somebody to.
community-note-powerless = I have no rights in the room that was made by hand. Please give { $who } the rights of a lead there, set its topic, and pin its charter.
community-note-gone =
    { $count ->
        [one] { $names } is no longer a member of the organisation, and was not contacted.
       *[other] { $names } are no longer members of the organisation, and were not contacted.
    }
community-note-gone-next = { $who } is told so too, and can name somebody else. You have nothing to do.
community-told-blocked = Opening “{ $name }” takes a little longer: something is needed from the people who look after communities. They know about it, and you have nothing to do.
community-opened = “{ $name }” is open. You lead it: say hello, and ask a first real question.
community-opened-room = Go to { $name }
community-opened-next = We will look at it together again on { $day }.

community-charter-title = Welcome to { $name }
community-charter-purpose = { $text }
    .label = What it is for
community-charter-work = { $text }
    .label = What we do here
community-charter-lead = { $who }
    .label = Who looks after it
community-charter-1 = Ask and answer here what can be useful to others: it is a place to work.
community-charter-2 = Say it as you would across the table, and keep what is confidential out of it.
community-charter-3 = Not sure where something belongs? Ask; the lead will help.
community-charter-review = On { $day } we will look at whether it still serves.

community-second-asked = { $who } proposes that you look after the new community “{ $name }” together. Do you accept?
community-accept = Yes, I accept
community-decline = No, thank you
community-second-welcome = Thank you! You now look after “{ $name }” too; the way in is coming.
community-second-thanks = Thank you for saying so. You are not part of it.
community-second-accepted = { $who } accepts to look after “{ $name }” with you.
community-second-declined = { $who } would rather not look after “{ $name }”. You can ask somebody else.
community-second-not-asked = Nobody has asked you to look after this community. If you expected it, talk to the person who leads it.
community-second-answered = You have answered already for “{ $name }”. If you changed your mind, talk to the person who leads it.
field-community-second-person =
    .label = Who would look after it with you?
    .hint = A colleague, by name or by account. I will ask them whether they accept.
form-community-second =
    .title = Ask somebody to lead with you
    .submit = Ask them
    .cancel = Cancel
community-second-another = Ask somebody else
community-second-done = { $who } is asked to look after “{ $name }” with you. I will tell you what they answer.
community-second-released = { $who } has asked somebody else to look after “{ $name }”. You have nothing to do.
community-second-over = “{ $name }” is closed, or closing, so it needs nobody else to look after it. You have nothing to do.
community-second-not-yours = I know no community of yours there. Only those who look after a community choose who does so with them: write “community second”, the number of your request, and a name.
community-second-leads = { $who } looks after “{ $name }” already. Name somebody else.
community-second-waits = { $who } has been asked about “{ $name }” already, and has not answered yet. You can name somebody else.
community-second-declined-before = { $who } would rather not look after “{ $name }”. Name somebody else.
community-opened-second = { $who } is asked to look after it with you; I will tell you what they answer.

contact-community-invitation = invitations to communities
    .why = You get this once: you were named by whoever asked for this community, or were in one that is now part of it. Nothing happens unless you join.
community-invited-held =
    { $count ->
        [one] One invitation waits: at the moment I write to nobody on my own. I send it once those who look after me let me begin, or go on; not if that takes more than
       *[other] { $count } invitations wait: at the moment I write to nobody on my own. I send them once those who look after me let me begin, or go on; not if that takes more than
    } { $days ->
        [one] a day
       *[other] { $days } days
    }. You need not wait: “community join { $name }” lets in whomever you tell yourself.
community-invited-hushed =
    { $count ->
        [one] I write to nobody on my own before { $until }, so one invitation is not sent.
       *[other] I write to nobody on my own before { $until }, so { $count } invitations are not sent.
    } “community join { $name }” lets in whomever you tell yourself.
community-invited = { $who } invites you to the new community “{ $name }”:
community-example-who = A colleague
community-example-name = Name of the community
community-example-purpose = What the community is for, in the words of whoever asked for it

## Directory
community-list-title =
    { $count ->
        [one] One community
       *[other] { $count } communities
    }
community-list-item = { $name }: { $purpose }
community-list-more =
    { $count ->
        [one] And one more. Write “community list” and a word to find it.
       *[other] And { $count } more. Write “community list” and a word to find them.
    }
community-list-empty = There is no community yet. You could ask for the first one.
community-list-none = I found no community about that. Try another word, or ask for one.
community-ask-for-one = Ask for a community
community-near-work = Communities near what your profile says of your work:
community-near-newest = The newest communities:
community-join = Join
community-join-named = Join { $name }
community-join-again = Try again
community-joined = Welcome to { $name }
community-joined-how = If you are shown an invitation, accept it: that is the way in.
community-join-failed = I could not let you into “{ $name }”. Try again in a minute; if it still fails, tell an administrator.
community-join-unknown = I know no community “{ $name }” that you could join. Write “community list” to see those there are.
community-join-not-open = “{ $name }” is not open yet. Try again a little later.
community-elsewhere = “{ $name }” lives on another platform, where I do not know your account. Ask an administrator how to get there.

community-home-join = A few communities you can join:
community-mine-title = Your requests and communities
community-mine-none = You have asked for no community, and look after none.
community-mine-lead = You look after { $name }
community-mine-second = You are asked to look after { $name }; your answer is awaited.
community-stands-waiting =
    { $total ->
        [one] Request { $number } “{ $name }” waits for a decision; it is the only one.
       *[other] Request { $number } “{ $name }” waits for a decision: number { $place } of { $total }.
    }{ $days ->
        [0] {""}
        [one] {" "}Sent one working day ago.
       *[other] {" "}Sent { $days } working days ago.
    }
community-stands-question = Request { $number } “{ $name }” waits for your answer to a question.
community-stands-opening = Request { $number } “{ $name }” is approved; the community is being opened.
community-stands-blocked = Request { $number } “{ $name }” is approved; opening it waits for the people who look after communities.
community-stands-open = Request { $number } “{ $name }”: it is open
community-stands-refused = Request { $number } “{ $name }” was refused on { $at }. You can ask once for a second look: “community appeal { $number }”.
community-stands-final = Request { $number } “{ $name }” was refused for good on { $at }, after a second look.
community-stands-withdrawn = Request { $number } “{ $name }” was withdrawn on { $at }.
community-waits-animator =
    { $count ->
        [one] One request for a community waits for a decision, since { $since }.
       *[other] { $count } requests for communities wait for a decision, the oldest since { $since }.
    }

## What each choice does, as “parvis who-can” lists it
choice-community-approve = Approve a request
choice-community-override = Approve a request over the quota, with a written reason
choice-community-refuse = Refuse a request, with a reason
choice-community-revoke = Take a refusal back while it is not final
choice-community-ask = Ask the requester a question
choice-community-take = Take a request in charge
choice-community-show = See the card of a request again
choice-community-answer = Answer a question about one’s own request
choice-community-appeal = Have one’s refused request looked at again
choice-community-withdraw = Withdraw one’s own request
choice-community-correct = Correct one’s own request
choice-community-retry = Try again to open a community that the platform refused
choice-community-adopt = Adopt a room that was made by hand or outside
choice-community-name = Give a community another name when the platform refuses it
choice-community-second = Ask somebody else to lead with oneself
choice-community-accept = Accept to lead a new community together
choice-community-decline = Decline to lead a new community together
