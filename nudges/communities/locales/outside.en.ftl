## Rooms that nobody asked for here

command-community-strays = Rooms outside
    .usage = {""}
    .help = See the rooms that were not asked for here: adopt them as communities, or ignore them.
    .example = community strays
form-community-adopt-room =
    .title = Adopt this room
    .submit = Adopt it
    .cancel = Cancel
field-community-adopt-room-name =
    .label = What is it called?
    .hint = In the directory. The room itself keeps its name.
field-community-adopt-room-purpose =
    .label = What is it for?
    .hint = One sentence that tells colleagues why they would come.
field-community-adopt-room-kind =
    .label = Kind
    .hint = Business: about the work itself. Interest: what brings colleagues together besides.
field-community-adopt-room-lead =
    .label = Who leads it?
    .hint = They are asked first. Leave it empty if you do not know yet.
strays-title =
    { $count ->
        [one] One room was not asked for here
       *[other] { $count } rooms were not asked for here
    }
strays-item =
    { $members ->
        [0] { $name }
        [one] { $name } (one person)
       *[other] { $name } ({ $members } people)
    }
strays-item-private =
    { $members ->
        [0] { $name } (private)
        [one] { $name } (private, one person)
       *[other] { $name } (private, { $members } people)
    }
strays-more =
    { $count ->
        [one] And one more. “community strays” shows them.
       *[other] And { $count } more. “community strays” shows them.
    }
strays-what = Adopted, a room is a community like the others: in the directory, with a purpose and somebody who leads it. Ignored, it is not shown again. Nothing happens to the room itself.
strays-adopt = Adopt { $name }
strays-ignore-one = Ignore { $name }
strays-ignore = Ignore these
strays-all = See them all
strays-none = Every room I can see is a community, or was looked at already.
strays-which = I do not know which room you mean. “community strays” shows those that can be adopted or ignored.
strays-unknown =
    { $hours ->
        [one] I know no room outside called “{ $name }”. New ones are seen within the hour; a private one must have invited me.
       *[other] I know no room outside called “{ $name }”. New ones are seen within { $hours } hours; a private one must have invited me.
    }
strays-ignored =
    { $count ->
        [one] It is not shown again.
       *[other] These { $count } rooms are not shown again.
    }
strays-adopting = This makes the room { $name } a community.
strays-adopted-already = { $name } is being adopted, or was already.
strays-entering = Thank you. I enter { $name }, and list it.
strays-charter = From now on this room is in the directory of communities, so that colleagues find it.
strays-adopted = “{ $name }” is a community now ({ $who } adopted it).
strays-closed = I may not enter { $name }. Please invite me into it, then press the button again.
strays-gone = I can no longer find { $name }. If it is private, please invite me into it, then press the button again.
strays-failed = The platform did not let me into { $name }. Please try again later.

## What happened outside
outside-renamed = “{ $old }” was renamed on the platform: it is called “{ $name }” in the directory now.
outside-archived = The room of “{ $name }” was archived on the platform, so the community is closed here. If that was a mistake, it can be reopened.
outside-reopened = The room of “{ $name }” was opened again on the platform: the community is open here too.
outside-made-private = The room of “{ $name }” was made private on the platform: it left everybody’s directory.
outside-made-public = The room of “{ $name }” was made public on the platform: it is in everybody’s directory now.
outside-over-quota = ⚠ This passes the quota of private communities: { $private } of { $total }, { $limit }.
outside-vanished = I can no longer find the room of “{ $name }”: it was archived or deleted, or I was removed from it. It is not in the directory meanwhile. If it is gone for good, close its entry; if not, invite me into it again.
outside-put-out = I was removed from the room of “{ $name }”, and can no longer look after it. It is not in the directory meanwhile. If that was a mistake, let me in again, or invite me; if not, close its entry.
outside-found = The room of “{ $name }” is there again, and in the directory.
outside-upgraded = The room of “{ $name }” was replaced by a newer one on the platform: the directory leads to that one.
outside-reopen = Reopen it
outside-enter-again = Enter it again
outside-entering = Thank you. I enter the room of “{ $name }” again, and list it.
outside-close-entry = Close the entry
outside-not-missing = There is no community of that number whose room cannot be found.
outside-entry-closed = “{ $name }” is closed here.
outside-lead-left = { $who } left the room of “{ $name }”, and so no longer leads it.
outside-lead-gone = { $who } has left the organisation, and so no longer leads “{ $name }”.
outside-lead-back = { $who } is back in “{ $name }”, and leads it again.
outside-leaderless = Nobody leads “{ $name }” any more. Please ask somebody to.
outside-find-lead = Ask somebody to lead it

## What each choice does, as “parvis who-can” lists it
choice-community-ignore = Show a room from outside no more
choice-community-enter-again = Let the bot into a community again that it was put out of
choice-community-close-entry = Close a community whose room is gone for good
