## La vie d’une communauté : renommée, transmise, fusionnée, suspendue, fermée, rouverte

command-community-rename = Renommer une communauté
    .usage = [communauté] [nouveau nom]
    .help = Donner un autre nom à une communauté dont vous vous occupez. Vous voyez d’abord ce qui va se passer.
    .example = communaute renommer Jardin en Verger
command-community-hand-over = Transmettre une communauté
    .usage = [communauté] [collègue]
    .help = Laisser un ou une collègue s’occuper d’une communauté à votre place. On lui demande d’abord.
    .example = communaute transmettre Jardin
command-community-merge = Fusionner deux communautés
    .usage = [communauté] dans [autre communauté]
    .help = Fermer une communauté et inviter ses membres dans une autre.
    .example = communaute fusionner Balcons dans Jardin
command-community-pause = Suspendre une communauté
    .usage = [communauté] jusqu’au [année-mois-jour]
    .help = Ne rien envoyer de facultatif pour une communauté jusqu’à un jour donné.
    .example = communaute suspendre Jardin 2027-01-15
command-community-close = Fermer une communauté
    .usage = [communauté] [raison]
    .help = Archiver une communauté. Rien n’est effacé, et on peut revenir en arrière.
    .example = communaute fermer Jardin
command-community-reopen = Rouvrir une communauté
    .usage = [communauté]
    .help = Rouvrir une communauté fermée, avec ses membres.
    .example = communaute rouvrir Jardin

form-community-rename =
    .title = Renommer
    .submit = Voir l’aperçu
    .cancel = Annuler
form-community-hand-over =
    .title = Transmettre
    .submit = Voir l’aperçu
    .cancel = Annuler
form-community-merge =
    .title = Fusionner
    .submit = Voir l’aperçu
    .cancel = Annuler
form-community-pause =
    .title = Suspendre
    .submit = Voir l’aperçu
    .cancel = Annuler
form-community-close =
    .title = Fermer
    .submit = Voir l’aperçu
    .cancel = Annuler
form-community-reopen =
    .title = Rouvrir
    .submit = Voir l’aperçu
    .cancel = Annuler
field-community-rename-community =
    .label = Quelle communauté ?
field-community-rename-name =
    .label = Son nouveau nom
    .hint = Quelques mots simples.
field-community-hand-over-community =
    .label = Quelle communauté ?
field-community-hand-over-person =
    .label = Qui s’en occupera ?
    .hint = On lui demande d’abord ; rien ne change avant son accord.
field-community-merge-community =
    .label = Quelle communauté ferme ?
field-community-merge-into =
    .label = Dans laquelle ?
    .hint = Les membres de la première y sont invités.
field-community-pause-community =
    .label = Quelle communauté ?
field-community-pause-until =
    .label = Jusqu’à quel jour ?
    .hint = Sous la forme année-mois-jour.
field-community-close-community =
    .label = Quelle communauté ?
field-community-close-reason =
    .label = Pourquoi ? (montré à ses membres)
    .hint = Une phrase, si vous voulez.
field-community-reopen-community =
    .label = Quelle communauté ?

life-of = Il s’agit de « { $name } ».
life-preview-coming = Je regarde qui cela concerne dans « { $name } ». L’aperçu arrive dans notre conversation directe.
life-unknown = Je ne connais pas de communauté à vous nommée « { $name } ». « communaute miennes » montre celles dont vous vous occupez.
life-none-yours = Il n’y a pas de communauté pour laquelle vous pourriez le faire maintenant : il faudrait que vous vous en occupiez.
life-not-yours = Seules les personnes qui s’occupent de « { $name } », et les animateurs, peuvent le faire.
life-not-your-preview = Cet aperçu est celui de quelqu’un d’autre. Demandez le vôtre.
life-no-change = Je ne connais pas ce changement. Quelqu’un d’autre l’a peut-être fait, ou le numéro n’est pas le bon.
life-not-open = « { $name } » n’est pas ouverte : il n’y a rien à changer. Une communauté fermée peut être rouverte : « communaute rouvrir ».
life-not-closed = « { $name } » n’est pas fermée.
life-busy = Autre chose est en cours pour « { $name } » ({ $what }). Attendez que ce soit terminé, ou renoncez-y d’abord.
life-verb-rename = changement de nom
life-verb-handover = transmission
life-verb-merge = fusion
life-verb-pause = suspension
life-verb-close = fermeture
life-verb-reopen = réouverture
life-is-running = C’est déjà en cours pour « { $name } ». Vous n’avez rien à faire.
life-is-stuck = Cela attend que quelqu’un le fasse à la main sur la plateforme, pour « { $name } ».
life-is-asked = Cela attend la réponse de la personne qui doit s’occuper de « { $name } ».
life-is-done = C’est déjà fait pour « { $name } ».
life-is-over = Cela n’a pas abouti pour « { $name } », ou l’on y a renoncé. Redemandez-le si vous le souhaitez encore.
life-preview-old = Cet aperçu a plus d’un jour, et les choses ont pu changer. Redemandez-le, s’il vous plaît.

