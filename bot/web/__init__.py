"""The private listener: is it alive, is it ready, what does it do. Never reachable from the internet.

`listener` answers; `metrics` counts.
"""

from bot.web.listener import Web
from bot.web.metrics import Metrics, Waiting, waiting

__all__ = ["Metrics", "Waiting", "Web", "waiting"]
