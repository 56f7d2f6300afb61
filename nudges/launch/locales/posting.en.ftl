# Its speaker posts it in their own name: nudges/launch/posting.py
choice-announce-posted = Say that an announcement in somebody’s own name was posted
announce-post-title = It is time to post announcement { $number }: { $title }
announce-post-how = You said that you post it in your own name. Copy your words from below, post them, and say so with the button: whoever is in no chat yet then gets them by mail, from you, relayed by Parvis.
announce-post-anywhere = Post it where everybody reads it, as you like.
announce-post-room = In { $name }
announce-unposted = Announcement { $number } “{ $title }” was to be posted by { $speaker } { $at }, and they have not said that they did. Nothing was sent.
announce-posted-done = Thank you. Whoever is in no chat yet gets it by mail.
announce-posted-people =
    { $people ->
        [one] Thank you. 1 person is in no chat yet: they get it by mail.
       *[other] Thank you. { $people } people are in no chat yet: they get it by mail.
    }
announce-posted-first =
    { $people ->
        [one] Thank you. 1 person is in no chat yet, and gets it by mail.
       *[other] Thank you. { $people } people are in no chat yet: a first few of them get it by mail now, the others once somebody says go on.
    }
announce-posted-asks =
    { $people ->
        [one] 1 person is in no chat yet, and gets it by mail once you confirm the number: announce posted { $number } 1
       *[other] { $people } people are in no chat yet, and get it by mail once you confirm the number: announce posted { $number } { $people }
    }
announce-posted-yes =
    { $people ->
        [one] Posted, and mail it to 1 person
       *[other] Posted, and mail it to { $people } people
    }
announce-posted-whose = Whoever speaks says that it was posted, or whoever looks after announcements.
announce-posted-not = Announcement { $number } does not wait to be posted.
