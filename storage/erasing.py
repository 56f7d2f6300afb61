"""One person's data leave the database, table by table, as it is declared of each (`storage.held`).

What is declared is done for every table alike. What more there is to do stands here: texts of others that name them,
the key by which the trail knows them, the counts that the ledger becomes, the number that is all that remains.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit, counts, erased
from storage.held import HELD, Whom, theirs
from storage.people import Person
from storage.requests import AT_ONCE, LENT
from storage.tables import METADATA

Row = dict[str, Any]


async def erase(session: AsyncSession, about: Whom, now: datetime, somebody: Row, *, remember: bool) -> None:
    """Erase all that is held about somebody; what they asked for was let go of before.

    somebody: what messages to others that wait say instead of the name (a `bot.say.Term`).
    remember: keep a seal of each account, so that nothing unasked ever goes there again. Raises LookupError where that
    is wanted and there is no key.
    """
    await session.flush()
    names = await _names(session, about)
    if remember:
        for platform, external in about.accounts:
            await erased.remember(session, platform, external, now)
    await _mentioned(session, about)
    await _spoken(session, about, names, somebody)
    await _lent(session, about)
    await _roster(session, about)
    await _reasons(session, about)
    await counts.of_person(session, set(about.people))
    for name in _children_first():
        held, table = HELD[name], METADATA.tables[name]
        if held.erasure == "delete" and held.is_personal:
            await session.exec(delete(table).where(theirs(table, about)))
        elif held.erasure == "blank" and name != "person":
            await session.exec(update(table).where(theirs(table, about)).values(**held.blank))
    await _shell(session, about, now)
    session.sync_session.expire_all()


async def object_to(session: AsyncSession, about: Whom) -> None:
    """Delete what an objection does not suffer, also where a join keeps it to be undone."""
    await session.flush()
    traces, accounts = METADATA.tables["person_join_trace"], METADATA.tables["account"]
    for name in _children_first():
        if HELD[name].objection:
            table = METADATA.tables[name]
            await session.exec(delete(table).where(theirs(table, about)))
            await session.exec(delete(traces).where(theirs(traces, about), traces.c.noun == name))
    await session.exec(update(accounts).where(theirs(accounts, about)).values(work=""))
    session.sync_session.expire_all()


def _children_first() -> list[str]:
    """Tables, each before those that it points to: a row goes before what its condition asks about."""
    order = [table.name for table in reversed(METADATA.sorted_tables) if table.name in HELD]
    # Whose row it is may be known by the account alone: accounts go last of all.
    return [*(name for name in order if name not in {"account", "person"}), "account", "person"]


async def _names(session: AsyncSession, about: Whom) -> set[str]:
    """What they are called: by themselves, and on each platform."""
    found: set[str] = set()
    for name in ("person", "account", "roster"):
        table = METADATA.tables[name]
        rows = await session.exec(select(table.c.name).where(theirs(table, about)))  # type: ignore[call-overload]
        found |= {each for each in rows.scalars().all() if each}
    return found


async def _shell(session: AsyncSession, about: Whom, now: datetime) -> None:
    """A number is all that remains: what others still need points to it. It leads nowhere, and is told nothing."""
    table = METADATA.tables["person"]
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    values = {**HELD["person"].blank, "stopped_at": month, "created_at": month, "joined_to": None}
    await session.exec(update(table).where(table.c.id.in_(about.people)).values(**values))


async def _lent(session: AsyncSession, about: Whom) -> None:
    """Rights that they lent to others end with it."""
    table = METADATA.tables["role_grant"]
    for person in about.people:
        await session.exec(delete(table).where(table.c.source.like(f"{LENT}%:{person}")))


async def _roster(session: AsyncSession, about: Whom) -> None:
    """Other people's lines name them as a manager by their key."""
    table = METADATA.tables["roster"]
    keys = select(table.c.key).where(theirs(table, about))
    await session.exec(update(table).where(table.c.manager.in_(keys)).values(manager=""))


async def _reasons(session: AsyncSession, about: Whom) -> None:
    """Why others decided so on what they asked for."""
    table = METADATA.tables["request"]
    found = (await session.exec(select(table.c.id).where(theirs(table, about)))).scalars().all()  # type: ignore[call-overload]
    for at in range(0, len(found), AT_ONCE):
        await audit.erase_reasons(session, [f"request:{number}" for number in found[at : at + AT_ONCE]])


