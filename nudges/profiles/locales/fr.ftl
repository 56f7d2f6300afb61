## Profils

## Commandes
command-profile = Mon profil
    .usage = [collègue]
    .help = Voir ce que dit votre profil, et ce qui y manque ; ou, avec un nom, ce que dit celui d’un ou d’une collègue.
    .example = profil
command-profile-edit = Remplir une rubrique
    .usage = [rubrique]
    .help = Remplir une rubrique de votre profil, ou la changer.
    .example = profil modifier fonction
command-profile-prefer-not = Ne pas le dire
    .usage = [rubrique]
    .help = Laisser vide pour de bon une rubrique de votre profil ; elle compte comme remplie.
    .example = profil ne-pas-dire langues
choice-profile-seen = Ce que voient les collègues
choice-profile-confirm = Oui, c’est exact
choice-profile-undo = Annuler

## Rubriques
# Ce qu’une organisation appelle ses propres rubriques est dans ses réglages, dans les deux langues.
profile-words = { "fr" ->
        [en] { $en }
       *[fr] { $fr }
    }
profile-field-title = fonction
profile-field-department = service
profile-field-location = lieu de travail
profile-field-topics = sujets de compétence
profile-field-languages = langues parlées
profile-field-picture = photo
profile-field-phone = téléphone
profile-why-title = Les collègues qui cherchent quelqu’un voient tout de suite qui ils ont trouvé.
profile-why-department = Cela dit où l’on vous trouve dans l’organisation.
profile-why-location = Les collègues savent dans quel bureau, et à quelles heures, vous joindre.
profile-why-topics = Qui a une question trouve la personne qui peut y répondre.
profile-why-languages = Les collègues savent dans quelle langue ils peuvent vous écrire.
profile-why-picture = On se reconnaît dans le couloir.
profile-why-phone = En cas d’urgence, les collègues peuvent appeler.
profile-there = présente
profile-source-own = gardé dans Parvis
profile-source-confirmed = de l’annuaire du personnel, confirmé par vous
profile-source-roster = de l’annuaire du personnel
profile-source-platform = de votre profil ici
profile-source-custom = de votre profil sur { $platform }

## Le sien
profile-title = Votre profil
profile-meter = { $percent } %
    .label = Profil rempli
profile-line-present = { $field } (compte pour { $weight }) : { $value } ({ $source })
profile-line-declined = { $field } (compte pour { $weight }) : vous préférez ne pas le dire, et cela compte
profile-line-missing = { $field } (compte pour { $weight }) : manque
profile-line-gap = { $field } : seuls les administrateurs peuvent remplir cette rubrique ; elle ne compte pas pour vous
profile-line-unread = { $field } (compte pour { $weight }) : pas encore lu
profile-unread-note = Ce qui n’est pas encore lu, je le demande maintenant : regardez de nouveau dans un instant.
profile-whole = Rien ne manque. Merci.
profile-nothing-now = Rien ne manque, pour autant que je sache.
profile-next = Ensuite : { $field }.
profile-why = { $why }
profile-offer = L’annuaire du personnel dit ce qui suit. Est-ce exact ?
profile-open = Ou remplissez-le là où chacun le voit : ouvrir votre profil
profile-open-only = Il n’y a que vous qui puissiez le changer : ouvrir votre profil
profile-elsewhere = Il n’y a que vous qui puissiez le changer ({ $field }), dans votre profil sur { $platform }.
profile-how = Chaque rubrique compte pour ce qui est indiqué. Les collègues voient ici ce que vous gardez dans Parvis, et ce que l’annuaire du personnel dit de chacun ; ce qui figure dans votre profil sur une plateforme, ils le voient là-bas. Je ne leur dis ni ce qui manque, ni que vous préférez ne pas dire quelque chose.
profile-as-seen = Ce que voient les collègues
profile-fill-named = Remplir : { $field }
profile-confirm = Oui, c’est exact
profile-prefer-not = Je préfère ne pas le dire
profile-undo = Annuler

## Celui d’un ou d’une collègue
profile-of = { $name }
profile-seen = { $value }
    .label = { $field }
profile-of-nothing = Rien n’est gardé ici.
profile-of-open = Ce que cette plateforme dit de cette personne s’y trouve : ouvrir son profil
profile-of-elsewhere = Ce que les plateformes disent de cette personne figure dans son profil là-bas : { $platforms }.
profile-nobody = Je ne connais pas de collègue du nom de « { $name } ».
profile-one-at-a-time = De qui parlez-vous ? Une personne à la fois, s’il vous plaît.

## Remplir une rubrique
form-profile-field =
    .title = Votre profil
    .submit = Garder dans Parvis
    .cancel = Annuler
field-profile-field-value =
    .label = Votre profil : { $field }
    .hint = { $why }
profile-which = Quelle rubrique ? Il y a : { $fields }.
profile-field-gone = Cette rubrique ne fait plus partie du profil.
profile-nothing-missing = Rien ne manque. Pour changer une rubrique, nommez-la : « profil modifier fonction ».
profile-not-yours = Seuls les administrateurs peuvent changer cela ({ $field }).
profile-wrong-option = Choisissez, s’il vous plaît, l’une des réponses proposées.
profile-wrong-long = C’est trop long : { $length } caractères, pour { $limit } au plus.
profile-wrong-name = C’est votre nom, que les collègues voient de toute façon.
profile-wrong-nothing = Cela ne dit rien aux collègues. Si vous préférez ne pas le dire, il y a un bouton pour cela : « profil ne-pas-dire ».
profile-kept = Merci. Les collègues voient maintenant dans Parvis ({ $field }) :
profile-confirmed = Merci. Confirmé ({ $field }) :
profile-declined = Compris : je ne le demanderai plus ({ $field }), et cela compte comme rempli.
profile-undone = Comme c’était avant : { $field }.
profile-nothing-to-confirm = Il n’y a plus rien à confirmer ({ $field }).
profile-nothing-to-undo = Il n’y a rien à annuler.
profile-complete-first = Votre profil est maintenant complet. Merci : cela aide chacun à trouver la bonne personne.
profile-complete = Votre profil est complet.
profile-noticed = Merci, je l’ai vu : votre profil le dit maintenant ({ $field }).

