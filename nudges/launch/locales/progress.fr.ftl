# Où en est une annonce : nudges/launch/progress.py, reasons.py
announce-is-first = en cours d’envoi aux premiers
announce-live-delivered = { $delivered } sur { $people }
    .label = Distribuée
announce-live-paper =
    { $count ->
        [one] { $count } exemplaire
       *[other] { $count } exemplaires
    }
    .label = Sur papier
announce-live-first =
    { $people ->
        [one] { $people } personne, tirée au sort parmi celles que l’on peut joindre maintenant ; les autres la reçoivent quand vous pressez « Continuer avec tous »
       *[other] { $people } personnes, tirées au sort parmi celles que l’on peut joindre maintenant ; les autres la reçoivent quand vous pressez « Continuer avec tous »
    }
    .label = Première vague
announce-live-held-up = Personne de la première vague n’est encore joint : ces personnes attendent leurs heures, sont absentes, ou ont eu toutes les annonces qu’une semaine permet. Vous pouvez continuer avec tous, sans avoir vu comment cela se passe.
announce-live-medium = Par { $medium } : { $count }
announce-live-failed =
    { $count ->
        [one] { $count } n’a pas pu être remise : { $why }
       *[other] { $count } n’ont pas pu être remises : { $why }
    }
announce-live-delivered-some = { $count }
    .label = Distribuée
announce-live-others = Pas encore, ou pas du tout : { $count }. C’est hors de leurs heures, ou ces personnes sont en congé, ou ont une raison qui leur est propre ; on ne les distingue pas.
announce-live-late = Ses jours étaient passés avant qu’elle puisse arriver : { $count }. Elle ne leur arrive plus.
announce-live-few = Au-dessous de { $smallest } personnes, aucun chiffre n’est montré.
    .label = Distribuée
announce-live-nothing = Elle est en chemin.
announce-live-forgotten = Elle a été envoyée il y a longtemps : à combien de personnes elle est parvenue n’est plus gardé.
announce-live-own = La personne dont ce sont les mots la publie en son propre nom, et n’a pas encore dit l’avoir fait.
announce-live-own-posted = La personne dont ce sont les mots l’a publiée en son propre nom. Les chiffres sont ceux des personnes qui ne sont encore dans aucune messagerie, et qui la reçoivent relayée. Qui utilise une autre messagerie, ou n’est pas dans le salon où elle a été publiée, ne reçoit rien.
announce-live-removed =
    { $count ->
        [one] Retirée chez { $count } personne par { $medium }
       *[other] Retirée chez { $count } personnes par { $medium }
    }
announce-live-removing = Le reste est en train d’être retiré.
announce-live-replaced =
    { $count ->
        [one] Ne pouvant être supprimé, le message de { $count } personne par { $medium } a été modifié : il dit maintenant qu’il a été retiré
       *[other] Ne pouvant être supprimés, les messages de { $count } personnes par { $medium } ont été modifiés : ils disent maintenant qu’ils ont été retirés
    }
announce-live-left =
    { $count ->
        [one] Impossible de la retirer chez { $count } personne par { $medium } : { $why }
       *[other] Impossible de la retirer chez { $count } personnes par { $medium } : { $why }
    }
announce-live-left-paper =
    { $count ->
        [one] { $count } exemplaire était destiné au papier : ce qui est imprimé est à ramasser à la main
       *[other] { $count } exemplaires étaient destinés au papier : ce qui est imprimé est à ramasser à la main
    }
announce-stuck-fixed = ce qui y est arrivé y reste
announce-stuck-refused = la plateforme ne permet ni de la supprimer ni de la modifier
announce-stuck-unreachable = le serveur n’a pas pu être joint
announce-why-bounced = le courriel est revenu
announce-why-refused = le serveur de courriel l’a refusé
announce-why-unreachable = le serveur n’a pas pu être joint
announce-why-words = une erreur de Parvis ; prévenez votre administrateur
announce-why-account = il n’y a plus de compte
announce-go = Continuer avec tous
announce-stop = S’arrêter là
announce-pause = Suspendre
announce-resume = Reprendre
announce-report = Où elle en est
announce-recall = Rappeler…
announce-posted = Je l’ai publiée
