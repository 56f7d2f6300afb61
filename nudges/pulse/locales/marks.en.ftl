# Marks beside the curves: nudges/pulse/marking.py
command-pulse-mark = A mark beside the curves
    .usage = DAY [campaign|boost|note] NAME
    .help = Note what was done on a day, so that whoever sees a curve bend knows: it is drawn beside all curves and listed as text.
    .example = pulse mark 2026-11-02 campaign Posters in the canteen
command-pulse-unmark = Take a mark away
    .usage = DAY NAME
    .help = Take a mark away from the curves.
    .example = pulse unmark 2026-11-02 Posters in the canteen
pulse-mark-put-campaign = The campaign “{ $name }” is marked on { $day }.
pulse-mark-put-boost = The boost “{ $name }” is marked on { $day }.
pulse-mark-put-note = “{ $name }” is marked on { $day }.
pulse-mark-gone = The mark “{ $name }” of { $day } is gone.
pulse-mark-there = “{ $name }” is marked on { $day } already.
pulse-mark-none = Nothing is marked “{ $name }” on { $day }.
pulse-mark-far = There are figures in the years { $first } to { $last } only: put the mark on a day of these.
pulse-mark-name = A mark has a name of { $most } characters at most.
pulse-mark-unknown = Write a day and what it is, such as: 2026-11-02 Posters in the canteen.
