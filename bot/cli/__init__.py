"""What the commands of `parvis` do; `bot.__main__` says how they are called.

opening: settings and store, or why not. voice: the language of the terminal. show: tables. running: the bot's life.
parked, outbox, rights, trail: the questions administrators ask. doctor, observe: how all of it stands. verbs, terminal:
what capabilities add. typed: what was typed wrongly. Each returns the status to exit with: 0 fine, 1 something was
found, 2 asked wrongly.
"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

FINE, FOUND = 0, 1
ConfigFile = Annotated[Path, Parameter(name=["--config", "-c"], env_var="PARVIS_CONFIG")]
DEFAULT = Path("parvis.toml")


class Wrong(Exception):
    """What was asked for cannot be done as asked; the message tells the administrator why. Exit status 2."""

    status = 2


class Hindered(Wrong):
    """It cannot be done now, though nothing is wrong with what was asked: later it may. Exit status 1.

    Whatever starts the bot by itself, as systemd does, tries it again.
    """

    status = FOUND
