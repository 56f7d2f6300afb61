# Ce que `parvis observe` dit d’un espace de travail.

observe-title = { $platform }
observe-rooms =
    { $rooms ->
        [one] { $rooms } salon ouvert
       *[other] { $rooms } salons ouverts
    }, en plus de { $archived ->
        [one] { $archived } archivé
       *[other] { $archived } archivés
    } et des salons des rôles
observe-sizes = Par membres : { $list }
observe-size-one = seul :
observe-size-few = 2 à 4 :
observe-size-some = 5 à 19 :
observe-size-many = 20 à 99 :
observe-size-crowd = 100 ou plus :
observe-ages = Par âge : { $list }
observe-age-month = un mois au plus :
observe-age-half = six mois au plus :
observe-age-year = un an au plus :
observe-age-older = plus vieux :
observe-age-unknown = inconnu :
observe-strays =
    { $count ->
        [one] { $count } salon est inconnu de Parvis
       *[other] { $count } salons sont inconnus de Parvis
    } ({ $share })
observe-private =
    { $count ->
        [one] { $count } est privé
       *[other] { $count } sont privés
    } ({ $share } de ceux que le bot peut voir)
observe-shared =
    { $count ->
        [0] Aucun n’est partagé avec l’extérieur
        [one] { $count } est partagé avec l’extérieur
       *[other] { $count } sont partagés avec l’extérieur
    }
observe-quiet =
    { $count ->
        [one] { $count } sur { $measured } est silencieux
       *[other] { $count } sur { $measured } sont silencieux
    } ({ $share }) : personne n’y a écrit depuis { $number } jours
observe-quiet-left =
    ({ $rooms ->
        [one] { $rooms } salon n’est pas mesuré : le bot n’y est pas
       *[other] { $rooms } salons ne sont pas mesurés : le bot n’y est pas
    })
observe-quiet-unmeasured = Les silencieux ne sont pas mesurés : le bot n’est dans aucun, ou --quick a été demandé
observe-people = Personnes : { $kinds }
observe-nobody = On ne voit personne
observe-kind-member = membres : { $count }
observe-kind-guest = invités : { $count }
observe-kind-stranger = de l’extérieur : { $count }
observe-kind-bot = programmes : { $count }
observe-kind-gone = partis : { $count }
observe-fewer = moins de 5
observe-few = non dit, car ce serait moins de 5 personnes
observe-profiles = Membres sans : { $gaps }
observe-gap = { $field } ({ $share })
observe-field-picture = photo
observe-field-title = fonction
observe-field-phone = téléphone
observe-profile-unknown = Ce qui manque aux profils, cette plateforme ne le dit pas
observe-failed = { $platform } n’a pas pu être interrogé ({ $reason }) ; voyez parvis doctor
observe-no-platform = aucune plateforme ne s’appelle { $platform } ; il y a { $known }
observe-progress-rooms = Salons
observe-progress-people = Personnes
observe-progress-spoke = Derniers messages
