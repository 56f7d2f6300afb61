"""Voice back: what people ask leaders, gathered in the leader's office, answered to all who asked."""

from nudges.launch.voice import ageing, answering, asking, listing, mine, offering, posts  # noqa: F401 - they declare it all
