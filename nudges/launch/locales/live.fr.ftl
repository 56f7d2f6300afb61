# Le jour du lancement, pendant qu’il se passe: nudges/launch/live
command-announce-live = Suivre le jour du lancement
    .usage = {""}
    .help = Voir comment ce jour se passe : ce qui a été distribué, qui est venu, les premiers messages, les questions en attente, les profils terminés. C’est dit aussi dans le salon de la communication, jusqu’à la fin du jour.
    .example = annonce direct
live-title = Jour de lancement, { $day }
live-figure = { $name } : { $figure }
live-delivered = Distribué
live-delivered-by = Distribué par { $medium }
live-joined = Personnes ici pour la première fois
live-first = Personnes qui ont écrit dans une communauté pour la première fois
live-finished = Personnes qui ont terminé leur profil
live-questions = Questions qui attendent un dirigeant
live-number = { $number }
live-at-least = au moins { $number }
live-few = moins de { $k }, ou aucun
live-as-of = À { $at }. Compté de nouveau toutes les quelques minutes.
live-over = Le jour est terminé : compté pour la dernière fois à { $at }.
live-steps = Ce que les gens ont fait est dit par pas de { $k }, et avance quand { $k } de plus l’ont fait : aucun chiffre ne parle d’une seule personne.
live-about = « Distribué » compte les messages des annonces dont l’envoi a commencé ce jour-là. Un premier message est le premier dont Parvis se souvient.
live-last = Le { $day } est terminé. Merci : voici ce qu’il a donné.
live-link = Ouvrir la page de ce jour
live-link-once =
    { $count ->
        [one] Le lien est pour vous seul(e). Il ouvre une fois, dans la minute.
       *[other] Le lien est pour vous seul(e). Il ouvre une fois, dans les { $count } minutes.
    }
live-none = Aucun jour n’est suivi
live-none-how = Dites « annonce direct » à Parvis le jour même, ou laissez une campagne le commencer : il est suivi dès que l’annonce de son jour J est envoyée.
live-again = Montrer de nouveau
live-head-what = Quoi
live-head-figure = Combien
