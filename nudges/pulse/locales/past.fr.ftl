## Jusqu’où le passé est compté : nudges/pulse/status.py
command-pulse-status = Jusqu’où le passé est compté
    .usage = {""}
    .help = Voir jusqu’où ce qui s’est passé avant mon arrivée est compté, et de quels jours rien n’est connu.
    .example = indicateurs etat
pulse-past-title = Ce qui est compté du passé
pulse-past-off = Ce qui s’est passé avant mon arrivée n’est pas compté : [pulse] past_days vaut 0.
pulse-past-none = Il n’y a rien à compter du passé : je ne connais aucune communauté qui soit là depuis plus longtemps que moi.
pulse-past-going =
    { $count ->
        [one] { $platform } : le passé de 1 communauté est en train d’être compté.
       *[other] { $platform } : le passé de { $done } communautés sur { $count } est compté.
    }
pulse-past-done =
    { $count ->
        [one] { $platform } : le passé de 1 communauté est compté.
       *[other] { $platform } : le passé de { $count } communautés est compté.
    }
pulse-past-stopped =
    { $count ->
        [one] 1 communauté est refusée ({ $code }) ; je réessaie chaque jour.
       *[other] { $count } communautés sont refusées ({ $code }) ; je réessaie chaque jour.
    }
pulse-past-unshown = { $platform } ne dit pas qui est venu ou parti, donc personne ne sait combien on était avant mon arrivée : ce qui est compté de ces jours n’est dans aucune courbe.
pulse-past-how = Un message est regardé une fois, pour être compté, et n’est jamais gardé. Ce qu’une plateforme ne dit plus après coup (qui a lu, et parfois aussi quand quelqu’un a réagi) est montré comme inconnu, jamais comme zéro.
pulse-gap-title = Ce qui n’est pas connu, le plus récent d’abord :
pulse-gap-away = { $name }, du { $since } au { $until } : je n’étais pas en marche.
pulse-gap-outside = { $name }, du { $since } au { $until } : je n’étais pas dans le salon.
pulse-gap-limit = { $name }, du { $since } au { $until } : la plateforme ne montre pas ce qui est si ancien.
pulse-gap-more =
    { $count ->
        [one] 1 autre.
       *[other] { $count } autres.
    }