## Aperçus
life-rename-title = Aperçu : renommer « { $name } » en « { $new } »
life-handover-title = Aperçu : transmettre « { $name } »
life-merge-title = Aperçu : fusionner « { $name } » dans « { $new } »
life-pause-title = Aperçu : suspendre « { $name } »
life-close-title = Aperçu : fermer « { $name } »
life-reopen-title = Aperçu : rouvrir « { $name } »
life-people =
    { $count ->
        [0] personne, pour autant que je voie
        [one] une personne
       *[other] { $count } personnes
    }
    .label = Qui cela concerne
life-undo-until = { $day }
    .label = Peut être défait jusqu’au
life-nothing-yet = Rien ne se passe avant que vous confirmiez.
life-confirm-rename = Renommer
life-confirm-handover = Lui demander
life-confirm-merge = Fusionner
life-confirm-pause = Suspendre
life-confirm-close = Fermer
life-confirm-reopen = Rouvrir
life-cancel = Laisser comme c’est
life-rename-what = Le salon s’appelle « { $new } » au lieu de « { $name } », pour tout le monde.
life-rename-links = Les liens vers lui restent valables.
life-rename-former = Personne d’autre ne peut prendre le nom « { $name } » tant que cela peut être défait.
life-rename-same = Elle s’appelle déjà « { $name } ».
life-handover-one = Nommez un ou une collègue, par son compte.
life-handover-leads = { $who } s’occupe déjà de « { $name } ».
life-handover-asked = On demande à { $who } de s’occuper de « { $name } ». Rien ne change avant son accord.
life-handover-gives = { $who } ne s’en occupe alors plus, et reste membre.
life-merge-invited = Ses membres sont prévenus, et chacun est invité dans « { $new } » ; personne n’est ajouté.
life-merge-into-unknown = Je ne connais pas de communauté ouverte nommée « { $name } » dans laquelle fusionner celle-ci.
life-merge-into-not-yours = Quelqu’un d’autre s’occupe de « { $name } », et une fusion lui amène de nouveaux membres. Demandez à un animateur de la faire.
life-merge-none = Il n’y a pas d’autre communauté dans laquelle la fusionner.
life-close-told = Ses membres sont prévenus, dans le salon : par qui, et jusqu’à quand on peut revenir en arrière.
life-close-archived = Le salon de « { $name } » est archivé : plus personne n’y écrit.
life-close-kept = Rien n’est effacé : ce qui a été écrit reste lisible.
life-pause-what = Rien de facultatif n’est envoyé pour elle jusqu’au { $day }.
life-pause-open = Le salon reste comme il est : on continue d’y écrire.
life-pause-wrong = Il me faut un jour de l’année qui vient, par exemple { $example }.
life-reopen-open = Le salon de « { $name } » est rouvert, et elle est de nouveau dans l’annuaire.
life-reopen-people = Les personnes qui y étaient à la fermeture y sont de nouveau admises, pour autant qu’on le sache encore, et sa charte est épinglée.
life-reopen-taken = Il existe maintenant une autre communauté nommée « { $name } ». Renommez d’abord celle-là.

## Mise en œuvre
life-begun = Merci. C’est en cours pour « { $name } » ; je vous préviens quand c’est terminé.
life-asked = On demande à { $who } s’il ou elle veut bien s’occuper de « { $name } ». Je vous dirai sa réponse.
life-cancelled = « { $name } » reste comme elle est.
life-undo = Défaire
life-done-rename = « { $name } » s’appelle maintenant « { $new } » (à la demande de { $who }).
life-done-handover = « { $name } » a été transmise (sur proposition de { $who }).
life-done-merge = « { $name } » est fermée, et ses membres sont invités dans « { $new } » (à la demande de { $who }).
life-done-pause = « { $name } » est suspendue (à la demande de { $who }).
life-done-close = « { $name } » est fermée (à la demande de { $who }).
life-done-reopen = « { $name } » est rouverte (à la demande de { $who }).
life-paused-until = Rien de facultatif n’est envoyé pour elle jusqu’au { $day }.
life-pause-over = La suspension de « { $name } » est terminée.
life-undone-rename = « { $name } » a retrouvé son nom (elle s’appelait « { $new } »).
life-undone-handover = On s’occupe de « { $name } » comme avant.
life-undone-merge = « { $name } » est rouverte, et n’est plus fusionnée dans « { $new } ». Qui a rejoint l’autre y reste.
life-undone-pause = « { $name } » n’est plus suspendue.
life-undone-close = « { $name } » est rouverte.
life-undone-reopen = « { $name } » est de nouveau fermée.
life-undoing = Merci. Le retour en arrière est en cours pour « { $name } » ; je vous préviens quand c’est terminé.
life-undone-already = Cela a déjà été défait pour « { $name } », ou est en train de l’être.
life-nothing-to-undo = Il n’y a rien à défaire pour « { $name } » : cela n’a pas été fait.
life-undo-late =
    { $days ->
        [one] Cela ne peut être défait que pendant un jour, qui est passé, pour « { $name } ».
       *[other] Cela peut être défait pendant { $days } jours, qui sont passés, pour « { $name } ».
    } Vous pouvez faire un nouveau changement.
