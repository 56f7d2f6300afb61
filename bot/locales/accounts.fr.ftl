## Une personne, plusieurs comptes
command-parvis-join = Relier mes comptes
    .usage = [code]
    .help = Me dire que deux comptes sont à vous, sur deux plateformes : je vous connais alors comme une seule personne.
    .example = parvis relier
command-parvis-unjoin = Séparer mes comptes
    .usage = [numéro]
    .help = Défaire le lien entre deux comptes : chacun retrouve ce qui était à lui.
    .example = parvis délier
command-parvis-here = Me prévenir ici
    .usage = [courriel|non]
    .help = Choisir cette plateforme pour ce que j’ai à vous dire, ou le courriel pour ce que votre entreprise dit à tous.
    .example = parvis ici
join-code = Votre code : { $code }
join-code-how = Sur l’autre plateforme, écrivez-moi : parvis relier { $code }. Faites-le avant { $at }. Je vous demanderai ensuite ici si c’était bien vous.
join-code-note = Ne montrez ce code à personne. Il sert une fois, et seulement quand vous aurez répondu oui ici.
join-no-code = Ce n’est pas un code : il compte 8 lettres et chiffres, comme K7MX-3QNP. Écrivez « parvis relier » sur l’autre plateforme, et je vous y en donnerai un.
join-wrong = Je ne connais pas ce code. Veuillez le relire : { $times ->
    [one] vous pouvez encore essayer une fois.
   *[other] vous pouvez encore essayer { $times } fois.
}
join-too-many = Cela fait cinq codes faux. Veuillez attendre une heure, puis demander un nouveau code sur l’autre plateforme.
join-expired = Ce code a expiré : il servait 15 minutes. Écrivez « parvis relier » sur l’autre plateforme pour en avoir un nouveau.
join-used = Ce code ne sert plus. Écrivez « parvis relier » sur l’autre plateforme pour en avoir un nouveau.
join-own = Vous avez demandé ce code avec ce compte même. Tapez-le sur l’autre plateforme.
join-already = Ces deux comptes sont déjà reliés. « parvis moi » montre vos comptes.
join-not-yours = Ce code est celui de quelqu’un d’autre, rien n’a donc été relié. Pour relier vos propres comptes, écrivez « parvis relier » sur l’autre plateforme et tapez le code que vous y recevrez.
join-clash = Rien n’a été relié : les deux côtés ont déjà un compte sur { $platform }, et une personne a un seul compte par plateforme. Si les deux sont à vous, défaites d’abord le lien précédent, avec « parvis délier ».
join-asked = Encore une étape : j’ai demandé à { $who } sur { $platform } si c’est bien vous. Veuillez y répondre oui, d’ici 15 minutes.
join-question = Le compte { $who } sur { $platform } dit que c’est vous. Est-ce le cas ?
join-question-note = Après un oui, les deux comptes sont une seule personne ici : mêmes demandes, mêmes rôles, même historique. « parvis délier » le défait, d’un côté ou de l’autre.
join-yes = Oui, c’est moi
join-no = Non, ce n’est pas moi
join-over = Cette question est close, rien n’a donc changé. Écrivez « parvis relier » pour un nouveau code.
join-done = C’est fait : { $who } sur { $platform } et ce compte sont maintenant une seule personne. Ce que vous avez demandé et ce que vous pouvez faire est le même des deux côtés, et je ne vous dis les choses qu’une fois. « parvis moi » montre vos comptes, « parvis délier » défait le lien.
join-denied = Bien : rien n’a été relié, et le code ne sert plus. { $who } sur { $platform } sait que vous avez répondu non.
join-denied-there = Rien n’a été relié : la personne sur { $platform } a répondu que ce compte n’est pas le sien.
join-void = Votre code a été mal tapé cinq fois, il ne sert donc plus. Si vous voulez toujours relier vos comptes, écrivez « parvis relier » pour en avoir un nouveau.
join-tried = Quelqu’un d’autre a essayé votre code : { $who } sur { $platform }. Cela lui a été refusé, et rien n’a été relié avec ce compte.
join-tried-void = Quelqu’un d’autre a essayé votre code : { $who } sur { $platform }. Cela lui a été refusé, rien n’a été relié, et le code ne sert plus. Écrivez « parvis relier » pour en avoir un nouveau.
join-by-roster = D’après l’annuaire du personnel, vos comptes sur { $platforms } sont tous à vous : je vous traite comme une seule personne et ne vous dis les choses qu’une fois. Si c’est une erreur, écrivez « parvis délier ».
unjoin-none = Aucun de vos comptes n’est relié, il n’y a donc rien à défaire.
unjoin-which = Plusieurs de vos comptes ont été reliés. Quel lien faut-il défaire ? Écrivez « parvis délier » et son numéro.
unjoin-item = { $number } : { $who }, relié le { $at }
unjoin-button = Défaire { $number }
unjoin-done = C’est fait : les comptes sont de nouveau deux personnes, et chacune retrouve ce qui était à elle. Ce qui a été fait entre-temps reste au compte qui l’a fait.
unjoin-told = { $who } sur { $platform } a défait le lien avec ce compte. Vous retrouvez ce qui était à vous.
here-set = À partir de maintenant, je vous préviens sur { $platform }. Les réponses viennent toujours là où vous demandez. « parvis ici non » le défait.
here-by-letter = Ce que votre entreprise dit à tous arrive désormais à { $address } ; le reste, là où vous m’avez parlé en dernier. « parvis ici non » le défait.
here-no-address = L’annuaire du personnel n’a pas d’adresse de courriel à vous, donc rien ne peut y arriver.
here-last = À partir de maintenant, je vous préviens là où vous m’avez parlé en dernier.
here-button = Me prévenir ici
me-accounts = { $accounts }
    .label = Vos comptes
me-told-on = { $platform }
    .label = Je vous préviens sur
me-told-last = là où vous m’avez parlé en dernier
    .label = Je vous préviens
me-unjoin = Pour séparer des comptes : « parvis délier ». Pour choisir où je vous préviens : « parvis ici ».
me-join = Vous avez aussi un compte sur une autre plateforme d’ici ? « parvis relier » fait des deux une seule personne.

## Ce que fait chaque choix, comme le liste « parvis who-can »
choice-parvis-confirm = Confirmer qu’un compte ailleurs est le sien
choice-parvis-deny = Dire qu’un compte ailleurs est celui de quelqu’un d’autre
