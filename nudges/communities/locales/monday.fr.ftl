## Lundi

monday-title = Votre semaine avec les communautés
monday-waits =
    { $count ->
        [one] Une demande attend une décision, depuis le { $since } :
       *[other] { $count } demandes attendent une décision, la plus ancienne depuis le { $since } :
    }
monday-waiting =
    { $days ->
        [0] { $name } (demande { $number }, depuis moins d’un jour ouvré)
        [one] { $name } (demande { $number }, depuis un jour ouvré)
       *[other] { $name } (demande { $number }, depuis { $days } jours ouvrés)
    }
monday-show = Voir la demande { $number }
monday-blocked =
    { $count ->
        [one] Une ouverture a été refusée par la plateforme et vous attend : voyez sa carte.
       *[other] { $count } ouvertures ont été refusées par la plateforme et vous attendent : voyez leurs cartes.
    }
monday-by-hand =
    { $count ->
        [one] Un changement attend que quelqu’un le fasse à la main sur la plateforme.
       *[other] { $count } changements attendent que quelqu’un les fasse à la main sur la plateforme.
    }
monday-strays =
    { $count ->
        [one] Un salon n’a pas été demandé ici : adoptez-le, ou ignorez-le.
       *[other] { $count } salons n’ont pas été demandés ici : adoptez-les, ou ignorez-les.
    }
monday-looks = Communautés à regarder :
monday-missing = { $name } : depuis le { $since }, je ne trouve plus son salon, ou n’y suis plus.
monday-leaderless = { $name } : personne ne s’en occupe depuis le { $since }.
monday-review = { $name } : elle devait être réexaminée le { $since }.
monday-unheard = { $name } : personne n’y a écrit depuis le { $since }.
monday-quota = { $private } sur { $total } ({ $limit })
    .label = Communautés privées
contact-community-monday-look = les communautés à regarder dans la semaine
    .why = Vous recevez ceci le premier jour ouvré d’une semaine où une communauté est à regarder, parce que vous les animez.
monday-why = Vous recevez ceci le premier jour ouvré d’une semaine où il y a quelque chose à faire, parce que vous animez les communautés.
