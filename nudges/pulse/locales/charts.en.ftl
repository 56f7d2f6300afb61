## Names: nudges/pulse/naming.py
pulse-measure-population = People
pulse-measure-activated = Activated
pulse-measure-adopting = Adopting
pulse-measure-active = Active contributors
pulse-measure-posts = Messages
pulse-measure-replies = Replies
pulse-measure-reactions = Reactions
pulse-measure-joins = Arrivals
pulse-measure-reads = Read receipts
pulse-measure-private = Private communities
pulse-measure-interest = Communities of interest
pulse-group-all = everybody
pulse-group-others = smaller communities, together
pulse-group-no-objective = no objective
pulse-group-nameless = an objective of closed communities ({ $number })
pulse-phase-pilot = pilots
pulse-phase-active = active communities
pulse-phase-quiet = quiet communities
pulse-phase-closing = communities about to close
pulse-corrected-late = Corrected: something was told late
pulse-corrected-backfill = Corrected: the past was counted
pulse-corrected-merge = Corrected: two accounts are one person
pulse-curve = { $measure }, { $group }
pulse-curve-other = { $measure }, counted by { $tool }
pulse-curve-partial = { $curve } (° in part: not over, or not measured throughout)
pulse-period-day = { $since }
pulse-period-week = week from { $since }
pulse-period-month = { $since } to { $until }
pulse-period-partial = { $period }, in part
pulse-figure-share = { $share } ({ $of })
pulse-figure-exact = { $of } ({ $percent } %)
pulse-figure-count = { $told }
pulse-figure-corrected = { $figure }, corrected
pulse-figure-partial = { $figure }, in part
pulse-figure-of-period = { $figure } ({ $period })
pulse-why-small = not told, to protect people
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
pulse-marked = { $day }: { $what }
pulse-line = { $curve }, { $period }: { $figure }
pulse-line-since = { $curve }, { $period }: { $figure }; before: { $before }
pulse-together = Figures about people are given as ranges, so that nobody can be recognised; a figure only moves once { $smallest } people have changed, and whoever comes or leaves is counted once { $smallest } did.
pulse-fresh = Everything that happened until { $at } is in it. Nothing is told of groups under { $smallest } people.
pulse-others = What happens in communities too small to be told of alone is told in “smaller communities, together” only: whatever has none of these figures, or none yet, has them there.
pulse-first = Counted since { $day }: nothing is known of the time before.
pulse-unmeasured =
    { $count ->
        [one] 1 community is not measured, since I am not in its room: { $names }.
       *[other] { $count } communities are not measured, since I am not in their rooms: { $names }.
    }

## Charts: nudges/pulse/drawing.py
pulse-chart-empty = Nothing to draw
pulse-chart-alt = { $title }. Curves: { $curves }. The figures are in the text of the message.
pulse-chart-shares = Shares
pulse-chart-numbers = What happened
pulse-chart-bars = Upright bars: the true share lies somewhere on the bar
pulse-chart-people = Who takes part
pulse-chart-balance = Kinds of communities
pulse-by-day = by day
pulse-by-week = by week
pulse-by-month = by month
pulse-chart-title = { $about }, { $by }
pulse-chart-title-of = { $title }: { $group }

## Asked for: nudges/pulse/asking.py
command-pulse = How it goes
    .usage = [day|week|month] [departments|communities|phases|objectives|department NAME|community NAME|phase NAME|objective NAME] [dark]
    .help = See the indicators with a picture: of all, of one department, community, phase or objective, or of each beside the others. “dark” gives a dark picture. “pulse page”, “pulse status” and “pulse mark” do more.
    .example = pulse month departments
pulse-title = Indicators, { $since } to { $until }
pulse-title-of = { $what }, { $since } to { $until }
pulse-more =
    { $count ->
        [one] 1 curve more is on the page.
       *[other] { $count } curves more are on the page.
    }
pulse-nothing = There are no figures yet. I count each day in the following night, and tell of groups of { $smallest } people or more: ask again tomorrow. “pulse status” says what is counted.
pulse-unknown = I do not understand “{ $words }”. After “pulse” you may write: day, week or month; departments, communities, phases or objectives; department NAME, community NAME, phase NAME or objective NAME; dark. Besides there are “pulse page”, “pulse status”, “pulse mark” and “pulse unmark”.
pulse-can = After “pulse” you may write: day, week or month; departments, communities, phases or objectives; department NAME, community NAME, phase NAME or objective NAME; dark. Besides there are “pulse page”, “pulse status”, “pulse mark” and “pulse unmark”.
pulse-no-group = I have no figures for “{ $name }”. Either nothing has exactly this name, or it has fewer than { $smallest } people. “pulse communities” and “pulse departments” show what can be asked.
