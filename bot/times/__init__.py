"""Times as people write them, in French and English: read as one moment, or asked about; never guessed.

`read` is pure. `spoken` says in the reader's language what was read, in full and with its zone, or asks.
"""

from bot.times.reading import read
from bot.times.result import Meant, Read, Unclear
from bot.times.speaking import as_moment, spoken

__all__ = ["Meant", "Read", "Unclear", "as_moment", "read", "spoken"]
