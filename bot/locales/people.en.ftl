# What `parvis people` says to administrators: what is wrong in a file, what it would change, who is unmatched. Each
# refusal ends a sentence that begins with where it stands: "staff.csv: row 3, email: … ; write …".

people-trouble = { $file }: row { $row }, { $column }: { $wrong }; { $write }
people-trouble-row = { $file }: row { $row }: { $wrong }; { $write }
people-trouble-file = { $file }: { $wrong }; { $write }
people-troubles-more =
    { $count ->
        [one] { $file }: one more error is not shown.
       *[other] { $file }: { $count } more errors are not shown.
    }
people-nothing-done = Nothing was changed.

people-empty = has no people in it
people-write-rows = write a row of headings, and a row for each person
people-undecodable = holds bytes that belong to no text
people-save-utf8 = save it as CSV UTF-8
people-nul = holds a byte without meaning (NUL): the file is damaged, or no CSV
people-workbook = is a workbook (Excel, LibreOffice), not a CSV
people-save-csv = open it there and save it as CSV UTF-8
people-save-again = save it as CSV again from where it comes
people-file-large = is larger than { $most } MB
people-split = leave out columns that nobody needs
people-quotes = a quotation mark is opened and not closed, or closed too early
people-quote = put cells that hold a separator or a quotation mark between quotation marks, and double the marks inside
people-no-key = no column is known that tells people apart (found: { $found })
people-add-key = add a column "key" (a staff number) or "email"
people-heading-twice = two columns have this heading
people-rename-heading = rename one of them, or remove it
people-no-platform = "{ $shown }" is no platform of the settings
people-platforms = write account and one of: { $known }
people-more-cells = has { $found } cells, under { $headings } headings

people-missing = is missing
people-write-key = write what tells this person apart from all others
people-twice = { $shown } stands in row { $row } already
people-once = leave it to one of the two
people-too-long = is too long (more than { $most } characters)
people-shorten = shorten it
people-no-email = { $shown } is no e-mail address
people-no-language = { $shown } is no language that is known
people-no-zone = { $shown } is no time zone of the IANA list
people-no-country = { $shown } is no country, or part of one, whose public holidays are known
people-no-day = { $shown } names no days of the week
people-no-date = { $shown } is no date
people-no-absences = { $shown } is no list of absences
people-no-account = { $shown } is no account of { $platform }, as the platform itself numbers them
people-write = write { $what }
people-example = write for example { $what }
people-absent-since = says until when somebody is absent, and not since when
people-absent-order = is before the beginning of the absence
people-absent = write both days, the first one first
people-no-manager = { $shown } is nobody’s key or e-mail address in this file
people-write-manager = write the key or the address of somebody in the file, or leave it empty
people-loop = people are, by way of one another, their own managers: { $who } (in brackets: their rows)
people-own-manager = { $shown } is this person themselves
people-unmanage = write who they report to, or leave it empty
people-unloop = leave the manager of the highest one empty

people-read =
    { $file }: { $encoding }, cells separated by { $separator }, { $rows ->
        [one] { $rows } row.
       *[other] { $rows } rows.
    }
people-separator = "{ $by }"
people-separator-tab = tabs
people-column-heading = column
people-column-for = is read as
people-column-kept = { $name }, for profiles (roster:{ $name })
people-column-unread = not read, not kept
people-field-key = key (what tells people apart)
people-field-email = e-mail address
people-field-name = name
people-field-first = first name
people-field-last = last name
people-field-department = department
people-field-job = job
people-field-manager = manager
people-field-language = language
people-field-zone = time zone
people-field-country = country
people-field-days = working days
people-field-from = absent from
people-field-until = absent until
people-field-absences = absences
people-field-away = absences
people-field-account = account on { $platform }
people-field-accounts = accounts
people-field-more = columns for profiles
people-lacking = Profiles ask for the column "{ $name }" (roster:{ $name } in the settings), and this file has none; it would be known as { $known }.
people-unkept = Earlier files brought columns that no setting asks for (people): { $names }. The import removes them.
people-unkept-gone = Earlier files brought columns that no setting asks for (people): { $names }. They are removed.
people-passed = The column "{ $heading }" is not read, since another one says the same more plainly.
people-rows =
    { $count ->
        [one] row { $rows }
       *[other] { $count } rows: { $rows }
    }
