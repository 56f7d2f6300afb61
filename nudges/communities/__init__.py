"""Communities: asked for, decided on, opened, found again.

`rules` is pure. `forms` and `ask` take a request; `process` and `card` have it decided; `opening` and `open` carry it
out, `unblock` goes on where the platform refused, `second` asks the second lead; `directory` finds what there is,
`near` what is near one's work, and `home` puts it on a person's own page of the bot. `life` is what becomes of a
community afterwards, `outside` what happens around the process.
Each hangs what it declares on the capability.
"""

from nudges.communities import ask, directory, home, life, near, open, outside, process, second, unblock  # noqa: A004, F401 - they declare it all
from nudges.communities.capability import nudge

__all__ = ["nudge"]
