"""What the bot says unasked, of all capabilities: who is due, who may be told, and when it may begin at all.

`rules` and `preview` are pure. `looking` asks capabilities who is due, and attention who may be told. `sweep` promises
what may be said now. `standing` is how far the release is; `capability` the commands by which people move it on, and
`telling` their words.
"""

from bot.nudging.capability import Nudged, declared
from bot.nudging.capability import make as nudging
from bot.nudging.sweep import Sweep

__all__ = ["Nudged", "Sweep", "declared", "nudging"]
