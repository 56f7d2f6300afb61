## Un formulaire posé ligne à ligne dans la conversation directe.
dialogue-question = Question { $number } sur { $total } : { $question }
dialogue-question-alone = { $question }
dialogue-option = { $number }. { $option }
dialogue-how = Écrivez simplement votre réponse ici. Écrivez « annuler » pour arrêter.
dialogue-how-optional = Écrivez votre réponse ici, « - » pour passer, ou « annuler » pour arrêter.
dialogue-cancel = Annuler
dialogue-cancelled = Annulé. Rien n’a été envoyé. Vous pouvez recommencer quand vous voulez.
dialogue-expired = J’ai fermé ce que nous écrivions ensemble : une journée est passée. Rien n’a été envoyé. Recommencez quand vous voulez.
dialogue-nothing = (rien)
dialogue-review-field = { $number }. { $field } : { $value }
dialogue-review-empty = Laissées vides : { $fields }.
dialogue-review-left-out = { $number } { $field }
dialogue-review-how = Écrivez « ok » pour envoyer. Pour changer une ligne, écrivez son numéro et le nouveau texte, par exemple « 2 Partager graines et conseils ». Écrivez « annuler » pour arrêter.
dialogue-review-unclear =
    { $count ->
        [one] Je n’ai pas compris. Écrivez « ok » pour envoyer, « 1 » et un nouveau texte pour changer la ligne, ou « annuler ».
       *[other] Je n’ai pas compris. Écrivez « ok » pour envoyer, un numéro de 1 à { $count } et un nouveau texte pour changer une ligne, ou « annuler ».
    }
dialogue-choose = Répondez par l’un de ces choix : { $options }.
dialogue-empty = Cette réponse est nécessaire. Écrivez quelques mots, ou « annuler » pour arrêter.
dialogue-too-long = Votre texte fait { $length } caractères, et il y a place pour { $limit }. Raccourcissez-le, puis envoyez-le de nouveau.
dialogue-gone = Cet échange est terminé. Donnez de nouveau la commande pour en commencer un autre.
dialogue-aside = Vos réponses à « { $form } » sont mises de côté pour une journée ; écrivez « reprendre » et nous y revenons.
dialogue-still-aside = Vos réponses à « { $form } » sont toujours de côté ; écrivez « reprendre » et nous y revenons.
dialogue-resume = Reprendre ce qui est de côté
dialogue-nothing-aside = Plus rien n’est de côté. Donnez de nouveau la commande pour recommencer.
