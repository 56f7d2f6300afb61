"""What of the roster runs by itself: whoever is met is looked up in it, and what was missed is looked at again."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.chat import Profile
from bot.nudge import Context, Nudge
from bot.roster import matching
from storage.people import Account


class RosterSettings(BaseModel):
    """What is set of it stands in the spine's own settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make() -> Nudge:
    """The capability."""
    nudge = Nudge(id="roster", catalogs=Path(__file__).parents[1] / "locales", settings=RosterSettings)
    nudge.meets = meet
    nudge.every(minutes=matching.EACH.total_seconds() / 60)(sweep)
    return nudge


async def meet(ctx: Context, account: Account, _profile: Profile) -> None:
    """Whose account this is, as the roster has it."""
    await matching.match(ctx, account)


async def sweep(ctx: Context) -> None:
    """What was not matched when it could have been: whoever imported was stopped, or joins were many."""
    await matching.patrol(ctx)
