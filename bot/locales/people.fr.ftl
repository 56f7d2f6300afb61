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
people-workbook = est un classeur (Excel, LibreOffice), non un CSV
people-save-csv = ouvrez-le là et enregistrez-le en CSV UTF-8
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
people-example = écrivez par exemple { $what }
people-absent-since = dit jusqu’à quand quelqu’un est absent, et non depuis quand
people-absent-order = précède le début de l’absence
people-absent = écrivez les deux jours, le premier d’abord
people-no-manager = { $shown } n’est le matricule ni le courriel de personne dans ce fichier
people-write-manager = écrivez le matricule ou le courriel de quelqu’un du fichier, ou laissez vide
people-loop = des personnes sont, l’une par l’autre, leur propre responsable : { $who } (entre parenthèses : leurs lignes)
people-own-manager = { $shown } est cette personne elle-même
people-unmanage = écrivez qui est son responsable, ou laissez vide
people-unloop = laissez vide le responsable de la plus haute placée

people-read =
    { $file } : { $encoding }, cellules séparées par { $separator }, { $rows ->
        [one] { $rows } ligne.
       *[other] { $rows } lignes.
    }
people-separator = « { $by } »
people-separator-tab = des tabulations
people-column-heading = colonne
people-column-for = lue comme
people-column-kept = { $name }, pour les profils (roster:{ $name })
people-column-unread = ni lue, ni gardée
people-field-key = matricule (ce qui distingue les personnes)
people-field-email = courriel
people-field-name = nom
people-field-first = prénom
people-field-last = nom de famille
people-field-department = service
people-field-job = fonction
people-field-manager = responsable
people-field-language = langue
people-field-zone = fuseau horaire
people-field-country = pays
people-field-days = jours travaillés
people-field-from = absence, premier jour
people-field-until = absence, dernier jour
people-field-absences = absences
people-field-away = absences
people-field-account = compte sur { $platform }
people-field-accounts = comptes
people-field-more = colonnes pour les profils
people-lacking = Les profils demandent la colonne « { $name } » (roster:{ $name } dans les réglages), et ce fichier n’en a pas ; elle serait reconnue à l’en-tête { $known }.
people-unkept = Des fichiers précédents ont apporté des colonnes qu’aucun réglage ne demande (personnes) : { $names }. L’importation les efface.
people-unkept-gone = Des fichiers précédents ont apporté des colonnes qu’aucun réglage ne demande (personnes) : { $names }. Elles sont effacées.
people-passed = La colonne « { $heading } » n’est pas lue, car une autre dit la même chose plus nettement.
people-rows =
    { $count ->
        [one] ligne { $rows }
       *[other] { $count } lignes : { $rows }
    }
people-remark-formula = La colonne « { $heading } » a des cellules qui commencent comme des formules ({ $rows }) : elles sont prises pour du texte. La première : { $shown }
people-remark-language = La colonne « { $heading } » nomme des langues que je ne parle pas ({ $rows } ; la première : { $shown }). Je parle { $spoken } ; à ces personnes, j’écris dans la langue par défaut.
people-remark-endless = La colonne « { $heading } » commence des absences sans fin ({ $rows }) : ces personnes comptent comme absentes jusqu’à ce qu’un fichier dise autre chose.
people-remark-day-first = La colonne « { $heading } » a des dates qui peuvent se lire de deux façons ({ $rows }) : le jour vient en premier, donc { $shown } est le { $day }. 2026-12-31 ne laisse aucun doute.
people-remark-short = Des lignes ont moins de cellules que d’en-têtes ({ $rows } ; { $shown } sur { $headings } dans la première) : celles qui manquent comptent comme vides.

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
people-why-nobody = aucune personne connue ici n’a cette adresse
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
