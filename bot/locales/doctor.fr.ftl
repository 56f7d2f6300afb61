# Ce que `parvis doctor` constate : ce qui est (fine, warning, wrong, unknown), et que faire (.todo).

doctor-sum =
    { $wrong ->
        [0] Rien ne va mal
        [one] { $wrong } chose va mal
       *[other] { $wrong } choses vont mal
    }{ $warnings ->
        [0] .
        [one] , { $warnings } mérite un regard.
       *[other] , { $warnings } méritent un regard.
    }
doctor-other = { $platform } : { $code } { $about } : { $state } ({ $evidence })

doctor-store-fine = La base répond : { $about }.
doctor-store-warning = Il n’y a pas encore de base : { $about }.
    .todo = Rien : parvis run la crée.
doctor-store-wrong = La base ne peut pas servir : { $about } ({ $evidence }).
    .todo = Voyez [database] url, PARVIS_DATABASE_PASSWORD, et si l’utilisateur du bot atteint son serveur ou son dossier.
doctor-tables-fine = Ses tables sont celles de cette version.
doctor-tables-wrong = Ses tables ne sont pas celles de cette version.
    .todo = Lancez parvis migrate, ou démarrez le bot, qui le fait aussi.
doctor-writing-fine = Elle peut être écrite.
doctor-writing-wrong = Elle ne peut pas être écrite ({ $evidence }).
    .todo = Donnez à l’utilisateur du bot le droit d’écrire le fichier et son dossier, ou au rôle de la base ses droits.
doctor-disk-fine = { $about } Go sont libres à côté de la base.
doctor-disk-warning = Seuls { $about } Go sont libres à côté de la base ({ $name }).
    .todo = Faites de la place : sans elle, rien ne peut être enregistré.
doctor-disk-wrong = { $about } Go sont libres à côté de la base ({ $name }) : trop peu pour continuer.
    .todo = Faites de la place maintenant : sans elle, rien n’est enregistré, et les gens l’apprennent.
doctor-store-clock-fine = Les horloges du bot et de sa base s’accordent.
doctor-store-clock-wrong = Les horloges du bot et de sa base diffèrent de { $about } s.
    .todo = Que les deux machines suivent un serveur de temps (chrony, systemd-timesyncd).
doctor-sending-wrong = { $platform } n’accepte plus le bot ({ $evidence }) : ce qui doit y être dit attend.
    .todo = Réparez son jeton (voir plus bas) ; ce qui attend sera dit de lui-même.
doctor-dead-warning =
    { $count ->
        [one] Un message n’a pas pu être dit.
       *[other] { $count } messages n’ont pas pu être dits.
    }
    .todo = Voyez parvis outbox dead.
doctor-parked-warning =
    { $count ->
        [one] Un événement n’a pas pu être traité.
       *[other] { $count } événements n’ont pas pu être traités.
    }
    .todo = Voyez parvis parked list.

doctor-address-fine = { $platform } : { $about } répond.
doctor-address-wrong = { $platform } : { $about } est injoignable ({ $evidence }).
    .todo = Voyez [platforms.{ $platform }], le réseau et son proxy, et les certificats ([platforms.{ $platform }] ca_file).
doctor-address-unknown = { $platform } vit dans le bot qui tourne, et personne d’autre ne peut l’interroger.
doctor-credentials-fine = { $platform } : { $name } est accepté.
doctor-credentials-wrong = { $platform } : { $name } est refusé ({ $evidence }).
    .todo = Mettez-en un bon dans l’environnement du bot, et redémarrez-le ; docs/ dit d’où il vient.
doctor-credentials-unknown = { $platform } : nul ne peut dire si { $name } est bon ({ $evidence }).
    .todo = Réparez d’abord la connexion, puis regardez de nouveau.
doctor-permission-fine = { $platform } : les { $about } permissions de l’application sont données.
doctor-permission-wrong = { $platform } : la permission { $about } n’est pas donnée.
    .todo = Ajoutez-la à l’application (parvis manifest les a toutes), et installez-la de nouveau.
doctor-permission-unknown = { $platform } : le serveur ne dit pas ce que l’application peut faire.
    .todo = Comparez les permissions de l’application avec parvis manifest.
doctor-clock-fine = { $platform } : son horloge et celle du bot s’accordent.
doctor-clock-wrong = { $platform } : son horloge et celle du bot diffèrent de { $about } s.
    .todo = Que cette machine suive un serveur de temps (chrony, systemd-timesyncd) : des requêtes signées vieillissent trop, des heures sont manquées.
doctor-hook-fine = { $platform } : à { $about }, le bot répond, et son secret est le même qu’ici.
doctor-hook-warning = { $platform } : à { $about }, personne n’a été trouvé depuis ici ({ $evidence }).
    .todo = Démarrez le bot s’il ne tourne pas. S’il tourne : voyez le proxy devant lui, [web] public et address, et ici HTTPS_PROXY et NO_PROXY.
