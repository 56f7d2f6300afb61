## Profiles

## Commands
command-profile = My profile
    .usage = [colleague]
    .help = See what your profile says, and what is missing; or, with a name, what a colleague’s says.
    .example = profile
command-profile-edit = Fill in a field
    .usage = [field]
    .help = Fill in one field of your profile, or change it.
    .example = profile edit title
command-profile-prefer-not = Prefer not to say
    .usage = [field]
    .help = Leave a field of your profile empty for good; that counts as complete.
    .example = profile prefer-not languages
choice-profile-seen = What colleagues see
choice-profile-confirm = Yes, that is right
choice-profile-undo = Undo

## Fields
# What an organisation calls its own fields is in its settings, in both languages.
profile-words = { "en" ->
        [fr] { $fr }
       *[en] { $en }
    }
profile-field-title = what you do
profile-field-department = department
profile-field-location = where you work
profile-field-topics = what colleagues can ask you about
profile-field-languages = languages you speak
profile-field-picture = picture
profile-field-phone = phone
profile-why-title = Colleagues who look for somebody see at once whom they have found.
profile-why-department = It says where in the organisation you are to be found.
profile-why-location = Colleagues know which office, and which hours, to expect you in.
profile-why-topics = Whoever has a question finds the person who can answer it.
profile-why-languages = Colleagues know in which language they can write to you.
profile-why-picture = People recognise one another in the corridor.
profile-why-phone = In a hurry, colleagues can call.
profile-there = there
profile-source-own = kept in Parvis
profile-source-confirmed = from the company’s list, as you confirmed
profile-source-roster = from the company’s list
profile-source-platform = from your profile here
profile-source-custom = from your profile on { $platform }

## One's own
profile-title = Your profile
profile-meter = { $percent } %
    .label = Profile complete
profile-line-present = { $field } (weighs { $weight }): { $value } ({ $source })
profile-line-declined = { $field } (weighs { $weight }): you prefer not to say, which counts
profile-line-missing = { $field } (weighs { $weight }): missing
profile-line-gap = { $field }: only the administrators can fill it in; it does not count for you
profile-line-unread = { $field } (weighs { $weight }): not read yet
profile-unread-note = What is not read yet I am asking for now: look again in a moment.
profile-whole = Nothing is missing. Thank you.
profile-nothing-now = Nothing is missing, as far as I know.
profile-next = Next: { $field }.
profile-why = { $why }
profile-offer = The company’s list says the following. Is that right?
profile-open = Or fill it in where everybody sees it: open your profile
profile-open-only = Only you can change it: open your profile
profile-elsewhere = Only you can change it ({ $field }), in your profile on { $platform }.
profile-how = The weights say what each field counts for. Colleagues see here what you keep in Parvis, and what the company’s list says of everybody; what stands in your profile on a platform they see there. I tell them neither what is missing nor that you prefer not to say something.
profile-as-seen = What colleagues see
profile-fill-named = Fill in: { $field }
profile-confirm = Yes, that is right
profile-prefer-not = I prefer not to say
profile-undo = Undo

## A colleague's
profile-of = { $name }
profile-seen = { $value }
    .label = { $field }
profile-of-nothing = Nothing is kept here.
profile-of-open = What this platform says of them stands there: open their profile
profile-of-elsewhere = What platforms say of them stands in their profile there: { $platforms }.
profile-nobody = I know of no colleague called “{ $name }”.
profile-one-at-a-time = Whom do you mean? One colleague at a time, please.

## Filling a field
form-profile-field =
    .title = Your profile
    .submit = Keep in Parvis
    .cancel = Cancel
field-profile-field-value =
    .label = Your profile: { $field }
    .hint = { $why }
profile-which = Which field? There are: { $fields }.
profile-field-gone = That field is no longer part of the profile.
profile-nothing-missing = Nothing is missing. To change a field, name it: “profile edit title”.
profile-not-yours = Only the administrators can change this ({ $field }).
profile-wrong-option = Please choose one of the answers offered.
profile-wrong-long = That is too long: { $length } characters, of { $limit } at most.
profile-wrong-name = That is your name, which colleagues see anyway.
profile-wrong-nothing = That tells colleagues nothing. If you prefer not to say, there is a button for it: “profile prefer-not”.
profile-kept = Thank you. Colleagues now see in Parvis ({ $field }):
profile-confirmed = Thank you. Confirmed ({ $field }):
profile-declined = Understood: I will not ask for it any more ({ $field }), and it counts as complete.
profile-undone = As it was before: { $field }.
profile-nothing-to-confirm = There is nothing to confirm any more ({ $field }).
profile-nothing-to-undo = There is nothing to undo.
profile-complete-first = Your profile is complete now. Thank you: it helps everybody to find the right person.
profile-complete = Your profile is complete.
profile-noticed = Thank you, I saw it: { $field } is in your profile now.

