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
announce-report-unused =
    { $count ->
        [one] { $count } adresse n’a pas été utilisée : un envoi en était revenu auparavant. La personne l’a reçue par son moyen suivant, ou est jointe sur papier.
       *[other] { $count } adresses n’ont pas été utilisées : un envoi en était revenu auparavant. Les personnes l’ont reçue par leur moyen suivant, ou sont jointes sur papier.
    }
announce-report-unused-named = { $who }, par { $medium } : non utilisée, un envoi en étant revenu { $at }
announce-report-unused-more =
    { $count ->
        [one] Et { $count } autre adresse non utilisée.
       *[other] Et { $count } autres adresses non utilisées.
    }
announce-address-again = Écrire de nouveau à { $who } par { $medium }
announce-address-used = L’adresse est de nouveau utilisée. Rien de cette annonce n’avait à y être envoyé.
announce-retry-one = Réessayer { $who }
announce-retry-all = Tout réessayer
announce-retried =
    { $count ->
        [one] { $count } exemplaire de l’annonce { $number } est essayé de nouveau.
       *[other] { $count } exemplaires de l’annonce { $number } sont essayés de nouveau.
    }
announce-retry-not = L’annonce { $number } est suspendue, arrêtée ou rappelée : rien n’en est essayé de nouveau.
announce-retry-nothing = De l’annonce { $number }, rien n’a échoué qui puisse être essayé de nouveau.
