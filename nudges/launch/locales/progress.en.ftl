# How far an announcement is: nudges/launch/progress.py, reasons.py
announce-is-first = being sent to the first few
announce-live-delivered = { $delivered } of { $people }
    .label = Delivered
announce-live-paper =
    { $count ->
        [one] 1 copy
       *[other] { $count } copies
    }
    .label = On paper
announce-live-first =
    { $people ->
        [one] 1 person, drawn at random among those who can be reached now; the others get it once you press “Go on with all”
       *[other] { $people } people, drawn at random among those who can be reached now; the others get it once you press “Go on with all”
    }
    .label = First wave
announce-live-held-up = Nobody of the first wave is reached yet: they wait for their hours, are away, or had as many announcements as a week allows. You may go on with all, without having seen how it went.
announce-live-medium = By { $medium }: { $count }
announce-live-failed =
    { $count ->
        [one] 1 could not be delivered: { $why }
       *[other] { $count } could not be delivered: { $why }
    }
announce-live-delivered-some = { $count }
    .label = Delivered
announce-live-others = Not yet, or not at all: { $count }. They are outside their hours, away, or have a reason of their own; these are not told apart.
announce-live-late = Its days were over before it could come: { $count }. It does not come to them any more.
announce-live-few = Of fewer than { $smallest } people no figures are shown.
    .label = Delivered
announce-live-nothing = It is on its way.
announce-live-forgotten = It was sent long ago: how many it reached is not kept any more.
announce-live-own = Its speaker posts it in their own name, and has not said yet that they did.
announce-live-own-posted = Its speaker posted it in their own name. The figures are of those who are in no chat yet, and get it relayed. Whoever uses another chat, or is not in the room where it was posted, is sent nothing.
announce-live-removed =
    { $count ->
        [one] Taken back from 1 person by { $medium }
       *[other] Taken back from { $count } people by { $medium }
    }
announce-live-removing = The rest is being taken back.
announce-live-replaced =
    { $count ->
        [one] Cannot be deleted, so it was changed: the message of 1 person by { $medium } says by now that it was taken back
       *[other] Cannot be deleted, so they were changed: the messages of { $count } people by { $medium } say by now that they were taken back
    }
announce-live-left =
    { $count ->
        [one] It cannot be taken back from 1 person by { $medium }: { $why }
       *[other] It cannot be taken back from { $count } people by { $medium }: { $why }
    }
announce-live-left-paper =
    { $count ->
        [one] 1 copy was for paper: what was printed is to be collected by hand
       *[other] { $count } copies were for paper: what was printed is to be collected by hand
    }
announce-stuck-fixed = what arrived there stays
announce-stuck-refused = the platform lets it be neither deleted nor changed
announce-stuck-unreachable = the server could not be reached
announce-why-bounced = the mail came back
announce-why-refused = the mail server refused it
announce-why-unreachable = the server could not be reached
announce-why-words = a fault of Parvis; tell your administrator
announce-why-account = there is no account any more
announce-go = Go on with all
announce-stop = Stop here
announce-pause = Pause
announce-resume = Resume
announce-report = How it went
announce-recall = Recall…
announce-posted = I have posted it
