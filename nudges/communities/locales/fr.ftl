## Communautés

## Commandes
command-community-request = Demander une communauté
    .usage = [nom] [--but …] [--travail …] [--privee --raison …] [--interet] [--second …] [--inviter …] [--oui]
    .help = Demander une nouvelle communauté. Trois questions, puis un résumé que vous pouvez corriger.
    .example = communaute demander Jardinage
    .shortcut = Demander une communauté
command-community-list = Trouver des communautés
    .usage = [mots]
    .help = Voir les communautés que vous pouvez rejoindre, ou seulement celles qui parlent de quelques mots.
    .example = communaute liste photo
command-community-mine = Mes demandes et mes communautés
    .usage = {""}
    .help = Voir où en sont vos demandes, et les communautés dont vous vous occupez.
    .example = communaute miennes
command-community-deputy = Nommer un suppléant
    .usage = [fin]
    .help = Confier à un ou une collègue vos décisions sur les demandes, pendant votre absence.
    .example = communaute suppleant

## Demander : le formulaire
form-community-request =
    .title = Demander une communauté
    .submit = Continuer
    .cancel = Annuler
field-community-request-name =
    .label = Comment s’appellera-t-elle ?
    .hint = Quelques mots simples, comme « Jardinage » ou « Méthodes de vente ».
field-community-request-purpose =
    .label = À quoi servira-t-elle ?
    .hint = Une phrase qui dit aux collègues pourquoi ils viendraient.
field-community-request-work =
    .label = Quel travail quotidien portera-t-elle ?
    .hint = Ce que l’on y fera dans une semaine ordinaire : questions, documents, décisions…

form-community-summary =
    .title = Votre communauté
    .submit = Envoyer la demande
    .cancel = Annuler
field-community-summary-name =
    .label = Nom
    .hint = Quelques mots simples.
field-community-summary-purpose =
    .label = But
    .hint = Une phrase qui dit aux collègues pourquoi ils viendraient.
field-community-summary-work =
    .label = Travail quotidien
    .hint = Ce que l’on y fera dans une semaine ordinaire.
field-community-summary-kind =
    .label = Nature
    .hint = Métier : sur le travail lui-même. Intérêt : ce qui rapproche les collègues en dehors.
field-community-summary-visibility =
    .label = Qui peut la voir
    .hint = Chacun trouve les communautés publiques. Une communauté privée demande une raison.
field-community-summary-reason =
    .label = Pourquoi privée ?
    .hint = Seulement pour une communauté privée : qu’est-ce qui ne pourrait être dit devant les collègues ?
field-community-summary-objective =
    .label = Objectif servi
    .hint = Le but de l’organisation qu’elle aide à atteindre, s’il y en a un.
field-community-summary-second =
    .label = Co-responsable
    .hint = Un ou une collègue qui s’en occupera avec vous. Je lui demanderai son accord.
field-community-summary-invitees =
    .label = Personnes à inviter
    .hint = Elles reçoivent un bouton pour la rejoindre ; personne n’est ajouté.
field-community-summary-review_on =
    .label = À réexaminer le
    .hint = Le jour où nous nous demanderons si elle sert toujours, sous la forme année-mois-jour.
field-community-summary-language =
    .label = Langue parlée
    .hint = Pour ce que plusieurs personnes y lisent, comme la charte. Laissez vide pour la langue habituelle de l’organisation.

option-business = Métier
option-interest = Intérêt
option-en = anglais
option-fr = français
option-public = Publique : chacun peut la trouver et la rejoindre
option-private = Privée : seulement les personnes invitées

