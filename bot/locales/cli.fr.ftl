# Ce que la commande `parvis` dit aux administrateurs.

cli-typed-command = il n’y a pas de commande « { $typed } » ; voir { $help }
cli-typed-command-near = il n’y a pas de commande « { $typed } » ; vouliez-vous dire « { $near } » ?
cli-typed-option = il n’y a pas d’option « { $typed } » ; voir { $help }
cli-typed-too-much = « { $typed } » est de trop ; voir { $help }
cli-typed-missing = il manque { $name } ; voir { $help }
cli-typed-kind = { $name } : « { $typed } » ne convient pas ; voir { $help }
cli-typed-wrong = cela ne peut pas être compris ; voir { $help }

cli-column-platform = plateforme
cli-column-state = état
cli-column-promises = promesses
cli-column-meaning = sens
cli-column-share = part
cli-column-name = nom
cli-column-to = à
cli-column-kind = genre
cli-column-due = prévu
cli-column-tries = essais
cli-column-reason = raison
cli-column-id = id
cli-column-received = reçu
cli-column-action = action
cli-column-does = ce que cela fait
cli-column-roles = rôles
cli-column-role = rôle
cli-column-who = qui
cli-column-accounts = comptes
cli-column-from = origine
cli-column-entries = entrées
cli-column-what = constat

cli-check-fine = { $file } est en ordre. Plateformes : { $platforms }. Base : { $database }.
cli-check-placeholder = { $file } : { $key } : « { $value } » vient encore de config.example.toml ; écrivez le vôtre
cli-migrated = Les tables de { $database } sont à jour.
cli-no-database = { $database } : il n’y a pas encore de base ; parvis run la crée, et parvis migrate aussi
cli-other-tables = { $database } : ses tables ne sont pas celles de cette version ; lancez parvis migrate
cli-store-away = { $database } : { $reason }
cli-file-unreadable = { $file } : impossible à lire ({ $reason })
cli-file-unwritable = { $file } : impossible à écrire ({ $reason })

cli-run-no-room = Aucun salon d’animateurs n’est réglé ([[rooms.animator]]) : chaque demande va à chaque animateur en privé, et il n’y a pas de lieu commun pour la voir et en parler.
cli-run-locked-out = { $platform } n’accepte pas le bot ({ $reason }) : voyez { $variable } dans l’environnement, et { $at }.
cli-run-locked-out-unknown = { $platform } n’accepte pas le bot ({ $reason }) : voyez les secrets de { $at } : { $variable }.
cli-run-refused = { $platform } a refusé le bot ({ $reason }) ; voyez le journal ci-dessus.
cli-run-failed = { $part } a cessé de fonctionner ; voyez le journal ci-dessus.
cli-run-port = [web] { $key } = "{ $where }" : impossible d’écouter là ({ $reason }) ; écrivez un autre port
cli-run-twice = { $database } : un autre parvis tourne déjà sur cette base

cli-promised-later = pas avant son heure
cli-promised-todo = à dire maintenant
cli-promised-going = en train d’être dit
cli-promised-sent = dit
cli-promised-dead = n’a pas pu être dit
cli-promised-cancelled = annulé
cli-promised-dropped = trop tard, ou devenu inutile
cli-outbox-empty = Tout ce qui était promis a été dit.
cli-outbox-locked-out = { $platform } n’accepte plus le bot depuis { $since } ({ $reason }) : ce qui attend est gardé, et sera dit dès que ses identifiants seront réparés.
cli-outbox-no-platform = (pas encore)
cli-outbox-next = Ensuite :
cli-outbox-none-dead = Il n’y a rien qui n’ait pu être dit.
cli-outbox-again = À dire de nouveau : { $names }.
cli-outbox-given-up = Abandonné : { $names }.
cli-outbox-no-batch = aucun lot ne s’appelle « { $batch } »
cli-outbox-to-person = personne { $number }
cli-outbox-to-people = des personnes
cli-outbox-unasked = Ce que le bot envoie spontanément à des personnes ne figure pas ici : la part qui attend dirait combien n’en veulent pas. Ce qui dirait qui a demandé quelque chose sans donner son nom n’y figure pas non plus.
cli-outbox-to-room = salon { $room }
cli-outbox-no-account = { $name } : la personne n’a toujours pas de compte où l’envoyer
cli-outbox-not-dead = { $name } n’est pas à reprendre : son état est « { $state } »
cli-outbox-unknown = rien de nommé « { $name } » n’est à reprendre ; parvis outbox dead montre ce qui l’est
cli-outbox-unknown-near = rien de nommé « { $name } » n’est à reprendre ; vouliez-vous dire { $near } ?

cli-parked-none = Rien n’est mis de côté.
cli-parked-unreadable = (illisible)
cli-parked-again = À traiter de nouveau : { $ids }.
cli-parked-dropped = Abandonné : { $ids }.
cli-parked-drop-only = l’événement { $number } était illisible à son arrivée, et ne peut qu’être abandonné : parvis parked drop { $number }
cli-parked-unknown = aucun événement { $number } n’est mis de côté ; parvis parked list montre ceux qui le sont

cli-rights-fills = { $title } (le formulaire)
cli-rights-nobody = Personne n’a l’un de ces rôles.
cli-rights-anyone = quiconque, pour ce qui le concerne
cli-rights-unknown = aucune action ne s’appelle « { $action } » ; voir parvis who-can
cli-rights-unknown-near = aucune action ne s’appelle « { $action } » ; vouliez-vous dire { $near } ?
cli-rights-everyone = chaque membre de l’organisation ({ $number } connus)
cli-rights-person = personne { $number }
cli-rights-not-met = (pas encore rencontré)
cli-rights-from-settings = réglages
cli-rights-from-next = réglages, dès le prochain démarrage
cli-rights-from-unread = réglages ; personne n’y a été trouvé jusqu’ici : parvis doctor dit pourquoi
cli-rights-from-vain = réglages, sans effet : { $kind }

cli-trail-no-heads = Aucune tête n’est connue : une fin coupée, ou une réécriture par qui possède la clé, ne se verrait pas.
cli-trail-whole =
    Le registre est entier : { $entries ->
        [one] { $entries } entrée
       *[other] { $entries } entrées
    }, { $heads ->
        [one] { $heads } tête connue
       *[other] { $heads } têtes connues
    } hors de la base.
cli-trail-more = ... et { $number } de plus.
cli-trail-range = { $first } à { $last }
cli-trail-edited = modifiée après avoir été écrite
cli-trail-missing = retirée
cli-trail-cut = la fin du registre a été coupée : des têtes parlent de ces entrées
cli-trail-rewritten = un autre registre a été écrit à la place : têtes ou clé ne s’accordent pas avec lui
cli-trail-text-replaced = un texte a été modifié après avoir été écrit
