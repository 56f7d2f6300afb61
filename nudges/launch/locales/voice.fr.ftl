# Ce que l’on demande à la direction : nudges/launch/voice/
command-ask = Poser une question à la direction
    .usage = @PERSONNE QUESTION
    .help = Poser une question à un membre de la direction, avec votre nom ou sans. Elle lui parvient quand vous envoyez le formulaire, et la réponse vous revient.
    .example = demander @diane Quand le réseau ouvre-t-il ?
    .shortcut = Question à la direction
command-ask-list = Questions en attente
    .usage = {""}
    .help = Voir les questions qui attendent et que vous suivez, la plus ancienne d’abord.
    .example = demander liste
choice-ask-withdraw = Retirer une question que vous avez posée
command-ask-here = Permettre de demander ici
    .usage = {"[NUMÉRO]"}
    .help = Dire qu’un de vos messages est l’annonce que vous deviez publier : ce qui est demandé dessous peut alors vous être envoyé. À écrire dans son fil, ou à choisir sur le message.
    .example = demander ici
    .shortcut = Questions ici
choice-ask-share = Permettre de publier les mots de votre question avec la réponse
choice-ask-unshare = Ne plus permettre de les publier
choice-ask-show = Voir une question, et celles qui ont la même réponse
choice-ask-join = Répondre ensemble à deux questions
choice-ask-part = Répondre à nouveau séparément à une question
choice-ask-answer = Répondre à une question au nom de la direction
choice-ask-draft = Préparer une réponse, que la direction enverra
choice-ask-send = Envoyer la réponse préparée
choice-ask-decline = Dire pourquoi une question restera sans réponse
choice-ask-redirect = Transmettre une question à un autre membre de la direction

form-ask-question =
    .title = Question
    .submit = Envoyer
    .cancel = Pas maintenant
field-ask-question-leader =
    .label = À qui la posez-vous ?
field-ask-question-text =
    .label = Votre question
    .hint = Elle est montrée telle quelle à son entourage. 3 000 caractères au plus.
field-ask-question-name =
    .label = Avec votre nom ?
    .hint = Sans lui, seul Parvis sait qui demande, et seulement pour que la réponse vous revienne.
option-named = Avec mon nom
option-unnamed = Sans mon nom
form-ask-answer =
    .title = Répondre
    .submit = Envoyer à tous
    .cancel = Pas maintenant
