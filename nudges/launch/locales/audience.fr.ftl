# À qui s’adresse une annonce : nudges/launch/asking.py, audience.py, facts.py
choice-announce-audience = Dire à qui s’adresse une annonce : « annonce destinataires 3 tout le monde sauf Ventes »
form-announce-audience =
    .title = À qui s’adresse-t-elle ?
    .submit = Garder
    .cancel = Pas maintenant
field-announce-audience-whom =
    .label = Groupes et personnes
    .hint = « Tout le monde », ou des noms séparés par des virgules ou ligne par ligne : services, communautés, rôles (responsables, animateurs), personnes, adresses, matricules. « Service Ventes » quand un nom peut désigner plusieurs choses.
field-announce-audience-people =
    .label = Collègues
    .hint = En plus de ce qui précède.
field-announce-audience-but =
    .label = Sauf
    .hint = Les groupes et les personnes qui ne la reçoivent pas, écrits de la même façon.

announce-audience = À qui elle s’adresse
audience-kept = L’annonce { $number } « { $title } » sait à qui elle s’adresse. Les personnes sont recherchées à nouveau à l’envoi.
audience-changed-meanwhile = Quelqu’un d’autre a changé à qui s’adresse l’annonce { $number }, et votre choix n’a pas été gardé. Regardez d’abord le sien : annonce voir { $number }
audience-unsaid = pas encore dit
    .label = Pour
audience-is = { $whom }
    .label = Pour
audience-is-but = { $whom }, sauf { $but }
    .label = Pour
audience-everybody = tout le monde
audience-department = service { $name }
audience-community = communauté { $name }
audience-community-closed = communauté { $name } (archivée)
audience-role-employee = tout le monde
audience-role-lead = responsables de communautés
audience-role-animator = animateurs
audience-role-comms = équipe communication
audience-role-leader = dirigeants
audience-role-admin = administrateurs
audience-others =
    { $people ->
        [one] { $people } autre personne
       *[other] { $people } autres personnes
    }

## Ce qui ne va pas
audience-empty = Dites à qui elle s’adresse : « tout le monde », un service, une communauté, un rôle, ou des personnes.
audience-closed =
    { $count ->
        [one] La communauté { $names } est archivée : plus personne n’y lit. Retirez-la, ou nommez ses membres.
       *[other] Les communautés { $names } sont archivées : plus personne n’y lit. Retirez-les, ou nommez leurs membres.
    }
audience-kinds = { $names } : cela peut désigner plusieurs choses ici. Précisez : « service … », « communauté … » ou « rôle … ».
audience-several = Plusieurs personnes s’appellent { $names }. Écrivez plutôt leur compte ou leur adresse.
audience-nobody =
    { $count ->
        [one] { $names } n’est pas membre de votre organisation, ou ne l’est plus : les annonces ne lui parviennent pas.
       *[other] { $names } ne sont pas membres de votre organisation, ou ne le sont plus : les annonces ne leur parviennent pas.
    }
audience-unknown = Personne ici ne s’appelle { $names }. Écrivez des services, des communautés, des rôles (« responsables »), des personnes ou des adresses.
audience-name = « { $name } »
audience-near = « { $name } » (voulez-vous dire « { $near } » ?)
