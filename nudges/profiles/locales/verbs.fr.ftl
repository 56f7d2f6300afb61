# Ce que la commande `parvis` dit des profils aux administrateurs.

verb-people-completeness = Montrer où en sont les profils, par service et par rubrique, comme cela a été dit ; personne n’est nommé.
verb-people-gaps = Montrer combien de personnes, par service, n’ont pas ce qu’un profil ne peut tenir que de l’annuaire ; code 1 s’il y en a.

profile-gaps-title = Ce que seul l’annuaire du personnel peut remplir, par service (à partir de { $smallest } personnes)
profile-gaps-none = Rien ne manque que seul l’annuaire du personnel pourrait remplir, pour ce que l’on peut dire de groupes à partir de { $smallest } personnes.
profile-gaps-weekly = Là où une plateforme peut aussi tenir une rubrique, on compte chaque lundi, par paliers : un compte du jour parlerait de personnes seules.
profile-gaps-called = { $field }
profile-gaps-field = rubrique
profile-gaps-department = service
profile-gaps-people = personnes
profile-gaps-without = (aucun)
profile-gaps-others = les autres ensemble

completeness-column-group = groupe
completeness-column-count = nombre
completeness-column-counted = compté en
completeness-column-field = rubrique
completeness-column-share = part
completeness-total = ensemble
completeness-whole = profil entier