community-alike-first = Ces communautés ressemblent à la vôtre. Si l’une d’elles est ce que vous cherchez, rejoignez-la plutôt :
community-join-instead = Rejoindre plutôt « { $name } »
community-too-long = Ce texte fait { $length } caractères, et il y a de la place pour { $limit }. Merci de le raccourcir.
community-purpose-short = Merci d’en dire un peu plus : une phrase sur ce qui ferait venir les collègues.
community-work-short = Merci d’en dire un peu plus : que fera-t-on là dans une semaine ordinaire ?
community-reason-needed = Une communauté privée demande une raison. Dites ce qui ne pourrait être partagé avec tous, ou choisissez « Publique ».
community-review-wrong = Écrivez un jour des deux années à venir sous la forme année-mois-jour, par exemple { $example }.
community-second-one = Nommez une seule personne. Vous pouvez inviter les autres.
community-second-self = Vous en êtes déjà responsable. Nommez un ou une collègue, ou laissez vide.
community-invitees-many = À l’ouverture, on peut inviter { $limit } personnes au plus (vous en nommez { $count }). Les autres la trouveront dans l’annuaire.
community-people-unknown =
    { $count ->
        [one] Je ne trouve pas { $names }. Vérifiez l’écriture du compte, ou retirez-le.
       *[other] Je ne trouve pas { $names }. Vérifiez l’écriture de ces comptes, ou retirez-les.
    }
community-people-outside =
    { $count ->
        [one] { $names } ne fait pas partie de l’organisation et ne peut être nommé ici. Retirez ce compte ; un responsable pourra inviter des personnes extérieures plus tard.
       *[other] { $names } ne font pas partie de l’organisation et ne peuvent être nommés ici. Retirez ces comptes ; un responsable pourra inviter des personnes extérieures plus tard.
    }
community-people-later = Je n’ai pas pu vérifier { $names } à l’instant. Merci de renvoyer dans une minute.
community-option-unknown = Je ne connais pas l’option « --{ $option } ». Il existe : --but, --travail, --privee, --publique, --raison, --metier, --interet, --objectif, --second, --inviter, --revue, --langue, --oui.

# Noms. suggested : « yes » quand il y a une suggestion.
community-name-short =
    Un nom a au moins { $min } caractères.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci d’en trouver un plus long.
    }
community-name-long =
    Un nom a au plus { $max } caractères, pour se lire en entier partout.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci d’en trouver un plus court.
    }
community-name-characters =
    Merci d’utiliser seulement des lettres et des chiffres, avec espaces, traits d’union ou apostrophes.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci de le réécrire.
    }
community-name-look-alike =
    Ce nom contient des lettres qui ressemblent seulement aux nôtres, et personne ne pourrait le taper.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci de le retaper au clavier.
    }
community-name-reserved =
    « { $name } » aurait l’air officiel : ce nom reste libre.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci de trouver un autre nom.
    }
community-name-taken =
    « { $name } » est déjà le nom d’une communauté ou d’une demande.{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci de trouver un autre nom.
    }
community-name-former =
    « { $name } » était il y a peu le nom d’une communauté, et lui reste réservé tant qu’elle peut le reprendre ({ $days ->
        [one] un jour
       *[other] { $days } jours
    }).{ $suggested ->
        [yes] {" "}Pourquoi pas « { $suggestion } » ?
       *[no] {" "}Merci de trouver un autre nom.
    }

community-asked-already = Vous avez déjà demandé « { $name } » : c’est la demande { $number }. Écrivez « communaute miennes » pour voir où elle en est.
community-sent = Votre demande { $number } « { $name } » est transmise aux personnes qui décident.
community-corrected = Votre demande { $number } « { $name } » est corrigée, et les personnes qui décident le voient.
community-sent-next =
    { $total ->
        [one] C’est la seule qui attend.
       *[other] Sur les { $total } qui attendent, elle est numéro { $place }.
    } { $days ->
        [one] Si elle n’a pas de réponse en un jour ouvré, je la présente à nouveau moi-même ; vous n’avez rien à faire.
       *[other] Si elle n’a pas de réponse en { $days } jours ouvrés, je la présente à nouveau moi-même ; vous n’avez rien à faire.
    } Tant qu’elle attend, vous pouvez la corriger ou la retirer.
community-correct = La corriger
community-correct-n = Corriger la demande { $number }
community-withdraw-n = Retirer la demande { $number }
community-answer-n = Répondre pour la demande { $number }

## La fiche
community-card-title = Demande { $number } : { $name }
community-card-who = { $who }
    .label = Demandée par
community-card-purpose = { $text }
    .label = But
community-card-work = { $text }
    .label = Travail quotidien
community-card-kind = { $kind }. { $visibility }
    .label = Nature
community-card-reason = { $text }
    .label = Pourquoi privée
