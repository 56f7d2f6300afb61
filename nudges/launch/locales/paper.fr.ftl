# Une annonce sur papier : nudges/launch/paper
choice-announce-paper = Imprimer une annonce pour les équipes sans messagerie ni courriel
paper-cover = À imprimer : { $title }
paper-how = Pour les personnes qui n’ont ni ouvert la messagerie, ni d’adresse électronique. Chacune des feuilles suivantes est copiée pour une équipe, autant de fois qu’il est dit ici ; aucun nom n’est nécessaire.
paper-copies =
    { $count ->
        [one] { $team } : { $count } copie
       *[other] { $team } : { $count } copies
    }
paper-others = autres équipes
paper-total =
    { $count ->
        [one] { $count } copie en tout
       *[other] { $count } copies en tout
    }
paper-for =
    { $count ->
        [one] Annonce { $number }, pour { $team } : { $count } copie
       *[other] Annonce { $number }, pour { $team } : { $count } copies
    }
paper-foot = Annonce { $number }, version { $version }
paper-ways = Pour aller plus loin
paper-needed =
    { $count ->
        [one] L’annonce { $number } « { $title } » demande { $count } copie sur papier.
       *[other] L’annonce { $number } « { $title } » demande { $count } copies sur papier.
    }
paper-link = Ouvrir les feuilles à imprimer
paper-link-once =
    { $count ->
        [one] Ce lien n’est que pour vous, et sert une fois, dans la minute.
       *[other] Ce lien n’est que pour vous, et sert une fois, dans les { $count } minutes.
    }
paper-unsigned = L’annonce { $number } « { $title } » n’a pas d’accord, ou a été retirée : elle ne s’imprime pas.
paper-nobody = L’annonce { $number } « { $title } » ne demande pas de papier : la messagerie ou le courriel atteint toutes les personnes concernées.
paper-not-written = { $path } n’a pas pu être écrit : { $reason }
paper-written = Les feuilles sont dans { $path }.
paper-column-team = équipe
paper-column-copies = copies
