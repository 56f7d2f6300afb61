## What is sent on the bot’s own: looked at first, confirmed, begun with a few, gone on with, paused
command-nudge = What is sent on the bot’s own
    .usage = {""}
    .help = See whether I may write to people on my own, and what the next step is.
    .example = nudge
command-nudge-preview = Preview
    .usage = {""}
    .help = See who would be written to now, and with which words. Nothing is sent.
    .example = nudge preview
command-nudge-informed = Staff were informed
    .usage = [day] [how]
    .help = Record on which day staff were informed of what I send on my own, and how.
    .example = nudge informed 2026-11-20 By e-mail to all, and in the works council
command-nudge-confirm = Confirm the preview
    .usage = number of people
    .help = Confirm the preview that you looked at, by repeating how many people it names.
    .example = nudge confirm 12
command-nudge-wave = Begin with a few
    .usage = {""}
    .help = Write to a first few people, drawn at random; then I wait for your word.
    .example = nudge wave
command-nudge-go = Go on with all
    .usage = [why]
    .help = After the first few people: write to all the others as well.
    .example = nudge go
command-nudge-pause = Pause
    .usage = [kind, or “all”] [why]
    .help = Send nothing on my own until it is resumed; or nothing of one kind.
    .example = nudge pause all Two people found the words unclear
command-nudge-hush = Quiet time
    .usage = [day] [why]
    .help = Write nothing on my own to anybody until a day. What is due meanwhile is dropped.
    .example = nudge hush 2026-12-07 A colleague died
command-nudge-unhush = End the quiet time
    .usage = [why]
    .help = End a quiet time before its day.
    .example = nudge unhush
command-nudge-resume = Resume
    .usage = [kind, or “all”] [why]
    .help = Go on with what was paused.
    .example = nudge resume
command-nudge-why = Say why
    .usage = [why]
    .help = Say why you decided what you decided last about the messages that I send on my own. It goes into the trail of decisions.
    .example = nudge why The works council asked for it

form-nudge-hush = A quiet time
    .title = Quiet time
    .submit = Be quiet
    .cancel = Not now
field-nudge-hush-until = Until
    .label = Until which day?
    .hint = From the morning of that day on, it goes on.
field-nudge-hush-why = Why
    .label = Why?
    .hint = It goes into the trail of decisions, and is told to nobody.
form-nudge-why = Why it was decided
    .title = Why?
    .submit = Record
    .cancel = Not now
field-nudge-why-why = Why
    .label = Why did you decide so?
    .hint = It goes into the trail of decisions, and is told to nobody.
form-nudge-informed = How staff were informed
    .title = Staff were informed
    .submit = Record
    .cancel = Not now
field-nudge-informed-on = Day
    .label = On which day?
    .hint = Such as 2026-11-20; not a day to come.
field-nudge-informed-how = How
    .label = How?
    .hint = For example: by e-mail to all, and in the works council. It goes into the trail of decisions.

nudging-title = What I send on my own
nudging-informed = on { $day }, recorded by { $who }
    .label = Staff were informed
nudging-informed-how = { $how }
    .label = How
nudging-informed-earlier = on { $day }: { $how }
    .label = Recorded before
nudging-informed-there = on { $day }: { $how }
    .label = Recorded already
nudging-informed-again = What you record now takes its place, and both are shown. What was confirmed stays confirmed.
nudging-informed-not = not recorded yet
    .label = Staff were informed
nudging-confirmed = on { $at }, by { $who }, naming { $people ->
    [one] one person
   *[other] { $people } people
}
    .label = Preview confirmed
nudging-confirmed-not = not yet
    .label = Preview confirmed
nudging-kind = { $kind }: { $stage }
nudging-stage-new = nothing is sent before its preview is confirmed
nudging-stage-confirmed = confirmed, and not begun
nudging-stage-wave = the first few people are being written to
nudging-stage-waits = the first few people were written to; it waits for your word
nudging-stage-all = is sent to whoever is due
nudging-stage-paused = paused
nudging-stage-hushed = nothing is sent during the quiet time
nudging-next-inform = I send nothing on my own before an administrator has recorded that staff were informed: “nudge informed”.
nudging-next-preview = Next: look at the preview, then confirm it.
nudging-next-wave = Next: begin with a few people.
nudging-next-wait = The first few people are being written to, each once they are due, within their own working hours. I tell whoever began it when that is done.
nudging-next-go = Next: see how the first few people took it, then go on with all, or pause.
nudging-next-resume = It goes on when somebody resumes it.
nudging-next-hushed = Nothing is sent until the quiet time is over: on its day, or when somebody ends it.
nudging-next-nothing = There is nothing to do.

