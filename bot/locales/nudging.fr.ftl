## Ce qui est envoyé sans qu’on le demande : regardé d’abord, confirmé, commencé avec quelques-uns, poursuivi, suspendu
command-nudge = Messages spontanés
    .usage = {""}
    .help = Voir si je peux écrire aux gens sans qu’ils le demandent, et quelle est l’étape suivante.
    .example = relance
command-nudge-preview = Aperçu
    .usage = {""}
    .help = Voir à qui j’écrirais maintenant, et avec quels mots. Rien n’est envoyé.
    .example = relance apercu
command-nudge-informed = Le personnel est informé
    .usage = [jour] [comment]
    .help = Noter quel jour le personnel a été informé de ce que j’envoie spontanément, et comment.
    .example = relance informes 2026-11-20 Par courriel à tous, et au comité social et économique
command-nudge-confirm = Confirmer l’aperçu
    .usage = nombre de personnes
    .help = Confirmer l’aperçu que vous avez regardé, en répétant le nombre de personnes qu’il nomme.
    .example = relance confirmer 12
command-nudge-wave = Commencer par quelques-uns
    .usage = {""}
    .help = Écrire à quelques premières personnes, tirées au sort ; ensuite, j’attends votre feu vert.
    .example = relance vague
command-nudge-go = Poursuivre avec tous
    .usage = [pourquoi]
    .help = Après les premières personnes : écrire aussi à toutes les autres.
    .example = relance continuer
command-nudge-pause = Suspendre
    .usage = [sorte, ou « tout »] [pourquoi]
    .help = Ne rien envoyer spontanément jusqu’à la reprise ; ou rien d’une seule sorte.
    .example = relance pause tout Deux personnes n’ont pas compris les mots
command-nudge-hush = Trêve
    .usage = [jour] [pourquoi]
    .help = Ne rien dire spontanément à personne jusqu’à un jour. Ce qui devait partir d’ici là est abandonné.
    .example = relance treve 2026-12-07 Un collègue est mort
command-nudge-unhush = Finir la trêve
    .usage = [pourquoi]
    .help = Finir une trêve avant son jour.
    .example = relance fin-treve
command-nudge-resume = Reprendre
    .usage = [sorte, ou « tout »] [pourquoi]
    .help = Poursuivre ce qui était suspendu.
    .example = relance reprendre
command-nudge-why = Dire pourquoi
    .usage = [pourquoi]
    .help = Dire pourquoi vous avez pris votre dernière décision sur les messages spontanés. Cela figure au journal des décisions.
    .example = relance pourquoi À la demande du comité social et économique

form-nudge-hush = Une trêve
    .title = Trêve
    .submit = Faire silence
    .cancel = Pas maintenant
field-nudge-hush-until = Jusqu’à
    .label = Jusqu’à quel jour ?
    .hint = À partir du matin de ce jour, cela reprend.
field-nudge-hush-why = Pourquoi
    .label = Pourquoi ?
    .hint = Cela figure au journal des décisions, et n’est dit à personne.
form-nudge-why = Pourquoi cette décision
    .title = Pourquoi ?
    .submit = Noter
    .cancel = Pas maintenant
field-nudge-why-why = Pourquoi
    .label = Pourquoi cette décision ?
    .hint = Cela figure au journal des décisions, et n’est dit à personne.
form-nudge-informed = Comment le personnel a été informé
    .title = Personnel informé
    .submit = Noter
    .cancel = Pas maintenant
field-nudge-informed-on = Jour
    .label = Quel jour ?
    .hint = Par exemple 2026-11-20 ; pas un jour à venir.
field-nudge-informed-how = Comment
    .label = Comment ?
    .hint = Par exemple : par courriel à tous, et au comité social et économique. Cela figure au journal des décisions.

nudging-title = Ce que j’envoie spontanément
nudging-informed = le { $day }, noté par { $who }
    .label = Personnel informé
nudging-informed-how = { $how }
    .label = Comment
nudging-informed-earlier = le { $day } : { $how }
    .label = Noté auparavant
nudging-informed-there = le { $day } : { $how }
    .label = Déjà noté
nudging-informed-again = Ce que vous notez maintenant prend sa place, et les deux restent visibles. Ce qui est confirmé reste confirmé.
nudging-informed-not = pas encore noté
    .label = Personnel informé
nudging-confirmed = { $at }, par { $who } ; il nommait { $people ->
    [0] 0 personne
    [one] une personne
   *[other] { $people } personnes
}
    .label = Aperçu confirmé
nudging-confirmed-not = pas encore
    .label = Aperçu confirmé
