# Words that every part of the bot may need.

# What a person wrote, as it is.
plain = { $text }

moment-datetime = { $date }, { $time } ({ $zone })

role-employee = employee
role-lead = community lead
role-animator = animator
role-comms = communications staff
role-leader = leader
role-admin = administrator
