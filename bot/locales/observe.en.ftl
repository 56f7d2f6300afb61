# What `parvis observe` tells of a workspace.

observe-title = { $platform }
observe-rooms =
    { $rooms ->
        [one] 1 open room
       *[other] { $rooms } open rooms
    }, besides { $archived ->
        [one] 1 archived one
       *[other] { $archived } archived ones
    } and the rooms of the roles
observe-sizes = By members: { $list }
observe-size-one = alone:
observe-size-few = 2 to 4:
observe-size-some = 5 to 19:
observe-size-many = 20 to 99:
observe-size-crowd = 100 or more:
observe-ages = By age: { $list }
observe-age-month = a month at most:
observe-age-half = six months at most:
observe-age-year = a year at most:
observe-age-older = older:
observe-age-unknown = unknown:
observe-strays =
    { $count ->
        [one] 1 room is not known to Parvis
       *[other] { $count } rooms are not known to Parvis
    } ({ $share })
observe-private =
    { $count ->
        [one] 1 is private
       *[other] { $count } are private
    } ({ $share } of those the bot may see)
observe-shared =
    { $count ->
        [0] None is shared with outsiders
        [one] 1 is shared with outsiders
       *[other] { $count } are shared with outsiders
    }
observe-quiet =
    { $count ->
        [one] 1 of { $measured } is quiet
       *[other] { $count } of { $measured } are quiet
    } ({ $share }): nobody has written for { $number } days
observe-quiet-left =
    ({ $rooms ->
        [one] 1 room is not measured: the bot is not in it
       *[other] { $rooms } rooms are not measured: the bot is not in them
    })
observe-quiet-unmeasured = Who is quiet is not measured: the bot is in none of them, or --quick was asked for
observe-people = People: { $kinds }
observe-nobody = No people are to be seen
observe-kind-member = members: { $count }
observe-kind-guest = guests: { $count }
observe-kind-stranger = from outside: { $count }
observe-kind-bot = programs: { $count }
observe-kind-gone = gone: { $count }
observe-fewer = fewer than 5
observe-few = not told, for it would be of fewer than 5 people
observe-profiles = Members without: { $gaps }
observe-gap = { $field } ({ $share })
observe-field-picture = a picture
observe-field-title = a title
observe-field-phone = a phone number
observe-profile-unknown = What profiles lack, this platform does not tell
observe-failed = { $platform } could not be asked ({ $reason }); see parvis doctor
observe-no-platform = no platform is called { $platform }; there are { $known }
observe-progress-rooms = Rooms
observe-progress-people = People
observe-progress-spoke = Who spoke last
