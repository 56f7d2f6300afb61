## Ce qui est retenu d’une personne : bot/desk
command-parvis-export = Exporter
    .usage = {""}
    .help = Recevoir tout ce que je retiens de vous, en JSON.
    .example = parvis exporter
command-parvis-object = M’opposer
    .usage = {""}
    .help = Que rien de votre profil ne soit regardé ni gardé ; rien ne vient non plus sans demande.
    .example = parvis opposition
command-parvis-unobject = Lever mon opposition
    .usage = {""}
    .help = Laisser de nouveau regarder votre profil.
    .example = parvis lever-opposition
command-parvis-erase = Effacer
    .usage = {""}
    .help = Voir ce que l’effacement ferait, puis faire effacer tout ce qui vous concerne.
    .example = parvis effacer
choice-parvis-erase-all = Effacer tout ce qui me concerne
desk-title = Ce que je retiens de vous
desk-group-who = Qui vous êtes
desk-group-chosen = Ce que vous avez choisi
desk-group-asked = Ce que vous avez demandé, et décidé
desk-group-communities = Communautés
desk-group-sent = Ce que je vous ai envoyé
desk-group-trail = La trace des décisions
desk-group-technical = Ce qu’il faut à la machine
desk-held = { $what } ({ $count }). { $why } { $until }
desk-others = Ce que d’autres ont écrit avec leurs mots peut vous mentionner : cela disparaît avec ce à quoi cela appartient.
desk-platform = Ce que j’ai remis se trouve dans la messagerie elle-même : elle relève de la plateforme, et les règles de votre entreprise disent pour combien de temps. Je ne peux pas l’en retirer.
desk-objected = Votre opposition vaut depuis le { $since } : rien de votre profil n’est regardé ni gardé.
desk-export = { $messages ->
    [one] Tout ce que je retiens de vous arrive dans notre conversation, en un message.
   *[other] Tout ce que je retiens de vous arrive dans notre conversation, en { $messages } messages : mis bout à bout, ils forment un seul texte JSON.
    }
desk-export-part = Partie { $number } sur { $of }
desk-export-private = Ce que cette personne a choisi, ce qui est lu de son profil sur les plateformes, ce qui lui a été envoyé, et si elle a réagi : elle seule peut le voir, avec « parvis exporter ».
desk-object = Entendu, tout de suite : rien ne vous vient sans demande, et rien de votre profil n’est regardé ni gardé. Dans les chiffres sur des services entiers, vous êtes une personne dont rien n’est connu, pour que nul ne puisse voir votre opposition ; pour la même raison, les collègues voient toujours ce que l’annuaire du personnel dit de chacun, et voient sur une plateforme ce qu’elle montre. Personne n’en est averti, et aucune liste ne le montre. Ce que vous demandez vous-même marche toujours. « parvis lever-opposition » revient en arrière.
desk-object-already = Votre opposition vaut déjà, depuis le { $since }.
desk-unobject = Votre profil compte de nouveau comme celui de tout le monde. Je n’écris toujours rien sans demande : « parvis reprendre » me le permet.
desk-unobject-none = Vous ne vous êtes opposé à rien.
desk-erase-title = Effacer tout ce qui vous concerne ?
desk-goes = Ceci disparaît, pour de bon :
desk-stays = Ceci reste, sans votre nom :
desk-effect = { $what } ({ $count }). { $does }
desk-erase-confirm = Effacer tout ce qui me concerne
desk-erase-there = Ce que l’effacement ferait se trouve dans notre conversation : regardez là, et confirmez là.
desk-erase-here = Confirmez-le dans notre conversation, pour que je puisse vous dire quand c’est fait.
desk-here = Ici, nous sommes entre nous. Ce que je retiens de vous, vous pouvez le voir et le faire effacer, avec les boutons ou par écrit : « parvis exporter », « parvis opposition », « parvis effacer ».
desk-there = Ce que je retiens de vous ne se dit qu’à vous : je vous ai écrit dans notre propre conversation. Continuez là.
desk-other-account = Ce compte n’est pas votre seul compte ici. Demandez-le depuis le compte avec lequel vous êtes membre.
desk-erase-over = Ceci n’est plus valable. « parvis effacer » montre de nouveau ce que l’effacement ferait.
desk-erased = C’est fait. De vous il reste un sceau de votre compte, qui ne dit à personne à qui il est et empêche que quoi que ce soit vienne sans demande ; et, là où d’autres en ont encore besoin, des votes et des changements de communautés sous un numéro sans nom. Si vous me parlez de nouveau, nous faisons connaissance comme la première fois.
desk-somebody = quelqu’un

## En ligne de commande
cli-desk-exists = { $file } existe déjà : nommez un nouveau fichier.
cli-desk-exported = { $file } contient tout ce qui est retenu de cette personne, sauf ce qu’elle a choisi, ce qui est lu de son profil sur les plateformes, ce qui lui a été envoyé, et si elle a réagi : elle seule le voit. Vous seul pouvez lire ce fichier ; supprimez-le une fois remis.
cli-desk-who = { $name } ({ $accounts })
cli-desk-effect = ce que fait l’effacement
cli-desk-confirm = Rien n’a été changé. Pour tout effacer, pour de bon, relancez avec --confirm "{ $name }".
cli-desk-other-name = Rien n’a été changé : la personne s’appelle « { $name } ».
cli-desk-erased = C’est effacé. Là où la plateforme montre à cette personne une page du bot, celle-ci est recouverte dès que le bot tourne ; jusque-là, une ligne de la base nomme son compte. Les copies de la base faites auparavant contiennent encore le reste : elles ont leur propre échéance. La messagerie elle-même garde ce qui a été remis.
cli-desk-unmatched = « { $who } » est une ligne de l’annuaire du personnel à laquelle aucun compte ne correspond : retirez-la du fichier importé.
cli-desk-nobody = Personne n’est connu comme « { $who } ». Écrivez la clé de l’annuaire du personnel, un compte comme « acme:U0123456789 », ou un numéro.
