# Ce qui ne va pas dans les réglages, et ce qu’il faut écrire à la place. Chaque refus finit une phrase qui commence par
# la clé du réglage : « web.public : manque ; écrivez public = … ».

settings-problem = { $file } : { $key } : { $wrong } ; { $write }
settings-problem-file = { $file } : { $wrong } ; { $write }
settings-problem-environment = environnement : { $key } : { $wrong } ; { $write }

settings-write = écrivez { $what }
settings-for-example = écrivez par exemple { $what }
settings-write-table = écrivez [{ $table }] comme le montre config.example.toml
settings-write-table-line = écrivez [{ $table }] sur une ligne à part, et ses réglages au-dessous
settings-write-platform = écrivez { $table } avec { $kinds }
settings-write-public = écrivez { $what }, là où votre proxy HTTPS le trouve
settings-see-example = voyez config.example.toml
settings-remove = retirez-le ; il y a { $known }
settings-roster-file = retirez-le ; il y a { $known } ; un fichier de personnes se remet par : parvis people import FICHIER
settings-use = utilisez { $known }
settings-set = définissez { $variables }
settings-unset = retirez-la

settings-file-none = illisible, car ce fichier n’existe pas
settings-file-copy = copiez-y config.example.toml et adaptez-le
settings-file-unreadable = illisible ({ $reason })
settings-file-allow = nommez un fichier que l’utilisateur du bot peut lire
settings-file-encoding = n’est pas en UTF-8 (octet { $byte })
settings-file-encode = enregistrez-le en UTF-8
settings-file-not-toml = n’est pas du TOML valide (l’analyseur dit, en anglais : { $reason })
settings-file-not-toml-at = n’est pas du TOML valide, ligne { $line }, colonne { $column } (l’analyseur dit, en anglais : { $reason })
settings-file-correct = corrigez cette ligne (les textes se mettent entre guillemets droits)

settings-unknown = n’est pas un réglage
settings-unknown-table = n’est pas une table de réglages
settings-must-be-table = doit être une table
settings-missing = manque
settings-empty = est vide
settings-not-one-of = { $shown } ne convient pas (au choix : { $known })
settings-below = { $shown } est inférieur à { $least }
settings-above = { $shown } est supérieur à { $most }
settings-not-whole = { $shown } n’est pas un nombre entier
settings-not-number = { $shown } n’est pas un nombre
settings-not-bool = { $shown } n’est ni true ni false
settings-not-text = { $shown } n’est pas un texte
settings-not-list = { $shown } n’est pas une liste
settings-not-table = { $shown } n’est pas une table
settings-not-shaped = { $shown } n’a pas la forme attendue
settings-too-short = { $shown } est trop court (caractères : { $least } au moins)
settings-too-long = { $shown } est trop long (caractères : { $most } au plus)
settings-too-few = { $shown } ne contient pas assez (éléments : { $least } au moins)
settings-too-many = { $shown } contient trop (éléments : { $most } au plus)
settings-other = { $shown } ne peut pas servir ({ $reason })

settings-language = { $shown } est une langue sans catalogue (il y a : { $known })
settings-zone = { $shown } n’est pas un fuseau horaire de la liste IANA
settings-url = { $shown } n’est pas une adresse http(s)
settings-country = { $shown } n’est pas un pays ou une région dont les jours fériés sont connus
settings-hour = { $shown } n’est pas une heure
settings-not-after-start = { $shown } n’est pas après start ({ $start })
settings-listener = { $shown } n’est ni "hôte:port" ni "off"
settings-certificates = { $shown } n’est pas un fichier de certificats (PEM) lisible
settings-database = n’est pas l’adresse d’une base que Parvis puisse utiliser
settings-database-password = contient un mot de passe, dont la place est dans l’environnement ({ $variable })
settings-database-driver = demande le pilote de PostgreSQL, qui n’est pas installé
settings-database-driver-write = installez-le (pip install "parvis[postgres]"), ou écrivez { $what }

settings-no-platform = ne nomme aucune plateforme
settings-no-kind = { $shown } n’est pas une sorte de plateforme
settings-platform-name = n’est pas un nom de plateforme (minuscules sans accent, chiffres, _)
settings-platform-undeclared = nomme la plateforme { $shown }, que [platforms] ne déclare pas
settings-needs-public = vaut "off", et { $at } est appelé par là
settings-grant = { $shown } n’est pas PLATEFORME:ID
settings-account-id = { $shown } n’est l’identifiant stable d’aucun compte sur { $kind }
settings-group-id = { $shown } n’est l’identifiant stable d’aucun groupe sur { $kind }
settings-room-id = { $shown } n’est l’identifiant stable d’aucun salon sur { $kind }
settings-nobody = ne nomme personne
settings-role-of-nobody = { $shown } est un rôle que [roles] ne donne à personne

settings-secret-missing = manque, et sans cela { $at } ne peut pas se connecter
settings-secret-in-file = est un secret, et les secrets ne sont pas lus dans les fichiers
settings-secret-to-environment = retirez-le, et définissez { $variable } dans l’environnement
settings-token-other = contient un jeton d’une autre sorte
settings-token-example = contient un exemple, pas un jeton
settings-token-set = mettez-y celui qui commence par { $start }
settings-audit-key-missing = manque, et sans cela les décisions ne pourraient être signées
settings-audit-key-short = a moins de 32 caractères
settings-audit-key-set = donnez-lui ce qu’affiche "openssl rand -hex 32"
settings-variable-unknown = n’est pas une variable qui est lue
settings-scim-token-missing = manque : qui pousse l’annuaire du personnel doit le montrer
settings-scim-token-short = a moins de 32 caractères
settings-scim-token-set = définissez-la avec au moins 32 caractères tirés au hasard, comme ce qu’affiche « openssl rand -hex 32 »
settings-scim-library = demande la bibliothèque de SCIM, qui n’est pas installée
settings-scim-library-write = installez parvis[scim], ou écrivez scim = false
settings-in-the-clear = { $shown } est sur une autre machine, et mots de passe et messages traverseraient le réseau en clair
settings-issuer = { $shown } n’est pas une adresse qui commence par https://
settings-sign-on-address = manque, et qui se connecte avec le compte de l’entreprise y revient
settings-sign-on-client = écrivez comment la connexion de l’entreprise y appelle Parvis (« application ID », « client ID »)
settings-sign-on-secret = manque : sans lui, la connexion de l’entreprise ne dit rien à Parvis
settings-sign-on-secret-set = définissez-le avec le secret client que montre la connexion de l’entreprise, ou écrivez issuer = "" dans [sign_on]
settings-sign-on-library = demande la bibliothèque d’OpenID Connect, qui n’est pas installée
settings-sign-on-library-write = installez parvis[sso], ou écrivez issuer = ""

## Ce qui peut servir, et laisse un doute
doubt-country = n’est pas écrit, si bien que l’on écrit aux gens les jours fériés
doubt-country-write = écrivez { $what } pour ceux de la France, ou { $none } s’il ne faut en observer aucun
doubt-often = vaut { $number }, soit plus d’un message spontané par jour
doubt-contacts = vaut { $days }, et le budget de sollicitations regarde { $least } jours en arrière
doubt-column = demande la colonne « { $shown } » de l’annuaire du personnel, qui n’est pas de celles que chaque fichier peut avoir ; c’est bien si le vôtre l’a
