# Les mots dont chaque partie du bot peut avoir besoin.

# Ce qu'une personne a écrit, tel quel.
plain = { $text }

moment-datetime = { $date } à { $time } ({ $zone })

role-employee = collaborateur
role-lead = responsable de communauté
role-animator = animateur
role-comms = équipe communication
role-leader = membre de la direction
role-admin = administrateur
