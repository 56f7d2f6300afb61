# Links that open a page, and what browsers are told: bot/visits, bot/web
visit-no-address = Les pages ne sont pas encore accessibles. L’administration règle public et address dans [web].
visit-asked = Quelqu’un a ouvert votre lien vers { $page } dans un navigateur qui affiche le nombre { $number }. Est-ce le vôtre ?
visit-asked-else = Si vous n’avez rien ouvert à l’instant, ou si votre navigateur affiche un autre nombre, dites non : rien n’y sera montré.
visit-open = Oui, c’est le mien
visit-close = Non
choice-parvis-open-page = montrer une page dans le navigateur où l’on a ouvert son lien
choice-parvis-close-page = ne rien montrer dans le navigateur où son lien a été ouvert
visit-opened = La page s’y ouvre. Dans ce navigateur, je ne demanderai plus.
visit-closed = Rien n’y est montré. Si vous avez transmis le lien : qui peut voir la page demande le sien.
visit-distrusted = Plus rien n’est montré dans les navigateurs que vous aviez dits vôtres ; dans chacun, je vous redemanderai. Demandez-moi un nouveau lien pour continuer.
visit-over = Ce lien n’est plus valable.
visit-none = Aucun lien de ce genre n’est à vous.
visit-link = Ouvrir { $page }
visit-link-whose = Ce lien a été fait pour { $name }.
visit-link-once =
    { $count ->
        [one] Il ouvre une seule fois, dans la minute qui suit sa création : par ce bouton, pas en le regardant.
       *[other] Il ouvre une seule fois, dans les { $count } minutes qui suivent sa création : par ce bouton, pas en le regardant.
    }
visit-link-else = Si vous n’êtes pas { $name } : avec { $command } dans la messagerie, vous recevrez votre propre lien, si vous pouvez voir la page.
visit-link-open = Ouvrir
visit-link-forged = Ce lien n’est pas de moi
visit-link-forged-why = Il n’est pas complet, ou il a été modifié. Peut-être en manque-t-il une partie après une copie.
visit-link-old = Ce lien est trop ancien
visit-link-old-why = Les liens ne sont valables que peu de temps, pour qu’un lien retrouvé plus tard n’ouvre rien.
visit-link-used = Ce lien a déjà servi
visit-link-used-why = Chaque lien ouvre une seule fois, pour que personne d’autre n’entre par lui.
visit-link-anew = Demandez-en un nouveau : écrivez-moi { $command } dans la messagerie.
visit-link-anew-any = Revenez à la messagerie et demandez-moi un nouveau lien.
visit-wait = Dites dans la messagerie que c’est vous
visit-wait-asked = Je viens de demander à { $name }, dans la messagerie, si le navigateur qui affiche ce nombre est le sien. Si c’est vous, répondez-y : la page s’ouvrira ici d’elle-même.
visit-wait-else = Si vous n’êtes pas { $name }, fermez cette page : elle a été ouverte avec son lien. Avec { $command } dans la messagerie, vous recevrez le vôtre, si vous pouvez voir la page.
visit-wait-go = J’ai répondu : continuer
visit-wait-over = Rien n’est montré ici
visit-wait-over-todo = La réponse dans la messagerie était non, ou n’est pas venue à temps. Demandez-y-moi un nouveau lien.
visit-left = La page est fermée
visit-left-todo = Demandez-moi un nouveau lien dans la messagerie quand vous voudrez la revoir. Ce navigateur ne sait plus à qui il est : je vous le demanderai alors.

# What every page has
page-skip = Aller au contenu
page-settings = Langue et apparence
page-language-en = English
page-language-fr = Français
page-theme-system = Comme le système
page-theme-light = Clair
page-theme-dark = Sombre
page-leave = Fermer la page
page-back = Retour
page-none = Il n’y a rien ici
page-none-todo = Cette adresse n’est pas des miennes. Peut-être en manque-t-il une partie.
page-wrong = Cela ne se fait pas ici
page-wrong-todo = Ces pages se lisent. Revenez en arrière, et prenez ce qu’elles proposent.
page-refused-todo = Revenez en arrière, et demandez autre chose.
page-foreign = Un autre site vous a envoyé ici
page-foreign-todo = Par prudence, rien n’a été fait. Ouvrez vous-même le lien depuis la messagerie.
page-away = Je n’atteins pas ma base de données
page-away-todo = Réessayez dans une minute.
page-nobody = Je ne sais pas qui lit { $page } ici
page-nobody-todo = Écrivez-moi { $command } dans la messagerie : vous recevrez un lien qui ouvre { $page } ici. Votre dernière visite a pu prendre fin.
page-nobody-sign-on = Connectez-vous avec le compte de l’entreprise ; ou écrivez-moi { $command } dans la messagerie : vous recevrez un lien qui ouvre { $page } ici.
page-not-yours = Cette page n’est pas pour vous
page-not-yours-todo = Elle est pour l’animation, la communication ou l’administration. Si vous en êtes, demandez à l’administration quels rôles vous avez.

# La connexion de l’entreprise : bot/web/signon
signon-go = Se connecter avec le compte de l’entreprise
signon-else = Ou écrivez-moi { $command } dans la messagerie : vous recevrez un lien qui ouvre { $page } ici.
signon-cancelled = Vous ne vous êtes pas connecté
signon-cancelled-todo = La connexion de votre entreprise vous a renvoyé ici sans cela : elle a été interrompue, ou vous ne pouvez pas vous connecter ici. Réessayez, ou demandez un accès aux responsables de la connexion.
signon-away = La connexion de votre entreprise ne répond pas
signon-away-todo = Réessayez dans une minute. Si cela dure, dites-le à l’administration.
signon-wrong = Je ne peux pas me fier à ce que dit la connexion de votre entreprise
signon-wrong-todo = Ce qui est revenu ne correspond pas à ce que j’ai demandé : rien n’est montré. Dites-le à l’administration : mon journal dit ce qui ne correspond pas.
signon-unverified = Votre adresse n’est pas confirmée
signon-unverified-todo = La connexion de votre entreprise donne une adresse électronique pour vous, sans dire qu’elle l’a vérifiée. Demandez aux responsables de la connexion de la confirmer.
signon-unknown = Je ne connais personne par ce compte
signon-unknown-todo = Vous êtes connecté, mais ni l’annuaire du personnel ni la messagerie n’ont quelqu’un que je puisse reconnaître à ce que la connexion dit de vous. Dites-le à l’administration.
signon-several = Je ne peux pas dire qui vous êtes
signon-several-todo = Plusieurs personnes ont ce que la connexion dit de vous : rien n’est montré. Dites-le à l’administration.
signon-over = Cette connexion est terminée
signon-over-todo = Elle a déjà servi, a duré trop longtemps, ou a commencé dans un autre navigateur. Recommencez.
