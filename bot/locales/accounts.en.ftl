## One person, several accounts
command-parvis-join = Join my accounts
    .usage = [code]
    .help = Tell me that two accounts are you, on two platforms: I then know you as one person.
    .example = parvis join
command-parvis-unjoin = Take my accounts apart
    .usage = [number]
    .help = Undo a join of two accounts: each gets back what was its own.
    .example = parvis unjoin
command-parvis-here = Tell me here
    .usage = [mail|off]
    .help = Choose this platform for what I have to tell you, or e-mail for what your company tells everybody.
    .example = parvis here
join-code = Your code: { $code }
join-code-how = On the other platform, write to me: parvis join { $code }. Do so before { $at }. I will then ask you here whether it was you.
join-code-note = Show this code to nobody. It works once, and only after you have said yes here.
join-no-code = This is not a code: it has 8 letters and digits, such as K7MX-3QNP. Write “parvis join” on the other platform, and I will give you one there.
join-wrong = I know no such code. Please look at it again: { $times ->
    [one] you may try once more.
   *[other] you may try { $times } more times.
}
join-too-many = That was five wrong codes. Please wait an hour, then ask for a new code on the other platform.
join-expired = This code has expired: it worked for 15 minutes. Write “parvis join” on the other platform for a new one.
join-used = This code is of no use any more. Write “parvis join” on the other platform for a new one.
join-own = You asked for this code with this very account. Type it on the other platform.
join-already = These two accounts are joined already. “parvis me” shows your accounts.
join-not-yours = This code belongs to somebody else, so nothing was joined. To join your own accounts, write “parvis join” on the other platform and type the code that you get there.
join-clash = Nothing was joined: both sides already have an account on { $platform }, and one person has one account on each platform. If both are yours, undo the earlier join first, with “parvis unjoin”.
join-asked = One step more: I have asked { $who } on { $platform } whether this is you. Please answer yes there, within 15 minutes.
join-question = The account { $who } on { $platform } says that it is you. Is it?
join-question-note = After a yes both accounts are one person here: the same requests, roles and history. “parvis unjoin” undoes it on either side.
join-yes = Yes, it is me
join-no = No, it is not me
join-over = This question is over, so nothing was changed. Write “parvis join” for a new code.
join-done = Done: { $who } on { $platform } and this account are one person now. What you asked for and what you may do is the same on both, and I tell you things once. “parvis me” shows your accounts, “parvis unjoin” undoes it.
join-denied = Good: nothing was joined, and the code no longer works. { $who } on { $platform } was told that you said no.
join-denied-there = Nothing was joined: the person on { $platform } said that this account is not theirs.
join-void = Your code was typed wrongly five times, so it no longer works. If you still want to join your accounts, write “parvis join” for a new one.
join-tried = Somebody else tried your code: { $who } on { $platform }. They were refused, and nothing was joined with them.
join-tried-void = Somebody else tried your code: { $who } on { $platform }. They were refused, nothing was joined, and the code no longer works. Write “parvis join” for a new one.
join-by-roster = Your company’s list of its people says that your accounts on { $platforms } are both yours, so I treat them as one person and tell you things once. If that is wrong, write “parvis unjoin”.
unjoin-none = No accounts of yours are joined, so there is nothing to undo.
unjoin-which = Several accounts of yours were joined. Which join is to be undone? Write “parvis unjoin” and its number.
unjoin-item = { $number }: { $who }, joined on { $at }
unjoin-button = Undo { $number }
unjoin-done = Done: the accounts are two people again, and each has back what was its own. What was done meanwhile stays with the account it was done with.
unjoin-told = { $who } on { $platform } undid the join with this account. You have back what was yours.
here-set = From now on I tell you things on { $platform }. Answers still come where you ask. “parvis here off” undoes it.
here-by-letter = What your company tells everybody comes to { $address } from now on; all else where you used me last. “parvis here off” undoes it.
here-no-address = Your company’s list has no e-mail address of yours, so nothing can come there.
here-last = From now on I tell you things where you used me last.
here-button = Tell me here
me-accounts = { $accounts }
    .label = Your accounts
me-told-on = { $platform }
    .label = I tell you things on
me-told-last = where you used me last
    .label = I tell you things
me-unjoin = To take accounts apart: “parvis unjoin”. To choose where I tell you things: “parvis here”.
me-join = You have an account on another platform here too? “parvis join” makes both one person.

## What each choice does, as “parvis who-can” lists it
choice-parvis-confirm = Confirm that an account elsewhere is one’s own
choice-parvis-deny = Say that an account elsewhere is somebody else’s
