"""Erasing somebody: what goes and what remains, and then all of it in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import home
from bot.desk.clocks import slug
from bot.nudge import Actor, Context, Nudge, Priority, To
from bot.say import Line, Say, Term, say
from storage import disclosing, erased, erasing
from storage.held import HELD, Whom
from storage.people import Account
from storage.retention import UNTRACED

Contexts = Callable[[AsyncSession, datetime, Actor | None, Nudge], Context]
"""`(session, now, who, nudge) -> what a handler of that capability receives`."""

GOES = ("delete", "count")
"""What erasure does with a table of which nothing about the person is left."""

AT_ONCE = 5
"""People whose accounts are closed for long that are erased at one look: it is one transaction, and each reads much."""


def preview(counts: dict[str, int]) -> tuple[Line, ...]:
    """What goes and what remains, table by table. counts: rows by table."""
    goes = [name for name in counts if HELD[name].erasure in GOES]
    stays = [name for name in counts if name not in goes]
    return (
        Line(id="desk-goes"),
        *(_effect(name, counts[name]) for name in goes),
        *((Line(id="desk-stays"),) if stays else ()),
        *(_effect(name, counts[name]) for name in stays),
        Line(id="desk-platform", kind="note"),
    )


def _effect(name: str, count: int) -> Line:
    what, does = Term(term=f"held-{slug(name)}"), Term(term=f"held-{slug(name)}.erasure")
    return Line(id="desk-effect", args={"what": what, "count": count, "does": does}, kind="item")


def code(session: AsyncSession, person: int, now: datetime) -> str:
    """What confirms an erasure on the day of its preview: nobody else's, nor by a slip of the hand."""
    return erased.digest(session, "confirm", str(person), f"{now:%Y-%m-%d}")[:8]


def confirms(session: AsyncSession, person: int, now: datetime, given: str) -> bool:
    """Whether a code is that of a preview of today or yesterday."""
    known = {code(session, person, at) for at in (now, now - timedelta(days=1))} - {""}
    return given.strip().lower() in known


async def erase(ctx: Context, person: int, nudges: Sequence[Nudge], contexts: Contexts, *, remember: bool) -> None:
    """Erase somebody: capabilities let go of what they began, then every table as it is declared; the trail says so.

    remember: nothing unasked ever goes to their accounts again. The trail says neither who it was nor who asked for it:
    it names a number that leads nowhere.
    """
    about = await disclosing.whom(ctx.session, person)
    for nudge in nudges:
        if nudge.erases is not None:
            for each in sorted(about.people):
                await nudge.erases(contexts(ctx.session, ctx.now, None, nudge), each)
    somebody = Term(term="desk-somebody").model_dump()
    await erasing.erase(ctx.session, about, ctx.now, somebody, remember=remember)
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=None, action="person.erase", subject=f"person:{min(about.people)}"
    )


async def erase_line(ctx: Context, about: Whom) -> None:
    """Erase somebody whom a line of the roster alone knows; the trail names its number, which leads nowhere."""
    somebody = Term(term="desk-somebody").model_dump()
    await erasing.erase(ctx.session, about, ctx.now, somebody, remember=False)
    subject = f"roster:{min(about.lines)}"
    await ctx.audit.append(ctx.session, now=ctx.now, actor=None, action="person.erase", subject=subject)


async def at_request(ctx: Context, person: int, nudges: Sequence[Nudge], contexts: Contexts, done: str) -> None:
    """Erase somebody who asked for it, for good: nothing unasked goes to them, and where a platform shows a page of the
    bot, `done` is all that stands on theirs.
    """
    accounts = (await disclosing.whom(ctx.session, person)).accounts
    await erase(ctx, person, nudges, contexts, remember=True)
    await home.begin(ctx, accounts, done)


async def last_word(ctx: Context, room: str) -> None:
    """Tell them that it is done, in their direct room: they have no account here any more. room: external id."""
    await ctx.outbox.tell(
        To(room=room, platform=ctx.actor.platform),
        say("desk-erased"),
        name=f"{UNTRACED}{secrets.token_hex(8)}",
        kind="answer",
        priority=Priority.ANSWER,
        language=ctx.actor.language or ctx.language,
    )


async def closed(session: AsyncSession, before: datetime) -> list[int]:
    """People none of whose accounts is a member's or an address in use, nor was since an instant."""
    # Rows of before it was noted since when they are nobody's here have the last look instead.
    since = func.coalesce(Account.gone_at, Account.checked_at, Account.created_at)
    kept = select(Account.person_id).where(col(Account.kind).in_(["member", "address"]) | (since >= before))
    found = select(Account.person_id).where(col(Account.person_id).not_in(kept)).distinct()
    return list((await session.exec(found.order_by(col(Account.person_id)).limit(AT_ONCE))).all())


async def room_of(session: AsyncSession, account: int, here: str) -> str:
    """The direct room of an account, if one is known. here: where they spoke just now, if that is one."""
    row = await session.get(Account, account)
    return here or (row.direct_room if row else "")


def announced(lines: Sequence[Line]) -> Say:
    """The preview, as it is said."""
    return Say(lines=(Line(id="desk-erase-title", kind="title"), *lines))
