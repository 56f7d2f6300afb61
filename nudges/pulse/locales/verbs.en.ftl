# What the command `parvis` says about indicators to administrators.

verb-pulse = Indicators: see them, take them out, put others beside them.
verb-pulse-show = Show the latest figures, and what they are.
    .period = By day, week or month.
    .kind = Of all, or of each department, community, phase or objective.
    .since = The first day, such as 2026-11-01.
    .until = The last day.
    .measures = Only these, with commas between them, such as active,posts.
    .as_of = As it was told by the end of that day.
verb-pulse-export = Print every figure, with what it is: --csv for spreadsheets, --json for scripts.
    .period = By day, week or month.
    .kind = Of all, or of each department, community, phase or objective.
    .since = The first day, such as 2026-11-01; a year ago, unless it is said.
    .until = The last day.
    .measures = Only these, with commas between them, such as active,posts.
    .as_of = As it was told by the end of that day.
verb-pulse-import = Take over what other tools counted: a CSV file with the columns day, tool, measure, count.
verb-pulse-status = Show how far the past of communities is counted, and of which days nothing is known; status 1 when a platform refuses one.
verb-pulse-mark = Put a mark beside the curves.
    .day = The day, such as 2026-11-02.
    .name = What it is, in few words, between quotation marks.
    .kind = What kind of thing it is: a note, unless it is said.
    .remove = Take the mark of that name away.

## Show and export: nudges/pulse/verbs.py
pulse-column-curve = curve
pulse-column-period = period
pulse-column-figure = figure
pulse-column-before = before
pulse-defined = { $name }: { $what }
pulse-order = --since is after --until.
pulse-show-nothing = Nothing can be told of these days.
pulse-file-long = That is too much at once: { $limit } periods at most. Choose --period week or month, or fewer days.
pulse-since-to-come = --since is to come: there are figures until { $day } at most. Choose an earlier day.
pulse-no-day = { $option }: “{ $shown }” is no day; write for example 2026-11-30.
pulse-two-days = { $option }: “{ $shown }” is one day in Europe and another one in America; write { $europe } or { $america }.
pulse-far-day = { $option }: figures are looked for in the years { $first } to { $last }.
pulse-export-how = As what? Write --csv, for spreadsheets, or --json, for scripts.
pulse-measure-unknown = “{ $name }” is no measure; there are { $names }.
pulse-measure-elsewhere = “{ $name }” is not told of such groups; of these there are { $names }.

## Import: nudges/pulse/imported.py, verbs.py
pulse-import-column-tool = tool
pulse-import-column-measure = counts
pulse-import-column-new = new
pulse-import-column-corrected = corrected
pulse-import-column-back = taken back
pulse-import-column-days = days
pulse-import-unchanged =
    { $count ->
        [one] 1 number is as it was.
       *[other] { $count } numbers are as they were.
    }
pulse-import-done =
    { $count ->
        [0] Nothing had to be changed.
        [one] 1 number was taken over.
       *[other] { $count } numbers were taken over. What was known before is kept as former versions.
    }
pulse-import-back = { $count ->
        [one] 1 number was taken back.
       *[other] { $count } numbers were taken back.
    }
pulse-import-dry =
    { $count ->
        [one] 1 number would be taken over; nothing was changed.
       *[other] { $count } numbers would be taken over; nothing was changed.
    }
pulse-import-dry-back = { $count ->
        [one] 1 number would be taken back; nothing was changed.
       *[other] { $count } numbers would be taken back; nothing was changed.
    }
pulse-import-write-rows = write a row of headings (day, tool, measure, count), and a row for each number
pulse-import-heading = { $shown } is no column that is known
pulse-import-heading-twice = { $shown } is the second column for the same
pulse-import-lacking = has no column { $names }
pulse-import-headings = the columns are day, tool, measure, count
pulse-import-many = there are more than { $most } rows
pulse-import-split = split the file, by years for example
pulse-import-twice = row { $row } has a number of that day, tool and measure already
pulse-import-keep-one = keep one of both
pulse-import-empty = is empty
pulse-import-two-days = { $shown } is one day in Europe and another one in America
pulse-import-no-day = { $shown } is no day
pulse-import-to-come = { $shown } is to come
pulse-import-long-ago = { $shown } is before the year 2000
pulse-import-no-count = { $shown } is no whole number
pulse-import-large = is larger than { $most }
pulse-import-write-day = write the day as year, month and day, such as 2026-11-30
pulse-import-correct-day = correct the day, or take the row out
pulse-import-write-either = write it as { $europe } or { $america }
pulse-import-write-tool = write the name of the tool that counted it, such as intranet
pulse-import-write-measure = write what was counted, such as page views
pulse-import-write-count = write a whole number in digits, such as 1250, or - to take back what was imported for that day
pulse-import-overtaken = Somebody else imported the same numbers at this moment, so nothing of this file was taken over. Run it again.
pulse-import-no-rows = has no numbers in it
