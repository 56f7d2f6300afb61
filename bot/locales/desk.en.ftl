## What is held about a person: bot/desk
command-parvis-export = Export
    .usage = {""}
    .help = Receive all that I hold about you, as JSON.
    .example = parvis export
command-parvis-object = Object
    .usage = {""}
    .help = Have nothing of your profile looked at or kept; nothing unasked comes either.
    .example = parvis object
command-parvis-unobject = Take my objection back
    .usage = {""}
    .help = Let your profile be looked at again.
    .example = parvis unobject
command-parvis-erase = Erase
    .usage = {""}
    .help = See what erasing would do, then have everything about you erased.
    .example = parvis erase
choice-parvis-erase-all = Erase everything about me
desk-title = What I hold about you
desk-group-who = Who you are
desk-group-chosen = What you chose
desk-group-asked = What you asked for, and decided
desk-group-communities = Communities
desk-group-sent = What I sent you
desk-group-trail = The trail of decisions
desk-group-technical = What the machine needs
desk-held = { $what } ({ $count }). { $why } { $until }
desk-others = What others wrote in their own words may mention you: it goes with what it belongs to.
desk-platform = What I delivered stands in the chat itself: it is the platform’s, and your company’s own rules say how long. I cannot take it back from there.
desk-objected = You objected on { $since }: nothing of your profile is looked at or kept.
desk-export = { $messages ->
    [one] All that I hold about you comes in our conversation, in one message.
   *[other] All that I hold about you comes in our conversation, in { $messages } messages: put one after the other, they are one JSON text.
    }
desk-export-part = Part { $number } of { $of }
desk-export-private = What this person chose, what is read of their profile on platforms, what was sent to them, and whether they responded: nobody but they can see it, with “parvis export”.
desk-object = Understood, at once: nothing unasked comes to you, and nothing of your profile is looked at or kept. In figures about whole departments you are somebody of whom nothing is known, so that nobody can tell that you objected; for the same reason colleagues still see what the company’s list says of everybody, and what a platform shows they see there. Nobody is told, and no list shows it. What you ask for yourself still works. “parvis unobject” takes it back.
desk-object-already = You objected already, on { $since }.
desk-unobject = Your profile counts again like everybody’s. I still write nothing unasked: “parvis start” lets me.
desk-unobject-none = You have not objected to anything.
desk-erase-title = Erase everything about you?
desk-goes = This goes, for good:
desk-stays = This remains, without your name:
desk-effect = { $what } ({ $count }). { $does }
desk-erase-confirm = Erase everything about me
desk-erase-there = What erasing would do stands in our conversation: look there, and confirm there.
desk-erase-here = Confirm it in our conversation, so that I can tell you when it is done.
desk-here = Here we are by ourselves. What I hold about you is yours to see and to have erased, with the buttons or in words: “parvis export”, “parvis object”, “parvis erase”.
desk-there = What I hold about you is told to nobody but you: I wrote to you in our own conversation. Go on there.
desk-other-account = This account is not your only one here. Ask it from the account with which you are a member.
desk-erase-over = This is no longer valid. “parvis erase” shows anew what erasing would do.
desk-erased = It is done. Of you there remain a seal of your account, which tells nobody whose it is and keeps anything unasked from coming; and, where others still need them, votes and changes of communities under a number without a name. If you speak to me again, we meet as for the first time.
desk-somebody = somebody

## On the command line
cli-desk-exists = { $file } is there already: name a new file.
cli-desk-exported = { $file } holds all that is held about this person, but what they chose, what is read of their profile on platforms, what was sent to them, and whether they responded: they alone see that. Only you can read the file; delete it once it is handed over.
cli-desk-who = { $name } ({ $accounts })
cli-desk-effect = what erasing does
cli-desk-confirm = Nothing was changed. To erase all of it, for good, run this again with --confirm "{ $name }".
cli-desk-other-name = Nothing was changed: the person is called "{ $name }".
cli-desk-erased = Erased. Where the platform shows them a page of the bot, it is drawn over once the bot runs; until then one line of the database names their account. Copies of the database made before still hold it: they go with their own date. The chat itself keeps what was delivered.
cli-desk-unmatched = "{ $who }" is a line of the roster that no account was matched with: take it out of the list that is imported.
cli-desk-nobody = Nobody is known as "{ $who }". Write the roster's key, an account such as "acme:U0123456789", or a number.
