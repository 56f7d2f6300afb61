## What is offered below each message that the bot sends on its own
attention-later = Later
attention-no-more = No more of these
attention-nothing = Only answer me

## Commands
command-parvis-snooze = Later
    .usage = [days, or what]
    .help = Have me write nothing on my own for a while: for so many days, or one kind of message.
    .example = parvis snooze 30
command-parvis-stop-kind = No more of these
    .usage = what
    .help = Stop one kind of message that I send on my own.
    .example = parvis stop-kind community.invitation
command-parvis-stop = Only answer me
    .usage = {""}
    .help = Ask me to write to you only when you ask something. Nobody else learns of it.
    .example = parvis stop
command-parvis-start = You may write to me
    .usage = [what]
    .help = Let me write to you again, rarely, when it can help.
    .example = parvis start
command-parvis-less = Less often
    .usage = {""}
    .help = Ask me to write to you even more rarely.
    .example = parvis less
command-parvis-more = As usual
    .usage = {""}
    .help = Let me write to you as often as to others again.
    .example = parvis more

choice-parvis-undo = Undo what one just asked for

## What is said of them
wish-undo = Undo
wish-undone = Undone: that no longer holds.
wish-undone-already = There is nothing of that left to undo. “parvis me” shows what holds.
wish-still-none-of = You want none of these: { $kind }. That still holds.
wish-still-later = You put this off until { $until }, and that still holds. “parvis start” ends it.
wish-still-stopped = You asked me only to answer you, and that still holds. “parvis start” ends it.
snooze-done = Understood: I will not write on my own before { $until }.
snooze-kind-done = Understood: before { $until }, none of these: { $kind }.
snooze-which = I did not understand for how long, or what. Write a number of days, { $most } at most, or one of: { $kinds }.
stop-kind-which = Which of these shall I send you no more?
stop-kind-unknown = I send nothing of that name. Write one of: { $kinds }.
stop-kind-done = Understood: I will send you none of these any more: { $kind }.
start-unknown = I send nothing of that name, so nothing was changed. “parvis start” alone ends all that you stopped or put off; for one kind, write one of: { $kinds }.
start-kind-done = Thank you. These may come again: { $kind }.
stop-done = Understood: from now on I only answer when you ask. What you asked for yourself, such as a request under way, still gets its answer. Nobody else learns of this. “parvis start” undoes it.
start-done = Thank you. I will write to you rarely, when it can help.
less-done =
    { $days ->
        [one] Understood: I write on my own once a day at most.
       *[other] Understood: I write on my own once in { $days } days at most. “parvis more” undoes it.
    }
more-done = Thank you. I will write to you rarely, when it can help.

## Silence
silence-said =
    { $count ->
        [one] My last message needed a word from you, and I heard nothing. So I leave you in peace, and write nothing on my own any more.
       *[other] My last { $count } messages needed a word from you, and I heard nothing. So I leave you in peace, and write nothing on my own any more.
    }
silence-why = You get this once. Whatever you ask me or press ends my silence; less often is possible too.

## A person’s own page
wish-usual = rarely, when it can help
    .label = What I may write to you on my own
wish-rarely =
    { $days ->
        [one] at most one message a day
       *[other] at most one message in { $days } days
    }
    .label = What I may write to you on my own
wish-nothing = nothing: I only answer you
    .label = What I may write to you on my own
wish-hushed = nothing, to anybody, before { $until }
    .label = Quiet in the whole company
wish-none-of = { $kinds }
    .label = What you no longer want
wish-later = { $kind }, not before { $until }
    .label = Put off by you
wish-all = everything I send on my own
wish-budget =
    { $days ->
        [one] { $used } of at most { $allowed } today
       *[other] { $used } of at most { $allowed } in { $days } days
    }
    .label = Messages I sent you on my own
wish-next = { $at } at the earliest
    .label = The next may come
