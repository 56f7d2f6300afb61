# The preview of an announcement and its confirmation: nudges/launch/preview.py, counts.py
choice-announce-preview = See what people would get of an announcement, and how many they are
choice-announce-confirm = Confirm to how many people an announcement is sent

announce-preview = Preview
preview-title = Preview of announcement { $number }: { $title }
preview-as = As people see it ({ $medium }):
preview-see = See it: { $medium }
preview-back = The whole preview
preview-subject = { $subject }
    .label = Subject
preview-people =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    }
    .label = It reaches
preview-one = { $who }, and nobody else
    .label = It reaches
preview-media = { $media }
    .label = Most get it by
preview-zones = { $zones }
    .label = In the time zones
preview-zone =
    { $people ->
        [one] { $zone } (1 person)
       *[other] { $zone } ({ $people } people)
    }
preview-zone-at =
    { $people ->
        [one] { $zone } (1 person): { $at }
       *[other] { $zone } ({ $people } people): { $at }
    }
preview-rule = Each person gets one copy. Figures by medium and time zone are told in steps of { $smallest }, and as if nobody had been named or left out singly, so that they give nobody away.
preview-own = It is posted in somebody’s own name: I relay it to those alone who are in no chat yet. Whoever uses another chat, or is not in the room where it is posted, gets nothing, though counted above.
preview-shut = In { $zones } nobody works at that hour: it comes there when their working hours begin.
preview-warnings =
    { $count ->
        [one] To think of before:
       *[other] To think of before:
    }
preview-no-audience = It is not said yet whom it is for.
preview-nobody = Nobody is reached: nobody is left of those it is for.
preview-alone = It is for one person alone.
announce-link = The link to “{ $url }” leads nowhere: a link begins with https://, http:// or mailto:.
preview-no-time = It is not said yet when it is sent.
preview-past = The time it was to be sent at is over: say another one.
preview-gone =
    { $count ->
        [one] The department { $names } is no longer on the company’s list.
       *[other] The departments { $names } are no longer on the company’s list.
    }
preview-closed =
    { $count ->
        [one] The community { $names } was archived since it was named. Its people are reached all the same; name others if that is not meant.
       *[other] The communities { $names } were archived since they were named. Their people are reached all the same; name others if that is not meant.
    }
preview-all-chat = All its media are chat: whoever has not signed in yet hears nothing of it. E-mail and paper are left out by its plan or not set up; your administrator can do that (setting [launch] media).
preview-no-mail = Nobody gets it by e-mail, since e-mail is not set up: whoever the chat does not reach gets it on paper.
preview-unreached = Some people have not signed in and have no e-mail address: nothing reaches them, since paper is switched off. Your administrator can switch it on (setting [launch] media).
preview-unused =
    { $count ->
        [one] 1 address is not used: something sent there came back. Its person is reached by their next medium, or on paper. A new address on the company’s list, or “Write again” in a report, brings it back.
       *[other] { $count } addresses are not used: something sent there came back. Their people are reached by their next medium, or on paper. A new address on the company’s list, or “Write again” in a report, brings each back.
    }
preview-unused-some = Some addresses are not used: something sent there came back. Their people are reached by their next medium, or on paper.
preview-mostly-paper = Most of them would be reached on paper alone: they have not used the chat yet, and have no e-mail address. If people used this chat before Parvis came, ask your administrator to say so (setting [launch] signed_in).
preview-confirm =
    { $people ->
        [one] Confirm: 1 person
       *[other] Confirm: { $people } people
    }
preview-repeat = Repeat how many people it is for, as the preview says it: announce preview { $number }
preview-other-version = Somebody changed announcement { $number } meanwhile (it has version { $version }): look at its preview again. Nothing was confirmed.
preview-alone-sure = This announcement is for { $who } alone. Is that meant?
preview-alone-yes = Yes, for one person
preview-confirmed =
    { $people ->
        [one] Confirmed: announcement { $number } “{ $title }” is for 1 person.
       *[other] Confirmed: announcement { $number } “{ $title }” is for { $people } people.
    }
preview-then-unasked = It still has to be signed by the leader whose words they are.
preview-then-signing = It waits to be signed.
preview-then-signed = It is signed, and is sent at its time.
preview-then-late = It is signed, and is sent once you say so.
preview-changed = Nothing was confirmed, since it changed meanwhile:
counts-more =
    { $people ->
        [one] 1 person more: { $before } before, { $now } now
       *[other] { $people } people more: { $before } before, { $now } now
    }
counts-fewer =
    { $people ->
        [one] 1 person fewer: { $before } before, { $now } now
       *[other] { $people } people fewer: { $before } before, { $now } now
    }
counts-few-more = A few people more: { $now } now
counts-few-fewer = A few people fewer: { $now } now
counts-medium = { $medium }: { $before } before, { $now } now
counts-medium-new = { $medium }: it is used now, and was not before
counts-medium-gone = { $medium }: it is not used any more
counts-paper = paper
counts-by = { $medium }: { $count }