nudging-informed-why = I send nothing on my own before staff were informed of it. Please record when that was, and how.
nudging-informed-done = Recorded.
nudging-day-wrong = That is no day I can read. Please write it like this: { $example }, or like this: 20 November 2026.
nudging-day-future = That day is still to come. Record it once staff were informed.
nudging-not-informed = It is not recorded yet that staff were informed, so nothing can begin. An administrator records it: “nudge informed”.
nudging-confirm = { $people ->
    [0] Confirm these words
    [one] Confirm for one person
   *[other] Confirm for { $people } people
}
nudging-confirm-number = Please repeat how many people the preview names, such as “nudge confirm 12”: “nudge preview” shows it.
nudging-confirm-unseen = Nothing was confirmed: a preview comes first, with the words of all that is confirmed. “nudge preview” shows it.
nudging-confirm-other = Nothing was confirmed: you say { $said }, and the last preview named { $people ->
    [one] one person
   *[other] { $people } people
}. “nudge preview” shows it again.
nudging-confirm-nothing = Everything was confirmed already, so there is nothing to confirm.
nudging-confirm-changed = Nothing was confirmed: you looked at a preview naming { $seen ->
    [one] one person
   *[other] { $seen } people
}, and now it names { $people ->
    [one] one person
   *[other] { $people } people
}. Please look at it again: “nudge preview”.
nudging-confirm-done = Confirmed. Nothing was sent yet.
nudging-wave-unconfirmed = Please look at the preview and confirm it first: “nudge preview”.
nudging-wave-nothing = There is nothing to begin: what was confirmed has begun already.
nudging-wave-early = Nothing has begun: nobody is due before { $first }. Whom I have just met is given time to settle in. Begin then, or later.
nudging-wave-paused = What was confirmed is paused. Resume it first: “nudge resume”.
nudging-wave-hushed = Nothing has begun: until { $until } it is a quiet time, and what falls due in it is dropped. Begin after it, or end it: “nudge unhush”.
nudging-wave-done = The first few people are drawn, and written to within their own working hours.
nudging-wave-sent = The first few people were promised their messages. Once you have seen how they took it: go on with all the others, or pause.
nudging-go-wave = The first few people are still being written to. I tell whoever began it when that is done.
nudging-go-nothing = There is nothing that waits for your word.
nudging-go-done = From now on all the others are written to as well, each when they are due.
nudging-why-not = The trail of decisions has who, what and when, but not why: “nudge why” adds it.
nudging-why-done = Recorded.
nudging-pause-done = Paused: nothing more of it is sent until it is resumed. What I was about to say waits; after a week it is dropped.
nudging-pause-already = It is paused already.
nudging-resume-done = Resumed.
nudging-resume-already = Nothing of that is paused.
nudging-kind-unknown = I know no “{ $kind }”. There are: { $kinds }.

nudging-preview = Who would be written to now
nudging-preview-people = { $people ->
    [0] Nobody whom I may name would be written to now.
    [one] One person would be written to now, unless they chose otherwise:
   *[other] { $people } people would be written to now, except those who chose otherwise:
}
nudging-preview-part = There are so many people that only those known longest were looked at.
nudging-preview-begun = The first few people are drawn among these, and not told apart: { $kinds }.
nudging-preview-going = This is sent to all already, to each within a minute once they are due, so nobody is named: { $kinds }.
nudging-preview-named = { $name } ({ $platform }): { $what }
nudging-preview-more = and { $people ->
    [one] one more
   *[other] { $people } more
}
nudging-preview-others = { $people ->
    [one] One other
   *[other] { $people } others
}: not now.
nudging-preview-platforms = { $counts }
    .label = On which platform
nudging-preview-zones = { $counts }
    .label = In which time zone
nudging-counted = { $what } { $people }
nudging-fact = { $label }: { $text }
nudging-what = { $what }
nudging-preview-words = { $kind } ({ $language }):
nudging-preview-rule = Named are people of departments of { $smallest } or more, by what everybody may know. What somebody chose for themselves changes nothing here: whoever wants to be left in peace is not written to, and nobody is told who that is. Others may be written to as well, in smaller departments. Nothing was sent.
nudging-digest = { $count ->
    [one] One thing for you
   *[other] { $count } things for you, at once
}
nudging-no-more = No more of: { $kind }
nudging-hushed = until { $until }
    .label = Quiet time
nudging-hush-why = Until that day I write nothing on my own to anybody. What would have been due meanwhile is dropped.
nudging-hush-wrong = Until which day? It has to be a day to come, within a year, such as { $example }.
nudging-hush-done = Quiet time has begun: until then I write nothing on my own to anybody. I still answer, and decisions still reach those who decide.
nudging-unhush-nothing = There is no quiet time to end.
nudging-unhush-done = The quiet time is over. What was due meanwhile is not made up for.
nudging-doctor-hush = Nothing is sent on the bot’s own until { $day }: somebody asked for a quiet time.
nudging-doctor-hush-todo = In the chat, “nudge unhush” ends it before that.

nudging-doctor-fine = What the bot sends on its own was confirmed, and nothing of it is paused.
nudging-doctor-informed = It is not recorded that staff were informed, so the bot sends nothing on its own.
nudging-doctor-informed-todo = Inform staff, then record it in the chat: “nudge informed”.
nudging-doctor-confirmed = Nobody has confirmed a preview of this yet, so it is not sent: { $kinds }.
nudging-doctor-confirmed-todo = Look at it with “parvis nudge preview”, then confirm it in the chat: “nudge preview”.
nudging-doctor-waits = The first few people were written to, and it waits for somebody’s word: { $kinds }.
nudging-doctor-waits-todo = In the chat, “nudge go” goes on with all; “nudge pause” pauses.
nudging-doctor-paused = This is paused, so it is not sent: { $kinds }.
nudging-doctor-paused-todo = In the chat, “nudge resume” goes on.
