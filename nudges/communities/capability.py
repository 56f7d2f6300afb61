"""The capability itself: everything that is its own hangs on this value."""

from pathlib import Path

from bot.nudge import Nudge, Role
from nudges.communities.settings import Settings

ANIMATORS = frozenset({Role.ANIMATOR})

nudge = Nudge(id="communities", catalogs=Path(__file__).parent / "locales", settings=Settings)
