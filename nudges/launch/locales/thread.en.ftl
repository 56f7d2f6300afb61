# Announcements drafted together: nudges/launch/adopting.py, thread.py
command-announce-this = Make a message into an announcement
    .usage = {""}
    .help = In reply to a message: prepare an announcement from it. What you and others say in its thread stays there; its versions are told there. Without a message, see the announcements that are being prepared.
    .example = announce this
    .shortcut = Make it an announcement
choice-announce-own = Look after an announcement from now on

announce-this-how = An ordinary message becomes an announcement too: reply to it with “announce this”, or choose “Make it an announcement” in its menu.
announce-message-gone = I cannot find that message: it was removed, or I am not in that room.
announce-message-hidden = I may not read that message: I am not in that room, it was encrypted before I came, or I lack the right to read there. Invite me, or use “announce new”.
announce-message-later = I could not read that message just now, and nothing was done. Please try again in a moment.
announce-message-empty = That message has no words that could be announced. Pictures and files are not taken over.
announce-message-long = That message has { $length } characters, and an announcement { $limit } at most. Shorten it, or use “announce new”.
announce-not-here = What somebody else wrote can be made into an announcement in the communication team’s room only. Your own messages can be anywhere.
announce-begun-meanwhile = Somebody made this message into announcement { $number } meanwhile. Go on with theirs: announce edit { $number }
announce-left-out =
    { $count ->
        [one] 1 picture or file of that message is not taken over.
       *[other] { $count } pictures and files of that message are not taken over.
    }
announce-goes-on = This stands in the thread of announcement { $number } “{ $title }”: what you keep becomes its next version.

announce-take = Look after it
announce-taken = You look after announcement { $number } “{ $title }” from now on.
announce-yours = You look after announcement { $number } “{ $title }” already.
announce-taken-meanwhile = Somebody else began to look after announcement { $number } just now. Look first: announce show { $number }

announce-thread-title = Announcement { $number }: { $title }
announce-thread-about = Words of { $speaker }, looked after by { $owner }. Every version, and what becomes of it, is told in this thread.
announce-thread-how = Talk about it here: what you write stays in this room, and I keep nothing of it. A text written here becomes the next version when you make it an announcement.
announce-thread-version = Version { $version }, by { $who }:
announce-thread-gone = was: “{ $text }”
announce-thread-new = now: “{ $text }”
announce-thread-more =
    { $count ->
        [one] And 1 more line.
       *[other] And { $count } more lines.
    }
announce-thread-same = The words are the same.
announce-thread-owner = { $who } looks after it from now on.
announce-thread-whom = { $who } changed whom it is for. It was for:
announce-thread-when = { $who } changed when it is sent. It was:
announce-thread-now = Now it is:
announce-thread-here = Its thread, with versions and comments
announce-thread-elsewhere = Its thread, with versions and comments, is on { $platform }.
announce-thread-draft = It is a draft again: nobody has signed version { $version }.
announce-thread-refused = { $who } does not sign it; it is a draft again.
announce-thread-signing = Version { $version } was shown to the leader whose words they are, and waits to be signed.
announce-thread-signed = Version { $version } is signed off.
announce-thread-unsigned = It was not signed in time, so it was not sent.
announce-thread-late = It is late, and waits to be told what to do.
announce-thread-sending = It is being sent.
announce-thread-held = Its first wave is sent, and it waits to go on.
announce-thread-paused = Its sending is paused.
announce-thread-sent = It is sent.
announce-thread-recalled = It was recalled.
announce-thread-cancelled = It was given up: it will not be sent.
