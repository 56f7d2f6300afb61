# Campaigns: nudges/launch/campaign
command-campaign-list = Campaigns
    .usage = {""}
    .help = See the campaigns there are, with their day zero and their phase.
    .example = campaign list
command-campaign-move = Move the day zero of a campaign
    .usage = NUMBER DAY
    .help = See when each line would be sent if day zero were another day; then press to move all that was not sent.
    .example = campaign move 1 25 January
choice-campaign-show = See a campaign: every line of its plan, when it is sent, and how far it is
choice-campaign-moved = Move the day zero of a campaign, once the difference was shown
choice-campaign-phase = See what another phase of a campaign would change (pilot, launch, run)
choice-campaign-enter = Let a campaign enter another phase, once the difference was shown

campaign-none = There is no campaign. An administrator takes one over from a file: parvis launch plan FILE
campaign-list = { $count ->
    [one] 1 campaign
   *[other] { $count } campaigns
}
campaign-item = { $number }. “{ $name }”: day zero { $day }, phase { $phase }
campaign-show = Show “{ $name }”
campaign-more = { $count ->
    [one] And 1 more line.
   *[other] And { $count } more lines.
}
campaign-next = The next lines
campaign-unknown = There is no campaign { $number }. “campaign list” shows those there are.
campaign-title = Campaign { $number }: { $name }
campaign-day-zero = { $day }, { $zone } time
    .label = Day zero
campaign-phase = { $phase }
    .label = Phase
campaign-owner = { $owner }
    .label = Looked after by
campaign-phase-pilot = pilot
campaign-phase-launch = launch
campaign-phase-run = run
campaign-line = { $days } · { $at } · { $key } (announcement { $number }): “{ $title }”, { $state }{ $more ->
    [0] {""}
   *[other] ; { $details }
}
campaign-line-unset = { $days } · no time · { $key } (announcement { $number }): “{ $title }”, { $state }{ $more ->
    [0] {""}
   *[other] ; { $details }
}
campaign-each = at this hour, local to each person
campaign-invites = to those who have not signed in yet
campaign-by-chat = by direct message
campaign-by-mail = by e-mail
campaign-by-paper = on paper
campaign-after = after { $keys }
campaign-all-chat = Everything in this campaign is said in the chat: who has not signed in yet hears nothing of it. Add e-mail, or paper.
campaign-no-work = { $key }: nobody works on { $day }.
campaign-no-link = { $key } invites people, and has no link by which to sign in. Write one in its text, or set launch.sign_in.
campaign-reaches = Its announcements reach { $names }, and nobody beyond.
campaign-reaches-all = Its announcements reach whoever they are for.
campaign-holds = Meanwhile these unasked messages wait: { $kinds }.
campaign-frees = These unasked messages would go on: { $kinds }.

## Moving day zero: nudges/launch/campaign/moving.py
campaign-move-where = To which day? Write for example: campaign move { $number } 25 January
campaign-move-past = { $day } is over. Which day to come?
campaign-move-there = Day zero of “{ $name }” is { $day } already.
campaign-move = Day zero of “{ $name }” would go from { $before } to { $day }. Nothing has been moved yet.
campaign-move-line = { $key } “{ $title }”: from { $before } to { $at }
campaign-move-voids = { $key } “{ $title }”: from { $before } to { $at }; it must be signed anew
campaign-move-stays = { $key } “{ $title }”: stays as it is ({ $state })
campaign-move-idle = Nobody works on the new day of { $keys }.
campaign-move-cannot = Day zero of “{ $name }” cannot go from { $before } to { $day }, and nothing was moved:
campaign-move-wrong = { $key }: { $asks }
campaign-move-now = Move all
campaign-move-anew = Something changed since that was shown, so nothing was moved. This is how it would be now:
campaign-moved = Day zero of “{ $name }” is { $day } now. { $count ->
    [0] No line had to be moved.
    [one] 1 line was moved with it.
   *[other] { $count } lines were moved with it.
}
campaign-moved-void = { $count ->
    [one] 1 of them must be signed anew.
   *[other] { $count } of them must be signed anew.
}
campaign-meanwhile = Somebody else changed this campaign at the same moment, so nothing was done. Look at it again first.

## Phases: nudges/launch/campaign/phases.py
campaign-to-pilot = To the pilot
campaign-to-launch = To the launch
campaign-to-run = To the run
campaign-phase-which = Which phase? There are pilot, launch and run: campaign phase { $number } launch
campaign-phase-there = “{ $name }” is in that phase already: { $phase }.
campaign-phase-title = “{ $name }” would go from the phase { $before } to { $phase }. Nothing has changed yet.
campaign-phase-people = Announcement { $number } “{ $title }”: { $before ->
    [one] 1 person
   *[other] { $before } people
} before, { $people ->
    [one] 1 person
   *[other] { $people } people
} then
campaign-phase-void = { $count ->
    [one] The number of people that was confirmed of 1 of them is void then.
   *[other] The numbers of people that were confirmed of { $count } of them are void then.
} Each has to be confirmed again, else it is not sent.
campaign-entered-void = { $count ->
    [one] The number of people that was confirmed of 1 of them is void.
   *[other] The numbers of people that were confirmed of { $count } of them are void.
} Look at each preview, and confirm it again; else it is not sent.
campaign-entered = “{ $name }” is in the phase { $phase } now.

## In previews: nudges/launch/limits.py
limits-phase = Its campaign is in the phase { $phase }: of these people it reaches { $names }, and nobody beyond.
limits-media = Its campaign wants it said { $media }, and in no other way.
limits-not-yet = Of these people only those get it who have not signed in yet. How many that are is not told beforehand.

## Newcomers: nudges/launch/campaign/newcomers.py
contact-launch-welcome = first steps for newcomers
    .why = You get this once, because you signed in for the first time.
welcome-lead = Welcome. Three things help at the beginning, and take a minute each:
welcome-find = Look for the communities near your work, and join one.
welcome-profile = Say in your profile what you do, so that colleagues find you.
welcome-ask = Ask your first question where people know the answer.
welcome-guide = The guide for my job
welcome-communities = Show the communities
welcome-help = What can I do here?
