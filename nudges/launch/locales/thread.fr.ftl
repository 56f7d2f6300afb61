# Annonces écrites à plusieurs: nudges/launch/adopting.py, thread.py
command-announce-this = Faire d’un message une annonce
    .usage = {""}
    .help = En réponse à un message : en préparer une annonce. Ce que vous dites dans son fil y reste ; ses versions y sont dites. Sans message, voir les annonces en préparation.
    .example = annonce ceci
    .shortcut = En faire une annonce
choice-announce-own = S’occuper désormais d’une annonce

announce-this-how = Un message ordinaire devient aussi une annonce : répondez-lui « annonce ceci », ou choisissez « En faire une annonce » dans son menu.
announce-message-gone = Je ne trouve pas ce message : il a été supprimé, ou je ne suis pas dans ce salon.
announce-message-hidden = Je ne peux pas lire ce message : je ne suis pas dans ce salon, il a été chiffré avant mon arrivée, ou je n’ai pas le droit de lire là-bas. Invitez-moi, ou tapez « annonce nouvelle ».
announce-message-later = Je n’ai pas pu lire ce message à l’instant, et rien n’a été fait. Veuillez réessayer dans un moment.
announce-message-empty = Ce message n’a pas de mots à annoncer. Les images et les fichiers ne sont pas repris.
announce-message-long = Ce message compte { $length } caractères, et une annonce { $limit } au plus. Raccourcissez-le, ou tapez « annonce nouvelle ».
announce-not-here = Ce que quelqu’un d’autre a écrit ne peut devenir une annonce que dans le salon de l’équipe de communication. Vos propres messages le peuvent partout.
announce-begun-meanwhile = Quelqu’un a fait de ce message l’annonce { $number } entre-temps. Continuez avec elle : annonce modifier { $number }
announce-left-out =
    { $count ->
        [one] 1 image ou fichier de ce message n’est pas repris.
       *[other] { $count } images et fichiers de ce message ne sont pas repris.
    }
announce-goes-on = Ceci se trouve dans le fil de l’annonce { $number } « { $title } » : ce que vous garderez en sera la version suivante.

announce-take = M’en occuper
announce-taken = Vous vous occupez désormais de l’annonce { $number } « { $title } ».
announce-yours = Vous vous occupez déjà de l’annonce { $number } « { $title } ».
announce-taken-meanwhile = Quelqu’un d’autre vient de s’occuper de l’annonce { $number }. Regardez d’abord : annonce voir { $number }

announce-thread-title = Annonce { $number } : { $title }
announce-thread-about = Paroles de { $speaker }, suivies par { $owner }. Chaque version, et ce qu’il en advient, est dit dans ce fil.
announce-thread-how = Parlez-en ici : ce que vous écrivez reste dans ce salon, et je n’en garde rien. Un texte écrit ici devient la version suivante quand vous en faites une annonce.
announce-thread-version = Version { $version }, de { $who } :
announce-thread-gone = avant : « { $text } »
announce-thread-new = maintenant : « { $text } »
announce-thread-more =
    { $count ->
        [one] Et 1 autre ligne.
       *[other] Et { $count } autres lignes.
    }
announce-thread-same = Les mots sont les mêmes.
announce-thread-owner = { $who } s’en occupe désormais.
announce-thread-whom = { $who } a changé à qui elle s’adresse. C’était :
announce-thread-when = { $who } a changé quand elle part. C’était :
announce-thread-now = C’est maintenant :
announce-thread-here = Son fil, avec les versions et les commentaires
announce-thread-elsewhere = Son fil, avec les versions et les commentaires, est sur { $platform }.
announce-thread-draft = C’est de nouveau un brouillon : personne n’a signé la version { $version }.
announce-thread-refused = { $who } ne la signe pas ; c’est de nouveau un brouillon.
announce-thread-signing = La version { $version } a été montrée à la personne dont ce sont les paroles, et attend sa signature.
announce-thread-signed = La version { $version } est signée.
announce-thread-unsigned = Elle n’a pas été signée à temps, elle n’a donc pas été envoyée.
announce-thread-late = Elle est en retard, et attend qu’on lui dise que faire.
announce-thread-sending = Elle est en cours d’envoi.
announce-thread-held = La première vague est envoyée, et la suite attend.
announce-thread-paused = Son envoi est suspendu.
announce-thread-sent = Elle est envoyée.
announce-thread-recalled = Elle a été rappelée.
announce-thread-cancelled = Elle est abandonnée : elle ne sera pas envoyée.
