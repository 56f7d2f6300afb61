# What is wrong with the settings, and what to write instead. Each refusal is the end of a sentence that begins with
# the setting's key: "web.public: is missing; write public = …".

settings-problem = { $file }: { $key }: { $wrong }; { $write }
settings-problem-file = { $file }: { $wrong }; { $write }
settings-problem-environment = environment: { $key }: { $wrong }; { $write }

settings-write = write { $what }
settings-for-example = write for example { $what }
settings-write-table = write [{ $table }] as config.example.toml shows
settings-write-table-line = write [{ $table }] on a line of its own, its settings below
settings-write-platform = write { $table } with { $kinds }
settings-write-public = write { $what }, where your HTTPS proxy finds it
settings-see-example = see config.example.toml
settings-remove = remove it; there are { $known }
settings-roster-file = remove it; there is { $known }; a file of people is handed over by: parvis people import FILE
settings-use = use { $known }
settings-set = set { $variables }
settings-unset = unset it

settings-file-none = cannot be read: there is no such file
settings-file-copy = copy config.example.toml there and change it
settings-file-unreadable = cannot be read ({ $reason })
settings-file-allow = name a file that the bot's user may read
settings-file-encoding = is not UTF-8 (byte { $byte })
settings-file-encode = save it as UTF-8
settings-file-not-toml = is not valid TOML ({ $reason })
settings-file-not-toml-at = is not valid TOML at line { $line }, column { $column } ({ $reason })
settings-file-correct = correct that line (texts stand in quotes)

settings-unknown = is not a setting
settings-unknown-table = is not a table of settings
settings-must-be-table = must be a table
settings-missing = is missing
settings-empty = is empty
settings-not-one-of = { $shown } is not one of { $known }
settings-below = { $shown } is below { $least }
settings-above = { $shown } is above { $most }
settings-not-whole = { $shown } is not a whole number
settings-not-number = { $shown } is not a number
settings-not-bool = { $shown } is neither true nor false
settings-not-text = { $shown } is not a text
settings-not-list = { $shown } is not a list
settings-not-table = { $shown } is not a table
settings-not-shaped = { $shown } does not look right
settings-too-short = { $shown } is too short (characters: { $least } at least)
settings-too-long = { $shown } is too long (characters: { $most } at most)
settings-too-few = { $shown } holds too little (items: { $least } at least)
settings-too-many = { $shown } holds too much (items: { $most } at most)
settings-other = { $shown } cannot be used ({ $reason })

settings-language = { $shown } is a language without catalog (there are: { $known })
settings-zone = { $shown } is not a time zone of the IANA list
settings-url = { $shown } is not an http(s) address
settings-country = { $shown } is not a country or region whose public holidays are known
settings-hour = { $shown } is not an hour
settings-not-after-start = { $shown } is not after start ({ $start })
settings-listener = { $shown } is neither "host:port" nor "off"
settings-certificates = { $shown } is no file of certificates (PEM) that can be read
settings-database = is not the address of a store that Parvis can use
settings-database-password = holds a password, which belongs in the environment ({ $variable })
settings-database-driver = needs the driver of PostgreSQL, which is not installed
settings-database-driver-write = install it (pip install "parvis[postgres]"), or write { $what }

settings-no-platform = names no platform
settings-no-kind = { $shown } is none
settings-platform-name = is not a name for a platform (small letters, digits, _)
settings-platform-undeclared = names the platform { $shown }, which [platforms] does not declare
settings-needs-public = is "off", and { $at } is called through it
settings-grant = { $shown } is not PLATFORM:ID
settings-account-id = { $shown } is not the stable id of any account on { $kind }
settings-group-id = { $shown } is not the stable id of any group on { $kind }
settings-room-id = { $shown } is not the stable id of any room on { $kind }
settings-nobody = names nobody
settings-role-of-nobody = { $shown } is a role that [roles] gives to nobody

settings-secret-missing = is missing, and { $at } cannot sign in without
settings-secret-in-file = is a secret, and secrets are not read from files
settings-secret-to-environment = remove it, and set { $variable } in the environment
settings-token-other = holds another kind of token
settings-token-example = holds an example, not a token
settings-token-set = set the one that begins with { $start }
settings-audit-key-missing = is missing: decisions could not be signed
settings-audit-key-short = is shorter than 32 characters
settings-audit-key-set = set it to the output of "openssl rand -hex 32"
settings-variable-unknown = is not a variable that is read
settings-scim-token-missing = is missing: whoever pushes the roster must show it
settings-scim-token-short = is shorter than 32 characters
settings-scim-token-set = set it to at least 32 characters made at random, such as what "openssl rand -hex 32" prints
settings-scim-library = needs the library for SCIM, which is not installed
settings-scim-library-write = install parvis[scim], or write scim = false
settings-in-the-clear = { $shown } is on another machine, and passwords and messages would cross the network in the clear
settings-issuer = { $shown } is not an address that begins with https://
settings-sign-on-address = is missing, and whoever signs in with the company’s account comes back to it
settings-sign-on-client = write what the company’s sign-on calls Parvis there ("application ID", "client ID")
settings-sign-on-secret = is missing: without it the company’s sign-on tells Parvis nothing
settings-sign-on-secret-set = set it to the client secret that the company’s sign-on shows, or write issuer = "" in [sign_on]
settings-sign-on-library = needs the library for OpenID Connect, which is not installed
settings-sign-on-library-write = install parvis[sso], or write issuer = ""

## What can be used, and is doubtful
doubt-country = is not set, so that people are written to on public holidays
doubt-country-write = write { $what } for those of France, or { $none } if none are to be kept
doubt-often = is { $number }, which is more than one message a day that the bot sends on its own
doubt-contacts = is { $days }, and the allowance looks { $least } days back
doubt-column = asks for the roster’s column "{ $shown }", which is none that every file may have; it is fine if yours has it
