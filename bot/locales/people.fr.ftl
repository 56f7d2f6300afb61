# Ce que `parvis people` dit aux administrateurs : ce qui ne va pas dans un fichier, ce qu’il changerait, qui reste sans
# compte. Chaque refus finit une phrase qui commence par l’endroit : « effectif.csv : ligne 3, courriel : … ; écrivez … ».

people-trouble = { $file } : ligne { $row }, { $column } : { $wrong } ; { $write }
people-trouble-row = { $file } : ligne { $row } : { $wrong } ; { $write }
people-trouble-file = { $file } : { $wrong } ; { $write }
people-troubles-more =
    { $count ->
        [one] { $file } : une autre erreur n’est pas montrée.
       *[other] { $file } : { $count } autres erreurs ne sont pas montrées.
    }
people-nothing-done = Rien n’a été changé.

people-empty = ne contient personne
people-write-rows = écrivez une ligne d’en-têtes, puis une ligne par personne
people-undecodable = contient des octets qui ne font aucun texte
people-save-utf8 = enregistrez-le en CSV UTF-8
people-nul = contient un octet sans signification (NUL) : le fichier est abîmé, ou n’est pas un CSV
people-save-again = enregistrez-le de nouveau en CSV, là d’où il vient
people-file-large = dépasse { $most } Mo
people-split = laissez de côté les colonnes dont personne n’a besoin
people-quotes = un guillemet est ouvert sans être fermé, ou fermé trop tôt
people-quote = mettez entre guillemets droits les cellules qui contiennent un séparateur ou un guillemet, et doublez ceux du dedans
people-no-key = aucune colonne connue ne distingue les personnes (trouvé : { $found })
people-add-key = ajoutez une colonne « matricule » ou « courriel »
people-heading-twice = deux colonnes portent cet en-tête
people-rename-heading = renommez l’une des deux, ou retirez-la
people-no-platform = « { $shown } » n’est pas une plateforme des réglages
people-platforms = écrivez compte et l’un de ces noms : { $known }
people-more-cells = a { $found } cellules, sous { $headings } en-têtes

people-missing = manque
people-write-key = écrivez ce qui distingue cette personne de toutes les autres
people-twice = { $shown } se trouve déjà à la ligne { $row }
people-once = laissez-le à l’une des deux
people-too-long = est trop long (plus de { $most } caractères)
people-shorten = raccourcissez
people-no-email = { $shown } n’est pas une adresse de courriel
people-no-language = { $shown } n’est pas une langue connue
people-no-zone = { $shown } n’est pas un fuseau horaire de la liste IANA
people-no-country = { $shown } n’est pas un pays ou une région dont les jours fériés sont connus
people-no-day = { $shown } ne nomme pas des jours de la semaine
people-no-date = { $shown } n’est pas une date
people-no-absences = { $shown } n’est pas une liste d’absences
people-no-account = { $shown } n’est pas un compte de { $platform }, tel que la plateforme les numérote
people-write = écrivez { $what }
people-absent-since = dit jusqu’à quand quelqu’un est absent, et non depuis quand
people-absent-order = précède le début de l’absence
people-absent = écrivez les deux jours, le premier d’abord
people-no-manager = { $shown } n’est le matricule ni le courriel de personne dans ce fichier
people-write-manager = écrivez le matricule ou le courriel de quelqu’un du fichier, ou laissez vide
people-loop = des personnes sont, l’une par l’autre, leur propre responsable : { $who } (avec leurs lignes)
people-unloop = laissez vide le responsable de la plus haute placée

people-read = { $file } : { $encoding }, cellules entre { $separator }, lignes : { $rows }.
people-separator-tab = tabulations
people-column-heading = colonne
people-column-for = lue comme
people-column-kept = gardée telle quelle
people-passed = La colonne « { $heading } » est gardée telle quelle, car une autre dit la même chose plus nettement.
people-formulas =
    { $count ->
        [one] Une cellule de la colonne « { $heading } » commence comme une formule : elle est prise pour du texte.
       *[other] { $count } cellules de la colonne « { $heading } » commencent comme des formules : elles sont prises pour du texte.
    }

people-column-change = changement
people-column-number = personnes
people-column-columns = colonnes qui changent
people-new = arrivées
people-changed = modifiées
people-returned = dont revenues après un départ
people-left = parties : absentes du fichier
people-unchanged = inchangées
people-pushed = tenues par SCIM : laissées telles quelles
people-pushed-taken = tenues par SCIM : désormais celles du fichier
people-still-pushed = Un fichier ne peut reprendre ce que SCIM envoie qu’une fois que plus rien n’est envoyé : écrivez scim = false dans [roster] (et arrêtez le service qui envoie), redémarrez le bot, puis relancez ceci.
people-dry = Ce n’était qu’un regard : rien n’a été changé.
people-imported = L’annuaire du personnel est celui de { $file }.
people-many-leave =
    { $leaving ->
        [one] Une personne sur { $here } partirait d’après ce fichier, soit plus d’une sur cinq.
       *[other] { $leaving } personnes sur { $here } partiraient d’après ce fichier, soit plus d’une sur cinq.
    } Si c’est juste, relancez avec --departures { $leaving }.
people-other-number =
    { $leaving ->
        [one] Une personne partirait d’après ce fichier, et non { $said }.
       *[other] { $leaving } personnes partiraient d’après ce fichier, et non { $said }.
    } Regardez le fichier ; s’il est juste, relancez avec --departures { $leaving }.
people-changed-meanwhile = Autre chose est en train de changer l’annuaire ; réessayez.

people-matched = Personnes de l’annuaire reliées à un compte : { $matched } sur { $here } ; comptes de membres sans ligne : { $alone }.
people-joined =
    { $count ->
        [one] Les comptes d’une personne sur plusieurs plateformes ont été réunis.
       *[other] Les comptes de { $count } personnes sur plusieurs plateformes ont été réunis.
    } Chacune peut les séparer par /parvis delier.
people-none = Chaque ligne de l’annuaire est reliée à un compte, et chaque compte de membre à une ligne.
people-no-roster = Il n’y a pas encore d’annuaire : parvis people import FICHIER.
people-column-key = matricule
people-column-name = nom
people-column-email = courriel
people-column-why = pourquoi
people-column-platform = plateforme
people-column-account = compte
people-lines = Lignes de l’annuaire sans compte, ou sans tous les leurs :
people-accounts = Comptes de membres qui ne sont sur aucune ligne de l’annuaire :
people-more =
    { $count ->
        [one] et une autre
       *[other] et { $count } autres
    }
people-why-nobody = personne avec cette adresse n’a été rencontré
people-why-ambiguous = plusieurs personnes d’une plateforme ont cette adresse
people-why-taken = le compte est celui de quelqu’un d’une autre ligne
people-why-apart = la personne a séparé ses comptes
people-why-clash = deux comptes d’une plateforme seraient à une seule personne
people-doctor =
    { $here ->
        [one] L’annuaire compte { $here } personne présente.
       *[other] L’annuaire compte { $here } personnes présentes.
    }
people-doctor-lines = Personnes de l’annuaire qui ne sont reliées à aucun compte : { $count }.
people-doctor-accounts = Comptes de membres sans ligne dans l’annuaire : { $count }.
people-doctor-unmatched-todo = Voyez lesquels : parvis people unmatched.
people-doctor-none = Il n’y a pas d’annuaire : le bot ne sait des personnes que ce qu’en disent les plateformes.
people-doctor-none-todo = Importez-en un, d’abord à blanc : parvis people import FICHIER --dry-run.
