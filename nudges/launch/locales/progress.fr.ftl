# Où en est une annonce : nudges/launch/progress.py, reasons.py
announce-is-first = en cours d’envoi aux premiers
announce-live-delivered = { $delivered } sur { $people }
    .label = Remise
announce-live-paper =
    { $count ->
        [one] { $count } exemplaire
       *[other] { $count } exemplaires
    }
    .label = Sur papier
announce-live-first =
    { $people ->
        [one] { $people } personne, tirée au sort ; les autres suivent quand quelqu’un le dit
       *[other] { $people } personnes, tirées au sort ; les autres suivent quand quelqu’un le dit
    }
    .label = Première vague
announce-live-medium = Par { $medium } : { $count }
announce-live-failed =
    { $count ->
        [one] { $count } n’a pas pu être remise : { $why }
       *[other] { $count } n’ont pas pu être remises : { $why }
    }
announce-live-others =
    { $count ->
        [one] { $count } pas encore, ou pas du tout : hors de ses heures, en congé, ou pour une raison qui lui est propre. On ne les distingue pas.
       *[other] { $count } pas encore, ou pas du tout : hors de leurs heures, en congé, ou pour une raison qui leur est propre. On ne les distingue pas.
    }
announce-live-few = Au-dessous de { $smallest } personnes, aucun chiffre n’est montré.
    .label = Remise
announce-live-nothing = Elle est en chemin.
announce-live-forgotten = Elle a été envoyée il y a longtemps : à combien de personnes elle est parvenue n’est plus gardé.
announce-live-own = Son auteur la publie en son propre nom, et n’a pas encore dit l’avoir fait.
announce-live-own-posted = Son auteur l’a publiée en son propre nom. Les chiffres sont ceux des personnes qui ne sont encore dans aucune messagerie, et qui la reçoivent relayée.
announce-live-removed =
    { $count ->
        [one] Reprise auprès de { $count } personne par { $medium }
       *[other] Reprise auprès de { $count } personnes par { $medium }
    }
announce-live-removing = Le reste est en train d’être repris.
announce-live-left =
    { $count ->
        [one] Impossible de la reprendre auprès de { $count } personne par { $medium }
       *[other] Impossible de la reprendre auprès de { $count } personnes par { $medium }
    }
announce-why-bounced = le courrier est revenu
announce-why-refused = le serveur de courrier l’a refusé
announce-why-unreachable = le serveur n’a pas pu être joint
announce-why-words = le bot n’a pas su la formuler
announce-why-account = il n’y a plus de compte
announce-go = Continuer avec tous
announce-stop = S’arrêter là
announce-pause = Suspendre
announce-resume = Reprendre
announce-report = Où elle en est
announce-recall = Rappeler…
announce-posted = Je l’ai publiée
