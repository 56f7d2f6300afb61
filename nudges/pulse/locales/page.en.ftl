# The page in a browser: nudges/pulse/page.py, viewing.py, templates
page-pulse = the page of indicators
    .ask = “pulse page”
command-pulse-page = The page of indicators
    .usage = {""}
    .help = Get a link that opens the page of indicators in your browser.
    .example = pulse page
pulse-page-link = Open the page of indicators
pulse-page-link-once =
    { $count ->
        [one] The link is for you alone. It opens once, within a minute.
       *[other] The link is for you alone. It opens once, within { $count } minutes.
    }
pulse-page-unknown = This address asks for something that the page cannot show
pulse-page-order = The first day is after the last one
pulse-page-far = Figures are looked for in the years { $first } to { $last }
pulse-page-long = Too long for one page: choose weeks or months, or { $limit } periods at most
pulse-page-no-group = Nothing is told of this group: it is too small, or it does not exist
pulse-page-title-all = Indicators
pulse-page-title-groups = Indicators of each group
pulse-page-of = Of
pulse-page-by = By
pulse-page-since = From
pulse-page-until = To
pulse-page-show = Show
pulse-page-by-day = day
pulse-page-by-week = week
pulse-page-by-month = month
pulse-page-kind-all = everybody
pulse-page-kind-department = departments
pulse-page-kind-community = communities
pulse-page-kind-phase = phases of communities
pulse-page-kind-objective = objectives of communities
pulse-page-when = Period
pulse-page-group = Group
pulse-page-chart-table = Figures: { $title }
pulse-page-alt = Curves of { $curves }. The same figures are in the table below.
pulse-page-table = The figures of this chart as a table
pulse-page-latest = The latest figure of each: { $period }, where no other one is named. A link leads to its curves.
pulse-page-marks = What happened beside
pulse-page-file = The figures of this page as a file (CSV)
pulse-page-about = What these figures are
pulse-page-nothing = Nothing can be told of these days.
