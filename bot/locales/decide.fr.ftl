## Les demandes et la façon dont on en décide : les mots de tous les processus.

# Choix des personnes qui décident.
decide-approve = Approuver
decide-refuse = Refuser
decide-ask = Poser une question
decide-take = Prendre en charge
decide-revoke = Revenir sur le refus
decide-amend = Modifier et approuver
decide-mandate-end = Y mettre fin : { $who }
decide-show = Voir la demande

# Choix des personnes qui demandent.
decide-answer = Répondre
decide-withdraw = Retirer ma demande
decide-appeal = Demander un second regard

## La fiche
decide-card-age =
    { $days ->
        [0] { $at }
        [one] { $at }, il y a un jour ouvré
       *[other] { $at }, il y a { $days } jours ouvrés
    }{ $offers ->
        [one] {""}
       *[other] {" "}(présentée { $offers } fois)
    }
    .label = Demandée
decide-card-appeal = Second regard sur la demande { $before }, qui a été refusée. La décision revient à quelqu’un qui n’a pas décidé la première fois. Ce que la personne écrit :
decide-card-votes = { $approving } pour, { $refusing } contre ; il en faut { $quorum } pour décider
    .label = Voix
decide-card-voters = { $names }
    .label = Se sont exprimés
decide-card-taken = { $who }
    .label = Prise en charge par
decide-card-asked = { $who } a posé une question ({ $at }) et attend la réponse :
decide-card-answered = Question et réponse :
decide-card-escalated = Cette demande attend depuis trop longtemps. Depuis { $at }, peut aussi en décider : { $role }.
decide-card-approved =
    { $by ->
        [mandate] ✅ Approuvée par { $who } à la place de { $place }, { $at }.
       *[self] ✅ Approuvée par { $who }, { $at }.
    }
decide-card-override = Approuvée malgré la limite, pour cette raison :
decide-card-refused =
    { $by ->
        [mandate] ⛔ Refusée par { $who } à la place de { $place }, { $at }.
       *[self] ⛔ Refusée par { $who }, { $at }.
    }
decide-card-grace = Personne n’en est encore informé. On peut revenir sur ce refus jusqu’à { $at }.
decide-card-withdrawn = Retirée par la personne qui l’avait faite, { $at }.
decide-card-undecided = ⏳ Sans décision à temps : il en fallait une avant { $at }, et la demande est close.
decide-card-voided = ⚠️ Modifiée depuis l’approbation de { $who } ({ $at }). Cette approbation ne compte plus : merci de relire.
decide-card-named = { $names }
    .label = Décide
decide-card-needed = { $at }
    .label = À décider avant
decide-card-gone = La décision sur la demande { $number } « { $subject } » ne vous revient plus. Vous n’avez rien à faire.
decide-card-empty = La demande { $number } est close, et ses mots sont oubliés. Vous n’avez rien à faire.
decide-card-moved = La demande { $number } « { $subject } » est présentée à nouveau plus bas.

decide-reason = { $reason }
    .label = Motif
decide-instead = Ce qui est proposé à la place :

## Dans le fil de la fiche
decide-note-corrected = La demande a été corrigée. Ce qui avait été décidé sur la version précédente ne compte plus : merci de la relire.
decide-note-voted-approve = { $who } est pour.
decide-note-voted-refuse = { $who } est contre.
decide-note-undecided = Il fallait une décision sur la demande { $number } « { $subject } » avant { $at }, et il n’y en a pas eu à temps. Il n’y a plus rien à faire.
decide-note-asked = { $who } a demandé :
decide-note-answered = { $who } a répondu :

