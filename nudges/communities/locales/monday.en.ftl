## Monday

monday-title = Your week with the communities
monday-waits =
    { $count ->
        [one] One request waits for a decision, since { $since }:
       *[other] { $count } requests wait for a decision, the oldest since { $since }:
    }
monday-waiting =
    { $days ->
        [0] { $name } (request { $number }, since less than a working day)
        [one] { $name } (request { $number }, for one working day)
       *[other] { $name } (request { $number }, for { $days } working days)
    }
monday-show = Look at request { $number }
monday-blocked =
    { $count ->
        [one] One opening was refused by the platform, and waits for you: see its card.
       *[other] { $count } openings were refused by the platform, and wait for you: see their cards.
    }
monday-by-hand =
    { $count ->
        [one] One change waits for somebody to do it by hand on the platform.
       *[other] { $count } changes wait for somebody to do them by hand on the platform.
    }
monday-strays =
    { $count ->
        [one] One room was not asked for here: adopt it, or ignore it.
       *[other] { $count } rooms were not asked for here: adopt them, or ignore them.
    }
monday-looks = Communities to look at:
monday-missing = { $name }: since { $since } I cannot find its room, or am no longer in it.
monday-leaderless = { $name }: nobody leads it since { $since }.
monday-review = { $name }: it was to be looked at again on { $since }.
monday-unheard = { $name }: nobody has written there since { $since }.
monday-quota = { $private } of { $total } ({ $limit })
    .label = Private communities
contact-community-monday-look = the week’s communities to look at
    .why = You get this on the first working day of a week in which a community is to be looked at, because you look after them.
monday-why = You get this on the first working day of a week in which there is something to do, because you look after communities.
