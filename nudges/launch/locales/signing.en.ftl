# The sign-off: nudges/launch/signing.py, renderings.py, again.py
command-announcement-mandate = Give a mandate to sign
    .usage = COLLEAGUE FIRST-DAY LAST-DAY
    .help = Let a colleague sign your announcements in your place, for some days. Preparing them needs no mandate.
    .example = announce mandate @sam 2026-12-01 2026-12-15
command-announcement-mandates = Who signs in whose place
    .usage = {""}
    .help = See the mandates to sign announcements that you gave and hold, and end them.
    .example = announce mandates
choice-announce-submit = Ask that an announcement be signed
choice-announce-again = Confirm again that a signed announcement is to be sent
choice-announcement-approve = Sign an announcement that is in your name
choice-announcement-override = Sign an announcement, with a written reason
choice-announcement-refuse = Refuse to sign an announcement, with a reason
choice-announcement-revoke = Take back that you refused to sign
choice-announcement-amend = Change an announcement that is in your name, and sign it
choice-announcement-ask = Ask a question about an announcement that you are to sign
choice-announcement-take = Look after an announcement that is to be signed
choice-announcement-show = Be shown again an announcement that you are to sign
choice-announcement-answer = Answer a question about an announcement
choice-announcement-withdraw = Ask no more that an announcement be signed
choice-announcement-mandate-end = End a mandate to sign announcements

form-announcement-override =
    .title = Sign
    .submit = Sign
    .cancel = Not now
field-announcement-override-text =
    .label = Your reason
form-announcement-refuse =
    .title = Do not sign
    .submit = Refuse
    .cancel = Not now
field-announcement-refuse-code =
    .label = Why?
field-announcement-refuse-text =
    .label = In your own words
    .hint = Who prepared it reads this.
field-announcement-refuse-alternative =
    .label = What would you sign instead?
form-announcement-ask =
    .title = A question
    .submit = Ask
    .cancel = Not now
field-announcement-ask-text =
    .label = Your question
    .hint = It goes to who prepared the announcement.
form-announcement-answer =
    .title = Your answer
    .submit = Answer
    .cancel = Not now
field-announcement-answer-text =
    .label = Your answer
form-announcement-amend =
    .title = Change and sign
    .submit = Sign it so
    .cancel = Not now
field-announcement-amend-title =
    .label = Title
    .hint = One line, 150 characters at most.