community-card-objective = { $text }
    .label = Objectif
community-card-language = { $language }
    .label = Langue
community-card-second = { $who }
    .label = Co-responsable
community-card-invitees =
    { $count ->
        [one] une personne
       *[other] { $count } personnes
    }
    .label = À inviter
community-card-review = { $day }
    .label = À réexaminer le
community-card-quota = { $private } sur { $total } ({ $limit })
    .label = Communautés privées
community-card-quota-private = { $private } sur { $total } ({ $limit }). Avec celle-ci : { $would } sur { $of }
    .label = Communautés privées
community-limit-percent = limite { $percent } %
community-limit-count = limite { $limit }
community-card-ahead =
    { $count ->
        [one] Une demande privée a été faite avant et attend encore : elle est comptée.
       *[other] { $count } demandes privées ont été faites avant et attendent encore : elles sont comptées.
    }
community-card-balance = { $business } sur le travail même, { $interest } d’intérêt. Une fois celle-ci ouverte, { $percent } % seraient d’intérêt ; { $low } à { $high } % sont souhaités (à partir de { $least } communautés)
    .label = Équilibre
community-card-alike = Ressemble à :
community-alike-community = { $name } : { $purpose }
community-alike-request = { $name } (demande { $number }, en attente) : { $purpose }
community-flag-quota = ⚠ Au-delà du quota de communautés privées : pour l’approuver, il faut une raison écrite.
community-flag-balance = ⚠ Cela éloigne l’équilibre de la zone convenue (intérêt de { $low } % à { $high } %).
community-flag-enthusiasts = ⚠ Elle semble réunir des passionnés plutôt que des personnes qui travaillent sur quelque chose. Demandez quel travail elle portera.
community-flag-tool = ⚠ Elle semble porter sur l’outil lui-même. Demandez quel travail elle portera.
community-over-quota = Communautés privées : { $private } sur { $total }, { $limit }. Avec celle-ci : { $would } sur { $of } ; il faut donc une raison écrite. Vous pouvez aussi demander si elle pourrait être publique.
community-override = Approuver avec une raison écrite
community-approve-taken = Il existe maintenant une communauté « { $name } » : la demande { $number } ne peut s’ouvrir sous ce nom. Demandez à la personne de corriger le nom, ou refusez en proposant de la rejoindre.

form-community-refuse =
    .title = Refuser la demande
    .submit = Refuser
    .cancel = Annuler
field-community-refuse-code =
    .label = Motif
    .hint = La personne qui demande le lira.
field-community-refuse-text =
    .label = Avec vos mots
    .hint = Que faudrait-il changer ? La personne qui demande le lira.
field-community-refuse-alternative =
    .label = Que pourrait-elle faire à la place ?
    .hint = Une communauté à rejoindre, un salon à utiliser, un meilleur moment…
option-duplicate = Il en existe déjà une
option-unclear = Le but n’est pas encore clair
option-not-work = Elle ne porte aucun travail
option-should-be-public = Elle devrait être publique
option-name = Le nom ne convient pas
option-later = Pas maintenant
option-other = Un autre motif

form-community-ask =
    .title = Poser une question
    .submit = Envoyer
    .cancel = Annuler
field-community-ask-text =
    .label = Votre question
    .hint = Elle part vers la personne qui demande la communauté ; la réponse revient ici.
form-community-answer =
    .title = Répondre
    .submit = Envoyer
    .cancel = Annuler
field-community-answer-text =
    .label = Votre réponse
    .hint = Elle part vers les personnes qui décident de votre demande.
form-community-override =
    .title = Au-delà du quota
    .submit = Approuver
    .cancel = Annuler
field-community-override-text =
    .label = Pourquoi l’approuver quand même ?
    .hint = Cette raison est gardée avec la décision, et montrée sur la fiche.
form-community-appeal =
    .title = Un second regard
    .submit = Envoyer
    .cancel = Annuler
field-community-appeal-text =
    .label = Que faut-il savoir ?
    .hint = Cela part vers quelqu’un qui n’a pas décidé la première fois.
form-community-deputy =
    .title = Nommer un suppléant
    .submit = Nommer
    .cancel = Annuler
