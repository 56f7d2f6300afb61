# Ce que l’on fait d’une annonce en chemin : nudges/launch/controlling.py, stopping.py
choice-announce-go = Envoyer une annonce à tous, après sa première vague
choice-announce-stop = Arrêter une annonce : rien de plus n’en est envoyé
choice-announce-pause = Suspendre une annonce en cours d’envoi
choice-announce-resume = Reprendre une annonce suspendue
choice-announce-send-now = Envoyer maintenant une annonce qui n’est pas partie à l’heure
choice-announce-recall = Rappeler une annonce : le nombre de personnes est demandé, et répété
announce-stopped = L’annonce { $number } « { $title } » est arrêtée : rien de plus n’en est envoyé. Ce qui est parti reste, sauf si vous la rappelez.
announce-to-all = L’annonce { $number } « { $title } » continue : tous les autres la reçoivent.
announce-to-all-unseen = L’annonce { $number } « { $title } » continue : tous les autres la reçoivent. Personne de la première vague n’a encore été joint, donc personne n’a vu comment cela se passe.
announce-paused = L’annonce { $number } « { $title } » est suspendue. Ce qui partait à cet instant arrive encore.
announce-resumed = L’annonce { $number } « { $title } » reprend.
announce-sends-now = L’annonce { $number } « { $title } » part maintenant, aux heures de chacun.
announce-no-voice = L’annonce { $number } « { $title } » ne continue pas : { $speaker }, dont ce sont les mots, n’est plus dirigeant, ou n’est plus là. Arrêtez-la, ou rappelez-la ; pour les autres, il faut une autre parole et sa signature.
announce-recall-asks =
    { $people ->
        [one] L’annonce { $number } « { $title } » a été promise à { $people } personne, et rien de plus n’en part pour l’instant. Pour la retirer, répétez le nombre : annonce rappeler { $number } { $people }
       *[other] L’annonce { $number } « { $title } » a été promise à { $people } personnes, et rien de plus n’en part pour l’instant. Pour la retirer, répétez le nombre : annonce rappeler { $number } { $people }
    }
announce-recall-mail = Ce qui est arrivé par courriel ne peut pas être retiré.
announce-recall-paper = Ce qui est imprimé ne peut pas être retiré.
announce-recall-own = Ce que la personne dont ce sont les mots a publié elle-même, elle seule peut le retirer : je le lui demande.
announcement-taken-back = Une annonce se trouvait ici. Qui l’a envoyée l’a retirée { $at } : n’en tenez plus compte.
announce-take-down = L’annonce { $number } « { $title } » a été rappelée. Si vous l’avez publiée en votre propre nom, veuillez l’y retirer : personne d’autre ne le peut. Sinon, ne la publiez pas.
announce-recall-yes =
    { $people ->
        [one] La retirer chez { $people } personne
       *[other] La retirer chez { $people } personnes
    }
announce-recalled = L’annonce { $number } « { $title } » est rappelée : elle est retirée là où la plateforme me le permet, et là où elle ne le permet pas, je le dis.
announce-not-under-way = L’annonce { $number } n’est pas en cours d’envoi. « annonce bilan { $number } » montre où elle en est.
announce-not-held = L’annonce { $number } n’attend pas de continuer : quelqu’un l’a déjà dit, ou l’a arrêtée.
announce-first-under-way = L’annonce { $number } part à l’instant vers les premiers : la question vous est posée dès que l’un d’eux l’a.
announce-not-paused = L’annonce { $number } n’est pas suspendue.
announce-not-waiting = L’annonce { $number } n’attend pas d’être envoyée en retard : quelqu’un s’en est déjà occupé.
announce-not-recallable = L’annonce { $number } ne peut pas être rappelée : rien n’en est parti, ou elle l’a déjà été.