field-announcement-amend-text =
    .label = Text
    .hint = Markdown: **bold**, *italic*, lists, [links](https://example.org). 3,000 characters at most.
form-announcement-mandate =
    .title = A mandate to sign
    .submit = Give it
    .cancel = Not now
field-announcement-mandate-person =
    .label = Who signs in your place?
    .hint = A colleague. They are shown what is to be signed, and every trace says that it was them.
field-announcement-mandate-on =
    .label = From which day?
    .hint = As year-month-day.
field-announcement-mandate-until =
    .label = Until which day?
    .hint = The last day, as year-month-day.
option-wording = The words
option-moment = The moment
option-audience = Whom it is for

## What is shown to be signed
announcement-card = Announcement { $number }, for your signature: { $title }
announcement-voice = Your words, { $speaker }: Parvis relays them, and says so to everybody.
announcement-voice-own = Your words, { $speaker }: you will post them yourself. Who is not in the chat gets them from Parvis, which says that it relays them.
announcement-version = { $version }, by { $by }
    .label = Version
announcement-counted =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
    .label = To
announcement-counted-not = not confirmed yet
    .label = To
announcement-in-chat = As it looks in the chat ({ $chats }):
announcement-in-mail = As it looks in an e-mail; programs that show no formatting show it so:
announcement-on-paper = As it is printed for those whom neither the chat nor e-mail reaches: the picture that comes with it shows the sheet.
announcement-on-paper-unseen = It is printed too, for those whom neither the chat nor e-mail reaches, with the words of the e-mail. The sheet cannot be shown: the library that prints is not installed.
announcement-subject = { $title }
    .label = Subject

## What who prepared it is told
announce-submit = Ask for the signature
announcement-asked = Announcement { $number } “{ $title }” is shown to { $speaker }, who can sign it, change and sign it, or refuse. It is not sent unsigned. Any change from now on asks for another signature.
announcement-told-unsigned = Announcement { $number } “{ $title }” was not signed by its time, so it was not sent. Give it another time, then ask for the signature again.
announcement-told-draft = Announcement { $number } “{ $title }” is a draft again, and is not sent. Change it, then ask for the signature again.
announcement-told-cancelled = Announcement { $number } “{ $title }”, which was signed in your name, is given up: it will not be sent.
announcement-told-gone = Announcement { $number } “{ $title }” waits for the signature of { $speaker }, who is no leader any more, or has left. It will not be sent so: name another leader, or give it up.
announcement-told-gone-signed = Announcement { $number } “{ $title }” is signed by { $speaker }, who is no leader any more, or has left. It will not be sent so: name another leader, whose signature it needs, or give it up.
announcement-told-uncounted = Announcement { $number } “{ $title }” is to be sent { $at }, and nobody has confirmed yet how many people it is for. Unless somebody does, it is not sent.
announcement-signed-uncounted = Announcement { $number } “{ $title }” is signed, but nobody has confirmed since its last change how many people it is for. Unless somebody does, it is not sent.
announcement-anew = { $speaker } is shown it as it is now, to sign it.
announcement-anew-signed = With that its signature is void: { $speaker } is shown it as it is now, to sign it anew. It is not sent unsigned.
announcement-unasked = It is a draft again: ask { $speaker } for the signature once it is ready.
announcement-unasked-signed = With that its signature is void, and it is a draft again: ask { $speaker } for another one.
announcement-uncounted = The number of people that was confirmed is void, too: look at the preview, and confirm it again. Unless somebody does, it is not sent.

## A clear no
announcement-asked-already = Announcement { $number } “{ $title }” waits for its signature already, or has it. To change it: announce edit { $number }
announcement-past = Announcement { $number } “{ $title }” was to be sent { $at }, which is over. Give it another time first.
announcement-lacks = Announcement { $number } “{ $title }” cannot be signed yet: whoever signs it sees whom it is for, when it comes, and to how many people. Still to be said:
announcement-lacks-audience = whom it is for
announcement-lacks-time = when it is sent
announcement-lacks-number = to how many people: look at the preview, and confirm their number
announcement-no-leader = { $speaker } is no leader any more, or has left, and so cannot sign announcement { $number } “{ $title }”. Name another leader first: announce edit { $number }

## The engine's words, where "approve" and "request" are not the ones
announcement-sign = Sign
announcement-amend = Change and sign
announcement-card-signed =
    { $by ->
        [mandate] ✅ Signed by { $who } in the place of { $place }, { $at }.
       *[self] ✅ Signed by { $who }, { $at }.
    }
announcement-card-refused =
    { $by ->
        [mandate] ⛔ Not signed: refused by { $who } in the place of { $place }, { $at }.
       *[self] ⛔ Not signed: refused by { $who }, { $at }.
    }
announcement-card-named = { $names }
    .label = Signed by
announcement-card-needed = { $at }
    .label = To be signed before
announcement-card-voided = ⚠️ Changed since { $who } signed it ({ $at }). That signature no longer counts: please look again.
announcement-card-moved = Announcement { $number } “{ $subject }” is shown again below.
announcement-card-gone = Announcement { $number } “{ $subject }” is no longer yours to sign. You have nothing to do.
announcement-closed-signed = Too late: { $who } signed announcement { $number } “{ $subject }”, { $at }. Nothing was changed.
announcement-withdrawn = Announcement { $number } “{ $subject }” is a draft again: nobody is asked to sign it any more.
announcement-changed = Announcement { $number } “{ $subject }” was changed since you looked at it. Nothing was signed: please read it as it is now.
announcement-needed = Too late: announcement { $number } “{ $subject }” was to be signed before { $at }. Nothing was changed.
announcement-done-signed = Signed: announcement { $number } “{ $subject }” goes out at its time. Whoever prepared it is told.
announcement-done-refused = You do not sign announcement { $number } “{ $subject }”. Whoever prepared it is not told before { $at }; until then you can take it back.
announcement-told-signed =
    { $by ->
        [mandate] Good news: { $who }, in the place of { $place }, signed announcement { $number } “{ $subject }”.
       *[self] Good news: { $who } signed announcement { $number } “{ $subject }”.
    }
announcement-told-amended =
    { $by ->
        [mandate] { $who }, in the place of { $place }, changed announcement { $number } “{ $subject }”, and signed it as it is now.
       *[self] { $who } changed announcement { $number } “{ $subject }”, and signed it as it is now.
    }
announcement-told-refused = { $who } looked at announcement { $number } “{ $subject }” and did not sign it.
announcement-told-voided = Announcement { $number } “{ $subject }”, which was signed by you or in your place, was changed since. That signature no longer counts.
announcement-told-soon = Announcement { $number } “{ $subject }” is to be signed before { $at }, and has not been yet. Unsigned, it is not sent.
announcement-told-late = Announcement { $number } “{ $subject }” was to be signed before { $at }, and was not: it is not sent.
announcement-soon = Announcement { $number } “{ $subject }”, prepared by { $who }, is to be signed before { $at }, and has not been yet. Unsigned, it is not sent.
announcement-late = Announcement { $number } “{ $subject }”, prepared by { $who }, was to be signed before { $at }, and was not: it is not sent.

## Confirmed again
announce-again = Send it all the same
announcement-again-hush = A quiet time was declared after this was signed.
announcement-again-done = Announcement { $number } “{ $title }” is confirmed again: it will be sent.
announcement-again-first = So announcement { $number } goes to nobody before you say that it is to be sent all the same.
announcement-again-then = Announcement { $number } “{ $title }” is confirmed again. It goes on once you press:
announcement-again-nothing = There is nothing to confirm again about announcement { $number } “{ $title }”.

## By a letter
announcement-link = Sign, change or refuse
announcement-link-why = The link is yours: do not pass it on. Where your browser is not known, a number that I send you then is needed as well.
announcement-link-over = Announcement { $number } waits for no signature of yours by this link any more: it was signed, refused or given up. If you want something else now, say so to { $owner }, who looks after it.
announcement-link-gone = Announcement { $number } is not there any more: there is nothing to sign.
announcement-link-stale = Announcement { $number } was changed after this link was sent, so nothing is signed by it. You were sent it again as it is now: open the link of that e-mail.
