"""Two listeners: the private one for those who run the bot, the public one for what others may reach.

`listener` (private) answers and `metrics` counts; never let the internet reach it. `public` hands requests to who asked
for their address (`bot.chat.Door.serve`).
"""

from bot.web.listener import Web
from bot.web.metrics import Metrics, Waiting, waiting
from bot.web.public import Public

__all__ = ["Metrics", "Public", "Waiting", "Web", "waiting"]
