## The life of a community: renamed, handed over, merged, paused, closed, reopened

command-community-rename = Rename a community
    .usage = [community] [new name]
    .help = Give a community that you lead another name. You see first what will happen.
    .example = community rename Gardening to Orchard
command-community-hand-over = Hand a community over
    .usage = [community] [colleague]
    .help = Let a colleague lead a community in your place. They are asked first.
    .example = community hand-over Gardening
command-community-merge = Merge two communities
    .usage = [community] into [other community]
    .help = Close a community and invite its members to another one.
    .example = community merge Balcony plants into Gardening
command-community-pause = Pause a community
    .usage = [community] until [year-month-day]
    .help = Have nothing optional sent for a community until a day.
    .example = community pause Gardening until 2027-01-15
command-community-close = Close a community
    .usage = [community] [reason]
    .help = Archive a community. Nothing is deleted, and it can be undone.
    .example = community close Gardening
command-community-reopen = Reopen a community
    .usage = [community]
    .help = Open a closed community again, with its members.
    .example = community reopen Gardening

form-community-rename =
    .title = Rename a community
    .submit = Show the preview
    .cancel = Cancel
form-community-hand-over =
    .title = Hand a community over
    .submit = Show the preview
    .cancel = Cancel
form-community-merge =
    .title = Merge a community
    .submit = Show the preview
    .cancel = Cancel
form-community-pause =
    .title = Pause a community
    .submit = Show the preview
    .cancel = Cancel
form-community-close =
    .title = Close a community
    .submit = Show the preview
    .cancel = Cancel
form-community-reopen =
    .title = Reopen a community
    .submit = Show the preview
    .cancel = Cancel
field-community-rename-community =
    .label = Which community?
field-community-rename-name =
    .label = Its new name
    .hint = A few plain words.
field-community-hand-over-community =
    .label = Which community?
field-community-hand-over-person =
    .label = Who will lead it?
    .hint = They are asked first; nothing changes until they accept.
field-community-merge-community =
    .label = Which community closes?
field-community-merge-into =
    .label = Into which one?
    .hint = The members of the first are invited to it.
field-community-pause-community =
    .label = Which community?
field-community-pause-until =
    .label = Until which day?
    .hint = As year-month-day.
field-community-close-community =
    .label = Which community?
field-community-close-reason =
    .label = Why? (shown to its members)
    .hint = One sentence, if you like.
field-community-reopen-community =
    .label = Which community?

life-of = This is about “{ $name }”.
life-preview-coming = I am looking at whom this concerns in “{ $name }”. The preview is in our direct conversation in a moment.
life-unknown = I know no community of yours called “{ $name }”. “community mine” shows the communities you look after.
life-none-yours = There is no community for which you could do this now: you would have to lead it.
life-not-yours = Only those who lead “{ $name }”, and the animators, can do this.
life-not-your-preview = This preview belongs to somebody else. Ask for one of your own.
life-no-change = I know of no such change. It may have been made by somebody else, or the number is wrong.
life-not-open = “{ $name }” is not open, so there is nothing to change. A closed community can be reopened: “community reopen”.
life-not-closed = “{ $name }” is not closed.
life-busy = Something else is being done to “{ $name }” ({ $what }). Wait until that is over, or give it up first.
life-verb-rename = renaming
life-verb-handover = handing over
life-verb-merge = merging
life-verb-pause = pausing
life-verb-close = closing
life-verb-reopen = reopening
life-is-running = This is being done to “{ $name }” already. You have nothing to do.
life-is-stuck = This waits for somebody to do it by hand on the platform, for “{ $name }”.
life-is-asked = This waits for the answer of the person who is to lead “{ $name }”.
life-is-done = This was done for “{ $name }” already.
life-is-over = This came to nothing for “{ $name }”, or was given up. Ask again if you still want it.
life-preview-old = This preview is more than a day old, and things may be different by now. Please ask again.

## Previews
life-rename-title = Preview: rename “{ $name }” to “{ $new }”
life-handover-title = Preview: hand “{ $name }” over
life-merge-title = Preview: merge “{ $name }” into “{ $new }”
life-pause-title = Preview: pause “{ $name }”
life-close-title = Preview: close “{ $name }”
life-reopen-title = Preview: reopen “{ $name }”
life-people =
    { $count ->
        [0] nobody, as far as I can see
        [one] one person
       *[other] { $count } people
    }
    .label = Whom it concerns
life-undo-until = { $day }
    .label = Can be undone until
life-nothing-yet = Nothing happens until you confirm.
life-confirm-rename = Rename it
life-confirm-handover = Ask them
life-confirm-merge = Merge them
life-confirm-pause = Pause it
life-confirm-close = Close it
life-confirm-reopen = Reopen it
life-cancel = Leave it as it is
life-rename-what = The room is called “{ $new }” instead of “{ $name }”, for everybody.
life-rename-links = Links to it keep working.
life-rename-former = Nobody else can have the name “{ $name }” as long as this can be undone.
life-rename-same = It is called “{ $name }” already.
life-handover-one = Name one colleague, by their account.
life-handover-leads = { $who } leads “{ $name }” already.
life-handover-asked = { $who } is asked to lead “{ $name }”. Nothing changes until they accept.
life-handover-gives = { $who } then leads it no longer, and stays a member.
life-merge-invited = Its members are told, and each is invited to “{ $new }”; nobody is added.
life-merge-into-unknown = I know no open community called “{ $name }” into which this one could be merged.
life-merge-into-not-yours = “{ $name }” is led by somebody else, and merging brings them new members. Ask an animator to do it.
life-merge-none = There is no other community to merge it into.
life-close-told = Its members are told, in the room, by whom and until when it can be undone.
life-close-archived = The room of “{ $name }” is archived: nobody writes there any more.
life-close-kept = Nothing is deleted: what was written can still be read.
life-pause-what = Nothing optional is sent for it until { $day }.
life-pause-open = The room stays as it is: people go on writing there.
life-pause-wrong = I need a day in the year to come, such as { $example }.
life-reopen-open = The room of “{ $name }” is opened again, and it is in the directory.
life-reopen-people = Those who were in it when it closed are let back in, as far as that is still known, and its charter is pinned.
life-reopen-taken = There is another community called “{ $name }” by now. Rename that one first.

