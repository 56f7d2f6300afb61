# What the command `parvis` says about profiles to administrators.

verb-people-completeness = Show how complete profiles are, by department and field, as it was told; nobody is named.
verb-people-gaps = Show how many people, by department, lack what of a profile the roster alone can say; status 1 when there are any.

profile-gaps-title = What only the roster can fill, by department (from { $smallest } people up)
profile-gaps-none = Nothing is missing that only the roster can fill, as far as can be told of groups from { $smallest } people up.
profile-gaps-weekly = Where a platform may hold a field as well, it is counted each Monday, in steps: a count of today would tell of single people.
profile-gaps-called = { $field }
profile-gaps-field = field
profile-gaps-department = department
profile-gaps-people = people
profile-gaps-without = (none)
profile-gaps-others = others together

completeness-column-group = group
completeness-column-count = count
completeness-column-counted = counted in
completeness-column-field = field
completeness-column-share = share
completeness-total = all
completeness-whole = whole profile
