"""Fields that a platform's list of people does not carry: read one by one, of few people, at a pace of their own.

Those who are about to be reminded come first; then whoever was looked at longest ago. What a platform does not tell
(its app may not, or the account is gone) stays unknown: nobody is reminded of what they may have filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import people
from bot.chat import NotAllowed, NotFound, RateLimited
from bot.nudge import Context, SequenceSpec, Step
from nudges.profiles import facts, noticing
from nudges.profiles.capability import nudge
from storage import profiles as rows
from storage.people import Account

State = Mapping[str, Any]

READ = "profile.read"
FRESH = timedelta(days=1)
"""For how long what was read of somebody is good enough to remind them."""

STALE = timedelta(days=7)
"""After so long anybody is looked at again."""

AT_HAND = timedelta(minutes=10)
"""For how long what was read is good enough for who looks at their own profile."""

LOOKS = 12
"""Looks in an hour."""


async def soon(ctx: Context, person: int) -> None:
    """Read again what a person's platforms hold of them: they look at it, or just changed it."""
    if await people.objects(ctx.session, person):
        return
    for account, read in await rows.told(ctx.session, [person]):
        if account.platform not in ctx.settings.custom() or account.platform not in ctx.platforms:
            continue
        if read is None or read.tried_at < ctx.now - AT_HAND:
            name = f"{READ}:{account.id}:{ctx.now:%Y-%m-%dT%H:%M}"
            await ctx.outbox.start(READ, name, _state(account.platform, [account]))


def _state(platform: str, accounts: list[Account]) -> State:
    return {"platform": platform, "accounts": {str(each.id): each.external_id for each in accounts}, "told": {}}


@nudge.every(minutes=60 / LOOKS)
async def rotation(ctx: Context) -> None:
    """Read a few people's profiles."""
    for platform in sorted(ctx.settings.custom() & set(ctx.platforms)):
        found = await rows.to_read(
            ctx.session,
            platform,
            ctx.now + FRESH,
            ctx.now - FRESH,
            ctx.now - STALE,
            -(-ctx.settings.read_per_hour // LOOKS),
        )
        if found:
            # One name for all processes that look at the same time.
            name = f"{READ}:{platform}:{ctx.now:%Y-%m-%dT%H:%M}"
            await ctx.outbox.start(READ, name, _state(platform, found))


async def _ask(state: State, platform: Any) -> State:
    """Ask the platform about each, as far as its pace lets us; what it does not tell is None.

    Who is left comes first at the next look: asked about again after a wait, all of them would never get through.
    Raises RateLimited: it lets us ask about nobody now.
    """
    told: dict[str, Any] = {}
    for account, external in state["accounts"].items():
        try:
            told[account] = dict(await platform.details(external))
        except (NotAllowed, NotFound):
            told[account] = None
        except RateLimited:
            if not told:
                raise
            break
    return {"told": told}


async def _keep(state: State, ctx: Context) -> None:
    """Write what was told, and what follows of it for their reminders."""
    for account, details in state["told"].items():
        row = await ctx.session.get(Account, int(account))
        if row is None or row.kind != "member" or await people.objects(ctx.session, row.person_id):
            continue
        before = await facts.profile(ctx.session, ctx.settings, row.person_id)
        await rows.detailed(ctx.session, row.id or 0, details, ctx.now)
        await noticing.changed(ctx, row.person_id, before)


async def _refused(_state: State, _code: str, _ctx: Context) -> None:
    """They are looked at again in their turn."""


nudge.sequences[READ] = SequenceSpec(READ, (Step("ask", run=_ask), Step("keep", done=_keep)), _refused)
