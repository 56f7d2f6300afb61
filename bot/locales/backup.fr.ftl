# Ce que `parvis backup` et `parvis restored` disent aux administrateurs.

backup-done = { $file } contient toute la base, clés des salons chiffrés comprises : gardez-le aussi soigneusement que la base elle-même.
backup-exists = { $file } existe déjà : indiquez un nouveau fichier.
backup-not-sqlite = { $database } n’est pas un fichier : utilisez pg_dump, comme l’explique docs/operating.md.
backup-failed = { $file } n’a pas pu être écrit ({ $reason }) : vérifiez la place disponible et les droits du dossier.
backup-restored =
    { $promises ->
        [0] Cette base a été laissée le { $since }. Elle n’avait plus rien à dire. Démarrez le bot.
        [one] Cette base a été laissée le { $since }. Un message qu’elle devait encore envoyer sera cherché sur sa plateforme avant d’être dit. Démarrez le bot.
       *[other] Cette base a été laissée le { $since }. { $promises } messages qu’elle devait encore envoyer seront cherchés sur leurs plateformes avant d’être dits. Démarrez le bot.
    }
backup-empty = Cette base est vide : il n’y a rien à vérifier.
