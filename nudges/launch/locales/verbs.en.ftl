# What the command `parvis` says about announcements to administrators.

verb-launch = Launch: what is printed.
verb-launch-print = Write an announcement's sheets for teams without chat and e-mail as a PDF: one sheet for each team, without names.
    .number = The announcement's number.
