# Ce que la commande `parvis` dit des campagnes aux administrateurs : nudges/launch/campaign/verbs.py, plan.py, settling.py

verb-launch = Lancement : plans de campagnes, et ce qui s’imprime.
verb-launch-print = Écrire en PDF les feuilles d’une annonce pour les équipes sans messagerie ni courriel : une feuille par équipe, sans noms.
    .number = Le numéro de l’annonce.
verb-launch-plan = Reprendre le plan d’une campagne d’un fichier TOML ou CSV : tout, ou rien.
    .day_zero = Le jour à partir duquel le plan compte, par exemple 2027-01-18.
    .name = Le nom de la campagne ; celui du fichier, sauf indication.
    .zone = Fuseau horaire, par exemple Europe/Paris ; celui de l’organisation, sauf indication.
    .owner = Qui la suit, à la communication : un nom, une adresse, ou un compte tel que acme:U0123456789.

plan-of = Campagne « { $name } » : jour J { $day }, heure de { $zone }.
plan-column-line = ligne
plan-column-what = quoi
plan-column-when = quand
plan-column-title = titre
plan-is-new = nouvelle
plan-is-changed = modifiée
plan-is-gone = absente du plan : elle ne sera pas envoyée
plan-is-begun = déjà envoyée ou abandonnée : elle reste
plan-is-unchanged = inchangée
plan-is = { $what } : { $fields }
plan-field-title = titre
plan-field-text = texte
plan-field-speaker = dirigeant
plan-field-voice = qui la publie
plan-field-time = heure
plan-field-audience = destinataires
plan-field-media = supports
plan-field-after = ce qu’elle suit
plan-voids = un nouvel accord sera nécessaire
plan-uncounts = son nombre de personnes doit être confirmé à nouveau
plan-from-to = de { $before } à { $now }
plan-unchanged = { $count ->
    [one] { $count } ligne est comme avant.
   *[other] { $count } lignes sont comme avant.
}
plan-day-stays = Le jour J reste le { $day }, bien que le fichier dise un autre jour. Déplacez-le dans la messagerie (campagne deplacer), ou donnez --day-zero.
plan-warning = À noter : { $warning }
plan-dry = { $count ->
    [0] Rien ne changerait ; rien n’a été modifié.
    [one] { $count } ligne changerait ; rien n’a été modifié.
   *[other] { $count } lignes changeraient ; rien n’a été modifié.
}
plan-done = { $count ->
    [0] La campagne { $number } est modifiée.
    [one] { $count } ligne est reprise dans la campagne { $number }. Rien n’est envoyé avant l’accord du dirigeant.
   *[other] { $count } lignes sont reprises dans la campagne { $number }. Rien n’est envoyé avant l’accord des dirigeants.
}
plan-nothing = La campagne { $number } est telle que le dit le fichier : rien n’était à modifier.

