# Announcements while they are prepared: nudges/launch/drafting.py, showing.py
command-announce-new = Prepare an announcement
    .usage = [TITLE]
    .help = Write a leader’s words: a title, a text in Markdown, whose words they are. It is a draft until they are signed off; nothing is sent before.
    .example = announce new The network opens on Monday
    .shortcut = Prepare an announcement
command-announce-list = Announcements
    .usage = {""}
    .help = See the announcements that are being prepared, the newest first.
    .example = announce list
choice-announce-begin = Prepare an announcement
choice-announce-show = See an announcement, and who wrote which version
choice-announce-edit = Change an announcement; its former versions stay
choice-announce-cancel = Give up an announcement: it will not be sent

form-announce-draft =
    .title = Announcement
    .submit = Keep the draft
    .cancel = Not now
field-announce-draft-title =
    .label = Title
    .hint = One line, 150 characters at most.
field-announce-draft-text =
    .label = Text
    .hint = Markdown: **bold**, *italic*, lists, [links](https://example.org). 3,000 characters at most. A video: [Video: title](https://example.org) on a line of its own, and below it what is said there, each line beginning with >.
field-announce-draft-speaker =
    .label = Whose words are they?
    .hint = A leader. They are shown it as people will see it, and sign it.
field-announce-draft-voice =
    .label = Who posts them?
option-relayed = Parvis relays them, and says so
option-own = The leader, in their own name

announce-kept = Announcement { $number } “{ $title }” is kept as a draft, version { $version }. Nothing is sent before it is signed off.
announce-kept-asked = Announcement { $number } “{ $title }” is changed, version { $version }, and is shown again to the leader whose words they are, to be signed. Nothing is sent before.
announce-title = Announcement { $number }: { $title }
announce-speaker = { $speaker }, relayed by Parvis
    .label = Words of
announce-speaker-own = { $speaker }, who will post them
    .label = Words of
announce-owner = { $owner }
    .label = Looked after by
announce-state = { $state }
    .label = State
announce-is-draft = draft
announce-is-cancelled = given up
announce-is-signing = shown to the leader, not signed yet
announce-is-signed = signed off
announce-is-unsigned = not signed in time
announce-is-late = late, waiting to be told what to do
announce-is-sending = being sent
announce-is-held = first wave sent, waiting to go on
announce-is-paused = paused
announce-is-sent = sent
announce-is-recalled = recalled
announce-version = Version { $version }: { $who }, { $at }
announce-list =
    { $count ->
        [one] 1 announcement is being prepared
       *[other] { $count } announcements are being prepared
    }
announce-item = { $number }. “{ $title }”: words of { $speaker }, { $state }, version { $version }
announce-more =
    { $count ->
        [one] And 1 older one.
       *[other] And { $count } older ones.
    }
announce-none = No announcement is being prepared.
announce-new = Prepare one
announce-show = Show it
announce-edit = Change it
announce-cancel = Give it up
announce-cancelled = Announcement { $number } “{ $title }” is given up: it will not be sent. What was written stays to be read.

## What is wrong with one
announce-no-title = Give it a title: it is the first line that people see.
announce-title-odd = Write the title on one line, in plain text.
announce-no-text = Write what is to be said.
announce-long = { $length } characters are too many: { $limit } at most.
announce-one-speaker = Name one leader: whose words are they?
announce-no-leader = This must be a leader, since leaders sign off what is said in their name. If they are one, ask an administrator to add them.
announce-unknown = There is no announcement { $number }. “announce list” shows those there are.
announce-over = Announcement { $number } “{ $title }” was given up, so it cannot be changed. Begin another one: announce new
announce-over-on-its-way = Announcement { $number } “{ $title }” is being sent, so it cannot be changed. “announce pause { $number }” holds what is not sent yet, “announce recall { $number }” takes back what was.
announce-over-sent = Announcement { $number } “{ $title }” was sent, so it cannot be changed. “announce recall { $number }” takes it back; begin another one: announce new
announce-over-recalled = Announcement { $number } “{ $title }” was recalled, so it cannot be changed. Begin another one: announce new
announce-over-stopped = Announcement { $number } “{ $title }” was stopped while it was being sent, so it cannot be changed. “announce recall { $number }” takes back what was sent; begin another one: announce new
announce-changed-meanwhile = Somebody else changed announcement { $number } meanwhile: it has version { $version } now, and yours was not kept. Look at theirs first: announce show { $number }
announce-avoid =
    { $count ->
        [one] Your organisation would rather not use these words. You may keep them: send the form again as it is.
       *[other] Your organisation would rather not use these words. You may keep them: send the form again as it is.
    }
announce-avoid-instead = “{ $words }”: rather “{ $instead }”
announce-avoid-words = “{ $words }”
