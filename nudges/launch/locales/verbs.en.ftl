# What the command `parvis` says about campaigns to administrators: nudges/launch/campaign/verbs.py, plan.py, settling.py

verb-launch = Launch: plans of campaigns, and what is printed.
verb-launch-print = Write an announcement's sheets for teams without chat and e-mail as a PDF: one sheet for each team, without names.
    .number = The announcement's number.
verb-launch-plan = Take over the plan of a campaign from a TOML or CSV file: all of it, or nothing.
    .day_zero = The day from which the plan counts, such as 2027-01-18.
    .name = The name of the campaign; that of the file, unless it is said.
    .zone = The time zone, such as Europe/Paris; the organisation’s, unless it is said.
    .owner = Who looks after it, of communication: a name, an address, or an account such as acme:U0123456789.

plan-of = Campaign “{ $name }”: day zero { $day }, { $zone } time.
plan-column-line = line
plan-column-what = what
plan-column-when = when
plan-column-title = title
plan-is-new = new
plan-is-changed = changed
plan-is-gone = gone from the plan: it will not be sent
plan-is-begun = sent or given up already: it stays
plan-is-unchanged = unchanged
plan-is = { $what }: { $fields }
plan-field-title = title
plan-field-text = text
plan-field-speaker = speaker
plan-field-voice = who posts it
plan-field-time = time
plan-field-audience = audience
plan-field-media = media
plan-field-after = what it comes after
plan-voids = it must be signed anew
plan-uncounts = its number of people must be confirmed again
plan-from-to = from { $before } to { $now }
plan-unchanged = { $count ->
    [one] 1 line is as it was.
   *[other] { $count } lines are as they were.
}
plan-day-stays = Day zero stays on { $day }, though the file says another day. Move it in the chat (campaign move), or give --day-zero.
plan-warning = Note: { $warning }
plan-dry = { $count ->
    [0] Nothing would change; nothing was changed.
    [one] 1 line would change; nothing was changed.
   *[other] { $count } lines would change; nothing was changed.
}
plan-done = { $count ->
    [0] Campaign { $number } was changed.
    [one] 1 line was taken over into campaign { $number }. Nothing is sent before it is signed off.
   *[other] { $count } lines were taken over into campaign { $number }. Nothing is sent before it is signed off.
}
plan-nothing = Campaign { $number } is as the file says: nothing had to be changed.

## What is wrong with a plan
plan-trouble-key = { $file }: line { $row }, { $key }: { $wrong }; { $write }
plan-trouble-line = { $file }: line { $row }: { $wrong }; { $write }
plan-no-toml = cannot be read as TOML from here on
plan-write-toml = look for a quotation mark, a bracket or an equals sign that lacks; texts of several lines stand between three quotation marks
plan-none = has no lines in it
plan-write-lines = write a table [[line]] for each announcement, or a row of headings and a row for each
plan-many = has more than { $most } lines
plan-split = make several campaigns of it
plan-unknown = { $shown } is nothing that is known here
plan-twice-in-line = { $shown } says for the second time what was said
plan-lacking = has no column { $names }
plan-head = there may be { $names }
plan-columns = there may be { $names }
plan-no-text = { $shown } is no text
plan-write-text = write it between quotation marks
plan-link = has a link to “{ $url }”, which leads nowhere
plan-video = has a video without its title, its address or what is said in it
plan-empty = is empty
plan-key-odd = { $shown } has characters that keys do not have
plan-key-twice = { $shown } stands at { $row } already
plan-other-key = give each line a key of its own
plan-no-word = { $shown } is no word that is known here
plan-no-medium = { $shown } carries no announcement
plan-absolute = { $shown } does not count from day zero
plan-no-time = { $shown } is no day and time that can be understood
plan-gap = { $time } does not exist on { $day } in { $zone }: clocks are put forward then
plan-twice = { $time } comes twice on { $day } in { $zone }: clocks are put back then
plan-past = { $day }, { $time } is over
plan-past-for-some = { $day }, { $time } is over already where some colleagues are
plan-several = { $shown } is the name of several leaders
plan-no-leader = { $shown } is no leader
plan-after-unknown = there is no line { $shown }
plan-after-later = it comes after { $shown }, which is sent later
plan-cycle = these lines wait for one another: { $names } (in brackets: where they stand)
plan-break-cycle = take one of them out of what it comes after
plan-write-key = write a short name for the line, of letters, digits, “-”, “_” and “.”, such as teaser
plan-write-when = write the days from day zero and the time, such as J-7 09:00, J 9h or D+1 2 pm
plan-other-time = choose another time
plan-write-link = write an address that begins with https://, http:// or mailto:
plan-write-video = write [Video: its title](https://…), and below it, each line after “> ”, what is said in it
plan-write-title = write the first line that people see
plan-write-speaker = write whose words they are: a leader’s name, address, or account such as acme:U0123456789
plan-write-voice = write relayed or own, or leave it empty
plan-write-clock = write each for each person’s local time, or leave it empty
plan-write-invites = write yes or no
plan-write-media = write chat, mail or paper, with commas between them, or leave it empty
plan-instead-community = write whom it is for under audience (“community NAME”): each of its people gets a copy, and nothing is posted in its room; as media there are chat, mail and paper
plan-instead-video = write the video into the text, as [Video: title](https://…) with its transcript below; as media there are chat, mail and paper
plan-instead-guide = write a link to the guide into the text, or that “/guide” shows it; as media there are chat, mail and paper
plan-write-leader = write { $names }
plan-add-leader = add leaders to the settings first (roles.leader)
plan-write-audience = put commas between them, and “except” before those left out
plan-write-after = write the key of another line
plan-order = give the one before an earlier time
plan-name = A campaign is called something of 2 to { $most } characters: give --name.
plan-no-day-zero = Which day is day zero? Give --day-zero, such as --day-zero 2027-01-18, or day_zero in the file.
plan-no-day = “{ $shown }” is no day; write for example 2027-01-18.
plan-two-days = “{ $shown }” is one day in Europe and another one in America; write { $europe } or { $america }.
plan-no-zone = “{ $shown }” is no time zone of the IANA list; write for example Europe/Paris.
plan-no-owner = Who looks after this campaign? Give --owner, such as --owner acme:U0123456789, or owner in the file.
plan-owner-unknown = “{ $shown }” is nobody of communication, nor an administrator.
plan-which-owner = “{ $shown }” is the name of several people; give an account, such as acme:U0123456789.
plan-overtaken = Somebody changed one of these announcements at this moment, so nothing of the file was taken over. Run it again.
