# An announcement whose time has come: nudges/launch/sending.py
contact-launch-announcement = announcements of the company
    .why = You get this because somebody who leads the company signed it for you and others.
contact-launch-urgent = urgent announcements of the company
    .why = You get this now, at any hour, because two people declared it urgent.
announce-example-speaker = somebody who leads the company
announce-example-title = The title of the announcement
announce-example-text = Their words, as they signed them.
announce-not-late = Announcement { $number } “{ $title }” was to be sent { $at }, and its time is over. It was not sent. What is to become of it?
announce-not-before = Announcement { $number } “{ $title }” was to be sent { $at }, after another one of its campaign that was not sent. Its time is over, and it was not sent. What is to become of it?
announce-not-again = Announcement { $number } “{ $title }” was to be sent { $at }, and waits: it has to be confirmed again.
announce-not-empty = Announcement { $number } “{ $title }” was not sent: by now nobody is in its audience.
announce-not-gone = Announcement { $number } “{ $title }” was not sent: { $speaker }, whose words they are, is no leader any more, or has left. Name another leader, give it another time, and ask for a new signature.
announce-not-unconfirmed = Announcement { $number } “{ $title }” was not sent: nobody confirmed how many people it is for. Preview it first.
announce-not-unreleased = Announcement { $number } “{ $title }” was not sent: nothing is sent unasked before staff were informed and the preview of it was confirmed. “nudge” shows what is still to be done.
announce-send-now = Send it now
announce-another-time = Another time
announce-preview-it = Preview it
announce-begin-otherwise = Since it was confirmed:
announce-begin-paper =
    { $count ->
        [one] 1 copy is for paper: “announce paper { $number }” has it printed.
       *[other] { $count } copies are for paper: “announce paper { $number }” has them printed by team.
    }
announce-asks-held = The first wave was sent. Look how it went: go on with all, or stop here?
announce-asks-held-up = The first wave is promised, and reaches nobody for now. Go on with all, stop here, or wait?
announce-asks-hush = A quiet time was called while this was being sent: it is paused. Resume it if it is still the moment.
