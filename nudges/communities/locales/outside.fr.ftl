## Les salons que personne n’a demandés ici

command-community-strays = Salons hors processus
    .usage = {""}
    .help = Voir les salons qui n’ont pas été demandés ici : les adopter comme communautés, ou les ignorer.
    .example = communaute hors-processus
form-community-adopt-room =
    .title = Adopter ce salon
    .submit = L’adopter
    .cancel = Annuler
field-community-adopt-room-name =
    .label = Comment s’appelle-t-il ?
    .hint = Dans l’annuaire. Le salon lui-même garde son nom.
field-community-adopt-room-purpose =
    .label = À quoi sert-il ?
    .hint = Une phrase qui dit aux collègues pourquoi venir.
field-community-adopt-room-kind =
    .label = Genre
    .hint = Métier : le travail lui-même. Intérêt : ce qui rassemble par ailleurs.
field-community-adopt-room-lead =
    .label = Qui s’en occupe ?
    .hint = On lui demande d’abord. Laissez vide si vous ne savez pas encore.
strays-title =
    { $count ->
        [one] Un salon n’a pas été demandé ici
       *[other] { $count } salons n’ont pas été demandés ici
    }
strays-item =
    { $members ->
        [0] { $name }
        [one] { $name } (une personne)
       *[other] { $name } ({ $members } personnes)
    }
strays-item-private =
    { $members ->
        [0] { $name } (privé)
        [one] { $name } (privé, une personne)
       *[other] { $name } (privé, { $members } personnes)
    }
strays-more =
    { $count ->
        [one] Et encore un. « communaute hors-processus » les montre.
       *[other] Et encore { $count }. « communaute hors-processus » les montre.
    }
strays-what = Adopté, un salon est une communauté comme les autres : dans l’annuaire, avec un but et quelqu’un qui s’en occupe. Ignoré, il n’est plus montré. Rien ne change pour le salon lui-même.
strays-adopt = Adopter { $name }
strays-ignore-one = Ignorer { $name }
strays-ignore = Ignorer ceux-ci
strays-all = Les voir tous
strays-none = Tous les salons que je vois sont des communautés, ou ont déjà été examinés.
strays-which = Je ne sais pas de quel salon il s’agit. « communaute hors-processus » montre ceux qu’on peut adopter ou ignorer.
strays-unknown =
    { $hours ->
        [one] Je ne connais pas de salon hors processus nommé « { $name } ». Les nouveaux sont vus dans l’heure ; un salon privé doit m’avoir invité.
       *[other] Je ne connais pas de salon hors processus nommé « { $name } ». Les nouveaux sont vus dans les { $hours } heures ; un salon privé doit m’avoir invité.
    }
strays-ignored =
    { $count ->
        [one] Il n’est plus montré.
       *[other] Ces { $count } salons ne sont plus montrés.
    }
strays-adopting = Le salon { $name } devient ainsi une communauté.
strays-adopted-already = { $name } est en train d’être adopté, ou l’est déjà.
strays-entering = Merci. J’entre dans { $name }, et je l’inscris à l’annuaire.
strays-charter = À partir d’aujourd’hui, ce salon est dans l’annuaire des communautés, pour que les collègues le trouvent.
strays-adopted = « { $name } » est maintenant une communauté (adoptée par { $who }).
strays-closed = Je n’ai pas le droit d’entrer dans { $name }. Invitez-m’y, puis appuyez de nouveau sur le bouton.
strays-gone = Je ne trouve plus { $name }. S’il est privé, invitez-m’y, puis appuyez de nouveau sur le bouton.
strays-failed = La plateforme ne m’a pas laissé entrer dans { $name }. Réessayez plus tard.

## Ce qui s’est passé ailleurs
outside-renamed = « { $old } » a changé de nom sur la plateforme : elle s’appelle maintenant « { $name } » dans l’annuaire.
outside-archived = Le salon de « { $name } » a été archivé sur la plateforme : la communauté est donc fermée ici. Si c’était une erreur, on peut la rouvrir.
outside-reopened = Le salon de « { $name } » a été rouvert sur la plateforme : la communauté est ouverte ici aussi.
outside-made-private = Le salon de « { $name } » a été rendu privé sur la plateforme : il a quitté l’annuaire commun.
outside-made-public = Le salon de « { $name } » a été rendu public sur la plateforme : il est maintenant dans l’annuaire commun.
outside-over-quota = ⚠ Cela dépasse le quota de communautés privées : { $private } sur { $total }, { $limit }.
outside-vanished = Je ne trouve plus le salon de « { $name } » : il a été archivé ou supprimé, ou j’en ai été retiré. En attendant, elle n’est pas dans l’annuaire. S’il a disparu pour de bon, classez la communauté ; sinon, invitez-m’y de nouveau.
outside-put-out = J’ai été retiré du salon de « { $name } », et ne peux plus m’en occuper. En attendant, elle n’est pas dans l’annuaire. Si c’était une erreur, laissez-moi y revenir, ou invitez-m’y ; sinon, classez la communauté.
outside-found = Le salon de « { $name } » est retrouvé, et de nouveau dans l’annuaire.
outside-upgraded = Le salon de « { $name } » a été remplacé par un plus récent sur la plateforme : l’annuaire mène à celui-là.
outside-reopen = La rouvrir
outside-enter-again = Y revenir
outside-entering = Merci. Je reviens dans le salon de « { $name } », et je l’inscris de nouveau à l’annuaire.
outside-close-entry = Classer la communauté
outside-not-missing = Il n’y a pas de communauté de ce numéro dont le salon soit introuvable.
outside-entry-closed = « { $name } » est fermée ici.
outside-lead-left = { $who } a quitté le salon de « { $name } », et ne s’en occupe donc plus.
outside-lead-gone = { $who } a quitté l’organisation, et ne s’occupe donc plus de « { $name } ».
outside-lead-back = { $who } est de retour dans « { $name } », et s’en occupe de nouveau.
outside-leaderless = Plus personne ne s’occupe de « { $name } ». Demandez à quelqu’un de le faire.
outside-find-lead = Trouver quelqu’un

## Ce que fait chaque choix, comme le liste « parvis who-can »
choice-community-ignore = Ne plus montrer un salon hors processus
choice-community-enter-again = Faire revenir le bot dans une communauté dont on l’a sorti
choice-community-close-entry = Fermer une communauté dont le salon a disparu pour de bon
