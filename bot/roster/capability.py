"""What of the roster runs by itself: whoever is met is looked up in it, and what was missed is looked at again."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.chat import Profile
from bot.nudge import Context, Found, Nudge
from bot.roster import addresses, matching
from bot.say import Line
from storage import matching as rows
from storage.people import Account


class RosterSettings(BaseModel):
    """What is set of it stands in the spine's own settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make() -> Nudge:
    """The capability."""
    nudge = Nudge(id="roster", catalogs=Path(__file__).parents[1] / "locales", settings=RosterSettings)
    nudge.meets = meet
    nudge.doctor = doctor
    nudge.every(minutes=matching.EACH.total_seconds() / 60)(sweep)
    nudge.every(long=True, minutes=addresses.EACH.total_seconds() / 60)(addresses.look)
    return nudge


async def meet(ctx: Context, account: Account, _profile: Profile) -> None:
    """Whose account this is, as the roster has it."""
    await matching.match(ctx, account)


async def sweep(ctx: Context) -> None:
    """What was not matched when it could have been: whoever imported was stopped, or joins were many."""
    await matching.patrol(ctx)


async def doctor(ctx: Context) -> list[Found]:
    """Whether there is a roster, and how many of its people were matched; of fewer than the smallest group, nothing."""
    stands = await rows.counts(ctx.session)
    if not stands.here + stands.left:
        return [Found("warning", Line(id="people-doctor-none"), Line(id="people-doctor-none-todo"))]
    found = [Found("fine", Line(id="people-doctor", args={"here": stands.here}))]
    for id, count in (("lines", stands.here - stands.matched), ("accounts", stands.alone)):
        if count >= ctx.smallest_group:
            what = Line(id=f"people-doctor-{id}", args={"count": count})
            found.append(Found("warning", what, Line(id="people-doctor-unmatched-todo")))
    return found
