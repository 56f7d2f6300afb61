"""Communities: asked for, decided on, opened, found again.

`rules` is pure; `forms` and `ask` take a request, `process` and `card` have it decided, `opening` and `open` carry it
out, `directory` finds what there is. Each hangs what it declares on the capability.
"""

from nudges.communities import ask, directory, open, process  # noqa: A004, F401 - they declare themselves
from nudges.communities.capability import nudge

__all__ = ["nudge"]
