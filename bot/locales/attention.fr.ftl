## Ce qui est proposé sous chaque message spontané
attention-later = Plus tard
attention-no-more = Arrêter ces messages-là
attention-nothing = Répondez-moi seulement

## Commandes
command-parvis-snooze = Plus tard
    .usage = [jours, ou quoi]
    .help = Ne rien recevoir sans l’avoir demandé pendant quelque temps : tant de jours, ou une seule sorte de message.
    .example = parvis plus-tard 30
command-parvis-stop-kind = Arrêter ces messages-là
    .usage = quoi
    .help = Arrêter une sorte de message spontané.
    .example = parvis arreter-sorte community.invitation
command-parvis-stop = Répondez-moi seulement
    .usage = {""}
    .help = Me demander de ne vous écrire que pour vous répondre. Personne d’autre ne l’apprend.
    .example = parvis arreter
command-parvis-start = Vous pouvez m’écrire
    .usage = [quoi]
    .help = Me laisser vous écrire de nouveau, rarement, quand cela peut aider.
    .example = parvis reprendre
command-parvis-less = Moins souvent
    .usage = {""}
    .help = Me demander de vous écrire plus rarement encore.
    .example = parvis moins
command-parvis-more = Comme d’habitude
    .usage = {""}
    .help = Me laisser vous écrire de nouveau aussi souvent qu’aux autres.
    .example = parvis davantage

choice-parvis-undo = Annuler ce que l’on vient de demander

## Ce qui en est dit
wish-undo = Annuler
wish-undone = C’est annulé : cela ne vaut plus.
wish-undone-already = Il n’en reste rien à annuler. « parvis moi » montre ce qui vaut.
wish-still-none-of = Vous ne voulez rien de ceci : { $kind }. Cela vaut toujours.
wish-still-later = Vous avez remis ceci au { $until }, et cela vaut toujours. « parvis reprendre » y met fin.
wish-still-stopped = Vous m’avez demandé de ne faire que vous répondre, et cela vaut toujours. « parvis reprendre » y met fin.
snooze-done = Compris : je n’écris pas de moi-même avant le { $until }.
snooze-kind-done = Compris : avant le { $until }, plus rien de ceci : { $kind }.
snooze-which = Je n’ai pas compris pour combien de temps, ou pour quoi. Écrivez un nombre de jours, { $most } au plus, ou bien : { $kinds }.
stop-kind-which = Qu’est-ce que je ne dois plus vous envoyer ?
stop-kind-unknown = Je n’envoie rien de ce nom. Écrivez : { $kinds }.
stop-kind-done = Compris : je ne vous enverrai plus rien de ceci : { $kind }.
start-unknown = Je n’envoie rien de ce nom, donc rien n’est changé. « parvis reprendre » sans rien d’autre met fin à tout ce que vous avez arrêté ou remis à plus tard ; pour une seule sorte, écrivez : { $kinds }.
start-kind-done = Merci. Vous pourrez de nouveau recevoir ceci : { $kind }.
stop-done = Compris : à partir de maintenant, je ne fais que répondre quand vous demandez. Ce que vous avez demandé vous-même, comme une demande en cours, aura sa réponse. Personne d’autre ne l’apprend. « parvis reprendre » l’annule.
start-done = Merci. Je vous écrirai rarement, quand cela peut aider.
less-done =
    { $days ->
        [one] Compris : au plus un message spontané par jour.
       *[other] Compris : au plus un message spontané en { $days } jours. « parvis davantage » l’annule.
    }
more-done = Merci. Je vous écrirai rarement, quand cela peut aider.

## Silence
silence-said =
    { $count ->
        [one] Mon dernier message attendait un mot de vous, et je n’ai rien entendu. Je vous laisse donc en paix, et n’écris plus rien de moi-même.
       *[other] Mes { $count } derniers messages attendaient un mot de vous, et je n’ai rien entendu. Je vous laisse donc en paix, et n’écris plus rien de moi-même.
    }
silence-why = Vous recevez ceci une seule fois. Tout ce que vous me demandez ou pressez met fin à mon silence ; moins souvent est possible aussi.

## La page d’une personne
wish-usual = rarement, quand cela peut aider
    .label = Ce que je peux vous écrire de moi-même
wish-rarely =
    { $days ->
        [one] au plus un message par jour
       *[other] au plus un message en { $days } jours
    }
    .label = Ce que je peux vous écrire de moi-même
wish-nothing = rien : je ne fais que vous répondre
    .label = Ce que je peux vous écrire de moi-même
wish-hushed = rien, à personne, avant le { $until }
    .label = Silence dans toute l’entreprise
wish-none-of = { $kinds }
    .label = Ce que vous ne voulez plus
wish-later = { $kind }, pas avant le { $until }
    .label = Remis à plus tard par vous
wish-all = tout ce que vous n’avez pas demandé
wish-budget =
    { $days ->
        [one] { $used } sur { $allowed } au plus aujourd’hui
       *[other] { $used } sur { $allowed } au plus en { $days } jours
    }
    .label = Messages spontanés que vous avez reçus
wish-next = { $at } au plus tôt
    .label = Le prochain peut venir
