# Ce que la commande `parvis` dit des indicateurs aux administrateurs.

verb-pulse = Indicateurs : les voir, les sortir, en mettre d’autres à côté.
verb-pulse-show = Montrer les derniers chiffres, et ce qu’ils sont.
    .period = Par jour (day), semaine (week) ou mois (month).
    .kind = De tous (all), ou de chaque service (department), communauté (community), phase ou objectif (objective).
    .since = Le premier jour, comme 2026-11-01.
    .until = Le dernier jour.
    .measures = Seulement celles-ci, séparées par des virgules, comme active,posts.
    .as_of = Comme cela avait été dit à la fin de ce jour-là.
verb-pulse-export = Imprimer chaque chiffre, avec ce qu’il est : --csv pour les tableurs, --json pour les scripts.
    .period = Par jour (day), semaine (week) ou mois (month).
    .kind = De tous (all), ou de chaque service (department), communauté (community), phase ou objectif (objective).
    .since = Le premier jour, comme 2026-11-01 ; il y a un an, sauf si vous le dites.
    .until = Le dernier jour.
    .measures = Seulement celles-ci, séparées par des virgules, comme active,posts.
    .as_of = Comme cela avait été dit à la fin de ce jour-là.
verb-pulse-import = Reprendre ce que d’autres outils ont compté : un fichier CSV avec les colonnes jour, outil, mesure, nombre.
verb-pulse-status = Montrer jusqu’où le passé des communautés est compté, et de quels jours rien n’est connu ; code 1 quand une plateforme en refuse une.
verb-pulse-mark = Mettre un repère à côté des courbes.
    .day = Le jour, comme 2026-11-02.
    .name = Ce que c’est, en peu de mots, entre guillemets.
    .kind = De quelle sorte : une note, sauf si vous le dites.
    .remove = Ôter le repère de ce nom.

## Montrer et exporter : nudges/pulse/verbs.py
pulse-column-curve = courbe
pulse-column-period = période
pulse-column-figure = chiffre
pulse-column-before = avant
pulse-defined = { $name } : { $what }
pulse-order = --since vient après --until.
pulse-show-nothing = Rien ne peut être dit de ces jours.
pulse-file-long = C’est trop à la fois : { $limit } périodes au plus. Prenez --period week ou month, ou moins de jours.
pulse-since-to-come = --since est à venir : il n’y a de chiffres que jusqu’au { $day } au plus. Choisissez un jour antérieur.
pulse-no-day = { $option } : « { $shown } » n’est pas un jour ; écrivez par exemple 2026-11-30.
pulse-two-days = { $option } : « { $shown } » est un jour en Europe et un autre en Amérique ; écrivez { $europe } ou { $america }.
pulse-far-day = { $option } : les chiffres se cherchent dans les années { $first } à { $last }.
pulse-export-how = Sous quelle forme ? Écrivez --csv, pour les tableurs, ou --json, pour les scripts.
pulse-measure-unknown = « { $name } » n’est pas une mesure ; il y a { $names }.
pulse-measure-elsewhere = « { $name } » n’est pas dit de tels groupes ; il y a { $names }.

## Importer : nudges/pulse/imported.py, verbs.py
pulse-import-column-tool = outil
pulse-import-column-measure = compte
pulse-import-column-new = nouveaux
pulse-import-column-corrected = corrigés
pulse-import-column-back = retirés
pulse-import-column-days = jours
pulse-import-unchanged =
    { $count ->
        [one] { $count } nombre est tel qu’il était.
       *[other] { $count } nombres sont tels qu’ils étaient.
    }
pulse-import-done =
    { $count ->
        [0] Rien n’était à changer.
        [one] 1 nombre a été repris.
       *[other] { $count } nombres ont été repris. Ce qui était connu avant est gardé comme versions précédentes.
    }
pulse-import-back = { $count ->
        [one] { $count } nombre a été retiré.
       *[other] { $count } nombres ont été retirés.
    }
pulse-import-dry =
    { $count ->
        [one] { $count } nombre serait repris ; rien n’a été changé.
       *[other] { $count } nombres seraient repris ; rien n’a été changé.
    }
pulse-import-dry-back = { $count ->
        [one] { $count } nombre serait retiré ; rien n’a été changé.
       *[other] { $count } nombres seraient retirés ; rien n’a été changé.
    }
pulse-import-write-rows = écrivez une ligne d’en-têtes (jour, outil, mesure, nombre), puis une ligne par nombre
pulse-import-heading = { $shown } n’est pas une colonne connue
pulse-import-heading-twice = { $shown } est la deuxième colonne pour la même chose
pulse-import-lacking = n’a pas de colonne { $names }
pulse-import-headings = les colonnes sont day (jour), tool (outil), measure (mesure), count (nombre)
pulse-import-many = il y a plus de { $most } lignes
pulse-import-split = partagez le fichier, par années par exemple
pulse-import-twice = la ligne { $row } a déjà un nombre de ce jour, de cet outil et de cette mesure
pulse-import-keep-one = gardez l’un des deux
pulse-import-empty = est vide
pulse-import-two-days = { $shown } est un jour en Europe et un autre en Amérique
pulse-import-no-day = { $shown } n’est pas un jour
pulse-import-to-come = { $shown } est à venir
pulse-import-long-ago = { $shown } est avant l’an 2000
pulse-import-no-count = { $shown } n’est pas un nombre entier
pulse-import-large = dépasse { $most }
pulse-import-write-day = écrivez le jour avec l’année, le mois et le jour, comme 2026-11-30
pulse-import-correct-day = corrigez le jour, ou retirez la ligne
pulse-import-write-either = écrivez { $europe } ou { $america }
pulse-import-write-tool = écrivez le nom de l’outil qui l’a compté, comme intranet
pulse-import-write-measure = écrivez ce qui a été compté, comme pages vues
pulse-import-write-count = écrivez un nombre entier en chiffres, comme 1250, ou - pour retirer ce qui a été importé pour ce jour
pulse-import-overtaken = Quelqu’un d’autre a importé les mêmes nombres au même moment : rien de ce fichier n’a donc été repris. Relancez la commande.
pulse-import-no-rows = ne contient aucun nombre