## Ce que l’on répond aux personnes qui décident
decide-done-approved = C’est fait : la demande { $number } « { $subject } » est approuvée. La personne qui l’a faite en sera informée.
decide-done-refused = La demande { $number } « { $subject } » est refusée. La personne qui l’a faite n’en sera pas informée avant { $at } ; d’ici là, vous pouvez revenir sur ce refus.
decide-done-voted = Votre voix compte pour la demande { $number } « { $subject } » : { $votes } jusqu’ici, il en faut { $quorum } pour décider.
decide-done-revoked = Le refus de la demande { $number } « { $subject } » est retiré. Elle attend à nouveau, et personne n’a été informé.
decide-done-taken = Vous vous occupez de la demande { $number } « { $subject } ». Les autres le voient sur la fiche.
decide-done-asked = Votre question sur la demande { $number } « { $subject } » part vers { $to }. La réponse vous reviendra, ainsi que sur la fiche.
decide-done-deputy = { $who } peut décider à votre place, jusqu’au { $at } inclus. Écrivez « { $command } » pour y mettre fin plus tôt.
decide-done-mandate = { $who } peut décider à votre place de ce qui porte votre nom, du { $since } au { $until } inclus. « { $command } » montre vos mandats, et permet d’y mettre fin.
decide-done-mandate-over = C’est fait : le mandat entre { $who } et vous a pris fin.
decide-mandates = Qui décide à la place de qui :
decide-mandate-given = { $who } à votre place, du { $since } au { $until } inclus
decide-mandate-held = vous à la place de { $who }, du { $since } au { $until } inclus
decide-mandates-none = Personne ne décide à votre place de ce qui porte votre nom, et vous ne décidez à la place de personne.
decide-done-deputy-ended = C’est fait : plus personne ne décide à votre place.

## Ce que l’on dit aux personnes qui demandent
decide-told-approved =
    { $by ->
        [mandate] Bonne nouvelle : { $who }, à la place de { $place }, a approuvé votre demande { $number } « { $subject } ».
       *[self] Bonne nouvelle : { $who } a approuvé votre demande { $number } « { $subject } ».
    }
decide-told-amended =
    { $by ->
        [mandate] { $who }, à la place de { $place }, a modifié votre demande { $number } « { $subject } », et l’a approuvée telle qu’elle est maintenant.
       *[self] { $who } a modifié votre demande { $number } « { $subject } », et l’a approuvée telle qu’elle est maintenant.
    }
decide-told-changed = { $who } a modifié votre demande { $number } « { $subject } » et l’approuve telle qu’elle est maintenant. D’autres doivent encore se prononcer.
decide-told-soon = Il faut une décision sur votre demande { $number } « { $subject } » avant { $at }, et il n’y en a pas encore. Sans elle, la demande prend alors fin.
decide-told-undecided = Il fallait une décision sur votre demande { $number } « { $subject } » avant { $at }, et il n’y en a pas eu à temps. Elle est close ; vous pouvez en faire une autre.
decide-told-nobody = Aucune des personnes nommées sur votre demande { $number } « { $subject } » ne peut en décider. Merci de la corriger et de nommer quelqu’un d’autre.
decide-told-refused = { $who } a examiné votre demande { $number } « { $subject } » et ne l’a pas retenue.
decide-told-appeal = Si vous voyez les choses autrement, vous pouvez demander une fois un second regard, par quelqu’un d’autre.
decide-told-final = C’était le second regard : la décision est définitive. Vous pouvez toujours faire une autre demande.
decide-told-asked = { $who } a une question sur votre demande { $number } « { $subject } ». Votre demande est conservée jusqu’à votre réponse, le temps qu’il faudra.
decide-told-reminder = Un rappel, et le seul : votre demande { $number } « { $subject } » attend toujours votre réponse.
decide-told-again = Votre demande { $number } « { $subject } » n’a pas encore reçu de décision. Je viens de la présenter à nouveau aux personnes qui décident. Vous n’avez rien à faire.
decide-told-escalated = Votre demande { $number } « { $subject } » a été transmise, pour qu’une décision soit prise, à : { $role }. Vous n’avez rien à faire.
decide-told-mandate = { $who } vous laisse décider à sa place de ce qui porte son nom, du { $since } au { $until } inclus. Cela vous sera présenté au fur et à mesure. « { $command } » montre ce mandat, et permet d’y mettre fin.
decide-told-mandate-over = Le mandat entre { $who } et vous a pris fin : plus personne ne décide en vertu de celui-ci.
decide-told-deputy = { $who } s’absente et vous a demandé de décider à sa place, jusqu’au { $at } inclus. Les demandes vous seront présentées au fur et à mesure.
decide-withdrawn = Votre demande { $number } « { $subject } » est retirée. Vous pourrez en faire une autre quand vous voudrez.
decide-appealed = Merci. Quelqu’un qui n’a pas décidé la première fois va l’examiner : c’est maintenant la demande { $number } (c’était la { $before }).
decide-done-answered = Merci, votre réponse est transmise. La demande { $number } « { $subject } » reprend son cours.

