# A launch day while it goes on: nudges/launch/live
command-announce-live = Follow the launch day
    .usage = {""}
    .help = See how this day goes: what was delivered, who came, first messages, questions that wait, profiles made whole. It is told in the communication team’s room too, until the day is over.
    .example = announce live
live-title = Launch day, { $day }
live-figure = { $name }: { $figure }
live-delivered = Delivered
live-delivered-by = Delivered by { $medium }
live-joined = People here for the first time
live-first = People who wrote in a community for the first time
live-finished = People who made their profile whole
live-questions = Questions waiting for leaders
live-number = { $number }
live-at-least = at least { $number }
live-few = fewer than { $k }, or none
live-as-of = As of { $at }. Counted again every few minutes.
live-over = The day is over: counted for the last time at { $at }.
live-steps = What people did is told in steps of { $k }, and moves on when { $k } more did it: no figure tells of one person.
live-about = Delivered counts messages of the announcements whose sending began on this day. A first message is the first one as far as Parvis remembers.
live-last = { $day } is over. Thank you: this is what it came to.
live-link = Open the page of this day
live-link-once =
    { $count ->
        [one] The link is for you alone. It opens once, within a minute.
       *[other] The link is for you alone. It opens once, within { $count } minutes.
    }
live-none = No day is followed
live-none-how = Say “announce live” to Parvis on the day, or let a campaign begin it: it is followed from the moment on that the announcement of its day zero is sent.
live-again = Show it anew
live-head-what = What
live-head-figure = How many