## Ce qui ne va pas dans un plan
plan-trouble-key = { $file } : ligne { $row }, { $key } : { $wrong } ; { $write }
plan-trouble-line = { $file } : ligne { $row } : { $wrong } ; { $write }
plan-no-toml = ne se lit pas comme du TOML à partir d’ici
plan-write-toml = cherchez un guillemet, un crochet ou un signe égal qui manque ; les textes de plusieurs lignes sont entre trois guillemets
plan-none = ne contient aucune ligne
plan-write-lines = écrivez une table [[line]] par annonce, ou une ligne d’en-têtes et une ligne par annonce
plan-many = contient plus de { $most } lignes
plan-split = faites-en plusieurs campagnes
plan-unknown = { $shown } n’est rien de connu ici
plan-twice-in-line = { $shown } dit une seconde fois ce qui est dit
plan-lacking = n’a pas de colonne { $names }
plan-head = il peut y avoir { $names }
plan-columns = il peut y avoir { $names }
plan-no-text = { $shown } n’est pas un texte
plan-write-text = écrivez-le entre guillemets
plan-link = contient un lien vers « { $url } », qui ne mène nulle part
plan-video = contient une vidéo sans son titre, son adresse ou ce qui s’y dit
plan-empty = est vide
plan-key-odd = { $shown } a des caractères que les clés n’ont pas
plan-key-twice = { $shown } figure déjà en { $row }
plan-other-key = donnez à chaque ligne sa propre clé
plan-no-word = { $shown } n’est pas un mot connu ici
plan-no-medium = { $shown } ne porte aucune annonce
plan-absolute = { $shown } ne compte pas à partir du jour J
plan-no-time = { $shown } n’est pas un jour et une heure que l’on comprenne
plan-gap = { $time } n’existe pas le { $day } ({ $zone }) : les horloges avancent à ce moment-là
plan-twice = { $time } arrive deux fois le { $day } ({ $zone }) : les horloges reculent à ce moment-là
plan-past = le { $day } à { $time } est passé
plan-past-for-some = le { $day } à { $time } est déjà passé à l’heure locale de certains collègues
plan-several = { $shown } est le nom de plusieurs dirigeants
plan-no-leader = { $shown } n’est pas un dirigeant
plan-after-unknown = il n’y a pas de ligne { $shown }
plan-after-later = elle vient après { $shown }, qui part plus tard
plan-cycle = ces lignes s’attendent les unes les autres : { $names } (entre parenthèses : leur place)
plan-break-cycle = retirez l’une d’elles de ce qu’elle suit
plan-write-key = écrivez un nom court pour la ligne, fait de lettres, de chiffres, de « - », « _ » et « . », par exemple annonce
plan-write-when = écrivez les jours depuis le jour J et l’heure, par exemple J-7 09:00, J 9h ou J+1 14h
plan-other-time = choisissez une autre heure
plan-write-link = écrivez une adresse qui commence par https://, http:// ou mailto:
plan-write-video = écrivez [Vidéo : son titre](https://…) et, au-dessous, chaque ligne après « > », ce qui s’y dit
plan-write-title = écrivez la première ligne que l’on voit
plan-write-speaker = écrivez de qui sont les mots : le nom, l’adresse ou le compte d’un dirigeant, tel que acme:U0123456789
plan-write-voice = écrivez relayé ou propre, ou laissez vide
plan-write-clock = écrivez chacun pour l’heure locale de chacun, ou laissez vide
plan-write-invites = écrivez oui ou non
plan-write-media = écrivez chat, courriel ou papier, avec des virgules entre eux, ou laissez vide
plan-instead-community = écrivez à qui elle s’adresse sous public (« communauté NOM ») : chacun de ses membres en reçoit un exemplaire, et rien n’est publié dans son salon ; les supports sont chat, courriel et papier
plan-instead-video = écrivez la vidéo dans le texte, sous la forme [Vidéo : titre](https://…) suivie de sa transcription ; les supports sont chat, courriel et papier
plan-instead-guide = écrivez dans le texte un lien vers le guide, ou que « /guide » le montre ; les supports sont chat, courriel et papier
plan-write-leader = écrivez { $names }
plan-add-leader = ajoutez d’abord des dirigeants aux réglages (roles.leader)
plan-write-audience = mettez des virgules entre eux, et « sauf » avant qui n’en est pas
plan-write-after = écrivez la clé d’une autre ligne
plan-order = donnez à celle d’avant une heure plus tôt
plan-name = Une campagne porte un nom de 2 à { $most } caractères : donnez --name.
plan-no-day-zero = Quel jour est le jour J ? Donnez --day-zero, par exemple --day-zero 2027-01-18, ou day_zero dans le fichier.
plan-no-day = « { $shown } » n’est pas un jour ; écrivez par exemple 2027-01-18.
plan-two-days = « { $shown } » est un jour en Europe et un autre en Amérique ; écrivez { $europe } ou { $america }.
plan-no-zone = « { $shown } » n’est pas un fuseau de la liste IANA ; écrivez par exemple Europe/Paris.
plan-no-owner = Qui suit cette campagne ? Donnez --owner, par exemple --owner acme:U0123456789, ou owner dans le fichier.
plan-owner-unknown = « { $shown } » n’est ni de la communication, ni administrateur.
plan-which-owner = « { $shown } » est le nom de plusieurs personnes ; donnez un compte, tel que acme:U0123456789.
plan-overtaken = Quelqu’un a modifié une de ces annonces au même moment, rien du fichier n’a donc été repris. Recommencez.
