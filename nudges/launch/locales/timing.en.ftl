# When an announcement comes: nudges/launch/timing.py, moment.py
choice-announce-when = Say when an announcement is sent: “announce when 3 tomorrow 9:00”
choice-announce-clock = Have a time for an announcement read back again
choice-announce-at = Keep the time of an announcement that was read back
form-announce-when =
    .title = When is it sent?
    .submit = Read it back
    .cancel = Not now
field-announce-when-when =
    .label = Day and time
    .hint = In your own words: “tomorrow 9:00”, “Tuesday 1 December at 14:30”.
field-announce-when-zone =
    .label = In which time zone
    .hint = A time zone or its city: Europe/Paris, Tokyo.
field-announce-when-clocks =
    .label = Elsewhere
field-announce-when-window =
    .label = Minutes it may be late
    .hint = Later than that, Parvis asks you before it is sent.
option-fixed = At that same instant
option-each = At each person’s local time

announce-when = When it is sent
timing-read = Announcement { $number } is sent then. Is that right?
timing-yes = Yes, keep it
timing-each = At each person’s local time
timing-fixed = One instant for everybody
timing-another = Another time
timing-this = { $at }
timing-meanwhile = Somebody else said another time for announcement { $number } meanwhile:
timing-kept = Announcement { $number } “{ $title }” knows when it is sent.
timing-unsaid = not said yet
    .label = Sent
timing-at = { $at }
    .label = Sent
timing-at-each = { $day }, { $time } at each person’s local time
    .label = Sent
timing-late =
    { $minutes ->
        [one] up to 1 minute; later than that, somebody must confirm it
       *[other] up to { $minutes } minutes; later than that, somebody must confirm it
    }
    .label = May be late
timing-not-worked = Nobody works at that hour: whoever is outside their working hours gets it when these begin.

## What is wrong with one
timing-window = Write a number of minutes from { $least } to { $most }.
timing-zone = No time zone is called “{ $text }”. Write one such as Europe/Paris, or its city.
timing-zone-near = No time zone is called “{ $text }”. Is { $near } meant?
timing-no-value = Say the day and the time: announce when 3 tomorrow 9:00
timing-over = { $at } is over by now. Say another time.
timing-over-for-some = { $time } is over already where some colleagues are. Say a later day, or choose one instant for everybody.
