# Son auteur la publie en son propre nom : nudges/launch/posting.py
choice-announce-posted = Dire qu’une annonce en nom propre a été publiée
announce-post-title = C’est l’heure de publier l’annonce { $number } : { $title }
announce-post-how = Vous avez dit que vous la publiez en votre propre nom. Copiez vos mots ci-dessous, publiez-les, et dites-le avec le bouton : qui n’est encore dans aucune messagerie les reçoit alors par courriel, de vous, relayés par Parvis.
announce-post-anywhere = Publiez-la là où tout le monde la lit, comme il vous plaît.
announce-post-room = Dans { $name }
announce-unposted = L’annonce { $number } « { $title } » devait être publiée par { $speaker } { $at }, et rien ne dit qu’elle l’a été. Rien n’a été envoyé.
announce-posted-done = Merci. Qui n’est encore dans aucune messagerie la reçoit par courriel.
announce-posted-people =
    { $people ->
        [one] Merci. { $people } personne n’est encore dans aucune messagerie : elle la reçoit par courriel.
       *[other] Merci. { $people } personnes ne sont encore dans aucune messagerie : elles la reçoivent par courriel.
    }
announce-posted-first =
    { $people ->
        [one] Merci. { $people } personne n’est encore dans aucune messagerie, et la reçoit par courriel.
       *[other] Merci. { $people } personnes ne sont encore dans aucune messagerie : quelques-unes la reçoivent maintenant par courriel, les autres dès que quelqu’un dit de continuer.
    }
announce-posted-asks =
    { $people ->
        [one] { $people } personne n’est encore dans aucune messagerie, et la reçoit par courriel une fois le nombre confirmé : annonce publiee { $number } { $people }
       *[other] { $people } personnes ne sont encore dans aucune messagerie, et la reçoivent par courriel une fois le nombre confirmé : annonce publiee { $number } { $people }
    }
announce-posted-yes =
    { $people ->
        [one] Publiée, et l’envoyer à { $people } personne
       *[other] Publiée, et l’envoyer à { $people } personnes
    }
announce-posted-whose = C’est à qui parle de dire qu’elle a été publiée, ou à qui s’occupe des annonces.
announce-posted-not = L’annonce { $number } n’attend pas d’être publiée.
