"""Words of one theme, in both languages: "course à pied" and "running" are alike, which spelling cannot tell.

Compared without case, accents and hyphens, whole words only; a theme is shared when both texts hold one of its words.
"""

THEMES: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split(","))
    for line in (
        "running,course a pied,jogging,footing,trail,marathon,coureurs,runners",
        "photo,photos,photographie,photography,photographers,photographes,camera",
        "jardin,jardins,jardinage,jardiniers,garden,gardens,gardening,gardeners,potager,allotment",
        "velo,velos,cyclisme,cycling,bike,bikes,biking,cyclistes,cyclists",
        "cuisine,recettes,cooking,recipes,food,gastronomie",
        "lecture,livres,lecteurs,books,reading,readers,book club,club de lecture",
        "musique,music,chorale,choir,orchestre,orchestra",
        "jeux,jeux de societe,games,board games,gaming",
        "cinema,films,movies,series",
        "parents,parentalite,parenting,familles,families",
        "ecologie,environnement,developpement durable,sustainability,environment,climat,climate,rse,csr",
        "diversite,inclusion,diversity,egalite,equality",
        "handicap,disability,accessibilite,accessibility",
        "bien etre,sante,wellbeing,well being,health,sport",
        "randonnee,hiking,marche,walking",
        "yoga,meditation,pilates",
        "football,foot,soccer",
        "covoiturage,carpooling,car sharing,mobilite,commuting",
        "finance,finances,comptabilite,comptable,accounting,accountant,controle de gestion,controlling,controller",
        "rh,hr,ressources humaines,human resources,recrutement,recruteur,recruteuse,recruiting,recruiter,hiring",
        "achats,procurement,purchasing,acheteurs,acheteur,acheteuse,acheteuses,buyers,buyer",
        "ventes,sales,commerciaux,commercial,commerciale,commerciales,sellers,seller,vendeur,vendeuse,vendeurs",
        "marketing,communication,brand,marque",
        "juridique,legal,droit,juristes,juriste,lawyers,lawyer,counsel",
        "logistique,logistics,supply chain,transport,approvisionnement",
        "qualite,quality,amelioration continue,continuous improvement,lean",
        "securite au travail,workplace safety,hse,qse,prevention",
        "cybersecurite,cybersecurity,securite informatique,infosec",
        "donnees,data,data science,statistiques,statistics,analytics",
        "intelligence artificielle,artificial intelligence,ia,ai,machine learning",
        "developpement logiciel,software,developpeurs,developpeur,developers,developer,code,coding,programming",
        "agile,agilite,scrum,kanban",
        "gestion de projet,project management,chefs de projet,chef de projet,cheffe de projet,project manager",
        "innovation,idees,ideas",
        "formation,formations,formateur,formatrice,training,trainer,apprentissage,learning",
        "accueil des nouveaux,onboarding,integration,nouveaux arrivants,newcomers",
        "service client,relation client,customer service,customer care,support client,customer support",
        "langues,languages,anglais,english,conversation",
        "maintenance,entretien,reparation,repair",
        "teletravail,remote work,travail a distance,hybride,hybrid work",
    )
)

# Words that say nothing of what a community is about; never enough to make two of them alike.
EMPTY = frozenset(
    word
    for line in (
        "a about aide all am among and around at au aux avec be between by ce ces cette chez club communaute",
        "community dans de des donner du each echange echanger en ensemble entre equipe equipes et everyone",
        "exchange faire for forum from group groupe have help how in internal interne is it la le les leur leurs",
        "mieux more nos notre of on or other others ou our par partage partager people personnes plus pour",
        "practice practices pratique pratiques que qui reseau sa se ses share sharing son sur team teams that the",
        "their they this to together tous tout toutes travail travailler un une us we what who with work working",
        "your",
    )
    for word in line.split()
)

# Words of job titles that say how high or how long, and nothing of what the work is about; without case or accents.
RANKS = frozenset(
    word
    for line in (
        "adjoint adjointe agent agente analyst analyste apprenti apprentie assistant assistante associate cadre charge",
        "chargee chef cheffe chief collaborateur collaboratrice consultant consultante coordinateur coordinator",
        "coordinatrice deputy directeur director directrice employe employee executive expert experte general generale",
        "global group groupe head intern junior lead leader manager management officer operateur operational",
        "operations operatrice president presidente principal referent referente regional regionale responsable senior",
        "service services specialist specialiste stagiaire staff superviseur supervisor technicien technician vice",
    )
    for word in line.split()
)
