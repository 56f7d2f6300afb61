# L’accord : nudges/launch/signing.py, renderings.py, again.py
command-announcement-mandate = Donner un mandat de signer
    .usage = COLLÈGUE PREMIER-JOUR DERNIER-JOUR
    .help = Laisser un collègue signer vos annonces à votre place, quelques jours. Les préparer ne demande aucun mandat.
    .example = annonce mandat @sam 2026-12-01 2026-12-15
command-announcement-mandates = Qui signe à la place de qui
    .usage = {""}
    .help = Voir les mandats de signer des annonces que vous avez donnés et reçus, et y mettre fin.
    .example = annonce mandats
choice-announce-submit = Demander qu’une annonce soit signée
choice-announce-again = Confirmer à nouveau l’envoi d’une annonce signée
choice-announcement-approve = Signer une annonce faite en votre nom
choice-announcement-override = Signer une annonce, avec une raison écrite
choice-announcement-refuse = Refuser de signer une annonce, avec une raison
choice-announcement-revoke = Revenir sur un refus de signer
choice-announcement-amend = Modifier une annonce faite en votre nom, et la signer
choice-announcement-ask = Poser une question sur une annonce que vous devez signer
choice-announcement-take = Prendre en charge une annonce à signer
choice-announcement-show = Relire une annonce que vous devez signer
choice-announcement-answer = Répondre à une question sur une annonce
choice-announcement-withdraw = Ne plus demander qu’une annonce soit signée
choice-announcement-mandate-end = Mettre fin à un mandat de signer des annonces

form-announcement-override =
    .title = Signer
    .submit = Signer
    .cancel = Pas maintenant
field-announcement-override-text =
    .label = Votre raison
form-announcement-refuse =
    .title = Ne pas signer
    .submit = Refuser
    .cancel = Pas maintenant
field-announcement-refuse-code =
    .label = Pourquoi ?
field-announcement-refuse-text =
    .label = Avec vos mots
    .hint = La personne qui l’a préparée lira ceci.
field-announcement-refuse-alternative =
    .label = Que signeriez-vous à la place ?
form-announcement-ask =
    .title = Une question
    .submit = Demander
    .cancel = Pas maintenant
field-announcement-ask-text =
    .label = Votre question
    .hint = Elle va à la personne qui a préparé l’annonce.
form-announcement-answer =
    .title = Votre réponse
    .submit = Répondre
    .cancel = Pas maintenant
field-announcement-answer-text =
    .label = Votre réponse
form-announcement-amend =
    .title = Modifier et signer
    .submit = Signer ainsi
    .cancel = Pas maintenant
field-announcement-amend-title =
    .label = Titre
    .hint = Une ligne, 150 caractères au plus.
