# How an announcement went, and what failed tried again: nudges/launch/report.py
choice-announce-report = See how far an announcement is, and what failed
choice-announce-retry = Try again what of an announcement could not be delivered
announce-report-begun = { $at }
    .label = Begun
announce-report-ended = { $at }
    .label = Ended
announce-report-named = { $who }, by { $medium }: { $why }
announce-report-more =
    { $count ->
        [one] And 1 more: “try all again” includes them.
       *[other] And { $count } more: “try all again” includes them.
    }
announce-report-not-yet = Announcement { $number } “{ $title }” was not begun: nothing of it was sent.
announce-report-unused =
    { $count ->
        [one] 1 address was not used: something sent there came back before. Its person got this by their next medium, or is reached on paper.
       *[other] { $count } addresses were not used: something sent there came back before. Their people got this by their next medium, or are reached on paper.
    }
announce-report-unused-named = { $who }, by { $medium }: not used, since something came back from there { $at }
announce-report-unused-more =
    { $count ->
        [one] And 1 more address that was not used.
       *[other] And { $count } more addresses that were not used.
    }
announce-address-again = Write to { $who } again by { $medium }
announce-address-used = The address is used again from now on. Nothing of this announcement had to be sent there.
announce-retry-one = Try { $who } again
announce-retry-all = Try all again
announce-retried =
    { $count ->
        [one] 1 copy of announcement { $number } is tried again.
       *[other] { $count } copies of announcement { $number } are tried again.
    }
announce-retry-not = Announcement { $number } is paused, stopped or recalled: nothing of it is tried again.
announce-retry-nothing = Of announcement { $number } nothing failed that could be tried again.
