"""Where people are told something and do nothing: what did not arrive there, and how they end what comes.

`capability` hears of what came back; `stopping` makes the links by which a kind of message is ended (pure), which
`bot.web` answers. Which medium a message goes by is `Promise.media`.
"""

from bot.media.capability import make

__all__ = ["make"]
