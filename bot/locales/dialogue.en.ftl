## A form asked line by line in the direct room.
dialogue-question = Question { $number } of { $total }: { $question }
dialogue-question-alone = { $question }
dialogue-option = { $number }. { $option }
dialogue-how = Just write your answer here. Write “cancel” to stop.
dialogue-how-optional = Write your answer here, “-” to leave it out, or “cancel” to stop.
dialogue-cancel = Cancel
dialogue-cancelled = Cancelled. Nothing was sent. You can start again whenever you like.
dialogue-expired = I have closed what we were writing together: a day went by. Nothing was sent. Start again whenever you like.
dialogue-nothing = (nothing)
dialogue-review-field = { $number }. { $field }: { $value }
dialogue-review-empty = Left empty: { $fields }.
dialogue-review-left-out = { $number } { $field }
dialogue-review-how = Write “ok” to send it. To change a line, write its number and the new text, for example “2 Share seeds and advice”. Write “cancel” to stop.
dialogue-review-unclear =
    { $count ->
        [one] I did not understand. Write “ok” to send it, “1” and a new text to change the line, or “cancel”.
       *[other] I did not understand. Write “ok” to send it, a number from 1 to { $count } and a new text to change a line, or “cancel”.
    }
dialogue-choose = Please answer with one of these: { $options }.
dialogue-empty = This answer is needed. Write a few words, or “cancel” to stop.
dialogue-too-long = That is { $length } characters long, and there is room for { $limit }. Please shorten it and send it again.
dialogue-gone = That exchange is over. Give the command again to start a new one.
dialogue-aside = Your answers to “{ $form }” were put aside for a day; write “resume” and we go on there.
dialogue-still-aside = Your answers to “{ $form }” are still put aside; write “resume” and we go on there.
dialogue-resume = Resume what was put aside
dialogue-nothing-aside = Nothing is put aside any more. Give the command again to start anew.
