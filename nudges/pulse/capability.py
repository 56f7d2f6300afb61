"""The capability itself: everything that is its own hangs on this value."""

from pathlib import Path

from bot.nudge import Nudge
from nudges.pulse.settings import Settings

nudge = Nudge(id="pulse", catalogs=Path(__file__).parent / "locales", settings=Settings)