## Reminding
contact-profile-reminder = reminders of your profile
    .why = You get this because your organisation asks everybody for a few fields of their profile, and this one is missing in yours.
contact-profile-thanks = thanks for what you filled in
    .why = You get this because I reminded you of it.
profile-about = profile: { $field }
profile-remind = One thing is missing from your profile: { $field }.
profile-sample = (here stands what the company’s list says of them)
profile-remind-progress = Your profile is at { $percent } %; with this it would be at { $then } %.

## One's own page
profile-page = { $percent } %
    .label = Your profile
profile-page-next = { $percent } %. Next: { $field }
    .label = Your profile

## What only an administrator can fill
profile-doctor-fine = profiles: no field is missing that only the roster can fill
profile-doctor-gap = profiles: { $people ->
        [one] { $people } person lacks
       *[other] { $people } people lack
    } what only the roster can say ({ $field })
profile-doctor-gap-weekly = profiles: { $people ->
        [one] { $people } person or more lacks
       *[other] { $people } people or more lack
    } what only an administrator can fill ({ $field }), by the figures of the week
profile-doctor-gap-todo = import it: the roster’s column { $columns }
profile-doctor-gap-nowhere = give the field { $name } a source that its people have: a column of the roster (roster:COLUMN), or own
profile-doctor-unread = profiles: { $platform } told nothing of the fields that people are asked for one by one; nobody is reminded of these
profile-doctor-unread-todo = let the bot read profiles on { $platform }, or take its fields out of [profiles]

## Settings
profile-words-missing = lacks its { $language ->
        [fr] French
       *[other] English
    } words: { $language } = "…"
profile-options-missing = offers fewer than two answers to choose from
profile-options-needless = belongs to a field of the kind "choice" alone
profile-source-wrong = { $shown } is no source (there are: own, platform, platform:NAME, roster:COLUMN, and PLATFORM:NAME for fields of your own)
profile-source-nowhere = { $shown } is neither "platform", nor "roster", nor a platform that [platforms] declares
profile-picture-elsewhere = { $shown } cannot hold a picture
profile-own-of-administrator = is "administrator", and people themselves fill what is kept in Parvis
profile-roster-of-person = is "person", and nobody can change what only the roster holds
profile-days-order = { $shown } does not begin with 0 and grow
profile-days-write = write { $what }
profile-field-twice = holds { $shown } twice
profile-none-required = asks people for nothing: no field that they can change is required
profile-no-weight = weighs nothing
profile-objected = You objected to my keeping anything of your profile, so I keep nothing. “parvis unobject” takes that back.

## All together
command-profile-completeness = How complete profiles are
    .usage = {""}
    .help = See how complete profiles are: in all, by department, by field, and the trend.
    .example = profile completeness
completeness-nothing = Nothing can be told yet: figures are made each Monday, of { $smallest } people or more.
completeness-title = How complete profiles are, week of { $week }
completeness-all = Complete: about { $about } % of all who are counted (between { $share }: { $count }).
completeness-departments = By department:
completeness-department = { $group }: { $share } ({ $count })
completeness-department-since = { $group }: { $share } ({ $count }), counted in the week of { $since }
completeness-more =
    { $count ->
        [one] And one more department: parvis people completeness shows all.
       *[other] And { $count } more departments: parvis people completeness shows all.
    }
completeness-fields = Each field says something, or its person prefers not to say:
completeness-field = { $field }: { $share } ({ $count })
completeness-trend = Week by week, about:
completeness-week = { $week }: { $about } % ({ $share })
completeness-formula = Complete are profiles in which each of these says something, or its person prefers not to say: { $fields }. Divided by: members who have not left; of those who objected nothing is looked at, and they count as incomplete.
completeness-rule = So that no figure tells of anybody: departments of fewer than { $smallest } people are put together; counts are told in steps; a figure changes once the count moved by { $smallest }; who comes is counted once { $smallest } came, and who left until { $smallest } left. The total is the sum of what is shown. What was told is never changed.
