# Repères à côté des courbes : nudges/pulse/marking.py
command-pulse-mark = Un repère à côté des courbes
    .usage = JOUR [campagne|relance|note] NOM
    .help = Noter ce qui a été fait un jour, pour que qui voit une courbe s’infléchir sache pourquoi : il est dessiné à côté des courbes et écrit dessous.
    .example = indicateurs repere 2026-11-02 campagne Affiches à la cantine
command-pulse-unmark = Ôter un repère
    .usage = JOUR NOM
    .help = Ôter un repère des courbes.
    .example = indicateurs sans-repere 2026-11-02 Affiches à la cantine
pulse-mark-put-campaign = La campagne « { $name } » est marquée au { $day }.
pulse-mark-put-boost = La relance « { $name } » est marquée au { $day }.
pulse-mark-put-note = « { $name } » est marqué au { $day }.
pulse-mark-gone = Le repère « { $name } » du { $day } est ôté.
pulse-mark-there = « { $name } » est déjà marqué au { $day }.
pulse-mark-none = Rien n’est marqué « { $name } » au { $day }.
pulse-mark-far = Il n’y a de chiffres que pour les années { $first } à { $last } : placez le repère un jour de celles-ci.
pulse-mark-name = Un repère a un nom de { $most } caractères au plus.
pulse-mark-unknown = Écrivez un jour et ce que c’est, par exemple : 2026-11-02 Affiches à la cantine.