field-announcement-amend-text =
    .label = Texte
    .hint = En Markdown : **gras**, *italique*, listes, [liens](https://example.org). 3 000 caractères au plus.
form-announcement-mandate =
    .title = Un mandat de signer
    .submit = Le donner
    .cancel = Pas maintenant
field-announcement-mandate-person =
    .label = Qui signe à votre place ?
    .hint = Un collègue. Ce qui est à signer lui est montré, et toute trace dit que c’était lui ou elle.
field-announcement-mandate-on =
    .label = À partir de quel jour ?
    .hint = Sous la forme année-mois-jour.
field-announcement-mandate-until =
    .label = Jusqu’à quel jour ?
    .hint = Le dernier jour, sous la forme année-mois-jour.
option-wording = Les mots
option-moment = Le moment
option-audience = À qui elle s’adresse

## Ce qui est montré pour être signé
announcement-card = Annonce { $number }, pour votre signature : { $title }
announcement-voice = Vos mots, { $speaker } : Parvis les relaie, et le dit à chacun.
announcement-voice-own = Vos mots, { $speaker } : vous les publierez vous-même. Qui n’est pas dans la messagerie les reçoit de Parvis, qui dit qu’il les relaie.
announcement-version = { $version }, par { $by }
    .label = Version
announcement-counted =
    { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }
    .label = À
announcement-counted-not = pas encore confirmé
    .label = À
announcement-in-chat = Telle qu’on la voit dans la messagerie ({ $chats }) :
announcement-in-mail = Telle qu’on la lit dans un courriel ; un logiciel sans mise en forme la montre ainsi :
announcement-on-paper = Telle qu’elle est imprimée pour les personnes que ni la messagerie ni le courriel n’atteint : l’image jointe montre la feuille.
announcement-on-paper-unseen = Elle est aussi imprimée, pour les personnes que ni la messagerie ni le courriel n’atteint, avec les mots du courriel. La feuille ne peut pas être montrée : la bibliothèque qui imprime n’est pas installée.
announcement-subject = { $title }
    .label = Objet

## Ce qui est dit à la personne qui l’a préparée
announce-submit = Demander la signature
announcement-asked = L’annonce { $number } « { $title } » est montrée à { $speaker }, qui peut la signer, la modifier et la signer, ou refuser. Elle n’est pas envoyée sans signature. Toute modification en demande désormais une autre.
announcement-told-unsigned = L’annonce { $number } « { $title } » n’a pas été signée à temps : elle n’a pas été envoyée. Donnez-lui une autre date, puis redemandez la signature.
announcement-told-draft = L’annonce { $number } « { $title } » est de nouveau un brouillon, et n’est pas envoyée. Modifiez-la, puis redemandez la signature.
announcement-told-cancelled = L’annonce { $number } « { $title } », signée en votre nom, est abandonnée : elle ne sera pas envoyée.
announcement-told-gone = L’annonce { $number } « { $title } » attend la signature de { $speaker }, qui n’est plus dirigeant, ou n’est plus là. Elle ne partira pas ainsi : nommez un autre dirigeant, ou abandonnez-la.
announcement-told-gone-signed = L’annonce { $number } « { $title } » est signée par { $speaker }, qui n’est plus dirigeant, ou n’est plus là. Elle ne partira pas ainsi : nommez un autre dirigeant, dont il faut alors la signature, ou abandonnez-la.
announcement-told-uncounted = L’annonce { $number } « { $title } » doit partir { $at }, et personne n’a encore confirmé à combien de personnes elle s’adresse. Sans cela, elle n’est pas envoyée.
announcement-signed-uncounted = L’annonce { $number } « { $title } » est signée, mais personne n’a confirmé depuis son dernier changement à combien de personnes elle s’adresse. Sans cela, elle n’est pas envoyée.
announcement-anew = Elle est montrée telle qu’elle est maintenant à { $speaker }, pour être signée.
announcement-anew-signed = Sa signature ne vaut donc plus : elle est montrée telle qu’elle est maintenant à { $speaker }, pour être signée à nouveau. Elle n’est pas envoyée sans signature.
announcement-unasked = C’est de nouveau un brouillon : demandez la signature à { $speaker } quand il sera prêt.
announcement-unasked-signed = Sa signature ne vaut donc plus, et c’est de nouveau un brouillon : demandez-en une autre à { $speaker }.
announcement-uncounted = Le nombre de personnes confirmé ne vaut plus non plus : regardez l’aperçu, et confirmez-le à nouveau. Sans cela, elle n’est pas envoyée.

## Un non clair
announcement-asked-already = L’annonce { $number } « { $title } » attend déjà sa signature, ou l’a. Pour la modifier : annonce modifier { $number }
announcement-past = L’annonce { $number } « { $title } » devait partir { $at }, et c’est passé. Donnez-lui d’abord une autre date.
announcement-lacks = L’annonce { $number } « { $title } » ne peut pas encore être signée : qui la signe voit à qui elle s’adresse, quand elle part, et à combien de personnes. Il reste à dire :
announcement-lacks-audience = à qui elle s’adresse
announcement-lacks-time = quand elle part
announcement-lacks-number = à combien de personnes : regardez l’aperçu, et confirmez leur nombre
announcement-no-leader = { $speaker } n’est plus dirigeant, ou n’est plus là, et ne peut donc pas signer l’annonce { $number } « { $title } ». Nommez d’abord un autre dirigeant : annonce modifier { $number }

## Les mots du moteur, là où « approuver » et « demande » ne conviennent pas
announcement-sign = Signer
announcement-amend = Modifier et signer
announcement-card-signed =
    { $by ->
        [mandate] ✅ Signée par { $who } à la place de { $place }, { $at }.
       *[self] ✅ Signée par { $who }, { $at }.
    }
announcement-card-refused =
    { $by ->
        [mandate] ⛔ Pas signée : { $who }, à la place de { $place }, a refusé, { $at }.
       *[self] ⛔ Pas signée : { $who } a refusé, { $at }.
    }
announcement-card-named = { $names }
    .label = À signer par
announcement-card-needed = { $at }
    .label = À signer avant
announcement-card-voided = ⚠️ Modifiée depuis la signature de { $who } ({ $at }). Cette signature ne compte plus : regardez-la à nouveau, s’il vous plaît.
announcement-card-moved = L’annonce { $number } « { $subject } » est montrée à nouveau plus bas.
announcement-card-gone = Ce n’est plus à vous de signer l’annonce { $number } « { $subject } ». Vous n’avez rien à faire.
announcement-closed-signed = Trop tard : { $who } a signé l’annonce { $number } « { $subject } », { $at }. Rien n’a changé.
announcement-withdrawn = L’annonce { $number } « { $subject } » est de nouveau un brouillon : il n’est plus demandé à personne de la signer.
announcement-changed = L’annonce { $number } « { $subject } » a été modifiée depuis que vous l’avez lue. Rien n’a été signé : merci de la relire telle qu’elle est maintenant.
announcement-needed = Trop tard : l’annonce { $number } « { $subject } » était à signer avant { $at }. Rien n’a changé.
announcement-done-signed = C’est signé : l’annonce { $number } « { $subject } » part à son heure. La personne qui l’a préparée en est informée.
announcement-done-refused = Vous ne signez pas l’annonce { $number } « { $subject } ». La personne qui l’a préparée ne l’apprend pas avant { $at } ; d’ici là, vous pouvez revenir sur ce refus.
announcement-told-signed =
    { $by ->
        [mandate] Bonne nouvelle : { $who }, à la place de { $place }, a signé l’annonce { $number } « { $subject } ».
       *[self] Bonne nouvelle : { $who } a signé l’annonce { $number } « { $subject } ».
    }
announcement-told-amended =
    { $by ->
        [mandate] { $who }, à la place de { $place }, a modifié l’annonce { $number } « { $subject } », et l’a signée telle qu’elle est maintenant.
       *[self] { $who } a modifié l’annonce { $number } « { $subject } », et l’a signée telle qu’elle est maintenant.
    }
announcement-told-refused = { $who } a regardé l’annonce { $number } « { $subject } » et ne l’a pas signée.
announcement-told-voided = L’annonce { $number } « { $subject } », signée par vous ou à votre place, a été modifiée depuis. Cette signature ne compte plus.
announcement-told-soon = L’annonce { $number } « { $subject } » est à signer avant { $at }, et ne l’est pas encore. Sans signature, elle ne part pas.
announcement-told-late = L’annonce { $number } « { $subject } » était à signer avant { $at }, et ne l’a pas été : elle ne part pas.
announcement-soon = L’annonce { $number } « { $subject } », préparée par { $who }, est à signer avant { $at }, et ne l’est pas encore. Sans signature, elle ne part pas.
announcement-late = L’annonce { $number } « { $subject } », préparée par { $who }, était à signer avant { $at }, et ne l’a pas été : elle ne part pas.

## Confirmée à nouveau
announce-again = L’envoyer quand même
announcement-again-hush = Une trêve a été déclarée après cette signature.
announcement-again-done = L’annonce { $number } « { $title } » est confirmée à nouveau : elle sera envoyée.
announcement-again-first = L’annonce { $number } ne va donc à personne avant que vous disiez qu’elle doit partir malgré tout.
announcement-again-then = L’annonce { $number } « { $title } » est confirmée à nouveau. Elle continue dès que vous pressez :
announcement-again-nothing = Il n’y a rien à confirmer à nouveau sur l’annonce { $number } « { $title } ».

## Par une lettre
announcement-link = Signer, modifier ou refuser
announcement-link-why = Ce lien est à vous : ne le transmettez pas. Si votre navigateur n’est pas connu, il faudra aussi un numéro que je vous enverrai alors.
announcement-link-over = L’annonce { $number } n’attend plus de signature de vous par ce lien : elle a été signée, refusée ou abandonnée. Si vous voulez autre chose maintenant, dites-le à { $owner }, qui s’en occupe.
announcement-link-gone = L’annonce { $number } n’existe plus : il n’y a rien à signer.
announcement-link-stale = L’annonce { $number } a été modifiée après l’envoi de ce lien, qui ne signe donc plus rien. Elle vous a été envoyée de nouveau telle qu’elle est maintenant : ouvrez le lien de ce courriel-là.
