# Comment s’est passée une annonce, et ce qui a échoué essayé de nouveau : nudges/launch/report.py
choice-announce-report = Voir où en est une annonce, et ce qui a échoué
choice-announce-retry = Essayer de nouveau ce qui d’une annonce n’a pas pu être remis
announce-report-begun = { $at }
    .label = Début
announce-report-ended = { $at }
    .label = Fin
announce-report-named = { $who }, par { $medium } : { $why }
announce-report-more =
    { $count ->
        [one] Et { $count } autre : « tout réessayer » l’inclut.
       *[other] Et { $count } autres : « tout réessayer » les inclut.
    }
announce-report-not-yet = L’envoi de l’annonce { $number } « { $title } » n’a pas commencé : rien n’en est parti.
announce-retry-one = Réessayer { $who }
announce-retry-all = Tout réessayer
announce-retried =
    { $count ->
        [one] { $count } exemplaire de l’annonce { $number } est essayé de nouveau.
       *[other] { $count } exemplaires de l’annonce { $number } sont essayés de nouveau.
    }
announce-retry-not = L’annonce { $number } est suspendue, arrêtée ou rappelée : rien n’en est essayé de nouveau.
announce-retry-nothing = De l’annonce { $number }, rien n’a échoué qui puisse être essayé de nouveau.
