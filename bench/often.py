"""`parvis run` that looks every few seconds whether a week's figures are to be told, and not every ten minutes."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta

from bot.__main__ import main
from nudges import profiles

EVERY = timedelta(seconds=5)


def often() -> None:
    """Let it look as often."""
    ticks = profiles.nudge.ticks
    ticks[:] = [replace(each, every=EVERY) if each.name == "profiles.monday_night" else each for each in ticks]


if __name__ == "__main__":
    often()
    sys.exit(main())
