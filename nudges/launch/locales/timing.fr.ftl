# Quand part une annonce : nudges/launch/timing.py, moment.py
choice-announce-when = Dire quand part une annonce : « annonce quand 3 demain 9h »
choice-announce-clock = Se faire relire à nouveau l’heure d’une annonce
choice-announce-at = Garder l’heure d’une annonce qui vient d’être relue
form-announce-when =
    .title = Quand part-elle ?
    .submit = Relire
    .cancel = Pas maintenant
field-announce-when-when =
    .label = Jour et heure
    .hint = Avec vos mots : « demain 9h », « mardi 1er décembre à 14h30 ».
field-announce-when-zone =
    .label = Fuseau horaire
    .hint = Un fuseau horaire ou sa ville : Europe/Paris, Tokyo.
field-announce-when-clocks =
    .label = Ailleurs
field-announce-when-window =
    .label = Retard permis, en minutes
    .hint = Au-delà, Parvis vous demande avant de l’envoyer.
option-fixed = À ce même instant
option-each = À l’heure locale de chacun

announce-when = Quand elle part
timing-read = L’annonce { $number } part alors. Est-ce bien cela ?
timing-yes = Oui, garder
timing-each = À l’heure locale de chacun
timing-fixed = Un seul instant pour tous
timing-another = Un autre moment
timing-this = { $at }
timing-meanwhile = Quelqu’un a dit entre-temps une autre heure pour l’annonce { $number } :
timing-kept = L’annonce { $number } « { $title } » sait quand elle part.
timing-unsaid = pas encore dit
    .label = Envoi
timing-at = { $at }
    .label = Envoi
timing-at-each = { $day }, { $time } à l’heure locale de chacun
    .label = Envoi
timing-late =
    { $minutes ->
        [one] { $minutes } minute au plus ; au-delà, quelqu’un doit la confirmer
       *[other] { $minutes } minutes au plus ; au-delà, quelqu’un doit la confirmer
    }
    .label = Retard permis
timing-not-worked = Personne ne travaille à cette heure-là : qui est hors de ses heures de travail la reçoit quand elles commencent.

## Ce qui ne va pas
timing-window = Écrivez un nombre de minutes, de { $least } à { $most }.
timing-zone = Aucun fuseau horaire ne s’appelle « { $text } ». Écrivez-en un, comme Europe/Paris, ou sa ville.
timing-zone-near = Aucun fuseau horaire ne s’appelle « { $text } ». Voulez-vous dire { $near } ?
timing-no-value = Dites le jour et l’heure : annonce quand 3 demain 9h
timing-over = { $at } : c’est passé. Dites un autre moment.
timing-over-for-some = { $time } est déjà passé à l’heure locale de certains collègues. Dites un jour plus lointain, ou choisissez un seul instant pour tous.
