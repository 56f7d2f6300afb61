## Ce qu’est chaque indicateur : nudges/pulse/rules.py
pulse-is-population = Personnes qui ont un compte de membre ce jour-là, comptées une fois, quel que soit le nombre de leurs comptes.
pulse-is-population-there = Personnes de l’organisation présentes dans le salon de la communauté à la fin de ce jour.
pulse-is-activated = Personnes qui ont lu, écrit ou réagi dans une communauté, ou utilisé Parvis, au moins une fois, sur l’ensemble des personnes ce jour-là.
pulse-is-adopting =
    { $days ->
        [one] Personnes qui ont lu ou agi dans une communauté ce jour-là, sur l’ensemble des personnes ce jour-là.
       *[other] Personnes qui ont lu ou agi dans une communauté au cours des { $days } jours jusqu’à ce jour, sur l’ensemble des personnes ce jour-là.
    }
pulse-is-adopting-there =
    { $days ->
        [one] Membres de la communauté qui y ont lu ou agi ce jour-là, sur l’ensemble de ses membres.
       *[other] Membres de la communauté qui y ont lu ou agi au cours des { $days } jours jusqu’à ce jour, sur l’ensemble de ses membres.
    }
pulse-is-active =
    { $days ->
        [one] Personnes qui ont écrit ou réagi dans une communauté ce jour-là, sur l’ensemble des personnes ce jour-là.
       *[other] Personnes qui ont écrit ou réagi dans une communauté au cours des { $days } jours jusqu’à ce jour, sur l’ensemble des personnes ce jour-là.
    }
pulse-is-active-there =
    { $days ->
        [one] Membres de la communauté qui y ont écrit ou réagi ce jour-là, sur l’ensemble de ses membres.
       *[other] Membres de la communauté qui y ont écrit ou réagi au cours des { $days } jours jusqu’à ce jour, sur l’ensemble de ses membres.
    }
pulse-is-posts = Messages que des personnes ont écrits dans des communautés, hors des fils. Une modification ne compte pas de nouveau.
pulse-is-replies = Messages que des personnes ont écrits dans des fils.
pulse-is-reactions = Réactions que des personnes ont données.
pulse-is-joins = Nombre de fois où quelqu’un a rejoint une communauté.
pulse-is-reads = Nombre de fois où quelqu’un a poursuivi sa lecture (accusés de lecture), là où la plateforme le dit.
pulse-is-private = Communautés privées, sur l’ensemble des communautés ouvertes.
pulse-is-interest = Communautés d’intérêt, sur l’ensemble des communautés ouvertes ; les autres portent sur le métier.
pulse-is-imported = Tel que compté par { $tool } : repris d’un fichier, et non compté par Parvis.