## Rappeler
contact-profile-reminder = les rappels de votre profil
    .why = Vous recevez ceci parce que votre organisation demande à chacun quelques rubriques de son profil, et que celle-ci manque dans le vôtre.
contact-profile-thanks = merci pour ce que vous avez rempli
    .why = Vous recevez ceci parce que je vous l’avais rappelé.
profile-about = profil : { $field }
profile-remind = Il manque une chose à votre profil : { $field }.
profile-sample = (ici figure ce que l’annuaire du personnel dit de cette personne)
profile-remind-progress = Votre profil est rempli à { $percent } % ; avec cela, il le serait à { $then } %.

## Sur sa propre page
profile-page = { $percent } %
    .label = Votre profil
profile-page-next = { $percent } %. Ensuite : { $field }
    .label = Votre profil

## Ce que seuls les administrateurs peuvent remplir
profile-doctor-fine = profils : aucune rubrique ne manque que seul l’annuaire du personnel pourrait remplir
profile-doctor-gap = profils : { $people ->
        [one] { $people } personne n’a pas
       *[other] { $people } personnes n’ont pas
    } ce que seul l’annuaire du personnel peut dire ({ $field })
profile-doctor-gap-weekly = profils : { $people ->
        [one] { $people } personne ou plus n’a pas
       *[other] { $people } personnes ou plus n’ont pas
    } ce que seul l’administrateur peut remplir ({ $field }), d’après les chiffres de la semaine
profile-doctor-gap-todo = importez-la : la colonne { $columns } de l’annuaire du personnel
profile-doctor-gap-nowhere = donnez à la rubrique { $name } une source que les gens ont : une colonne de l’annuaire du personnel (roster:COLONNE), ou own
profile-doctor-unread = profils : { $platform } n’a rien dit des rubriques que l’on y lit une par une ; personne n’y est relancé à leur sujet
profile-doctor-unread-todo = laissez le bot lire les profils sur { $platform }, ou retirez ses rubriques de [profiles]

## Réglages
profile-words-missing = n’a pas de mots { $language ->
        [fr] français
       *[other] anglais
    } : { $language } = "…"
profile-options-missing = propose moins de deux réponses à choisir
profile-options-needless = n’appartient qu’à une rubrique du genre "choice"
profile-source-wrong = { $shown } n’est pas une source (il y a : own, platform, platform:NOM, roster:COLONNE, et PLATEFORME:NOM pour vos propres rubriques)
profile-source-nowhere = { $shown } n’est ni "platform", ni "roster", ni une plateforme que [platforms] déclare
profile-picture-elsewhere = { $shown } ne peut pas contenir de photo
profile-own-of-administrator = vaut "administrator", or chacun remplit lui-même ce qui est gardé dans Parvis
profile-roster-of-person = vaut "person", or personne ne peut changer ce que l’annuaire du personnel est seul à dire
profile-days-order = { $shown } ne commence pas par 0 pour ensuite croître
profile-days-write = écrivez { $what }
profile-field-twice = contient deux fois { $shown }
profile-none-required = ne demande rien à personne : aucune rubrique que les gens peuvent changer n’est requise
profile-no-weight = ne compte pour rien
profile-objected = Vous vous êtes opposé à ce que je garde quoi que ce soit de votre profil : je ne garde donc rien. « parvis lever-opposition » revient en arrière.

## Tous ensemble
command-profile-completeness = Où en sont les profils
    .usage = {""}
    .help = Voir où en sont les profils : en tout, par service, par rubrique, et leur évolution.
    .example = profil completude
completeness-nothing = Rien ne peut encore être dit : les chiffres se font chaque lundi, sur { $smallest } personnes au moins.
completeness-title = Où en sont les profils, semaine du { $week }
completeness-all = Complets : environ { $about } % de toutes les personnes comptées (entre { $share } : { $count }).
completeness-departments = Par service :
completeness-department = { $group } : { $share } ({ $count })
completeness-department-since = { $group } : { $share } ({ $count }), compté la semaine du { $since }
completeness-more =
    { $count ->
        [one] Et encore un service : parvis people completeness les montre tous.
       *[other] Et encore { $count } services : parvis people completeness les montre tous.
    }
completeness-fields = Chaque rubrique dit quelque chose, ou la personne préfère ne pas le dire :
completeness-field = { $field } : { $share } ({ $count })
completeness-trend = Semaine après semaine, environ :
completeness-week = { $week } : { $about } % ({ $share })
completeness-formula = Sont complets les profils où chacune de ces rubriques dit quelque chose, ou dont la personne préfère ne pas le dire : { $fields }. Divisé par : les membres qui ne sont pas partis ; de qui s’est opposé, rien n’est regardé, et son profil compte comme incomplet.
completeness-rule = Pour qu’aucun chiffre ne parle de quiconque : les services de moins de { $smallest } personnes sont réunis ; les nombres sont donnés par paliers ; un chiffre change quand le nombre a bougé de { $smallest } ; qui arrive est compté quand { $smallest } sont arrivés, et qui est parti jusqu’à ce que { $smallest } soient partis. Le total est la somme de ce qui est montré. Ce qui a été dit n’est jamais changé.