people-remark-formula = The column "{ $heading }" has cells that begin as formulas ({ $rows }): they are taken as text. The first: { $shown }
people-remark-language = The column "{ $heading }" names languages that I do not speak ({ $rows }; the first: { $shown }). I speak { $spoken }; these people are written to in the default language.
people-remark-endless = The column "{ $heading }" begins absences that have no end ({ $rows }): these people count as absent until a file says otherwise.
people-remark-day-first = The column "{ $heading }" has dates that could be read in two ways ({ $rows }): the day comes first, so { $shown } is { $day }. 2026-12-31 is never in doubt.
people-remark-short = Some rows have fewer cells than there are headings ({ $rows }; { $shown } of { $headings } in the first): the missing ones count as empty.

people-column-change = change
people-column-number = people
people-column-columns = columns that change
people-new = new
people-changed = changed
people-returned = of them, back after they had left
people-left = left: not in the file
people-unchanged = unchanged
people-pushed = looked after by SCIM: left alone
people-pushed-taken = looked after by SCIM: the file’s from now on
people-still-pushed = A file can take over what SCIM pushes only once nothing is pushed any more: write scim = false in [roster] (and stop the service that pushes), restart the bot, then run this again.
people-dry = This was a look: nothing was changed.
people-imported = The roster is what { $file } says.
people-many-leave =
    { $leaving ->
        [one] One of { $here } people would leave by this file, which is more than one in five.
       *[other] { $leaving } of { $here } people would leave by this file, which is more than one in five.
    } If that is right, run it again with --departures { $leaving }.
people-other-number =
    { $leaving ->
        [one] One person would leave by this file, not { $said }.
       *[other] { $leaving } people would leave by this file, not { $said }.
    } Look at the file; if it is right, run it again with --departures { $leaving }.
people-changed-meanwhile = The roster is being changed by something else; try again.

people-matched = { $matched } of { $here } people of the roster are matched with an account; { $alone } members’ accounts are on no line of it.
people-joined =
    { $count ->
        [one] Accounts of one person on several platforms were joined.
       *[other] Accounts of { $count } people on several platforms were joined.
    } They can take them apart with /parvis unjoin.
people-none = Every line of the roster is matched with an account, and every member’s account with a line.
people-no-roster = There is no roster yet: parvis people import FILE.
people-column-key = key
people-column-name = name
people-column-email = e-mail
people-column-why = why
people-column-platform = platform
people-column-account = account
people-lines = Lines of the roster without an account, or not with all of theirs:
people-accounts = Members’ accounts that are on no line of the roster:
people-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
people-why-nobody = nobody known here has this address
people-why-ambiguous = several people of one platform have this address
people-why-taken = the account is that of somebody on another line
people-why-apart = the person took their accounts apart
people-why-clash = two accounts of one platform would be one person’s
people-doctor =
    { $here ->
        [one] The roster has { $here } person who is here.
       *[other] The roster has { $here } people who are here.
    }
people-doctor-lines =
    { $count ->
        [one] { $count } person of the roster is matched with no account.
       *[other] { $count } people of the roster are matched with no account.
    }
people-doctor-accounts =
    { $count ->
        [one] { $count } member’s account is on no line of the roster.
       *[other] { $count } members’ accounts are on no line of the roster.
    }
people-doctor-unmatched-todo = Look at them: parvis people unmatched.
people-doctor-none = There is no roster: the bot knows only what platforms tell of people.
people-doctor-none-todo = Import one, first with --dry-run: parvis people import FILE --dry-run.
