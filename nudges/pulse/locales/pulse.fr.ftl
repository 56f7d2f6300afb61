## Diagnostic : nudges/pulse/health.py
pulse-doctor-new = Le comptage commence dans les dix minutes qui suivent le premier démarrage.
pulse-doctor-fine =
    { $count ->
        [one] 1 communauté est comptée, depuis le { $day }.
       *[other] { $count } communautés sont comptées, depuis le { $day }.
    }
pulse-doctor-outside =
    { $count ->
        [one] 1 communauté n’est pas mesurée : je ne suis pas dans son salon.
       *[other] { $count } communautés ne sont pas mesurées : je ne suis pas dans leurs salons.
    }
pulse-doctor-outside-todo = « communaute infos NOM » propose aux animateurs de m’y faire revenir.
pulse-doctor-away = Rien n’a été entendu de { $platform } du { $since } au { $until } : ces jours sont montrés comme un trou, pas comme un zéro.
pulse-doctor-unknown = [pulse] not_counted nomme des comptes que personne n’a ici : { $accounts }.
pulse-doctor-unknown-todo = Corrigez-les : d’ici là, ce que font ces personnes est compté.
