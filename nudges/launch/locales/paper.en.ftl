# An announcement on paper: nudges/launch/paper
choice-announce-paper = Print an announcement for teams without chat and e-mail
paper-cover = To be printed: { $title }
paper-how = For people who have neither signed in to the chat nor an e-mail address. Each of the next sheets is copied for one team, as often as is said here; no names are needed.
paper-copies =
    { $count ->
        [one] { $team }: 1 copy
       *[other] { $team }: { $count } copies
    }
paper-others = other teams
paper-total =
    { $count ->
        [one] 1 copy in all
       *[other] { $count } copies in all
    }
paper-for =
    { $count ->
        [one] Announcement { $number }, for { $team }: 1 copy
       *[other] Announcement { $number }, for { $team }: { $count } copies
    }
paper-foot = Announcement { $number }, version { $version }
paper-ways = Where to go on
paper-needed =
    { $count ->
        [one] Announcement { $number } “{ $title }” needs 1 copy on paper.
       *[other] Announcement { $number } “{ $title }” needs { $count } copies on paper.
    }
paper-link = Open the sheets to be printed
paper-link-once =
    { $count ->
        [one] The link is yours alone, and works once within a minute.
       *[other] The link is yours alone, and works once within { $count } minutes.
    }
paper-unsigned = Announcement { $number } “{ $title }” is not signed off, or was taken back: it is not printed.
paper-nobody = Announcement { $number } “{ $title }” needs no paper: the chat or e-mail reaches everybody it is for.
paper-not-written = { $path } could not be written: { $reason }
paper-written = The sheets are in { $path }.
paper-column-team = team
paper-column-copies = copies