## Ce que l’on dit en personne à celles et ceux qui décident
decide-again =
    { $days ->
        [0] La demande { $number } « { $subject } » de { $who } attend une décision.
        [one] La demande { $number } « { $subject } » de { $who } attend une décision depuis un jour ouvré.
       *[other] La demande { $number } « { $subject } » de { $who } attend une décision depuis { $days } jours ouvrés.
    }
decide-nobody =
    { $able ->
        [0] Personne n’est en mesure de décider de la demande { $number } « { $subject } » : celles et ceux qui le pourraient l’ont faite, y sont associés ou en ont déjà décidé.
       *[other] La demande { $number } « { $subject } » demande l’accord de { $quorum } personnes, et seulement { $able } { $able ->
            [one] peut
           *[other] peuvent
        } en décider.
    }
decide-nobody-do = Elle attend que vous donniez à une personne de plus le rôle qui décide (dans les réglages, sous [roles], lus au démarrage du bot) : { $role }.
decide-nobody-named = Aucune des personnes nommées sur la demande { $number } ne peut en décider : elles sont parties, ou n’ont plus le rôle qu’il faut. La personne qui l’a faite peut nommer quelqu’un d’autre.
decide-soon = Il faut une décision sur la demande { $number } « { $subject } » de { $who } avant { $at }, et il n’y en a pas encore. Sans elle, la demande prend alors fin.
decide-undecided = Il fallait une décision sur la demande { $number } « { $subject } » de { $who } avant { $at }, et il n’y en a pas eu à temps. Elle est close.
decide-told-voided = La demande { $number } « { $subject } », approuvée par vous ou à votre place, a été modifiée depuis. Cette approbation ne compte plus.
decide-again-nobody = Personne ne l’a encore prise en charge.
decide-again-taken = { $who } l’a prise en charge.
decide-again-deputy = { $who } l’a prise en charge et n’est pas là en ce moment ; { $deputy } décide à sa place.
decide-told-answered = { $who } a répondu à votre question sur la demande { $number } « { $subject } » :