field-ask-answer-text =
    .label = La réponse
    .hint = Markdown : **gras**, *italique*, listes, [liens](https://example.org). 3 000 caractères au plus.
field-ask-answer-publish =
    .label = Sous l’annonce aussi ?
    .hint = On y lit la question, telle que vous la formulez ci-dessous, et la réponse ; non qui a demandé.
option-askers = Non, seulement à qui a demandé
option-readers = Oui, pour toutes les personnes qui la lisent
field-ask-answer-restated =
    .label = La question, telle que tout le monde la lit
    .hint = Pour la publier sous l’annonce seulement. Avec vos propres mots ; avec ceux de la personne qui a demandé uniquement s’ils figurent déjà ici, car elle l’a permis.
form-ask-draft =
    .title = Préparer une réponse
    .submit = La montrer
    .cancel = Pas maintenant
field-ask-draft-text =
    .label = Ce que la direction pourrait répondre
    .hint = Elle part quand la personne interrogée, ou qui a un mandat, l’envoie. 3 000 caractères au plus.
form-ask-decline =
    .title = Décliner
    .submit = Le dire à tous
    .cancel = Pas maintenant
field-ask-decline-text =
    .label = Pourquoi elle restera sans réponse
    .hint = Ces mots parviennent à toutes les personnes qui l’ont posée.
form-ask-redirect =
    .title = Transmettre
    .submit = La transmettre
    .cancel = Pas maintenant
field-ask-redirect-leader =
    .label = Qui doit répondre ?

question-sent = La question { $number } est envoyée à l’entourage de { $leader }, avec votre nom. La réponse vous reviendra.
question-sent-unnamed = La question { $number } est envoyée à l’entourage de { $leader }, sans votre nom : personne n’y voit qui la pose. La réponse vous reviendra.
question-withdraw = La retirer
question-may-share = Vos mots restent auprès de l’entourage. Ce qui est publié sous l’annonce, le cas échéant, l’est avec les mots de la personne interrogée, sauf si vous permettez de publier les vôtres.
question-share = Mes mots peuvent être publiés
question-shared = Les mots de la question { $number } peuvent figurer sous l’annonce avec la réponse, sans votre nom. Ils en sont retirés si vous revenez sur ce choix, si vous faites effacer ce qui est gardé sur vous, ou quand la question est oubliée, là où la messagerie permet de retirer un message.
question-unshare = Ne plus le permettre
question-unshared = Les mots de la question { $number } ne sont pas publiés ; là où ils l’étaient, ils sont retirés.
question-withdrawn = La question { $number } est retirée, et ses mots sont oubliés.

## Ce que voit l’entourage
question-title = Question { $number } à { $leader }{ $days ->
        [0] { "" }
        [one] , en attente depuis { $days } jour ouvré
       *[other] , en attente depuis { $days } jours ouvrés
    }
question-title-over = Question { $number }
question-by = { $who }
    .label = Posée par
question-by-somebody = quelqu’un qui n’a pas donné son nom
    .label = Posée par
question-under = { $title }
    .label = Sous l’annonce
question-alike = Ressemble à la question { $number } : « { $text } »
question-join = Répondre avec la { $number }
question-part = Séparer la { $number }
question-answer = Répondre
question-draft = Préparer une réponse
question-decline = Décliner
question-send = L’envoyer telle quelle
question-show = Voir la { $number }
question-see = Les voir
question-pass-on = Transmettre la { $number }
question-list =
    { $count ->
        [one] { $count } question en attente
       *[other] { $count } questions en attente
    }
question-item = { $number }. à { $leader }, { $days ->
        [0] aujourd’hui
        [one] en attente depuis { $days } jour ouvré
       *[other] en attente depuis { $days } jours ouvrés
    } : « { $text } »
question-item-too = avec elle, { $number }. à { $leader }, { $days ->
        [0] aujourd’hui
        [one] en attente depuis { $days } jour ouvré
       *[other] en attente depuis { $days } jours ouvrés
    } : « { $text } »
question-more =
    { $count ->
        [one] Et encore { $count }.
       *[other] Et encore { $count }.
    }
question-none = Aucune question que vous suivez n’est en attente.
question-draft-is = Préparé par { $who }, pas envoyé :
question-drafted = La réponse à la question { $number } est préparée. Elle est montrée à { $leader } et à qui a un mandat, qui l’enverront.
question-waits =
    { $count ->
        [one] { $count } question attend une réponse de { $leader } depuis { $days ->
            [one] { $days } jour ouvré
           *[other] { $days } jours ouvrés
        }.
       *[other] { $count } questions attendent une réponse de { $leader }, la plus ancienne depuis { $days ->
            [one] { $days } jour ouvré
           *[other] { $days } jours ouvrés
        }.
    }
question-lost =
    { $count ->
        [one] { $leader } ne fait plus partie de la direction, et { $count } question attend sa réponse. Transmettez-la, ou déclinez-la d’un mot.
       *[other] { $leader } ne fait plus partie de la direction, et { $count } questions attendent sa réponse. Transmettez-les, ou déclinez-les d’un mot.
    }
question-was-withdrawn = La personne qui l’a posée l’a retirée.
question-was-answered = Réponse envoyée par { $who }.
question-was-declined = Déclinée par { $who }.
question-was-passed-on = Transmise à { $leader }.
question-passed-on = La question { $number } attend maintenant une réponse de { $leader }, et la personne qui l’a posée l’apprend.
question-answered =
    { $count ->
        [one] La réponse part vers la personne qui a demandé, de la part de { $leader }, relayée par Parvis.
       *[other] La réponse part vers toutes les personnes qui ont posé ces { $count } questions, de la part de { $leader }, relayée par Parvis.
    }
question-declined =
    { $count ->
        [one] La personne qui a demandé l’apprend, avec vos mots.
       *[other] Toutes les personnes qui ont posé ces { $count } questions l’apprennent, avec vos mots.
    }

## Ce qui revient à qui a demandé
contact-question-answer = ce que deviennent les questions que vous posez à la direction
    .why = Vous avez posé une question à la direction.
question-answer-from = De { $leader }, relayé par Parvis : la réponse à votre question { $number }
question-public = Quelqu’un a demandé, et { $leader } répond, relayé par Parvis :
question-declined-by = L’entourage de { $leader } ne répondra pas à votre question, et dit pourquoi :
question-passed-on-told = Votre question { $number } est transmise : c’est { $leader } qui doit y répondre maintenant.

## Sur sa propre page
question-me-waiting =
    { $count ->
        [one] { $count } question attend votre réponse, depuis { $days ->
            [0] moins d’un jour ouvré
            [one] { $days } jour ouvré
           *[other] { $days } jours ouvrés
        } : demander liste
       *[other] { $count } questions attendent votre réponse, la plus ancienne depuis { $days ->
            [0] moins d’un jour ouvré
            [one] { $days } jour ouvré
           *[other] { $days } jours ouvrés
        } : demander liste
    }
question-me-asked = Question { $number } à { $leader }, posée le { $at } { $named ->
       *[yes] avec votre nom
        [no] sans votre nom
    } : { $state }
question-is-waiting = elle attend une réponse
question-is-answered = répondue
question-is-declined = déclinée, avec une explication
question-is-withdrawn = retirée

## Ce qui ne va pas
question-no-leaders = Il n’y a encore personne à qui demander : les réglages ne nomment aucun membre de la direction.
question-no-leader = On ne peut poser de question ici à cette personne. « demander » seul montre à qui l’on peut.
question-oneself = C’est vous-même : il n’y a personne à qui la porter.
question-empty = Écrivez ce que vous voulez savoir.
question-words = Écrivez ce qu’il faut dire.
question-long = { $length } caractères, c’est trop : { $limit } au plus.
question-twice = Vous l’avez déjà demandé : c’est la question { $number }, qui attend une réponse.
question-many =
    { $count ->
        [one] { $count } question de vous attend déjà : retirez-la, ou attendez sa réponse.
       *[other] { $count } questions de vous attendent déjà : retirez-en une, ou attendez une réponse.
    }
question-restate = Dites la question avec vos propres mots : elle figure au-dessus de la réponse.
question-restate-otherwise = Ce sont les mots de la personne qui a demandé, et elle n’a pas permis de les publier : dites-la avec les vôtres.
question-here = Ce que l’on demande sous ce message peut maintenant vous être envoyé, comme demandé sous « { $title } ».
question-here-how = Pour que l’on puisse vous interroger sous votre message : écrivez-moi « demander ici » dans son fil, ou choisissez « Questions ici » sur le message.
question-here-whose = Ce message est de quelqu’un d’autre : dites-le de l’un des vôtres.
question-here-none = Vous n’avez pas d’annonce à publier ici, ou le délai est passé : on la cherche pendant deux jours, dans les communautés visées et dans celles qui sont publiques.
question-here-which = De laquelle s’agit-il ? Dites-le avec son numéro : { $numbers }
question-unknown = Il n’y a pas de question { $number } parmi celles que vous suivez. « demander liste » montre celles qui attendent.
question-not-asked = Vous n’avez pas posé de question { $number }.
question-over = La question { $number } n’attend plus : { $state }.
question-closed = La question { $number } n’attend plus.
question-not-yours = Seule la personne interrogée ({ $leader }), ou qui a un mandat de sa part, répond en son nom. Vous pouvez préparer une réponse.
question-two-offices = Elles n’attendent pas la réponse de la même personne : transmettez d’abord l’une des deux.
question-joined-already = Elles ont déjà la même réponse.
question-apart-already = Elle a déjà une réponse à part.
question-drafted-meanwhile = Quelqu’un d’autre a préparé une autre réponse à la question { $number } entre-temps : regardez-la d’abord.
question-draft-other = Une autre réponse à la question { $number } a été préparée depuis : regardez-la d’abord.
question-draft-none = Aucune réponse à la question { $number } n’est préparée.
question-no-other = Il n’y a pas d’autre membre de la direction à qui la transmettre.
clock-launch-question_days = ce qui a été demandé aux dirigeants, et ce qu’ils ont répondu

## Sous une annonce
choice-ask-pass = Faire envoyer la question que vous avez posée sous une annonce
choice-ask-no = Laisser une question là où vous l’avez écrite
choice-ask-never = Ne plus recevoir cette proposition
contact-question-offer = les propositions d’envoyer ce que vous demandez sous un message de la direction
    .why = Vous avez demandé quelque chose sous un message de la direction.
question-offer = Vous avez demandé quelque chose sous « { $title } ». Faut-il l’envoyer à l’entourage de { $leader } ? Rien n’en est gardé ni envoyé sans votre accord ; la réponse vous reviendra.
question-offer-office = Vos mots vont à l’entourage, et nulle part ailleurs.
question-offer-seen = Sans votre nom, personne dans l’entourage n’apprend qui demande, mais qui lit ce fil y voit qui l’a écrit.
question-offer-named = L’envoyer avec mon nom
question-offer-unnamed = L’envoyer sans mon nom
question-offer-no = Non
question-offer-never = Ne plus me le proposer
question-offer-kept-none = Elle reste là où vous l’avez écrite, et nulle part ailleurs.
question-offer-stopped = On ne vous le propose plus. « demander » envoie toujours ce que vous y écrivez ; « parvis reprendre » annule ce choix.
question-offer-over = Elle ne peut plus être envoyée d’ici. Écrivez-la : demander
question-passing = Elle part.
question-unread = Elle ne peut plus être lue là où vous l’avez écrite. Écrivez-la à nouveau pour l’envoyer :
question-write = L’écrire
