"""The life of a community: renamed, handed over, merged, paused, closed, reopened; each previewed, each undone.

`rules` is pure. `changes` is what all have in common; `rename`, `handover`, `closing`, `pausing` are the kinds;
`byhand` goes on where the platform keeps something to its admins; `commands` is what people type and press; `tending`
is what time does.
"""

from nudges.communities.life import commands, tending  # noqa: F401 - they declare it all
