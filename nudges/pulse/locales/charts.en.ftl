## Names: nudges/pulse/naming.py
pulse-measure-population = People
pulse-measure-activated = Activated
pulse-measure-adopting = Adopting
pulse-measure-active = Active contributors
pulse-measure-posts = Messages
pulse-measure-replies = Replies
pulse-measure-reactions = Reactions
pulse-measure-joins = Arrivals
pulse-measure-reads = Page views
pulse-measure-private = Private communities
pulse-measure-interest = Communities of interest
pulse-group-all = everybody
pulse-group-others = smaller communities, together
pulse-curve = { $measure }, { $group }
pulse-curve-other = { $measure }, counted by { $tool }
pulse-curve-partial = { $curve } (° in part: not over, or not measured throughout)
pulse-period-day = { $since }
pulse-period-week = week from { $since }
pulse-period-month = { $since } to { $until }
pulse-period-partial = { $period }, in part
pulse-figure-share = { $share } ({ $of })
pulse-figure-count = { $told }
pulse-figure-corrected = { $figure }, corrected
pulse-why-small = not told: too few people
pulse-why-not-measured = not measured
pulse-why-unavailable = not available on this platform
pulse-why-before = nothing was counted yet
pulse-why-unknown = not known
pulse-mark-campaign = Campaign: { $name }
pulse-mark-boost = Boost: { $name }
pulse-mark-gap = Not measured: { $name }
pulse-mark-correction = Corrected: { $name }
pulse-mark-imported = Imported: { $name }
pulse-mark-note = { $name }
pulse-line = { $curve }, { $period }: { $figure }
pulse-line-since = { $curve }, { $period }: { $figure }; before: { $before }
pulse-is = { $what }
pulse-fresh = Everything that happened until { $at } is in it. Nothing is told of groups under { $smallest } people.
pulse-first = Counted since { $day }: nothing is known of the time before.
pulse-unmeasured =
    { $count ->
        [one] 1 community is not measured, since I am not in its room: { $names }.
       *[other] { $count } communities are not measured, since I am not in their rooms: { $names }.
    }

## Charts: nudges/pulse/drawing.py
pulse-chart-empty = Nothing to draw
pulse-chart-alt = { $title }. { $figures }
pulse-chart-shares = Shares
pulse-chart-numbers = What happened
pulse-by-day = by day
pulse-by-week = by week
pulse-by-month = by month
pulse-chart-title = { $about }, { $by }
pulse-chart-title-of = { $title }: { $group }
