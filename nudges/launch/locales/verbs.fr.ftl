# Ce que la commande `parvis` dit des annonces à l’administration.

verb-launch = Le lancement : ce qui s’imprime.
verb-launch-print = Écrire en PDF les feuilles d’une annonce pour les équipes sans messagerie ni courriel : une feuille par équipe, sans noms.
    .number = Le numéro de l’annonce.
