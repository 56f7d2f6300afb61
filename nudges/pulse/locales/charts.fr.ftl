## Noms : nudges/pulse/naming.py
pulse-measure-population = Personnes
pulse-measure-activated = Activés
pulse-measure-adopting = Adoption
pulse-measure-active = Contributeurs actifs
pulse-measure-posts = Messages
pulse-measure-replies = Réponses
pulse-measure-reactions = Réactions
pulse-measure-joins = Arrivées
pulse-measure-reads = Accusés de lecture
pulse-measure-private = Communautés privées
pulse-measure-interest = Communautés d’intérêt
pulse-group-all = tout le monde
pulse-group-others = plus petites communautés, ensemble
pulse-group-no-objective = sans objectif
pulse-group-nameless = un objectif de communautés fermées ({ $number })
pulse-phase-pilot = pilotes
pulse-phase-active = communautés actives
pulse-phase-quiet = communautés calmes
pulse-phase-closing = communautés en fermeture
pulse-corrected-late = Corrigé : des faits ont été connus tard
pulse-corrected-backfill = Corrigé : le passé a été compté
pulse-corrected-merge = Corrigé : deux comptes sont une seule personne
pulse-curve = { $measure }, { $group }
pulse-curve-other = { $measure }, comptés par { $tool }
pulse-curve-partial = { $curve } (° en partie : pas terminé, ou pas mesuré en entier)
pulse-period-day = { $since }
pulse-period-week = semaine du { $since }
pulse-period-month = du { $since } au { $until }
pulse-period-partial = { $period }, en partie
pulse-figure-share = { $share } ({ $of })
pulse-figure-exact = { $of } ({ $percent } %)
pulse-figure-count = { $told }
pulse-figure-corrected = { $figure }, corrigé
pulse-figure-partial = { $figure }, en partie
pulse-figure-of-period = { $figure } ({ $period })
pulse-why-small = non communiqué, pour protéger les personnes
pulse-why-not-measured = non mesuré
pulse-why-unavailable = indisponible sur cette plateforme
pulse-why-before = rien n’était encore compté
pulse-why-unknown = inconnu
pulse-mark-campaign = Campagne : { $name }
pulse-mark-boost = Relance : { $name }
pulse-mark-gap = Non mesuré : { $name }
pulse-mark-correction = Corrigé : { $name }
pulse-mark-imported = Importé : { $name }
pulse-mark-note = { $name }
pulse-marked = { $day } : { $what }
pulse-line = { $curve }, { $period } : { $figure }
pulse-line-since = { $curve }, { $period } : { $figure } ; avant : { $before }
pulse-together = Les chiffres sur des personnes sont donnés en fourchettes, pour que nul ne soit reconnu ; un chiffre ne bouge que quand { $smallest } personnes ont changé, et qui arrive ou part est compté dès que { $smallest } l’ont fait.
pulse-fresh = Tout ce qui s’est passé jusqu’au { $at } y figure. Rien n’est dit de groupes de moins de { $smallest } personnes.
pulse-others = Ce qui se passe dans les communautés trop petites pour être montrées seules n’est dit que dans « plus petites communautés, ensemble » : ce qui n’a pas ces chiffres, ou pas encore, les a là.
pulse-first = Compté depuis le { $day } : rien n’est connu de ce qui précède.
pulse-unmeasured =
    { $count ->
        [one] 1 communauté n’est pas mesurée, car je ne suis pas dans son salon : { $names }.
       *[other] { $count } communautés ne sont pas mesurées, car je ne suis pas dans leurs salons : { $names }.
    }

## Graphiques : nudges/pulse/drawing.py
pulse-chart-empty = Rien à dessiner
pulse-chart-alt = { $title }. Courbes : { $curves }. Les chiffres sont dans le texte du message.
pulse-chart-shares = Parts
pulse-chart-numbers = Ce qui s’est passé
pulse-chart-bars = Barres verticales : la vraie part est quelque part sur la barre
pulse-chart-people = Qui participe
pulse-chart-balance = Sortes de communautés
pulse-by-day = par jour
pulse-by-week = par semaine
pulse-by-month = par mois
pulse-chart-title = { $about }, { $by }
pulse-chart-title-of = { $title } : { $group }

## Demandé : nudges/pulse/asking.py
command-pulse = Où en est le réseau
    .usage = [jour|semaine|mois] [services|communautes|phases|objectifs|service NOM|communaute NOM|phase NOM|objectif NOM] [sombre]
    .help = Voir les indicateurs avec une image : de tous, d’un service, d’une communauté, d’une phase ou d’un objectif, ou de chacun à côté des autres. « sombre » donne une image sombre. « indicateurs page », « indicateurs etat » et « indicateurs repere » font davantage.
    .example = indicateurs mois services
pulse-title = Indicateurs, du { $since } au { $until }
pulse-title-of = { $what }, du { $since } au { $until }
pulse-more =
    { $count ->
        [one] 1 courbe de plus est sur la page.
       *[other] { $count } courbes de plus sont sur la page.
    }
pulse-nothing = Il n’y a pas encore de chiffres. Je compte chaque journée la nuit suivante, et ne parle que de groupes d’au moins { $smallest } personnes : redemandez demain. « indicateurs etat » dit ce qui est compté.
pulse-unknown = Je ne comprends pas « { $words } ». Après « indicateurs », vous pouvez écrire : jour, semaine ou mois ; services, communautes, phases ou objectifs ; service NOM, communaute NOM, phase NOM ou objectif NOM ; sombre. Il y a aussi « indicateurs page », « indicateurs etat », « indicateurs repere » et « indicateurs sans-repere ».
pulse-can = Après « indicateurs », vous pouvez écrire : jour, semaine ou mois ; services, communautes, phases ou objectifs ; service NOM, communaute NOM, phase NOM ou objectif NOM ; sombre. Il y a aussi « indicateurs page », « indicateurs etat », « indicateurs repere » et « indicateurs sans-repere ».
pulse-no-group = Je n’ai pas de chiffres pour « { $name } ». Soit rien ne porte exactement ce nom, soit il s’agit de moins de { $smallest } personnes. « indicateurs communautes » et « indicateurs services » montrent ce qui peut être demandé.
