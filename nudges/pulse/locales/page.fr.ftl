# The page in a browser: nudges/pulse/page.py, viewing.py, templates
page-pulse = la page des indicateurs
    .ask = « indicateurs page »
command-pulse-page = La page des indicateurs
    .usage = {""}
    .help = Recevoir un lien qui ouvre la page des indicateurs dans votre navigateur.
    .example = indicateurs page
pulse-page-link = Ouvrir la page des indicateurs
pulse-page-link-once =
    { $count ->
        [one] Le lien est pour vous seul(e). Il ouvre une fois, dans la minute.
       *[other] Le lien est pour vous seul(e). Il ouvre une fois, dans les { $count } minutes.
    }
pulse-page-unknown = Cette adresse demande ce que la page ne peut montrer
pulse-page-order = Le premier jour vient après le dernier
pulse-page-far = Les chiffres se cherchent dans les années { $first } à { $last }
pulse-page-long = Trop long pour une page : prenez des semaines ou des mois, ou { $limit } périodes au plus
pulse-page-no-group = Rien n’est dit de ce groupe : il est trop petit, ou n’existe pas
pulse-page-title-all = Indicateurs
pulse-page-title-groups = Indicateurs de chaque groupe
pulse-page-of = De
pulse-page-by = Par
pulse-page-since = Du
pulse-page-until = Au
pulse-page-show = Afficher
pulse-page-by-day = jour
pulse-page-by-week = semaine
pulse-page-by-month = mois
pulse-page-kind-all = tout le monde
pulse-page-kind-department = services
pulse-page-kind-community = communautés
pulse-page-kind-phase = phases des communautés
pulse-page-kind-objective = objectifs des communautés
pulse-page-when = Période
pulse-page-group = Groupe
pulse-page-chart-table = Chiffres : { $title }
pulse-page-alt = Courbes : { $curves }. Les mêmes chiffres sont dans le tableau ci-dessous.
pulse-page-table = Les chiffres de ce graphique en tableau
pulse-page-latest = Le dernier chiffre de chacun : { $period }, sauf si une autre période est nommée. Un lien mène à ses courbes.
pulse-page-marks = Ce qui s’est passé à côté
pulse-page-file = Les chiffres de cette page dans un fichier (CSV)
pulse-page-about = Ce que sont ces chiffres
pulse-page-nothing = Rien ne peut être dit de ces jours.
