"""Two persons become one, and two again: every row of theirs, in the transaction of who decides it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudge import Context, To
from storage import disclosing, erasing, joining, oneself, wishes
from storage import people as rows
from storage.held import Whom
from storage.joining import Join
from storage.merging import Merging, stragglers
from storage.people import Account, Person
from storage.unmerging import Unmerging

Regrant = Callable[[AsyncSession, datetime], Awaitable[None]]
"""Gives anew the roles that the settings give to accounts by name."""

PERSON = oneself.PERSON


class Clash(Exception):
    """The two have accounts on one platform already, so that they are not one person."""

    def __init__(self, platform: str) -> None:
        """platform: its configured name."""
        super().__init__(platform)
        self.platform = platform


async def clash(session: AsyncSession, one: int, other: int) -> str:
    """A platform on which both persons have accounts that are in use; "" when there is none."""
    mine, theirs = [
        {each.platform for each in await rows.every_account(session, person) if each.kind != "gone"}
        for person in (one, other)
    ]
    return min(mine & theirs, default="")


async def join(ctx: Context, first: int, second: int, *, by_roster: bool = False) -> Join | None:
    """Make the persons behind two accounts one person. None: they are one already. Raises Clash.

    by_roster: the company's list says so, and nobody who acts.

    The person met first is kept, so that two joins of the same accounts at once are the same join.
    """
    one, other = await joining.hold(ctx.session, [first, second])
    kept, gone = sorted([one.person_id, other.person_id])
    if kept == gone:
        return None
    if platform := await clash(ctx.session, kept, gone):
        raise Clash(platform)
    apart = [await _accounts(ctx.session, each) for each in (kept, gone)]
    # Of whom only an address was known, nothing is joined that they could be told of.
    met = [bool(await rows.accounts(ctx.session, each)) for each in (kept, gone)]
    made = Join(kept_id=kept, gone_id=gone, joined_at=ctx.now, told=not (by_roster and all(met)))
    ctx.session.add(made)
    await ctx.session.flush()
    merging = Merging(ctx.session, made.id or 0)
    if await rows.objecting(ctx.session, [kept, gone]):  # before anything is moved, and kept in a trace
        both = [await disclosing.whom(ctx.session, each) for each in (kept, gone)]
        await erasing.object_to(ctx.session, Whom(both[0].people | both[1].people))
    await oneself.wishes(merging, kept, gone)
    await merging.everything(gone, kept)
    await oneself.choices(merging, kept, gone)
    await _settle(ctx, merging, kept, gone)
    await ctx.session.refresh(made)
    person = await ctx.session.get(Person, kept)
    made.stopped_at = person.stopped_at if person else None
    ctx.session.add(made)
    await joining.close_between(ctx.session, [first, second])
    await joining.reunite(ctx.session, *apart)
    await _trace(ctx, "accounts.join", made, by_roster=by_roster)
    return made


async def _settle(ctx: Context, merging: Merging, kept: int, gone: int) -> None:
    """What is true of two people and not of one; and what was shown to one person twice is taken away once."""
    await oneself.rights(merging, kept)
    await oneself.promises(merging, kept, gone)
    merging.session.sync_session.expire_all()
    for card in oneself.doubled_cards(merging):
        name = f"{card}:joined:{merging.join}"
        await ctx.outbox.tell(To(person=kept), None, name=name, kind="decision", op="delete", of=card)


async def undo(ctx: Context, join: Join, regrant: Regrant) -> tuple[int, int] | None:
    """Give back to each what was theirs. Returns the two persons; None: it was undone meanwhile.

    Who asked for silence, or ended it, while they were one did so for both; so does who objected.
    """
    number, account = join.id or 0, ctx.actor.account
    others = [each.id or 0 for each in await rows.every_account(ctx.session, ctx.actor.person)]
    await joining.hold(ctx.session, [account, *others])
    held = next((each for each in await joining.of_person(ctx.session, ctx.actor.person) if each.id == number), None)
    if held is None:
        return None
    kept, gone = held.kept_id, held.gone_id
    person = await ctx.session.get(Person, kept)
    assert person is not None
    chosen = {} if person.stopped_at == held.stopped_at else {"stopped_at": person.stopped_at}
    wished = [each.model_copy() for each in await wishes.since(ctx.session, kept, held.joined_at)]
    chosen |= {"objected_at": person.objected_at} if person.objected_at else {}
    await Unmerging(ctx.session, held).everything()
    await Merging(ctx.session, number).write(PERSON, {"id": gone}, {"joined_to": None, **chosen})
    await oneself.wished(ctx.session, (kept, gone), wished)
    await oneself.lanes(Merging(ctx.session, number), (kept, gone))
    await oneself.lent(Merging(ctx.session, number), (kept, gone))
    await joining.end(ctx.session, number)
    await joining.part(ctx.session, *[await _accounts(ctx.session, each) for each in (kept, gone)])
    ctx.session.sync_session.expire_all()
    await regrant(ctx.session, ctx.now)
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=(await _owner(ctx.session, account)),
        action="accounts.unjoin",
        subject=f"person:{gone}",
        before={"person": str(kept)},
        after={"person": str(gone)},
    )
    return kept, gone


async def _owner(session: AsyncSession, account: int) -> int | None:
    used = await session.get(Account, account)
    return used.person_id if used else None


async def _accounts(session: AsyncSession, person: int) -> list[int]:
    return [each.id or 0 for each in await rows.every_account(session, person)]


async def _trace(ctx: Context, action: str, join: Join, *, by_roster: bool) -> None:
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=None if by_roster else join.kept_id,
        action=action,
        subject=f"person:{join.gone_id}",
        before={"person": str(join.gone_id)},
        after={"person": str(join.kept_id), **({"by": "roster"} if by_roster else {})},
    )


async def gather(ctx: Context) -> None:
    """Rows that still point to somebody who turned out to be another: who wrote them had read the id before."""
    for join, gone, kept, late in await stragglers(ctx.session):
        merging = Merging(ctx.session, join)
        for table, column in late:
            await merging.column(table, column, gone, kept)
        await _settle(ctx, merging, kept, gone)
