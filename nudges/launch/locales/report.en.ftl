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
announce-retry-one = Try { $who } again
announce-retry-all = Try all again
announce-retried =
    { $count ->
        [one] 1 copy of announcement { $number } is tried again.
       *[other] { $count } copies of announcement { $number } are tried again.
    }
announce-retry-not = Announcement { $number } is paused, stopped or recalled: nothing of it is tried again.
announce-retry-nothing = Of announcement { $number } nothing failed that could be tried again.
