# L’aperçu d’une annonce et sa confirmation : nudges/launch/preview.py, counts.py
choice-announce-preview = Voir ce que l’on recevrait d’une annonce, et combien de personnes
choice-announce-confirm = Confirmer à combien de personnes part une annonce

announce-preview = Aperçu
preview-title = Aperçu de l’annonce { $number } : { $title }
preview-as = Telle qu’on la voit ({ $medium }) :
preview-see = La voir : { $medium }
preview-back = Tout l’aperçu
preview-subject = { $subject }
    .label = Objet
preview-people =
    { $people ->
        [one] { $people } personne
       *[other] { $people } personnes
    }
    .label = Elle atteint
preview-one = { $who }, et personne d’autre
    .label = Elle atteint
preview-media = { $media }
    .label = La plupart la reçoivent par
preview-zones = { $zones }
    .label = Dans les fuseaux
preview-zone =
    { $people ->
        [one] { $zone } ({ $people } personne)
       *[other] { $zone } ({ $people } personnes)
    }
preview-zone-at =
    { $people ->
        [one] { $zone } ({ $people } personne) : { $at }
       *[other] { $zone } ({ $people } personnes) : { $at }
    }
preview-rule = Chacun en reçoit un seul exemplaire. Les chiffres par support et par fuseau horaire vont par paliers de { $smallest }, comme si nul n’était nommé ou exclu seul, pour ne trahir personne.
preview-own = Elle est publiée en nom propre : je ne la relaie qu’à qui n’est encore dans aucune messagerie. Qui utilise une autre messagerie, ou n’est pas dans le salon où elle est publiée, ne reçoit rien, bien que compté ci-dessus.
preview-shut = En { $zones }, personne ne travaille à cette heure-là : elle y arrive au début des heures de travail.
preview-warnings =
    { $count ->
        [one] À considérer avant :
       *[other] À considérer avant :
    }
preview-no-audience = Il n’est pas encore dit à qui elle s’adresse.
preview-nobody = Personne n’est atteint : il ne reste personne de ceux à qui elle s’adresse.
preview-alone = Elle ne s’adresse qu’à une personne.
announce-link = Le lien vers « { $url } » ne mène nulle part : un lien commence par https://, http:// ou mailto:.
preview-no-time = Il n’est pas encore dit quand elle part.
preview-past = Le moment prévu pour l’envoi est passé : dites-en un autre.
preview-gone =
    { $count ->
        [one] Le service { $names } n’est plus dans l’annuaire du personnel.
       *[other] Les services { $names } ne sont plus dans l’annuaire du personnel.
    }
preview-closed =
    { $count ->
        [one] La communauté { $names } a été archivée depuis. Ses membres sont atteints malgré tout ; nommez-en d’autres si ce n’est pas voulu.
       *[other] Les communautés { $names } ont été archivées depuis. Leurs membres sont atteints malgré tout ; nommez-en d’autres si ce n’est pas voulu.
    }
preview-all-chat = Tous ses supports sont des messageries : qui ne s’est pas encore connecté n’en saura rien. Le courriel et le papier sont exclus par son plan, ou ne sont pas réglés ; votre administrateur peut le faire (réglage [launch] media).
preview-no-mail = Personne ne la reçoit par courriel, car le courriel n’est pas réglé : qui n’est pas joint par la messagerie la reçoit sur papier.
preview-unreached = Certaines personnes ne se sont pas connectées et n’ont pas d’adresse : rien ne les atteint, car le papier est désactivé. Votre administrateur peut l’activer (réglage [launch] media).
preview-unused =
    { $count ->
        [one] { $count } adresse n’est pas utilisée : un envoi en est revenu. La personne est jointe par son moyen suivant, ou sur papier. Une nouvelle adresse dans l’annuaire du personnel, ou « Écrire de nouveau » dans un bilan, y remédie.
       *[other] { $count } adresses ne sont pas utilisées : un envoi en est revenu. Les personnes sont jointes par leur moyen suivant, ou sur papier. Une nouvelle adresse dans l’annuaire du personnel, ou « Écrire de nouveau » dans un bilan, y remédie.
    }
preview-unused-some = Certaines adresses ne sont pas utilisées : un envoi en est revenu. Les personnes sont jointes par leur moyen suivant, ou sur papier.
preview-mostly-paper = La plupart ne seraient atteints que sur papier : ils n’ont pas encore utilisé la messagerie, et n’ont pas d’adresse. Si l’on utilisait cette messagerie avant l’arrivée de Parvis, demandez à votre administrateur de le dire (réglage [launch] signed_in).
preview-confirm =
    { $people ->
        [one] Confirmer : { $people } personne
       *[other] Confirmer : { $people } personnes
    }
preview-repeat = Répétez combien de personnes elle concerne, comme le dit l’aperçu : annonce apercu { $number }
preview-other-version = Quelqu’un a changé l’annonce { $number } entre-temps (elle en est à la version { $version }) : regardez à nouveau son aperçu. Rien n’a été confirmé.
preview-alone-sure = Cette annonce ne s’adresse qu’à { $who }. Est-ce voulu ?
preview-alone-yes = Oui, pour une personne
preview-confirmed =
    { $people ->
        [one] Confirmé : l’annonce { $number } « { $title } » s’adresse à { $people } personne.
       *[other] Confirmé : l’annonce { $number } « { $title } » s’adresse à { $people } personnes.
    }
preview-then-unasked = Reste à la faire signer par le dirigeant dont ce sont les mots.
preview-then-signing = Elle attend d’être signée.
preview-then-signed = Elle est signée, et part à son heure.
preview-then-late = Elle est signée, et part quand vous le dites.
preview-changed = Rien n’a été confirmé, car ceci a changé entre-temps :
counts-more =
    { $people ->
        [one] { $people } personne de plus : { $before } avant, { $now } maintenant
       *[other] { $people } personnes de plus : { $before } avant, { $now } maintenant
    }
counts-fewer =
    { $people ->
        [one] { $people } personne de moins : { $before } avant, { $now } maintenant
       *[other] { $people } personnes de moins : { $before } avant, { $now } maintenant
    }
counts-few-more = Quelques personnes de plus : { $now } maintenant
counts-few-fewer = Quelques personnes de moins : { $now } maintenant
counts-medium = { $medium } : { $before } avant, { $now } maintenant
counts-medium-new = { $medium } : utilisé maintenant, il ne l’était pas avant
counts-medium-gone = { $medium } : n’est plus utilisé
counts-paper = papier
counts-by = { $medium } : { $count }
