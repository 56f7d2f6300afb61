"""Profiles: what colleagues should know of one another, who lacks what of it, and when they are reminded.

`rules` says what is an answer, and who can fill what; `series` when somebody is reminded; both are pure. `facts` reads
what is known of people, `words` says it. `show` and `filling` are `/profile`; `noticing` hears of profiles changed on a
platform, `reading` reads what only a look at one profile tells; `standing` keeps where reminders stand, `reminding`
says whom to remind, `thanks` thanks. `completeness` is what is told of all of them together, `gaps` what only an
administrator can fill; `verbs` shows both on the command line, `disclosing` is what the privacy papers say of it.
Each hangs what it declares on the capability.
"""

from nudges.profiles import (  # noqa: F401 - they declare it all
    completeness,
    disclosing,
    filling,
    gaps,
    home,
    noticing,
    reading,
    reminding,
    show,
    verbs,
)
from nudges.profiles.capability import nudge

__all__ = ["nudge"]
