# Une annonce sur papier : nudges/launch/paper
choice-announce-paper = Imprimer une annonce pour les équipes sans messagerie ni courriel
sheets-print = Sur papier
sheets-cover = À imprimer : { $title }
sheets-how = Pour les personnes qui n’ont ni ouvert la messagerie, ni d’adresse électronique. Chacune des feuilles suivantes est copiée pour une équipe, autant de fois qu’il est dit ici. Les nombres sont arrondis vers le haut et aucun nom n’est nécessaire : personne n’apprend qui en reçoit une.
sheets-copies =
    { $count ->
        [one] { $team } : { $count } copie
       *[other] { $team } : { $count } copies
    }
sheets-not-before = À ne pas distribuer avant le { $at }.
sheets-not-before-each = À ne pas distribuer avant le { $day } à { $time }, à l’heure de l’équipe.
sheets-others = autres équipes
sheets-total =
    { $count ->
        [one] { $count } copie en tout
       *[other] { $count } copies en tout
    }
sheets-for =
    { $count ->
        [one] Annonce { $number }, pour { $team } : { $count } copie
       *[other] Annonce { $number }, pour { $team } : { $count } copies
    }
sheets-foot = Annonce { $number }, version { $version }
sheets-seen = La feuille telle qu’elle est imprimée : { $title }
sheets-ways = Pour aller plus loin
sheets-needed =
    { $count ->
        [one] L’annonce { $number } « { $title } » demande { $count } copie sur papier.
       *[other] L’annonce { $number } « { $title } » demande { $count } copies sur papier.
    }
sheets-link = Ouvrir les feuilles à imprimer
sheets-link-once =
    { $count ->
        [one] Ce lien n’est que pour vous, et sert une fois, dans la minute.
       *[other] Ce lien n’est que pour vous, et sert une fois, dans les { $count } minutes.
    }
sheets-unsigned = L’annonce { $number } « { $title } » n’a pas d’accord, ou a été retirée : elle ne s’imprime pas.
sheets-nobody = L’annonce { $number } « { $title } » ne demande pas de papier : la messagerie ou le courriel atteint toutes les personnes concernées.
sheets-not-written = { $path } n’a pas pu être écrit : { $reason }
sheets-written = Les feuilles sont dans { $path }.
sheets-column-team = équipe
sheets-column-copies = copies
