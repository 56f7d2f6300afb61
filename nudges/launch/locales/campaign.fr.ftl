# Les campagnes : nudges/launch/campaign
command-campaign-list = Campagnes
    .usage = {""}
    .help = Voir les campagnes, leur jour J et leur phase.
    .example = campagne liste
command-campaign-move = Déplacer le jour J d’une campagne
    .usage = NUMÉRO JOUR
    .help = Voir quand chaque ligne partirait si le jour J changeait ; puis appuyer pour déplacer tout ce qui n’est pas envoyé.
    .example = campagne deplacer 1 25 janvier
choice-campaign-show = Voir une campagne : chaque ligne de son plan, quand elle part, où elle en est
choice-campaign-moved = Déplacer le jour J d’une campagne, une fois la différence montrée
choice-campaign-phase = Voir ce qu’une autre phase d’une campagne changerait (pilote, lancement, exploitation)
choice-campaign-enter = Faire entrer une campagne dans une autre phase, une fois la différence montrée

campaign-none = Il n’y a aucune campagne. Un administrateur en reprend une d’un fichier : parvis launch plan FILE
campaign-list = { $count ->
    [one] { $count } campagne
   *[other] { $count } campagnes
}
campaign-item = { $number }. « { $name } » : jour J { $day }, phase { $phase }
campaign-show = Voir « { $name } »
campaign-more = { $count ->
    [one] Et encore { $count } ligne.
   *[other] Et encore { $count } lignes.
}
campaign-next = Les lignes suivantes
campaign-unknown = Il n’y a pas de campagne { $number }. « campagne liste » montre celles qui existent.
campaign-title = Campagne { $number } : { $name }
campaign-day-zero = { $day }, heure de { $zone }
    .label = Jour J
campaign-phase = { $phase }
    .label = Phase
campaign-owner = { $owner }
    .label = Suivie par
campaign-phase-pilot = pilote
campaign-phase-launch = lancement
campaign-phase-run = exploitation
campaign-line = { $days } · { $at } · { $key } (annonce { $number }) : « { $title } », { $state }{ $more ->
    [0] {""}
   *[other] {" "}; { $details }
}
campaign-line-unset = { $days } · sans heure · { $key } (annonce { $number }) : « { $title } », { $state }{ $more ->
    [0] {""}
   *[other] {" "}; { $details }
}
campaign-each = à cette heure, locale pour chacun
campaign-invites = à qui ne s’est pas encore connecté
campaign-by-chat = par message direct
campaign-by-mail = par courriel
campaign-by-paper = sur papier
campaign-after = après { $keys }
campaign-all-chat = Tout dans cette campagne se dit dans la messagerie : qui ne s’est pas encore connecté n’en saura rien. Ajoutez le courriel, ou le papier.
campaign-no-work = { $key } : personne ne travaille le { $day }.
campaign-no-link = { $key } invite, et n’a pas de lien pour se connecter. Écrivez-en un dans son texte, ou réglez launch.sign_in.
campaign-reaches = Ses annonces atteignent { $names }, et personne au-delà.
campaign-reaches-all = Ses annonces atteignent tous ceux à qui elles s’adressent.
campaign-holds = Pendant ce temps, ces messages non demandés attendent : { $kinds }.
campaign-frees = Ces messages non demandés reprendraient : { $kinds }.

## Déplacer le jour J : nudges/launch/campaign/moving.py
campaign-move-where = À quel jour ? Écrivez par exemple : campagne deplacer { $number } 25 janvier
campaign-move-past = { $day } est passé. Quel jour à venir ?
campaign-move-there = Le jour J de « { $name } » est déjà le { $day }.
campaign-move = Le jour J de « { $name } » passerait du { $before } au { $day }. Rien n’est encore déplacé.
campaign-move-line = { $key } « { $title } » : de { $before } à { $at }
campaign-move-voids = { $key } « { $title } » : de { $before } à { $at } ; un nouvel accord sera nécessaire
campaign-move-stays = { $key } « { $title } » : reste en l’état ({ $state })
campaign-move-idle = Personne ne travaille le nouveau jour de { $keys }.
campaign-move-cannot = Le jour J de « { $name } » ne peut pas passer du { $before } au { $day }, et rien n’est déplacé :
campaign-move-wrong = { $key } : { $asks }
campaign-move-now = Tout déplacer
campaign-move-anew = Quelque chose a changé depuis, rien n’est donc déplacé. Voici ce que cela donnerait maintenant :
campaign-moved = Le jour J de « { $name } » est maintenant le { $day }. { $count ->
    [0] Aucune ligne n’avait à être déplacée.
    [one] { $count } ligne a été déplacée avec lui.
   *[other] { $count } lignes ont été déplacées avec lui.
}
campaign-moved-void = { $count ->
    [one] { $count } d’entre elles demande un nouvel accord.
   *[other] { $count } d’entre elles demandent un nouvel accord.
}
campaign-meanwhile = Quelqu’un d’autre a modifié cette campagne au même moment, rien n’a donc été fait. Regardez-la d’abord à nouveau.

## Les phases : nudges/launch/campaign/phases.py
campaign-to-pilot = Passer au pilote
campaign-to-launch = Passer au lancement
campaign-to-run = Passer à l’exploitation
campaign-phase-which = Quelle phase ? Il y a pilote, lancement et exploitation : campagne phase { $number } lancement
campaign-phase-there = « { $name } » est déjà dans cette phase : { $phase }.
campaign-phase-title = « { $name } » passerait de la phase { $before } à { $phase }. Rien n’a encore changé.
campaign-phase-people = Annonce { $number } « { $title } » : { $before ->
    [one] { $before } personne
   *[other] { $before } personnes
} avant, { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
} ensuite
campaign-phase-void = { $count ->
    [one] Le nombre de personnes confirmé pour { $count } d’entre elles ne vaudra plus.
   *[other] Les nombres de personnes confirmés pour { $count } d’entre elles ne vaudront plus.
} Il faut alors confirmer chacun à nouveau, sinon rien n’en est envoyé.
campaign-entered-void = { $count ->
    [one] Le nombre de personnes confirmé pour { $count } d’entre elles ne vaut plus.
   *[other] Les nombres de personnes confirmés pour { $count } d’entre elles ne valent plus.
} Regardez chaque aperçu et confirmez-le à nouveau ; sinon rien n’en est envoyé.
campaign-entered = « { $name } » est maintenant en phase { $phase }.

## Dans les aperçus : nudges/launch/limits.py
limits-phase = Sa campagne est en phase { $phase } : parmi ces personnes elle atteint { $names }, et personne au-delà.
limits-media = Sa campagne veut qu’elle soit dite { $media }, et pas autrement.
limits-not-yet = Parmi ces personnes, seules la reçoivent celles qui ne se sont pas encore connectées. Leur nombre n’est pas dit d’avance.

## Les nouveaux : nudges/launch/campaign/newcomers.py
contact-launch-welcome = les premiers pas des nouveaux
    .why = Vous recevez ceci une seule fois, car vous venez de vous connecter pour la première fois.
welcome-lead = Bienvenue. Trois choses aident au début, une minute chacune :
welcome-find = Cherchez les communautés proches de votre travail, et rejoignez-en une.
welcome-profile = Dites dans votre profil ce que vous faites, pour que vos collègues vous trouvent.
welcome-ask = Posez votre première question là où l’on connaît la réponse.
welcome-guide = Le guide de mon métier
welcome-communities = Voir les communautés
welcome-help = Que puis-je faire ici ?