## Un non clair
decide-unknown = Il n’y a pas de demande { $number } ici. Vérifiez son numéro sur la fiche et réessayez.
decide-which = De quelle demande s’agit-il ? Ajoutez son numéro, tel qu’il est écrit avec la demande.
decide-not-yours = Vous n’avez pas de demande { $number }. Seule la personne qui l’a faite peut faire cela ; vérifiez le numéro et réessayez.
decide-empty = Il n’y a pas encore de texte. Écrivez quelques mots et renvoyez-les.
decide-too-long = Ce texte fait { $length } caractères, et il y a de la place pour { $limit }. Merci de le raccourcir.
decide-other-why = Pour un autre motif, merci de le préciser, afin que la personne sache que faire ensuite.
decide-refuse-why = Merci de dire pourquoi : choisissez un motif de la liste, ou écrivez quelques mots après le numéro { $number }.
decide-closed-approved = Trop tard : { $who } a approuvé la demande { $number } « { $subject } », { $at }. Rien n’a changé.
decide-closed-refused = Trop tard : { $who } a refusé la demande { $number } « { $subject } », { $at }. Rien n’a changé.
decide-closed-refusing = { $who } a refusé la demande { $number } « { $subject } », { $at }, et peut encore revenir sur ce refus. Rien n’a changé ; parlez-lui-en.
decide-closed-withdrawn = La demande { $number } « { $subject } » a été retirée par la personne qui l’avait faite, { $at }. Rien n’a changé.
decide-closed-undecided = Trop tard : la demande { $number } « { $subject } » n’a pas reçu de décision à temps, et elle est close depuis { $at }. Rien n’a changé.
decide-needed = Trop tard : il fallait une décision sur la demande { $number } « { $subject } » avant { $at }. Rien n’a changé.
decide-changed = La demande { $number } « { $subject } » a été modifiée depuis que vous l’avez lue. Rien n’a été décidé : merci de la relire telle qu’elle est maintenant, puis de décider.
decide-being-decided = Quelqu’un est en train de décider de la demande { $number } « { $subject } ». Merci de regarder à nouveau dans quelques minutes.
decide-barred-own = La demande { $number } « { $subject } » est la vôtre : la décision revient à quelqu’un d’autre.
decide-barred-conflict = Vous faites partie de la demande { $number } « { $subject } » : la décision revient à quelqu’un d’autre.
decide-barred-decided-before = Vous avez décidé la première fois, ou quelqu’un l’a fait à votre place ; le second regard sur « { $subject } » (demande { $number }) revient à quelqu’un d’autre.
decide-barred-lent = Vous décidez ici à la place d’une personne qui ne peut pas décider elle-même de la demande { $number } « { $subject } » : la décision revient à quelqu’un d’autre.
decide-barred-lent-over = Vous décidiez ici à la place d’une autre personne, et ce temps est écoulé : la décision sur la demande { $number } « { $subject } » revient à quelqu’un d’autre.
decide-barred-lent-early = Vous décidez ici à la place d’une autre personne, et ce temps n’a pas encore commencé. Rien n’a changé sur la demande { $number } « { $subject } ».
decide-barred-not-named = La demande { $number } revient aux personnes qui y sont nommées, et à personne d’autre ; vous n’en faites pas partie. Rien n’a changé.
decide-barred-named-in-vain = Vous êtes nommé(e) sur la demande { $number } « { $subject } », et vous n’avez plus le rôle qu’il faut. La personne qui l’a faite peut nommer quelqu’un d’autre.
decide-barred-not-yet-yours = La demande { $number } « { $subject } » est encore entre les mains des personnes qui décident d’habitude. Elle vous sera présentée si elle attend trop longtemps.
decide-barred-voted = Votre voix sur la demande { $number } « { $subject } » est déjà comptée. Il faut maintenant celle de quelqu’un d’autre.
decide-barred-voted-lent = Vous décidez ici à la place d’une personne dont la voix sur la demande { $number } « { $subject } » est déjà comptée. Il faut maintenant celle de quelqu’un d’autre.
decide-revoke-nothing = Il n’y a pas de refus sur lequel revenir : cette demande attend une décision.
decide-revoke-not-yours = Seule la personne qui a refusé ({ $who }) peut revenir sur ce refus. Parlez-lui-en.
decide-revoke-late = Il est trop tard : le refus de la demande { $number } « { $subject } » est définitif. La personne peut demander un second regard.
decide-take-already = Vous vous occupez déjà de la demande { $number } « { $subject } ». Vous pouvez approuver, refuser ou poser une question.
decide-answer-nothing = On n’attend pas de réponse de vous sur la demande { $number } « { $subject } ». Je vous préviens dès qu’elle avance.
decide-appeal-twice = C’était déjà un second regard, et il n’y en a qu’un. Vous pouvez faire une autre demande, modifiée comme vous le souhaitez.
decide-appeal-not-refused = La demande { $number } « { $subject } » n’est pas refusée : il n’y a pas lieu d’y porter un second regard.
decide-appeal-already = Un second regard est déjà en cours : c’est la demande { $number }. Vous n’avez rien d’autre à faire.
decide-deputy-who = Je ne trouve pas cette personne. Nommez un ou une collègue de l’organisation, autre que vous, par son compte.
decide-deputy-later = Je n’ai pas pu vérifier ce nom à l’instant. Merci de réessayer dans une minute.
decide-deputy-until = Écrivez le dernier jour de votre absence sous la forme année-mois-jour, par exemple 2030-08-31 : pas dans le passé, et dans les trois mois.
decide-mandate-since = Écrivez le premier jour sous la forme année-mois-jour, par exemple 2030-08-01 : pas dans le passé, et d’ici un an.
decide-mandate-until = Écrivez le dernier jour sous la forme année-mois-jour, par exemple 2030-08-31 : pas avant le premier, et dans l’année qui le suit.
decide-mandate-unknown = Il n’y a pas de tel mandat à vous, ou il est déjà terminé. Rien n’a changé.
decide-deputy-not-lent = Vous décidez ici à la place de quelqu’un ; ce droit ne se transmet pas.
decide-deputy-none = Personne ne décide à votre place en ce moment : il n’y a rien à arrêter.
