"""Launch: leaders' words, planned by those who look after communication, signed off, relayed, answered.

`drafting` is where an announcement is written, `showing` how it is shown; `vocabulary` knows the words that the
organisation would rather not use; `voice` carries questions to leaders, and answers back. Each hangs what it declares
on the capability.
"""

from nudges.launch import (  # noqa: F401 - they declare it all
    drafting,
    showing,
    voice,
)
from nudges.launch.capability import nudge

__all__ = ["nudge"]
