"""The capability itself: everything that is its own hangs on this value."""

from pathlib import Path

from bot.nudge import Nudge, Role
from nudges.launch.settings import Settings

WRITERS = frozenset({Role.COMMS, Role.ADMIN})
"""Who prepares announcements."""

nudge = Nudge(id="launch", catalogs=Path(__file__).parent / "locales", settings=Settings)
