"""The capability itself: everything that is its own hangs on this value."""

from pathlib import Path

from bot.nudge import Nudge
from nudges.profiles.settings import Settings

nudge = Nudge(id="profiles", catalogs=Path(__file__).parent / "locales", settings=Settings, columns=Settings.columns)
