"""Launch: leaders' words, planned by those who look after communication, signed off, relayed, answered.

`drafting` is where an announcement is written, `showing` how it is shown; `vocabulary` knows the words that the
organisation would rather not use. `sending` is the look that begins and follows what was signed, `controlling`,
`urgent`, `posting` and `report` are what people do about it meanwhile. Each hangs what it declares on the capability.
"""

from nudges.launch import (  # noqa: F401 - they declare it all
    controlling,
    drafting,
    posting,
    report,
    sending,
    showing,
    urgent,
)
from nudges.launch.capability import nudge

__all__ = ["nudge"]
