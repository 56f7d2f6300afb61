# Une annonce dont l’heure est venue : nudges/launch/sending.py
contact-launch-announcement = annonces de l’entreprise
    .why = Vous recevez ceci parce qu’une personne qui dirige l’entreprise l’a signé pour vous et d’autres.
contact-launch-urgent = annonces urgentes de l’entreprise
    .why = Vous recevez ceci maintenant, à toute heure, parce que deux personnes l’ont déclaré urgent.
announce-example-speaker = la direction
announce-example-title = Le titre de l’annonce
announce-example-text = Ses mots, tels que signés.
announce-not-late = L’annonce { $number } « { $title } » devait partir { $at }, et son heure est passée. Elle n’a pas été envoyée. Qu’en faire ?
announce-not-before = L’annonce { $number } « { $title } » devait partir { $at }, après une autre de sa campagne qui n’est pas partie. Son heure est passée, et elle n’a pas été envoyée. Qu’en faire ?
announce-not-again = L’annonce { $number } « { $title } » devait partir { $at }, et attend : elle doit être confirmée à nouveau.
announce-not-empty = L’annonce { $number } « { $title } » n’a pas été envoyée : elle ne s’adresse plus à personne.
announce-not-gone = L’annonce { $number } « { $title } » n’a pas été envoyée : { $speaker }, dont ce sont les mots, n’est plus dirigeant, ou n’est plus là. Nommez un autre dirigeant, donnez-lui une autre date, et demandez une nouvelle signature.
announce-not-unconfirmed = L’annonce { $number } « { $title } » n’a pas été envoyée : personne n’a confirmé à combien de personnes elle s’adresse. Regardez d’abord son aperçu.
announce-not-unreleased = L’annonce { $number } « { $title } » n’a pas été envoyée : rien ne part de soi-même avant que le personnel soit informé et l’aperçu confirmé. « relance » montre ce qui reste à faire.
announce-send-now = L’envoyer maintenant
announce-another-time = Une autre heure
announce-preview-it = Voir l’aperçu
announce-begin-otherwise = Depuis la confirmation :
announce-begin-paper =
    { $count ->
        [one] { $count } exemplaire est pour le papier : « annonce papier { $number } » le fait imprimer.
       *[other] { $count } exemplaires sont pour le papier : « annonce papier { $number } » les fait imprimer par équipe.
    }
announce-asks-held = La première vague est partie. Regardez comment elle s’est passée : continuer avec tous, ou s’arrêter là ?
announce-asks-held-up = La première vague est promise, et ne joint personne pour l’instant. Continuer avec tous, s’arrêter là, ou attendre ?
announce-asks-hush = Une trêve a été décidée pendant l’envoi : il est suspendu. Reprenez-le si c’est encore le moment.
