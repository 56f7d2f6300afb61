# Les annonces pendant leur préparation : nudges/launch/drafting.py, showing.py
command-announce-new = Préparer une annonce
    .usage = [TITRE]
    .help = Écrire la parole d’un dirigeant : un titre, un texte en Markdown, de qui sont les mots. C’est un brouillon jusqu’à son accord ; rien n’est envoyé avant.
    .example = annonce nouvelle Le réseau ouvre lundi
    .shortcut = Préparer une annonce
command-announce-list = Annonces
    .usage = {""}
    .help = Voir les annonces en préparation, la plus récente d’abord.
    .example = annonce liste
choice-announce-begin = Préparer une annonce
choice-announce-show = Voir une annonce, et qui en a écrit quelle version
choice-announce-edit = Modifier une annonce ; ses versions précédentes restent
choice-announce-cancel = Abandonner une annonce : elle ne sera pas envoyée

form-announce-draft =
    .title = Annonce
    .submit = Garder le brouillon
    .cancel = Pas maintenant
field-announce-draft-title =
    .label = Titre
    .hint = Une ligne, 150 caractères au plus.
field-announce-draft-text =
    .label = Texte
    .hint = En Markdown : **gras**, *italique*, listes, [liens](https://example.org). 3 000 caractères au plus. Une vidéo : [Vidéo : titre](https://example.org) seule sur sa ligne, et dessous ce qui s’y dit, chaque ligne commençant par >.
field-announce-draft-speaker =
    .label = De qui sont ces mots ?
    .hint = Un dirigeant. L’annonce lui est montrée telle que chacun la verra, et il la signe.
field-announce-draft-voice =
    .label = Qui les publie ?
option-relayed = Parvis les relaie, et le dit
option-own = Le dirigeant, en son nom

announce-kept = L’annonce { $number } « { $title } » est gardée comme brouillon, version { $version }. Rien n’est envoyé avant l’accord du dirigeant.
announce-kept-asked = L’annonce { $number } « { $title } » est modifiée, version { $version }, et montrée à nouveau au dirigeant dont ce sont les mots, pour être signée. Rien n’est envoyé avant.
announce-title = Annonce { $number } : { $title }
announce-speaker = { $speaker }, relayé par Parvis
    .label = Parole de
announce-speaker-own = { $speaker }, qui la publiera
    .label = Parole de
announce-owner = { $owner }
    .label = Suivie par
announce-state = { $state }
    .label = État
announce-is-draft = brouillon
announce-is-cancelled = abandonnée
announce-is-signing = montrée au dirigeant, pas encore signée
announce-is-signed = signée
announce-is-unsigned = pas signée à temps
announce-is-late = en retard, attend une réponse
announce-is-sending = en cours d’envoi
announce-is-held = première vague envoyée, attend la suite
announce-is-paused = en pause
announce-is-sent = envoyée
announce-is-recalled = rappelée
announce-version = Version { $version } : { $who }, { $at }
announce-list =
    { $count ->
        [one] { $count } annonce est en préparation
       *[other] { $count } annonces sont en préparation
    }
announce-item = { $number }. « { $title } » : parole de { $speaker }, { $state }, version { $version }
announce-more =
    { $count ->
        [one] Et { $count } plus ancienne.
       *[other] Et { $count } plus anciennes.
    }
announce-none = Aucune annonce n’est en préparation.
announce-new = En préparer une
announce-show = La voir
announce-edit = La modifier
announce-cancel = L’abandonner
announce-cancelled = L’annonce { $number } « { $title } » est abandonnée : elle ne sera pas envoyée. Ce qui a été écrit reste lisible.

## Ce qui ne va pas
announce-no-title = Donnez-lui un titre : c’est la première ligne que l’on voit.
announce-title-odd = Écrivez le titre sur une ligne, en texte simple.
announce-no-text = Écrivez ce qu’il y a à dire.
announce-long = { $length } caractères, c’est trop : { $limit } au plus.
announce-one-speaker = Nommez un dirigeant : de qui sont ces mots ?
announce-no-leader = Il faut un dirigeant, car les dirigeants donnent leur accord à ce qui est dit en leur nom. S’il en est un, demandez à un administrateur de l’ajouter.
announce-unknown = Il n’y a pas d’annonce { $number }. « annonce liste » montre celles qui existent.
announce-over = L’annonce { $number } « { $title } » a été abandonnée, elle ne peut donc plus être modifiée. Commencez-en une autre : annonce nouvelle
announce-over-on-its-way = L’annonce { $number } « { $title } » est en cours d’envoi, elle ne peut donc plus être modifiée. « annonce pause { $number } » retient ce qui n’est pas encore parti, « annonce rappeler { $number } » reprend ce qui l’est.
announce-over-sent = L’annonce { $number } « { $title } » a été envoyée, elle ne peut donc plus être modifiée. « annonce rappeler { $number } » la reprend ; commencez-en une autre : annonce nouvelle
announce-over-recalled = L’annonce { $number } « { $title } » a été rappelée, elle ne peut donc plus être modifiée. Commencez-en une autre : annonce nouvelle
announce-over-stopped = L’annonce { $number } « { $title } » a été arrêtée en cours d’envoi, elle ne peut donc plus être modifiée. « annonce rappeler { $number } » reprend ce qui est parti ; commencez-en une autre : annonce nouvelle
announce-changed-meanwhile = Quelqu’un d’autre a modifié l’annonce { $number } entre-temps : elle en est à la version { $version }, et la vôtre n’a pas été gardée. Regardez d’abord la sienne : annonce voir { $number }
announce-avoid =
    { $count ->
        [one] Votre organisation préfère éviter ces mots. Vous pouvez les garder : renvoyez le formulaire tel quel.
       *[other] Votre organisation préfère éviter ces mots. Vous pouvez les garder : renvoyez le formulaire tel quel.
    }
announce-avoid-instead = « { $words } » : plutôt « { $instead } »
announce-avoid-words = « { $words } »