field-community-deputy-person =
    .label = Qui décide à votre place ?
    .hint = Un ou une collègue, par son compte.
field-community-deputy-until =
    .label = Jusqu’à quel jour ?
    .hint = Le dernier jour de votre absence, sous la forme année-mois-jour.

## L’ouverture
community-card-opening = « { $name } » est en cours d’ouverture…
community-card-open = { $name } est ouverte
community-blocked-taken = ⚠ « { $name } » n’a pas pu être ouverte : la plateforme a déjà un salon nommé { $slug }. Ouvrez-la sous un autre nom d’un seul geste, ou écrivez « communaute nommer », le numéro de la demande et un nom.
community-blocked-not-allowed = ⚠ « { $name } » n’a pas pu être ouverte : je n’ai pas le droit de créer des salons ici. Merci de créer à la main { $visibility ->
        [private] un salon privé
       *[public] un salon public
    } nommé { $slug }, de m’y inviter, puis d’appuyer sur le bouton : je ferai le reste.
community-blocked-not-found = ⚠ Je n’ai pas trouvé de { $visibility ->
        [private] salon privé
       *[public] salon public
    } nommé { $slug }. Vérifiez qu’il existe exactement sous ce nom, qu’il est { $visibility ->
        [private] privé
       *[public] public
    } et que j’y suis invité, puis appuyez à nouveau sur le bouton.
community-blocked-failed = ⚠ « { $name } » n’a pas pu être ouverte : la plateforme a refusé. Réessayez ; si cela se reproduit, merci de transmettre à un administrateur ce qui est écrit plus bas.
community-blocked-detail = Ce que dit la plateforme : { $detail }
community-retry = Réessayer
community-adopt = Je l’ai créé, prenez-le en main
community-use-name = Ouvrir sous « { $name } »
community-again = Merci. « { $name } » est en cours d’ouverture.
community-not-approved = La demande { $number } n’est pas approuvée : il n’y a encore rien à ouvrir.
community-not-stuck-opening = « { $name } » est déjà en cours d’ouverture. Vous n’avez rien à faire.
community-not-stuck-open = « { $name } » est déjà ouverte. Vous n’avez rien à faire.
community-note-lead = { $who } n’a pas pu entrer : le compte a peut-être disparu. Merci de proposer « { $name } » à un autre responsable, ou d’inviter cette personne à la main.
community-note-leaderless = { $who } a demandé « { $name } » et ne fait plus partie de l’organisation. Elle est ouverte, mais personne ne s’en occupe : merci de le proposer à quelqu’un.
community-note-powerless = Je n’ai pas de droits dans le salon créé à la main. Merci d’y donner à { $who } les droits de responsable, d’y écrire le sujet et d’y épingler la charte.
community-note-gone =
    { $count ->
        [one] { $names } ne fait plus partie de l’organisation, et n’a pas reçu de message.
       *[other] { $names } ne font plus partie de l’organisation, et n’ont pas reçu de message.
    }
community-note-gone-next = { $who } en est informé aussi, et peut nommer quelqu’un d’autre. Vous n’avez rien à faire.
community-told-blocked = L’ouverture de « { $name } » prend un peu plus de temps : il manque quelque chose de la part des personnes qui s’occupent des communautés. Elles le savent, et vous n’avez rien à faire.
community-opened = « { $name } » est ouverte. Vous en êtes responsable : dites bonjour, et posez une première vraie question.
community-opened-room = Aller dans { $name }
community-opened-next = Nous la regarderons à nouveau ensemble le { $day }.

community-charter-title = Bienvenue dans { $name }
community-charter-purpose = { $text }
    .label = À quoi elle sert
community-charter-work = { $text }
    .label = Ce que nous y faisons
community-charter-lead = { $who }
    .label = Qui s’en occupe
community-charter-1 = Demandez et répondez ici à ce qui peut servir à d’autres : c’est un lieu pour travailler.
community-charter-2 = Dites les choses comme autour d’une table, et gardez ailleurs ce qui est confidentiel.
community-charter-3 = Un doute sur l’endroit où poster ? Demandez, la personne responsable vous aidera.
community-charter-review = Le { $day }, nous regarderons si elle sert toujours.