life-undo-taken = Une autre communauté, ou une demande, s’appelle maintenant « { $old } ». « { $name } » garde son nom ; renommez d’abord l’autre, ou choisissez un autre nom.
life-undo-later = Autre chose a été fait ensuite pour « { $name } ». Défaites d’abord cela.
life-leads-now = { $who } s’occupe maintenant de { $name }.
life-lead-asked = { $who } propose que vous vous occupiez de la communauté « { $name } ». Acceptez-vous ?
life-waits-lead = On vous propose de vous occuper de « { $name } » ; votre réponse est attendue.
life-lead-declined = { $who } préfère ne pas s’occuper de « { $name } ». Rien ne change ; vous pouvez demander à quelqu’un d’autre.
life-lead-expired = { $who } n’a pas répondu à la proposition de s’occuper de « { $name } ». Rien ne change ; vous pouvez demander à quelqu’un d’autre.
life-lead-no-more = Vous ne vous occupez plus de « { $name } » : un animateur l’a transmise. Vous en restez membre.
life-lead-undone = Vous ne vous occupez plus de « { $name } » : la transmission a été défaite. Vous en restez membre.
life-note-powerless = Je n’ai pas de droits dans ce salon : donnez à la main les siens à la personne qui s’en occupe.
life-notice-close = { $who } ferme { $name } : ce salon est maintenant archivé.
life-notice-merge = { $who } fusionne { $name } dans { $new } : ce salon est maintenant archivé, et vous êtes invités là-bas.
life-notice-kept = Rien n’est effacé : vous pouvez encore le lire. On peut revenir en arrière jusqu’au { $day }.
life-notice-reopened = { $name } est rouverte.
life-merged-invited = « { $old } » a été fusionnée dans « { $new } » :

## Ce que la plateforme a refusé
life-refused-taken = La plateforme a déjà un salon nommé { $slug }, peut-être archivé. « { $old } » garde son nom ; choisissez-en un autre.
life-refused-gone = Je ne trouve pas le salon de « { $old } » sur la plateforme. Rien n’a été changé ; les animateurs sont prévenus s’il reste introuvable.
life-refused-failed = La plateforme a refusé, et rien n’a été changé pour « { $old } ». Réessayez plus tard ; si cela se répète, parlez-en à un administrateur.
life-stuck-rename = ⚠ Je n’ai pas le droit de renommer des salons ici. Demandez à un administrateur de la plateforme de renommer le salon de « { $old } » en { $slug }, puis appuyez sur le bouton : je ferai le reste.
life-stuck-close = ⚠ Je n’ai pas le droit d’archiver des salons ici. Demandez à un administrateur de la plateforme d’archiver le salon de « { $name } », puis appuyez sur le bouton : je ferai le reste.
life-stuck-reopen = ⚠ Je n’ai pas le droit de rouvrir un salon archivé. Demandez à quelqu’un qui le peut (un de ses membres, ou un administrateur de la plateforme) de rouvrir { $slug } et, s’il est privé, de m’y inviter. Puis appuyez sur le bouton : je ramènerai ses membres et ses messages épinglés.
life-stuck-until = Je l’attends jusqu’au { $day } ; ensuite, tout reste en l’état.
life-done-by-hand = C’est fait
life-give-up = Y renoncer
life-given-up = « { $name } » reste comme elle était.
life-undo-given-up = « { $name } » reste comme elle est : rien n’est défait.
life-expired = Personne n’a fait à la main ce qu’il fallait pour « { $name } » en deux semaines : je ne l’attends plus. Elle reste comme elle était, et d’autres changements sont de nouveau possibles.
life-undo-expired = Personne n’a fait à la main ce qu’il fallait pour défaire cela pour « { $name } », et ce n’est plus possible. Elle reste comme elle est.
life-not-stuck = Rien n’attend d’être fait à la main pour « { $name } ».
life-looking = Je regarde « { $name } » ; je vous réponds dans notre conversation directe.
life-not-yet = Pour autant que je voie, ce n’est pas encore fait pour « { $name } ». Appuyez de nouveau quand ce sera le cas.

## Ce que fait chaque choix, comme le liste « parvis who-can »
choice-community-confirm = Confirmer un changement présenté pour une communauté
choice-community-cancel = Abandonner un changement présenté pour une communauté
choice-community-undo = Défaire un changement d’une communauté
choice-community-done = Dire que ce que le bot n’a pas le droit de faire a été fait à la main
choice-community-give-up = Ne plus attendre ce qui devait être fait à la main
choice-community-lead-accept = Accepter de reprendre une communauté
choice-community-lead-decline = Refuser de reprendre une communauté
