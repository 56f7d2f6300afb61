# Le guide par métier : nudges/launch/guide
page-launch = les pages du lancement
    .ask = « guide » ou « annonce direct »

command-guide = Le guide de votre métier
    .usage = [TITRE OU MÉTIER]
    .help = Voir pourquoi le réseau existe pour votre métier, comment travailler avec lui, et trois exemples ; aussi par courriel et en PDF.
    .example = guide
choice-guide-show = Voir un guide
choice-guide-others = Voir quels guides il y a
choice-guide-mail = Recevoir un guide par courriel
choice-guide-pdf = Avoir un guide en PDF, à imprimer

guide-why = Pourquoi le réseau existe pour vous
guide-how = Comment travailler avec lui
guide-examples = Trois exemples
guide-example = { $at }. { $title }
guide-begin = Par où commencer
guide-community = { $name }
guide-community-find = Dans la messagerie, cherchez « { $name } ».
guide-for-job = Ce guide est celui de votre métier : { $job }.
guide-for-jobs = Ce guide est celui d’autres métiers, ou a été demandé par son titre.
guide-mail = Par courriel
guide-pdf = En PDF
guide-others = Un autre guide
guide-named = { $title }
guide-is = { $title }
guide-which = Voici les guides. Les autres se demandent en écrivant : guide, puis le titre.
guide-only-one = Il n’y a pas d’autre guide : celui-ci est pour tout le monde.
guide-unknown = Il n’y a pas de guide « { $name } ». « guide » seul montre le vôtre.
guide-no-address = Aucune adresse électronique à vous n’est connue ici : rien ne peut y être envoyé. Le guide est dans cette messagerie, sous « guide ».
guide-mailed = Le guide est en route vers votre adresse électronique.
guide-pdf-link = Ouvrir le guide en PDF
guide-pdf-link-once =
    { $count ->
        [one] Ce lien n’est que pour vous, et sert une fois, dans la minute. « guide imprimer » en donne un autre.
       *[other] Ce lien n’est que pour vous, et sert une fois, dans les { $count } minutes. « guide imprimer » en donne un autre.
    }
guide-printed = Guide, imprimé tel qu’au { $at }

# Le guide de qui n’en a pas d’autre
guide-usual = Le réseau de votre entreprise
guide-usual-whose = Ce guide est pour tout le monde.
guide-usual-why = Quelqu’un dans l’entreprise a déjà rencontré votre question. Le réseau est là pour que vous le trouviez, quel que soit son service, et pour que ce qui a aidé l’un serve au suivant.
guide-usual-how =
    - **Cherchez d’abord.** Les communautés portent sur un métier, un lieu ou un sujet ; « communaute liste » les montre.
    - **Demandez dans le salon** plutôt qu’à une seule personne : d’autres lisent aussi la réponse.
    - **Dites ce qui a aidé.** Deux lignes suffisent.
guide-usual-1 = Une question
guide-usual-1-text = Vous ne savez pas qui décide d’une chose. Vous le demandez dans la communauté du sujet ; quelqu’un d’un autre site répond dans la journée.
guide-usual-2 = Une chose qui marche
guide-usual-2-text = Votre équipe a trouvé plus court. Vous l’écrivez en quatre lignes avec une photo ; trois autres équipes font de même.
guide-usual-3 = Un arrivant
guide-usual-3-text = Quelqu’un commence lundi prochain. Vous lui montrez deux communautés, et il sait à qui demander avant la fin de sa première semaine.

# Réglages
guide-not-three = { $count ->
    [one] a 1 exemple, or un guide en a { $needed }
   *[other] a { $count } exemples, or un guide en a { $needed }
}
guide-not-three-write = écrivez trois tables [[launch.guides.examples]], chacune avec title et text
guide-same-title = a deux fois le titre { $title } dans une langue, or le titre est ce qu’on choisit
guide-same-title-write = écrivez un autre titre dans l’un des deux

# Ce que dit `parvis doctor`
guide-doctor-fine =
    { $count ->
        [one] Guides : { $count } est réglé ; qui n’en a pas reçoit celui de tout le monde.
       *[other] Guides : { $count } sont réglés ; qui n’en a pas reçoit celui de tout le monde.
    }
guide-doctor-lacking =
    { $count ->
        [one] Des guides nomment une communauté que tout le monde ne peut pas trouver : { $names }.
       *[other] Des guides nomment des communautés que tout le monde ne peut pas trouver : { $names }.
    }
guide-doctor-lacking-todo = Cherchez des fautes de frappe dans « community » de [[launch.guides.examples]] ; une communauté renommée ou fermée demande un autre nom, ou aucun.
guide-doctor-pdf = Rien ne peut être imprimé : le programme qui met en page n’est pas installé.
guide-doctor-pdf-todo = pip install parvis[pdf]