community-second-asked = { $who } vous propose de vous occuper ensemble de la nouvelle communauté « { $name } ». Acceptez-vous ?
community-accept = Oui, j’accepte
community-decline = Non, merci
community-second-welcome = Merci ! Vous vous occupez maintenant aussi de « { $name } » ; le chemin pour entrer arrive.
community-second-thanks = Merci de l’avoir dit. Vous n’en faites pas partie.
community-second-accepted = { $who } accepte de s’occuper de « { $name } » avec vous.
community-second-declined = { $who } préfère ne pas s’occuper de « { $name } ». Vous pouvez demander à quelqu’un d’autre.
community-second-not-asked = Personne ne vous a demandé de vous occuper de cette communauté. Si vous vous y attendiez, parlez-en à la personne qui en est responsable.
community-second-answered = Vous avez déjà répondu pour « { $name } ». Si vous avez changé d’avis, parlez-en à la personne qui en est responsable.
field-community-second-person =
    .label = Qui s’en occuperait avec vous ?
    .hint = Un ou une collègue, par son nom ou son compte. Je lui demanderai si c’est d’accord.
form-community-second =
    .title = Demander à quelqu’un
    .submit = Demander
    .cancel = Annuler
community-second-another = Demander à quelqu’un d’autre
community-second-done = J’ai demandé à { $who } de s’occuper de « { $name } » avec vous. Je vous dirai sa réponse.
community-second-released = { $who } a demandé à quelqu’un d’autre de s’occuper de « { $name } ». Vous n’avez rien à faire.
community-second-over = « { $name } » est fermée, ou en cours de fermeture : il n’y faut plus personne d’autre. Vous n’avez rien à faire.
community-second-not-yours = Je ne vous connais pas cette communauté. Seules les personnes qui s’occupent d’une communauté choisissent avec qui : écrivez « communaute second », le numéro de votre demande, et un nom.
community-second-leads = { $who } s’occupe déjà de « { $name } ». Nommez quelqu’un d’autre.
community-second-waits = J’ai déjà demandé à { $who } pour « { $name } », sans réponse encore. Vous pouvez nommer quelqu’un d’autre.
community-second-declined-before = { $who } préfère ne pas s’occuper de « { $name } ». Nommez quelqu’un d’autre.
community-opened-second = J’ai demandé à { $who } de s’en occuper avec vous ; je vous dirai sa réponse.

contact-community-invitation = les invitations à des communautés
    .why = Vous recevez ceci une seule fois : votre nom figurait dans la demande de cette communauté, ou vous étiez dans une autre qui en fait maintenant partie. Rien ne se passe si vous ne rejoignez pas.
community-invited-held =
    { $count ->
        [one] Une invitation attend : pour l’instant, je n’écris à personne sans qu’on me le demande. Je l’envoie dès que ceux qui s’occupent de moi me laissent commencer, ou reprendre ; pas si cela prend plus
       *[other] { $count } invitations attendent : pour l’instant, je n’écris à personne sans qu’on me le demande. Je les envoie dès que ceux qui s’occupent de moi me laissent commencer, ou reprendre ; pas si cela prend plus
    } { $days ->
        [one] d’un jour
       *[other] de { $days } jours
    }. Inutile d’attendre : « communaute rejoindre { $name } » fait entrer qui vous prévenez vous-même.
community-invited-hushed =
    { $count ->
        [one] Je ne dis rien spontanément à personne avant le { $until }, donc une invitation n’est pas envoyée.
       *[other] Je ne dis rien spontanément à personne avant le { $until }, donc { $count } invitations ne sont pas envoyées.
    } « communaute rejoindre { $name } » fait entrer qui vous prévenez vous-même.
community-invited = { $who } vous invite dans la nouvelle communauté « { $name } » :
community-example-who = Une collègue
community-example-name = Nom de la communauté
community-example-purpose = À quoi sert la communauté, dans les mots de qui l’a demandée

## L’annuaire
community-list-title =
    { $count ->
        [one] Une communauté
       *[other] { $count } communautés
    }
community-list-item = { $name } : { $purpose }
community-list-more =
    { $count ->
        [one] Et une autre. Écrivez « communaute liste » et un mot pour la trouver.
       *[other] Et { $count } autres. Écrivez « communaute liste » et un mot pour les trouver.
    }
