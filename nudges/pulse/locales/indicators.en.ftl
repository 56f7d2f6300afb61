## What each indicator is: nudges/pulse/rules.py
pulse-is-population = People with a member’s account on that day, each counted once, whatever accounts they have.
pulse-is-population-there = People of the organisation who were in the community’s room at the end of that day.
pulse-is-activated = People who read, wrote or reacted in a community, or used Parvis, at least once, out of all people on that day.
pulse-is-adopting =
    { $days ->
        [one] People who read or acted in a community on that day, out of all people on that day.
       *[other] People who read or acted in a community within the { $days } days up to that day, out of all people on that day.
    }
pulse-is-adopting-there =
    { $days ->
        [one] Members of the community who read or acted in it on that day, out of all its members.
       *[other] Members of the community who read or acted in it within the { $days } days up to that day, out of all its members.
    }
pulse-is-active =
    { $days ->
        [one] People who wrote or reacted in a community on that day, out of all people on that day.
       *[other] People who wrote or reacted in a community within the { $days } days up to that day, out of all people on that day.
    }
pulse-is-active-there =
    { $days ->
        [one] Members of the community who wrote or reacted in it on that day, out of all its members.
       *[other] Members of the community who wrote or reacted in it within the { $days } days up to that day, out of all its members.
    }
pulse-is-posts = Messages that people wrote in communities, outside threads. Edits are not counted again.
pulse-is-replies = Messages that people wrote in threads.
pulse-is-reactions = Reactions that people gave.
pulse-is-joins = How often somebody joined a community.
pulse-is-reads = How often somebody read on (read receipts), where the platform tells of it.
pulse-is-private = Private communities, out of all communities that were open.
pulse-is-interest = Communities of interest, out of all communities that were open; the others are about business.
pulse-is-imported = As { $tool } counted it: taken over from a file, and not Parvis’s own.
