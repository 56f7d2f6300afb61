# What the command `parvis` says to administrators.

cli-typed-command = there is no command "{ $typed }"; see { $help }
cli-typed-command-near = there is no command "{ $typed }"; did you mean "{ $near }"?
cli-typed-option = there is no option "{ $typed }"; see { $help }
cli-typed-too-much = "{ $typed }" is more than was asked for; see { $help }
cli-typed-missing = { $name } is missing; see { $help }
cli-typed-kind = { $name }: "{ $typed }" does not fit; see { $help }
cli-typed-wrong = that cannot be understood; see { $help }

cli-column-platform = platform
cli-column-state = state
cli-column-promises = promises
cli-column-meaning = meaning
cli-column-share = share
cli-column-name = name
cli-column-to = to
cli-column-kind = kind
cli-column-due = due
cli-column-tries = tries
cli-column-reason = reason
cli-column-id = id
cli-column-received = received
cli-column-action = action
cli-column-does = what it does
cli-column-roles = roles
cli-column-role = role
cli-column-who = who
cli-column-accounts = accounts
cli-column-from = from
cli-column-entries = entries
cli-column-what = what

cli-check-fine = { $file } is fine. Platforms: { $platforms }. Database: { $database }.
cli-check-placeholder = { $file }: { $key }: "{ $value }" still comes from config.example.toml; write your own
cli-migrated = The tables of { $database } are up to date.
cli-no-database = { $database }: there is no database yet; parvis run makes it, and so does parvis migrate
cli-other-tables = { $database }: its tables are not those of this version; run parvis migrate
cli-store-away = { $database }: { $reason }
cli-file-unreadable = { $file }: cannot be read ({ $reason })
cli-file-unwritable = { $file }: cannot be written ({ $reason })

cli-run-no-room = No animators' room is configured ([[rooms.animator]]): each request goes to every animator in private, and there is no common place to see and discuss it.
cli-run-locked-out = { $platform } does not accept the bot ({ $reason }): see { $variable } in the environment, and { $at }.
cli-run-locked-out-unknown = { $platform } does not accept the bot ({ $reason }): see the secrets of { $at }: { $variable }.
cli-run-refused = { $platform } refused the bot ({ $reason }); see the log above.
cli-run-failed = { $part } stopped working; see the log above.
cli-run-port = [web] { $key } = "{ $where }": cannot listen there ({ $reason }); write another port
cli-run-twice = { $database }: another parvis runs on this database already

cli-promised-later = not before its hour
cli-promised-todo = to be said now
cli-promised-going = being said
cli-promised-sent = said
cli-promised-dead = could not be said
cli-promised-cancelled = cancelled
cli-promised-dropped = came too late, or became needless
cli-outbox-empty = Everything promised was said.
cli-outbox-locked-out = { $platform } has not accepted the bot since { $since } ({ $reason }): what waits is kept, and said once its credentials are repaired.
cli-outbox-no-platform = (none yet)
cli-outbox-next = Next:
cli-outbox-none-dead = Nothing is dead.
cli-outbox-again = To be said again: { $names }.
cli-outbox-given-up = Given up: { $names }.
cli-outbox-no-batch = no batch is named "{ $batch }"
cli-outbox-to-person = person { $number }
cli-outbox-to-people = people
cli-outbox-unasked = What the bot tells people on its own is left out here: how much of it waits would tell how many want none of it. So is what would tell who asked something without a name.
cli-outbox-to-room = room { $room }
cli-outbox-no-account = { $name }: the person still has no account it could be sent to
cli-outbox-not-dead = { $name } is not dead: its state is "{ $state }"
cli-outbox-unknown = nothing named "{ $name }" is dead; parvis outbox dead shows those that are
cli-outbox-unknown-near = nothing named "{ $name }" is dead; did you mean { $near }?

cli-parked-none = Nothing is parked.
cli-parked-unreadable = (unreadable)
cli-parked-again = To be handled again: { $ids }.
cli-parked-dropped = Dropped: { $ids }.
cli-parked-drop-only = event { $number } could not be read when it came, so it can only be dropped: parvis parked drop { $number }
cli-parked-unknown = no event { $number } is parked; parvis parked list shows those that are

cli-rights-fills = { $title } (the form)
cli-rights-nobody = Nobody has one of these roles.
cli-rights-anyone = anybody, about themselves
cli-rights-unknown = no action is called "{ $action }"; see parvis who-can
cli-rights-unknown-near = no action is called "{ $action }"; did you mean { $near }?
cli-rights-everyone = every member of the organisation ({ $number } known)
cli-rights-person = person { $number }
cli-rights-not-met = (not met yet)
cli-rights-from-settings = settings
cli-rights-from-next = settings, from the next start
cli-rights-from-unread = settings; nobody was found there so far: parvis doctor says why
cli-rights-from-vain = settings, without effect: a { $kind }

cli-trail-no-heads = No heads are known: an end cut off, or a rewrite by whoever has the key, would not show.
cli-trail-whole =
    The trail is whole: { $entries ->
        [one] 1 entry
       *[other] { $entries } entries
    }, { $heads ->
        [one] 1 head
       *[other] { $heads } heads
    } known outside the database.
cli-trail-more = ... and { $number } more.
cli-trail-range = { $first } to { $last }
cli-trail-edited = it was changed after it was written
cli-trail-missing = it was removed
cli-trail-cut = the end of the trail was cut off: heads tell of these entries
cli-trail-rewritten = another trail was written in its place: heads or key do not agree with it
cli-trail-text-replaced = a text was changed after it was written