community-list-empty = Il n’y a pas encore de communauté. Vous pourriez demander la première.
community-list-none = Je n’ai pas trouvé de communauté à ce sujet. Essayez un autre mot, ou demandez-en une.
community-ask-for-one = Demander une communauté
community-near-work = Des communautés proches de ce que votre profil dit de votre travail :
community-near-newest = Les communautés les plus récentes :
community-join = Rejoindre
community-join-named = Rejoindre { $name }
community-join-again = Réessayer
community-joined = Bienvenue dans { $name }
community-joined-how = Si une invitation s’affiche, acceptez-la : c’est le chemin pour entrer.
community-join-failed = Je n’ai pas pu vous faire entrer dans « { $name } ». Réessayez dans une minute ; si cela échoue encore, dites-le à un administrateur.
community-join-unknown = Je ne connais pas de communauté « { $name } » que vous pourriez rejoindre. Écrivez « communaute liste » pour voir celles qui existent.
community-join-not-open = « { $name } » n’est pas encore ouverte. Réessayez un peu plus tard.
community-elsewhere = « { $name } » vit sur une autre plateforme, où je ne connais pas votre compte. Demandez à un administrateur comment y aller.

community-home-join = Quelques communautés à rejoindre :
community-mine-title = Vos demandes et vos communautés
community-mine-none = Vous n’avez demandé aucune communauté, et ne vous occupez d’aucune.
community-mine-lead = Vous vous occupez de { $name }
community-mine-second = On vous propose de vous occuper de { $name } ; votre réponse est attendue.
community-stands-waiting =
    { $total ->
        [one] La demande { $number } « { $name } » attend une décision ; c’est la seule.
       *[other] La demande { $number } « { $name } » attend une décision : numéro { $place } sur { $total }.
    }{ $days ->
        [0] {""}
        [one] {" "}Envoyée il y a un jour ouvré.
       *[other] {" "}Envoyée il y a { $days } jours ouvrés.
    }
community-stands-question = La demande { $number } « { $name } » attend votre réponse à une question.
community-stands-opening = La demande { $number } « { $name } » est approuvée ; la communauté est en cours d’ouverture.
community-stands-blocked = La demande { $number } « { $name } » est approuvée ; son ouverture attend les personnes qui s’occupent des communautés.
community-stands-open = Demande { $number } « { $name } » : elle est ouverte
community-stands-refused = La demande { $number } « { $name } » a été refusée le { $at }. Vous pouvez demander une fois un second regard : « communaute contester { $number } ».
community-stands-final = La demande { $number } « { $name } » a été refusée définitivement le { $at }, après un second regard.
community-stands-withdrawn = La demande { $number } « { $name } » a été retirée le { $at }.
community-waits-animator =
    { $count ->
        [one] Une demande de communauté attend une décision, depuis le { $since }.
       *[other] { $count } demandes de communautés attendent une décision, la plus ancienne depuis le { $since }.
    }

## Ce que fait chaque choix, comme le liste « parvis who-can »
choice-community-approve = Approuver une demande
choice-community-override = Approuver une demande au-delà du quota, avec une raison écrite
choice-community-refuse = Refuser une demande, avec une raison
choice-community-revoke = Reprendre un refus tant qu’il n’est pas définitif
choice-community-ask = Poser une question à qui demande
choice-community-take = Prendre une demande en charge
choice-community-show = Revoir la carte d’une demande
choice-community-answer = Répondre à une question sur sa propre demande
choice-community-appeal = Faire réexaminer sa demande refusée
choice-community-withdraw = Retirer sa propre demande
choice-community-correct = Corriger sa propre demande
choice-community-retry = Réessayer d’ouvrir une communauté que la plateforme a refusée
choice-community-adopt = Adopter un salon créé à la main ou hors processus
choice-community-name = Donner un autre nom à une communauté quand la plateforme le refuse
choice-community-second = Demander à quelqu’un d’autre de s’en occuper avec soi
choice-community-accept = Accepter de s’occuper à deux d’une nouvelle communauté
choice-community-decline = Refuser de s’occuper à deux d’une nouvelle communauté
