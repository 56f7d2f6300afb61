"""Who there is, and who may do what by the settings: read from the platforms regularly."""

from bot.census.grants import Grants, grant_named
from bot.census.rounds import AGAIN, LOOK, PAGE, Census

__all__ = ["AGAIN", "LOOK", "PAGE", "Census", "Grants", "grant_named"]
