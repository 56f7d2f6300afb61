"""Promises: planned, due, claimed, sent, settled; one sender per platform.

`planning` writes promises in a handler's transaction; `choosing` says what to do with one whose turn it is; `calling`
makes the call; `settling` writes what became of it; `sender` runs a platform's promises under a `lease`; `delivery` is
all of it together. A `seat` is a lease kept beside the work it is for.
"""

from bot.outbox.calling import backoff
from bot.outbox.delivery import Outbox
from bot.outbox.lease import Gate, Lease, anyone
from bot.outbox.seat import Seat
from bot.outbox.weighing import greeting_name

__all__ = ["Gate", "Lease", "Outbox", "Seat", "anyone", "backoff", "greeting_name"]