nudging-kind = { $kind } : { $stage }
nudging-stage-new = rien n’est envoyé avant que son aperçu soit confirmé
nudging-stage-confirmed = confirmé, et pas commencé
nudging-stage-wave = j’écris aux premières personnes
nudging-stage-waits = j’ai écrit aux premières personnes, et j’attends votre feu vert
nudging-stage-all = en cours d’envoi, à chaque personne le moment venu
nudging-stage-paused = suspendu
nudging-stage-hushed = rien n’est envoyé pendant la trêve
nudging-next-inform = Rien n’est envoyé spontanément avant qu’un administrateur ait noté que le personnel est informé : « relance informes ».
nudging-next-preview = Ensuite : regardez l’aperçu, puis confirmez-le.
nudging-next-wave = Ensuite : commencez par quelques personnes.
nudging-next-wait = J’écris aux premières personnes, à chacune le moment venu, pendant ses propres heures de travail. Je préviendrai la personne qui a lancé l’envoi quand ce sera fait.
nudging-next-go = Ensuite : voyez comment les premières personnes l’ont pris, puis poursuivez avec tous, ou suspendez.
nudging-next-resume = L’envoi reprend quand quelqu’un le décide.
nudging-next-hushed = Rien n’est envoyé avant la fin de la trêve : le jour dit, ou quand quelqu’un y met fin.
nudging-next-nothing = Il n’y a rien à faire.

nudging-informed-why = Rien n’est envoyé spontanément avant que le personnel en soit informé. Merci de noter quand et comment cela a été fait.
nudging-informed-done = C’est noté.
nudging-day-wrong = Je ne lis pas ce jour. Merci de l’écrire ainsi : { $example }, ou ainsi : 20 novembre 2026.
nudging-day-future = Ce jour est à venir. Notez-le une fois le personnel informé.
nudging-not-informed = Il n’est pas encore noté que le personnel est informé, rien ne peut donc commencer. Un administrateur le note : « relance informes ».
nudging-confirm = { $people ->
    [0] Confirmer ces mots
    [one] Confirmer pour une personne
   *[other] Confirmer pour { $people } personnes
}
nudging-confirm-number = Merci de répéter le nombre de personnes que nomme l’aperçu, par exemple « relance confirmer 12 » : « relance apercu » le montre.
nudging-confirm-unseen = Rien n’est confirmé : il faut d’abord un aperçu, avec les mots de tout ce qui est confirmé. « relance apercu » le montre.
nudging-confirm-other = Rien n’est confirmé : vous dites { $said }, et le dernier aperçu nommait { $people ->
    [0] 0 personne
    [one] une personne
   *[other] { $people } personnes
}. « relance apercu » le montre de nouveau.
nudging-confirm-nothing = Tout est déjà confirmé, il n’y a donc rien à confirmer.
nudging-confirm-changed = Rien n’est confirmé : vous avez regardé un aperçu qui nommait { $seen ->
    [0] 0 personne
    [one] une personne
   *[other] { $seen } personnes
}, et il en nomme maintenant { $people }. Merci de le regarder de nouveau : « relance apercu ».
nudging-confirm-done = C’est confirmé. Rien n’est encore envoyé.
nudging-wave-unconfirmed = Merci de regarder d’abord l’aperçu et de le confirmer : « relance apercu ».
nudging-wave-nothing = Il n’y a rien à commencer : ce qui est confirmé a déjà commencé.
nudging-wave-early = Rien n’a commencé : je n’ai de message à envoyer à personne avant le { $first }. Je laisse le temps d’arriver aux personnes que je viens de rencontrer. Commencez ce jour-là, ou plus tard.
nudging-wave-paused = Ce qui est confirmé est suspendu. Reprenez-le d’abord : « relance reprendre ».
nudging-wave-hushed = Rien n’a commencé : une trêve est en cours jusqu’à { $until }, et ce qui vient à échéance pendant la trêve est abandonné. Commencez ensuite, ou mettez-y fin : « relance fin-treve ».
nudging-wave-done = Les premières personnes sont tirées au sort, et je leur écris pendant leurs propres heures de travail.
nudging-wave-sent = Les messages aux premières personnes partent. Quand vous aurez vu comment elles l’ont pris : poursuivez avec toutes les autres, ou suspendez.
nudging-go-wave = J’écris encore aux premières personnes. Je préviendrai la personne qui a lancé l’envoi quand ce sera fait.
nudging-go-nothing = Rien n’attend votre feu vert.
nudging-go-done = À partir de maintenant, j’écris aussi à toutes les autres personnes, à chacune le moment venu.
nudging-why-not = Le journal des décisions dit qui, quoi et quand, mais pas pourquoi : « relance pourquoi » l’ajoute.
nudging-why-done = C’est noté.
nudging-pause-done = C’est suspendu : rien de plus n’en est envoyé jusqu’à la reprise. Ce que j’allais dire attend ; après une semaine, je l’abandonne.
nudging-pause-already = C’est déjà suspendu.
nudging-resume-done = Les envois reprennent.
nudging-resume-already = Rien de cela n’est suspendu.
nudging-kind-unknown = Je ne connais pas « { $kind } ». Il y a : { $kinds }.

