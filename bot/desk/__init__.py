"""What is held about a person: shown, handed over, objected to, erased; and the clocks by which it goes by itself."""

from bot.desk.capability import make
from bot.desk.clocks import days

__all__ = ["days", "make"]