## Carried out
life-begun = Thank you. It is being done for “{ $name }”; I tell you when it is over.
life-asked = { $who } is asked whether they will lead “{ $name }”. I tell you what they answer.
life-cancelled = “{ $name }” stays as it is.
life-undo = Undo
life-done-rename = “{ $name }” is now called “{ $new }” ({ $who } wanted it so).
life-done-handover = “{ $name }” was handed over ({ $who } proposed it).
life-done-merge = “{ $name }” is closed, and its members are invited to “{ $new }” ({ $who } wanted it so).
life-done-pause = “{ $name }” is paused ({ $who } wanted it so).
life-done-close = “{ $name }” is closed ({ $who } wanted it so).
life-done-reopen = “{ $name }” is open again ({ $who } wanted it so).
life-paused-until = Nothing optional is sent for it until { $day }.
life-pause-over = The pause of “{ $name }” is over.
life-undone-rename = “{ $name }” has its former name again (it was “{ $new }”).
life-undone-handover = “{ $name }” is led as before.
life-undone-merge = “{ $name }” is open again, and no longer merged into “{ $new }”. Those who joined the other stay there.
life-undone-pause = “{ $name }” is no longer paused.
life-undone-close = “{ $name }” is open again.
life-undone-reopen = “{ $name }” is closed again.
life-undoing = Thank you. It is being undone for “{ $name }”; I tell you when it is over.
life-undone-already = This was undone for “{ $name }” already, or is being undone.
life-nothing-to-undo = There is nothing to undo for “{ $name }”: it was not done.
life-undo-late =
    { $days ->
        [one] This can be undone for one day only, which is over, for “{ $name }”.
       *[other] This can be undone for { $days } days, which are over, for “{ $name }”.
    } You can change it again instead.
life-undo-taken = There is another community, or a request, called “{ $old }” by now. “{ $name }” keeps its name; rename the other one first, or choose another name.
life-undo-later = Something was done to “{ $name }” after this. Undo that first.
life-leads-now = { $who } now looks after { $name }.
life-lead-asked = { $who } proposes that you lead the community “{ $name }”. Do you accept?
life-waits-lead = You are asked to lead “{ $name }”; your answer is awaited.
life-lead-declined = { $who } would rather not lead “{ $name }”. Nothing changes; you can ask somebody else.
life-lead-expired = { $who } has not answered whether they will lead “{ $name }”. Nothing changes; you can ask somebody else.
life-lead-no-more = You no longer lead “{ $name }”: an animator handed it over. You are still a member.
life-lead-undone = You no longer lead “{ $name }”: handing it over was undone. You are still a member.
life-note-powerless = I have no rights in this room: please give the new lead theirs by hand.
life-notice-close = { $who } closes { $name }: this room is archived now.
life-notice-merge = { $who } merges { $name } into { $new }: this room is archived now, and you are invited there.
life-notice-kept = Nothing is deleted: you can still read it. It can be undone until { $day }.
life-notice-reopened = { $name } is open again.
life-merged-invited = “{ $old }” was merged into “{ $new }”:

## What the platform refused
life-refused-taken = The platform has a room called { $slug } already, perhaps an archived one. “{ $old }” keeps its name; please choose another.
life-refused-gone = I cannot find the room of “{ $old }” on the platform. Nothing was changed; the animators are told if it stays away.
life-refused-failed = The platform refused, and nothing was changed for “{ $old }”. Try again later; if it happens again, please tell an administrator.
life-stuck-rename = ⚠ I am not allowed to rename rooms here. Please ask an administrator of the platform to rename the room of “{ $old }” to { $slug }, then press the button: I will do the rest.
life-stuck-close = ⚠ I am not allowed to archive rooms here. Please ask an administrator of the platform to archive the room of “{ $name }”, then press the button: I will do the rest.
life-stuck-reopen = ⚠ I am not allowed to open an archived room again. Please ask somebody who may (any member of it, or an administrator of the platform) to open { $slug } again and, if it is private, to invite me into it. Then press the button: I will bring back its members and its pins.
life-stuck-until = I wait for this until { $day }; after that it is left as it is.
life-done-by-hand = It is done
life-give-up = Leave it after all
life-given-up = “{ $name }” stays as it was.
life-undo-given-up = “{ $name }” stays as it is: nothing is undone.
life-expired = Nobody did by hand what was to be done for “{ $name }” within two weeks, so I no longer wait for it. It stays as it was, and other changes are possible again.
life-undo-expired = Nobody did by hand what it took to undo this for “{ $name }”, and it can be undone no longer. It stays as it is.
life-not-stuck = Nothing waits to be done by hand for “{ $name }”.
life-looking = I am looking at “{ $name }”; you hear from me in our direct conversation.
life-not-yet = As far as I can see it is not done yet for “{ $name }”. Press again once it is.

## What each choice does, as “parvis who-can” lists it
choice-community-confirm = Agree to a previewed change of a community
choice-community-cancel = Drop a previewed change of a community
choice-community-undo = Undo a change of a community
choice-community-done = Say that what the bot may not do was done by hand
choice-community-give-up = Wait no longer for what was to be done by hand
choice-community-lead-accept = Accept to take a community over
choice-community-lead-decline = Decline to take a community over