nudging-preview = À qui j’écrirais maintenant
nudging-preview-people = { $people ->
    [0] Pour l’instant, il n’y a personne à nommer ici.
    [one] J’écrirais maintenant à une personne, sauf choix contraire de sa part :
   *[other] J’écrirais maintenant à { $people } personnes, sauf à celles qui ont choisi autre chose :
}
nudging-preview-part = Il y a tant de personnes que seules celles que je connais depuis le plus longtemps sont regardées.
nudging-preview-begun = Les premières personnes sont tirées au sort parmi celles-ci, sans que rien les distingue : { $kinds }.
nudging-preview-going = Ceci part déjà pour toutes et tous, dans la minute où vient leur tour ; personne n’est donc nommé : { $kinds }.
nudging-preview-named = { $name } ({ $platform }) : { $what }
nudging-preview-more = et { $people ->
    [one] une autre personne
   *[other] { $people } autres personnes
}
nudging-preview-others = { $people ->
    [one] Une autre personne
   *[other] { $people } autres
} : pas maintenant.
nudging-preview-platforms = { $counts }
    .label = Sur quelle plateforme
nudging-preview-zones = { $counts }
    .label = Dans quel fuseau horaire
nudging-counted = { $what } { $people }
nudging-fact = { $label } : { $text }
nudging-what = { $what }
nudging-preview-words = { $kind } ({ $language }) :
nudging-preview-rule = Sont nommées les personnes de services de { $smallest } personnes ou plus, d’après ce que tout le monde peut savoir. Ce que quelqu’un a choisi pour soi n’y change rien : à qui veut être laissé en paix je n’écris pas, et personne n’apprend qui c’est. J’écris peut-être aussi à d’autres, de services plus petits. Rien n’est envoyé.
nudging-digest = { $count ->
    [one] Une chose pour vous
   *[other] { $count } choses pour vous, en une fois
}
nudging-no-more = Plus de : { $kind }
nudging-hushed = jusqu’à { $until }
    .label = Trêve
nudging-hush-why = Jusqu’à ce jour, je ne dis rien spontanément à personne. Ce qui devait partir d’ici là est abandonné.
nudging-hush-wrong = Jusqu’à quel jour ? Il faut un jour à venir, d’ici un an, par exemple { $example }.
nudging-hush-done = La trêve commence. D’ici là, je ne dis rien spontanément à personne ; je réponds toujours, et les décisions atteignent toujours ceux qui décident.
nudging-unhush-nothing = Il n’y a pas de trêve à finir.
nudging-unhush-done = La trêve est finie. Ce qui devait partir pendant la trêve n’est pas rattrapé.
nudging-doctor-hush = Rien n’est dit spontanément avant le { $day } : une trêve a été demandée.
nudging-doctor-hush-todo = Dans la messagerie, « relance fin-treve » la finit avant.

nudging-doctor-fine = Ce qui est envoyé spontanément est confirmé, et rien n’en est suspendu.
nudging-doctor-informed = Il n’est pas noté que le personnel est informé, donc rien n’est envoyé spontanément.
nudging-doctor-informed-todo = Informez le personnel, puis notez-le dans la messagerie : « relance informes ».
nudging-doctor-confirmed = Personne n’a encore confirmé d’aperçu de ceci, donc ce n’est pas envoyé : { $kinds }.
nudging-doctor-confirmed-todo = Regardez-le avec « parvis nudge preview », puis confirmez-le dans la messagerie : « relance apercu ».
nudging-doctor-waits = J’ai écrit aux premières personnes, et j’attends un feu vert : { $kinds }.
nudging-doctor-waits-todo = Dans la messagerie, « relance continuer » poursuit avec tous ; « relance pause » suspend.
nudging-doctor-paused = Ceci est suspendu, donc pas envoyé : { $kinds }.
nudging-doctor-paused-todo = Dans la messagerie, « relance reprendre » le reprend.
