"""A platform inside this process: for tests, and for trying the bot in a terminal.

`MemoryServer` is the service and its people: it outlives the bot. `MemoryPlatform` is the bot's side of it, and a new
one can be attached to the same server, as after a restart. Two flavours, so that both ways of the real platforms are
walked without a network:

forms=True   forms are windows, events come one by one and come again until recorded, but presses and typed commands
             are lost while nobody listens, and posting twice is two messages (as on Slack).
forms=False  there are no forms, all that happened is one log with a position, whoever is invited enters by themselves,
             and posting twice under one name is one message (as on Matrix).
"""

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import BOT, MemoryServer, Posted, Whispered

__all__ = ["BOT", "MemoryPlatform", "MemoryServer", "Posted", "Whispered"]
