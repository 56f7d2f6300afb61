## How far the past is counted: nudges/pulse/status.py
command-pulse-status = How far the past is counted
    .usage = {""}
    .help = See how far what happened before I came is counted, and of which days nothing is known.
    .example = pulse status
pulse-past-title = What is counted of the past
pulse-past-off = What happened before I came is not counted: [pulse] past_days is 0.
pulse-past-none = Nothing of the past is to be counted: I know no community that was there before me.
pulse-past-going =
    { $count ->
        [one] { $platform }: the past of 1 community is being counted.
       *[other] { $platform }: the past of { $done } of { $count } communities is counted.
    }
pulse-past-done =
    { $count ->
        [one] { $platform }: the past of 1 community is counted.
       *[other] { $platform }: the past of { $count } communities is counted.
    }
pulse-past-stopped =
    { $count ->
        [one] 1 community is refused ({ $code }); I try again each day.
       *[other] { $count } communities are refused ({ $code }); I try again each day.
    }
pulse-past-unshown = { $platform } does not tell who came and went, so nobody knows how few were there before I came: what is counted of those days is in no curve.
pulse-past-how = A message is looked at once, to count it, and never kept. What a platform does not tell afterwards (who has read, on some also when somebody reacted) is shown as not known, never as zero.
pulse-gap-title = Not known, latest first:
pulse-gap-away = { $name }, { $since } to { $until }: I was not running.
pulse-gap-outside = { $name }, { $since } to { $until }: I was not in the room.
pulse-gap-limit = { $name }, { $since } to { $until }: the platform does not show what is so long ago.
pulse-gap-more =
    { $count ->
        [one] 1 more.
       *[other] { $count } more.
    }
