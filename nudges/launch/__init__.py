"""Launch: leaders' words, planned by those who look after communication, signed off, relayed, answered.

`drafting` is where an announcement is written, `showing` how it is shown; `timing` asks when it comes, `asking` whom it
is for, `preview` shows what people would get, and has their number confirmed; `vocabulary` knows the words that the
organisation would rather not use. Each hangs what it declares on the capability.
"""

from nudges.launch import (  # noqa: F401 - they declare it all
    asking,
    drafting,
    preview,
    showing,
    timing,
)
from nudges.launch.capability import nudge

__all__ = ["nudge"]