doctor-hook-wrong = { $platform } : à { $about }, un autre que le bot répond ({ $evidence }).
    .todo = Voyez [web] address, et si le proxy transmet ce qui y vient à [web] public, sans changer le chemin ; redémarrez le bot si ses réglages ont changé.
doctor-hook-secret-wrong = { $platform } : le bot qui tourne a un autre { $name } qu’ici, et refuse ce que celui-ci signe.
    .todo = Copiez celui de l’application dans l’environnement, et redémarrez le bot. Sont-ils les mêmes ? Alors une des horloges est fausse de plusieurs minutes.
doctor-hook-address-warning = { $platform } : l’adresse où le bot est appelé n’est pas réglée, et nul ne peut voir s’il y répond.
    .todo = Mettez dans [web] address où l’on atteint le bot, comme https://parvis.example.org.
doctor-wire-fine = { $platform } : personne ne peut lire en chemin ({ $about }).
doctor-wire-wrong = { $platform } : le certificat de { $about } n’est pas digne de confiance ({ $evidence }).
    .todo = Voyez [platforms.{ $platform }] host et port, et ca_file si le certificat est de votre propre autorité.
doctor-sender-fine = { $platform } : les messages de { $about } sont pris.
doctor-sender-wrong = { $platform } : les messages de { $about } sont refusés ({ $evidence }).
    .todo = Laissez le compte du bot écrire de cette adresse, ou écrivez-en une autre dans [platforms.{ $platform }] sender.
doctor-mailbox-fine = { $platform } : la boîte de { $about } peut être lue.
doctor-mailbox-warning = { $platform } : aucune boîte n’est réglée : ce qui n’arrive pas n’est pas remarqué, et ce qui fut peut-être envoyé quand une connexion s’est rompue est abandonné.
    .todo = Réglez [platforms.{ $platform }] mailbox sur une boîte propre au bot.
doctor-mailbox-wrong = { $platform } : la boîte à { $about } ne peut être lue ({ $evidence }).
    .todo = Voyez [platforms.{ $platform }] mailbox et ce qui l’entoure, et son mot de passe dans l’environnement.
doctor-unsubscribing-fine = { $platform } : on met fin aux messages facultatifs d’une pression, à { $about }.
doctor-unsubscribing-warning = { $platform } : on ne peut mettre fin aux messages facultatifs d’une pression, faute d’une adresse connue du bot ; de grands services peuvent les prendre pour indésirables.
    .todo = Réglez [web] public, et address sur l’adresse où d’autres joignent le bot, comme https://parvis.example.org.
doctor-reopening-fine = { $platform } : les communautés closes peuvent être rouvertes.
doctor-reopening-warning = { $platform } : une communauté close ne peut être rouverte que par une personne.
    .todo = Si cela compte, mettez dans { $name } le jeton d’un administrateur ; sinon le bot dit qui doit appuyer où.
doctor-creation-open = { $platform } : on peut créer des salons en dehors du bot ({ $why }).
    .todo = Laissez ainsi, et adoptez ce qui naît dehors (parvis observe le compte), ou réservez la création aux administrateurs.
doctor-creation-closed = { $platform } : on ne peut pas créer de salons en dehors du bot ({ $why }).
doctor-creation-unknown = { $platform } : on ignore si l’on peut créer des salons en dehors du bot ({ $why }).
    .todo = Regardez les réglages de l’espace de travail : rien n’est créé pour le savoir.
doctor-known-by-setting = son réglage le dit
doctor-known-by-refused-to-bot = un salon a été refusé au bot lui-même : { $about }
doctor-known-by-made-by-others = d’autres en ont créé { $about } que l’annuaire montre, nul ne dit quand
doctor-known-by-none-made-by-others = l’annuaire n’en montre aucun que d’autres aient créé
doctor-known-by-made-by-members = des membres en ont créé { $about } en six mois
doctor-known-by-none-made-by-members = aucun membre n’en a créé en six mois
doctor-known-by-too-many = il y en a trop pour tout regarder
doctor-encryption-fine = { $platform } : les salons chiffrés peuvent être lus et écrits.
doctor-encryption-warning = { $platform } : le bot ne prend pas part aux salons chiffrés.
    .todo = Mettez [platforms.{ $platform }] encryption = true là où l’on parle dans des salons chiffrés.
doctor-encryption-wrong = { $platform } : le chiffrement ne fonctionne pas ({ $evidence }).
    .todo = Voyez { $page }, « Encryption ».
doctor-encryption-unknown = { $platform } : seul le bot qui tourne sait dire où en est le chiffrement.
doctor-device-fine = { $platform } : la session est { $about }.
doctor-device-wrong = { $platform } : le jeton n’appartient à aucune session ; ce qui est envoyé deux fois serait vu deux fois.
    .todo = Faites un jeton en vous connectant ({ $page }).
