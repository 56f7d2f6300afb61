"""What two people may do to one another, and nobody to themselves: settled when the two turn out to be one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.merging import Merging
from storage.outbox import WAITING, Promise, lane_of
from storage.people import Grant, Person
from storage.requests import Card, Deputy, Request, Vote
from storage.wishes import Wish, say

PERSON = Person.__table__  # type: ignore[attr-defined]
DEPUTY = Deputy.__table__  # type: ignore[attr-defined]
GRANT = Grant.__table__  # type: ignore[attr-defined]
VOTE = Vote.__table__  # type: ignore[attr-defined]
WISH = Wish.__table__  # type: ignore[attr-defined]
LIVE = (*WAITING, "going")
_EARLIEST, _LATEST = ("stopped_at", "rarely_at"), ("snoozed_until", "told_at")


async def choices(merging: Merging, kept: int, gone: int) -> None:
    """What one of them chose holds for both; when both chose, the choice of the person kept.

    A stop and an objection hold always.
    """
    both = {row["id"]: row for row in await merging.rows(PERSON, PERSON.c.id.in_([kept, gone]))}
    mine, theirs = both[kept], both[gone]
    met = [each["greeted_at"] for each in (mine, theirs) if each["greeted_at"]]
    stopped = [each["stopped_at"] for each in (mine, theirs) if each["stopped_at"]]
    objected = [each["objected_at"] for each in (mine, theirs) if each["objected_at"]]
    await merging.set(
        PERSON,
        mine,
        **{name: mine[name] or theirs[name] for name in ("language", "zone", "told_on")},
        greeted_at=min(met, default=None),
        stopped_at=min(stopped, default=None),
        objected_at=min(objected, default=None),
    )
    await merging.write(PERSON, theirs, {"joined_to": kept})


async def wishes(merging: Merging, kept: int, gone: int) -> None:
    """Of what both said of a kind of unasked message, the stricter holds. Before the rows of one become the other's."""
    said = {
        (row["person_id"], row["kind"]): row for row in await merging.rows(WISH, WISH.c.person_id.in_([kept, gone]))
    }
    for (person, kind), theirs in said.items():
        mine = said.get((kept, kind))
        if person == kept or mine is None:
            continue
        both = {name: [row[name] for row in (mine, theirs) if row[name]] for name in _EARLIEST + _LATEST}
        await merging.set(
            WISH,
            mine,
            **{name: min(both[name], default=None) for name in _EARLIEST},
            **{name: max(both[name], default=None) for name in _LATEST},
        )


async def wished(session: AsyncSession, people: tuple[int, int], changed: Sequence[Wish]) -> None:
    """Whoever said something of this while they were one said it for both."""
    for wish in changed:
        values = {name: getattr(wish, name) for name in _EARLIEST + _LATEST}
        for person in people:
            await say(session, person, wish.kind, wish.changed_at, **values)


async def rights(merging: Merging, person: int) -> None:
    """Nobody is their own deputy, nor has two, nor a vote on what they ask for."""
    for own in await merging.rows(DEPUTY, DEPUTY.c.person_id == person, DEPUTY.c.deputy_id == person):
        await merging.remove(DEPUTY, own)
    await lent(merging, (person,))
    asked = select(Request.id).where(Request.requester_id == person, col(Request.state).in_(["waiting"]))
    theirs = (VOTE.c.person_id == person) | (VOTE.c.in_place_of == person)
    for cast in await merging.rows(VOTE, theirs, VOTE.c.request_id.in_(asked)):
        await merging.remove(VOTE, cast)


async def promises(merging: Merging, kept: int, gone: int) -> None:
    """What waits to be said goes in the one lane of the one person, and is said once."""
    table = Promise.__table__  # type: ignore[attr-defined]
    said: set[tuple[str, ...]] = set()
    for row in await merging.rows(table, table.c.person_id == kept, table.c.state.in_(LIVE)):
        same = (row["kind"], row["op"], row["of"], row["body"])
        untried = row["state"] in WAITING and not row["tries"] and row["op"] == "post"
        if untried and (same in said or await _said(merging, row["name"], row["kind"], kept, gone)):
            await merging.set(table, row, state="dropped", error="joined")
            continue
        said.add(same)
        if row["platform"]:
            await merging.set(table, row, lane=lane_of(row["platform"], kept, ""))


async def _said(merging: Merging, name: str, kind: str, kept: int, gone: int) -> bool:
    """Whether the person kept was told, or will be, what this is the other one's copy of; by how copies are named."""
    table = Promise.__table__  # type: ignore[attr-defined]
    if not name.endswith(f":{gone}"):
        return False
    twin = f"{name.removesuffix(str(gone))}{kept}"
    there = (table.c.name == twin, table.c.kind == kind, table.c.person_id == kept)
    return bool(await merging.rows(table, *there, table.c.state.in_([*LIVE, "sent"])))


def doubled_cards(merging: Merging) -> list[str]:
    """The names of the deliveries that showed a request to the person gone, who saw it already as the one kept."""
    return [row["promise"] for noun, row in merging.removed if noun == Card.__tablename__ and row["promise"]]


async def lanes(merging: Merging, people: tuple[int, ...]) -> None:
    """Each of these people has a lane of their own for what waits to be said."""
    table = Promise.__table__  # type: ignore[attr-defined]
    for row in await merging.rows(table, table.c.person_id.in_(people), table.c.state.in_(LIVE)):
        if row["platform"]:
            await merging.write(table, row, {"lane": lane_of(row["platform"], row["person_id"], "")})


async def lent(merging: Merging, people: tuple[int, ...]) -> None:
    """Nobody decides in the place of one of these people who did not lend them the right, or lent it to another."""
    for person in people:
        for given in await merging.rows(GRANT, GRANT.c.source.like(f"deputy:%:{person}")):
            process = given["source"].removeprefix("deputy:").rpartition(":")[0]
            to = (DEPUTY.c.process == process, DEPUTY.c.person_id == person, DEPUTY.c.deputy_id == given["person_id"])
            if not await merging.rows(DEPUTY, *to):
                await merging.remove(GRANT, given)
