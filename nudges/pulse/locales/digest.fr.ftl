## Le mois : nudges/pulse/digest.py
contact-pulse-digest = les indicateurs du mois
    .why = Vous recevez ceci dans les deux premières semaines d’un mois, parce que vous animez les communautés ou leur communication.
pulse-digest-title = Les indicateurs du mois, du { $since } au { $until }
pulse-digest-line = { $curve } : { $figure }
pulse-digest-line-since = { $curve } : { $figure } ; le mois d’avant : { $before }
pulse-digest-line-same = { $curve } : { $figure }, autant que le mois d’avant
pulse-digest-line-more = { $curve } : { $figure }, soit { $change } de plus que le mois d’avant ({ $before })
pulse-digest-line-fewer = { $curve } : { $figure }, soit { $change } de moins que le mois d’avant ({ $before })
pulse-digest-more = Ce que dit chaque chiffre
pulse-digest-page = Ouvrir la page
