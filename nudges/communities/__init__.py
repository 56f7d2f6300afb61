"""Communities: asked for, decided on, opened, found again.

`rules` is pure. `forms` and `ask` take a request; `process` and `card` have it decided; `opening` and `open` carry it
out, `unblock` goes on where the platform refused, `second` asks the second lead. `finding` shows what there is,
`directory` lets people in and tells where theirs stand, `knocking` those who ask at the door, `near` what is near
one's work, and `home` puts it on a person's own page of the bot. `life` is what becomes of a community afterwards,
`outside` what happens around the process, `monday` what a week begins with for the animators, `forgetting` when what
was written is forgotten.
Each hangs what it declares on the capability.
"""

from nudges.communities import (  # noqa: F401 - they declare it all
    ask,
    directory,
    finding,
    forgetting,
    home,
    knocking,
    life,
    monday,
    near,
    open,  # noqa: A004 - a verb of ours
    outside,
    process,
    second,
    unblock,
)
from nudges.communities.capability import nudge

FIRST = ("request", "list", "search", "join", "mine", "info")
"""What everyone may ask for: help begins with it, whatever was declared first."""

nudge.commands.sort(key=lambda each: FIRST.index(each.path[1]) if each.path[1] in FIRST else len(FIRST))

__all__ = ["nudge"]
