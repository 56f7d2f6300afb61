# Ce que la commande `parvis` dit des indicateurs aux administrateurs.

verb-pulse = Ce qui est compté dans les communautés.
verb-pulse-status = Montrer jusqu’où le passé des communautés est compté, et de quels jours rien n’est connu ; code 1 quand une plateforme en refuse une.