doctor-space-fine = { $platform } : les communautés peuvent être mises dans { $about }.
doctor-space-wrong = { $platform } : les communautés ne peuvent pas être mises dans { $about } ({ $evidence }).
    .todo = Invitez le bot dans l’espace et donnez-lui le pouvoir de le modifier (modérateur), ou voyez [platforms.{ $platform }] space.

doctor-proxy-fine = { $platform } : { $about } est appelé par le proxy { $name }.
doctor-proxy-none-fine = { $platform } : { $about } est appelé directement, sans proxy.
doctor-proxy-passed-by-fine = { $platform } : { $about } est appelé directement, comme NO_PROXY le dit ; le proxy { $name } est pour les autres.
doctor-proxy-wrong = HTTPS_PROXY n’est pas une adresse : { $about }.
    .todo = Écrivez-la comme http://proxy.example.org:3128, et ce qui s’en passe dans NO_PROXY.
doctor-certificates-fine = { $platform } : { $about } répond aussi des serveurs.
doctor-certificates-env-fine = SSL_CERT_FILE dit qui répond des serveurs, sur toutes les plateformes : { $about }.
doctor-certificates-env-wrong = SSL_CERT_FILE nomme un fichier qui n’est pas là : { $about }.
    .todo = Corrigez-le, ou retirez-le ; l’autorité de l’entreprise peut aussi être dans [platforms.NAME] ca_file.
doctor-sign-on-fine = La connexion de l’entreprise répond et accepte Parvis : { $about }.
doctor-sign-on-wrong = La connexion de l’entreprise ne répond pas comme elle devrait ({ $about }) : { $evidence }.
    .todo = Voyez [sign_on] issuer (ce qui précède /.well-known/openid-configuration), le réseau et son proxy, et les certificats ([sign_on] ca_file).
doctor-sign-on-client-wrong = La connexion de l’entreprise ne reconnaît pas Parvis ({ $about }) : { $evidence }.
    .todo = Comparez [sign_on] client_id, et redéfinissez PARVIS_SIGN_ON_SECRET : les secrets client expirent après quelques mois ou années.

doctor-role-fine =
    { $about } : { $count ->
        [one] une personne a
       *[other] { $count } personnes ont
    } ce rôle.
doctor-role-wrong = { $about } : personne n’a ce rôle.
    .todo = Nommez quelqu’un dans [roles] { $about } : un compte, un groupe, ou un salon de membres.
doctor-role-unknown = { $about } : on ignore qui a ce rôle, car sa plateforme ne peut pas être interrogée.
doctor-account-wrong = { $name } nomme { $about }, que { $platform } ne connaît pas.
    .todo = Copiez l’identifiant stable depuis le profil de la personne ; voyez config.example.toml, [roles].
doctor-account-unknown = { $name } nomme { $about } : { $platform } n’a pas pu être interrogé ({ $evidence }).
doctor-account-powerless-wrong = { $name } nomme { $about }, qui n’est pas membre de l’organisation ({ $evidence }), et n’a aucun rôle.
    .todo = Nommez quelqu’un d’autre, ou faites-en un membre sur { $platform }.
doctor-group-wrong = { $name } nomme le groupe { $about }, que { $platform } ne connaît pas ({ $evidence }).
    .todo = Copiez l’identifiant stable du groupe.
doctor-group-unread-wrong = { $name } : qui est dans le groupe { $about } ne peut pas être lu ({ $evidence }).
    .todo = Voyez plus haut les permissions de l’application.
doctor-room-wrong = { $name } nomme le salon { $about }, que { $platform } ne connaît pas, ou ne montre pas au bot ({ $evidence }).
    .todo = Invitez-y le bot, ou copiez l’identifiant stable du salon.
doctor-room-unread-wrong = { $name } : qui est dans le salon { $about } ne peut pas être lu ({ $evidence }).
    .todo = Invitez-y le bot.
doctor-home-fine = { $platform } : le bot est dans { $about } ({ $name }).
doctor-home-warning = Aucun salon d’animateurs n’est réglé : chaque demande va à chaque animateur en privé.
    .todo = Créez un salon pour eux, invitez-y le bot, et nommez-le dans [[rooms.animator]].
doctor-home-gone-wrong = { $name } nomme le salon { $about }, que { $platform } ne connaît pas, ou ne montre pas au bot ({ $evidence }).
    .todo = Invitez-y le bot, ou copiez l’identifiant stable du salon.
doctor-home-outside-wrong = { $platform } : le bot n’est pas dans { $about } ({ $name }).
    .todo = Invitez-le.
doctor-home-archived-wrong = { $platform } : { $about } ({ $name }) est archivé.
    .todo = Rouvrez-le, ou nommez un autre salon.
doctor-home-shared-warning = { $platform } : des personnes d’une autre organisation sont dans { $about } ({ $name }), et lisent ce qui se décide.
    .todo = Nommez un salon à vous.
