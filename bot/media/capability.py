"""What a platform had taken, and could not deliver."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict

from bot.chat import Undelivered, Unreachable
from bot.nudge import Answer, Context, Nudge
from storage import addressing, contacts, outbox

log = structlog.get_logger("media")


SOON = timedelta(minutes=1)
"""For which something may come back before it is known what it was."""


class MediaSettings(BaseModel):
    """What is set of media stands with the platforms."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make() -> Nudge:
    """The capability."""
    nudge = Nudge(id="media", catalogs=Path(__file__).parents[1] / "locales", settings=MediaSettings)
    nudge.hears(Undelivered)(undelivered)
    return nudge


async def undelivered(event: Undelivered, ctx: Context) -> Answer:
    """It goes on to the next medium that was named for it, once; without one it is listed as what could not be said.
    The address is remembered.

    Raises Unreachable: ask again in a moment.
    """
    name, address = await outbox.returned(ctx.session, event.platform, event.on, event.reason, ctx.now)
    if name:
        await contacts.missed(ctx.session, name)
        await addressing.came_back(ctx.session, event.platform, address, ctx.now)
    elif ctx.now - event.at < SOON and await outbox.is_sending(ctx.session, event.platform):
        raise Unreachable("sending")  # it may be what is just being sent, and not written down yet
    log.info("undelivered", platform=event.platform, known=bool(name), code=event.reason)
    return None
