# Comment une date et une heure écrites par quelqu'un sont relues, et ce qui est demandé quand elles ne sont pas claires.

times-meant = { $at }
times-unknown = « { $text } » n’est pas compris ici. Écrivez le jour et l’heure : « 24 novembre à 9h », « demain à 14h30 ».
times-empty = Quel jour, et à quelle heure ? « 24 novembre à 9h », par exemple.
times-which-day = Quel jour, à { $time } ?
times-which-day-at-all = Quel jour précisément ?
times-which-time = À quelle heure, le { $day } ?
times-which-time-at-all = Quel jour précisément, et à quelle heure ?
times-options = { $choices ->
    [one] Est-ce { $options } ?
   *[other] Lequel : { $options } ?
}
times-several = Il y a là plus d’une heure. Écrivez un seul jour et une seule heure.
times-past = Le { $day } à { $time } est passé. Quel jour et quelle heure à venir ?
times-gap = { $time } n’existe pas le { $day } ({ $zone }) : les horloges avancent à ce moment-là. Quelle heure à la place ?
times-twice = { $time } arrive deux fois le { $day } ({ $zone }) : les horloges reculent à ce moment-là. Quelle heure à la place ?
times-disagree = Le jour est dit de deux façons qui ne désignent pas le même jour. Lequel est-ce ?
times-part = { $time } n’est pas dans cette partie de la journée. Quelle heure est-ce ?
times-no-such-day = Ce jour n’existe pas. Lequel est-ce ?
times-no-day-zero = Cela se compte à partir du jour J, qui n’est pas fixé. Quelle est la date ?
times-far = Le { $day } est dans plus { $years ->
    [one] d’un an
   *[other] de { $years } ans
}. Quelle année est-ce ?
