"""What a platform had taken, and could not deliver."""

from __future__ import annotations

from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict

from bot.chat import Undelivered
from bot.nudge import Answer, Context, Nudge
from storage import contacts, outbox

log = structlog.get_logger("media")


class MediaSettings(BaseModel):
    """What is set of media stands with the platforms."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make() -> Nudge:
    """The capability."""
    nudge = Nudge(id="media", catalogs=Path(__file__).parents[1] / "locales", settings=MediaSettings)
    nudge.hears(Undelivered)(undelivered)
    return nudge


async def undelivered(event: Undelivered, ctx: Context) -> Answer:
    """It goes on to the next medium that was named for it, once; without one it is listed as what could not be said."""
    name = await outbox.returned(ctx.session, event.platform, event.on, event.reason, ctx.now)
    if name:
        await contacts.missed(ctx.session, name)
    log.info("undelivered", platform=event.platform, known=bool(name), code=event.reason)
    return None
