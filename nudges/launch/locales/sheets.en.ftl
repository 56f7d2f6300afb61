# An announcement on paper: nudges/launch/paper
choice-announce-paper = Print an announcement for teams without chat and e-mail
sheets-print = On paper
sheets-cover = To be printed: { $title }
sheets-how = For people who have neither signed in to the chat nor an e-mail address. Each of the next sheets is copied for one team, as often as is said here. Numbers are rounded up, and no names are needed: nobody learns who gets one.
sheets-copies =
    { $count ->
        [one] { $team }: 1 copy
       *[other] { $team }: { $count } copies
    }
sheets-not-before = Not to be handed out before { $at }.
sheets-not-before-each = Not to be handed out before { $time } on { $day }, on the team’s own clocks.
sheets-others = other teams
sheets-total =
    { $count ->
        [one] 1 copy in all
       *[other] { $count } copies in all
    }
sheets-for =
    { $count ->
        [one] Announcement { $number }, for { $team }: 1 copy
       *[other] Announcement { $number }, for { $team }: { $count } copies
    }
sheets-foot = Announcement { $number }, version { $version }
sheets-seen = The sheet as it is printed: { $title }
sheets-ways = Where to go on
sheets-needed =
    { $count ->
        [one] Announcement { $number } “{ $title }” needs 1 copy on paper.
       *[other] Announcement { $number } “{ $title }” needs { $count } copies on paper.
    }
sheets-link = Open the sheets to be printed
sheets-link-once =
    { $count ->
        [one] The link is yours alone, and works once within a minute.
       *[other] The link is yours alone, and works once within { $count } minutes.
    }
sheets-unsigned = Announcement { $number } “{ $title }” is not signed off, or was taken back: it is not printed.
sheets-nobody = Announcement { $number } “{ $title }” needs no paper: the chat or e-mail reaches everybody it is for.
sheets-not-written = { $path } could not be written: { $reason }
sheets-written = The sheets are in { $path }.
sheets-column-team = team
sheets-column-copies = copies