# ---------------------------------------------------------------- other rows that name them


async def _mentioned(session: AsyncSession, about: Whom) -> None:
    """Take their accounts out of rows that are not theirs."""
    event, kept = METADATA.tables["event"], METADATA.tables["kept"]
    for platform, external in about.accounts:
        known = (event.c.platform == platform, event.c.state != "new")
        await session.exec(delete(event).where(*known, event.c.key.contains(external, autoescape=True)))
        named = event.c.body.contains(_inside(external), autoescape=True)
        nobody = {"body": "{}", "kind": "", "lane_person": "", "lane_room": ""}
        await session.exec(update(event).where(*known, named).values(**nobody))
        filed = kept.c.key.contains(external, autoescape=True)
        await session.exec(delete(kept).where(kept.c.platform == platform, filed))
    externals = [external for _, external in about.accounts]
    for table, column in (("sequence", "state"), ("community_change", "detail")):
        await _cut_out(session, METADATA.tables[table], column, externals)
    await _unsaid(session, about)


async def _unsaid(session: AsyncSession, about: Whom) -> None:
    """What they wrote for a change of a community goes, the change stays."""
    table = METADATA.tables["community_change"]
    rows = await session.exec(select(table).where(theirs(table, about)))  # type: ignore[call-overload]
    for row in rows.mappings().all():
        detail = {key: value for key, value in json.loads(row["detail"]).items() if key not in {"words", "reason"}}
        await session.exec(update(table).where(table.c.id == row["id"]).values(detail=json.dumps(detail)))


async def _cut_out(session: AsyncSession, table: Table, column: str, externals: Sequence[str]) -> None:
    held = table.c[column]
    naming = or_(*(held.contains(_inside(each), autoescape=True) for each in externals)) if externals else None
    if naming is None:
        return
    rows = await session.exec(select(*table.primary_key.columns, held).where(naming))  # type: ignore[call-overload]
    for row in rows.mappings().all():
        left = json.dumps(_without(json.loads(row[column]), set(externals)))
        same = [each == row[each.name] for each in table.primary_key.columns]
        await session.exec(update(table).where(*same).values(**{column: left}))


def _without(value: Any, externals: set[str]) -> Any:
    """A value of JSON without these accounts: not in a list, not as a key, and "" where one stood alone."""
    if isinstance(value, dict):
        return {key: _without(each, externals) for key, each in value.items() if key not in externals}
    if isinstance(value, list):
        return [_without(each, externals) for each in value if not (isinstance(each, str) and each in externals)]
    return "" if isinstance(value, str) and value in externals else value


async def _spoken(session: AsyncSession, about: Whom, names: set[str], somebody: Row) -> None:
    """Messages to others that were not said yet say "somebody"; what will never be said is emptied."""
    table = METADATA.tables["promise"]
    marks = {*names, *(external for _, external in about.accounts)}
    if not marks:
        return
    naming = or_(*(table.c.body.contains(_inside(each), autoescape=True) for each in marks))
    rows = await session.exec(select(table.c.id, table.c.body, table.c.state).where(naming))  # type: ignore[call-overload]
    for number, body, state in rows.all():
        waits = state in {"later", "todo", "going"}
        left = json.dumps(_as_somebody(json.loads(body), names, somebody), ensure_ascii=False) if waits else "{}"
        await session.exec(update(table).where(table.c.id == number).values(body=left))


def _as_somebody(value: Any, names: set[str], somebody: Row, *, given: bool = False) -> Any:
    """A `bot.say.Say` as JSON, with "somebody" for a name. given: it is what a sentence is given, and no other word."""
    if isinstance(value, dict):
        aside = {"term", "style", "at"}
        return {
            key: each if key in aside else _as_somebody(each, names, somebody, given=given or key == "args")
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_as_somebody(each, names, somebody, given=given) for each in value]
    return somebody if given and isinstance(value, str) and value in names else value


def _inside(text: str) -> str:
    """A text as it stands inside JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


async def is_nobody(session: AsyncSession, person: int) -> bool:
    """Whether only a number is left of them."""
    row = await session.get(Person, person)
    return row is not None and row.name == HELD["person"].blank["name"]
