## What the privacy papers say of fields: nudges/profiles/disclosing.py
profile-paper-own = the person, who tells the bot
profile-paper-platform = the person’s profile on the platform ({ $name })
profile-paper-custom = the person’s profile on { $platform } ({ $name })
profile-paper-roster = the company’s list of staff (column { $name })
profile-paper-seen = colleagues, who ask for it by name: what the person keeps in the bot, and what the company’s list says; what a platform says they see there. That it is missing: whoever sees the preview of reminders
capability-profiles = Profiles
