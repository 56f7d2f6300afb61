# Whom an announcement is for: nudges/launch/asking.py, audience.py, facts.py
choice-announce-audience = Say whom an announcement is for: “announce audience 3 everybody except Sales”
form-announce-audience =
    .title = Whom is it for?
    .submit = Keep
    .cancel = Not now
field-announce-audience-whom =
    .label = Groups and people
    .hint = “Everybody”, or names between commas or on lines of their own: departments, communities, roles (leads, animators), people, addresses, staff numbers. “Department Sales” where a name may be several things.
field-announce-audience-people =
    .label = Colleagues
    .hint = Besides the ones above.
field-announce-audience-but =
    .label = Except
    .hint = Groups and people who do not get it, written in the same way.

announce-audience = Whom it is for
audience-kept = Announcement { $number } “{ $title }” knows whom it is for. Who that is, is looked up again when it is sent.
audience-changed-meanwhile = Somebody else changed whom announcement { $number } is for, and yours was not kept. Look at theirs first: announce show { $number }
audience-unsaid = not said yet
    .label = For
audience-is = { $whom }
    .label = For
audience-is-but = { $whom }, except { $but }
    .label = For
audience-everybody = everybody
audience-department = department { $name }
audience-community = community { $name }
audience-community-closed = community { $name } (archived)
audience-role-employee = everybody
audience-role-lead = leads of communities
audience-role-animator = animators
audience-role-comms = communication staff
audience-role-leader = leaders
audience-role-admin = administrators
audience-others =
    { $people ->
        [one] 1 other
       *[other] { $people } others
    }

## What is wrong with one
audience-empty = Say whom it is for: “everybody”, a department, a community, a role, or people.
audience-closed =
    { $count ->
        [one] The community { $names } is archived: nobody reads there any more. Leave it out, or name its people.
       *[other] The communities { $names } are archived: nobody reads there any more. Leave them out, or name their people.
    }
audience-kinds = { $names } may be several things here. Write which: “department …”, “community …” or “role …”.
audience-several = Several people are called { $names }. Write their account or their address instead.
audience-nobody =
    { $count ->
        [one] { $names } is not a member of your organisation, or no longer: announcements do not reach them.
       *[other] { $names } are not members of your organisation, or no longer: announcements do not reach them.
    }
audience-unknown = Nobody here is called { $names }. Write departments, communities, roles (“leads”), people or addresses.
audience-name = “{ $name }”
audience-near = “{ $name }” (is “{ $near }” meant?)
