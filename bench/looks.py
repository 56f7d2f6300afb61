"""A thousand channels are reconciled every day by few calls: Slack tells of them all at once, page by page."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.measure import Claim, Figure, publish, say
from storage.communities import Community
from storage.database import Store
from storage.pulse import PulseMember, PulseRoom
from storage.strays import Once, Stray
from tests.humans import eventually
from tests.humans.towns import open_town
from tests.scenarios.company import PLATFORM, Clock, Company
from tests.servers.slack.state import BOT_USER_ID

CHANNELS = 1_000
CALLS = 10
"""Pages of a thousand, four times a day, and some to spare. One call for each channel would be a thousand."""
PATIENCE = 300.0
PLANTED = 5
"""Channels that are renamed, archived, made private and new, of which no event tells; and people who came into one."""
_PEOPLE = ("auth.", "apps.", "users.", "team.", "usergroups.")
"""How it is connected, and the people: they are read for profiles, and counted by `profile_sweep_calls`."""


async def _known(company: Company) -> list[str]:
    """A thousand channels, all of which are communities that the bot has looked at. Returns their ids."""
    workspace = company.town.server.workspace  # type: ignore[attr-defined]
    people = [workspace.add_user(f"person{number}").id for number in range(20)]
    there = sum(each.kind in {"channel", "group"} for each in workspace.channels.values())
    now = company.clock.now()
    rooms: list[str] = []
    async with company.store.write() as session:
        # It looked a while ago, as it does every six hours.
        session.add(Once(name=f"look:{PLATFORM}:{int(now.timestamp() // 21_600)}", at=now))
        for number in range(CHANNELS - there):
            members = [BOT_USER_ID, *people[: 3 + number % 7]]
            channel = workspace.add_channel(f"topic-{number}", creator=people[0], members=members)
            row: dict[str, Any] = {
                "platform": PLATFORM, "room": channel.id, "name": f"Topic {number}", "slug": channel.name,
                "shown": channel.name, "purpose": "p", "work": "w", "kind": "business", "visibility": "public",
                "state": "active", "created_at": now, "opened_at": now, "looked_at": now, "members": len(members) - 1,
            }  # fmt: skip
            community = Community(**row)
            session.add(community)
            await session.flush()
            session.add(PulseRoom(community_id=community.id or 0, accounts=len(members) - 1, read_at=now))
            rooms.append(channel.id)
    return rooms


async def _looked(company: Company, number: int) -> None:
    """Wait until so many looks are over."""

    async def over() -> bool:
        await company.settled()
        return len([each for each in await company.rows(Once) if each.name.startswith("look:")]) >= number

    await eventually(over, f"look {number} is over", PATIENCE)
    await company.settled()


def _plant(company: Company, rooms: Sequence[str]) -> list[str]:
    """What people do to channels, and no event tells of. Returns the ids of new ones."""
    workspace = company.town.server.workspace  # type: ignore[attr-defined]
    renamed, archived, hidden = rooms[10 : 10 + PLANTED], rooms[20 : 20 + PLANTED], rooms[30 : 30 + PLANTED]
    for number, room in enumerate(renamed):
        workspace.channels[room].name = f"renamed-{number}"
    for room in archived:
        workspace.channels[room].is_archived = True
    for room in hidden:
        workspace.channels[room].kind = "group"
    workspace.channels[rooms[40]].members.append(company.people["ana"].external)
    return [
        workspace.add_channel(f"new-{number}", creator=company.people["bob"].external).id for number in range(PLANTED)
    ]


async def _found(company: Company, rooms: Sequence[str], new: Sequence[str]) -> None:
    """Raises RuntimeError: something planted was not found."""
    rows = {each.room: each for each in await company.rows(Community)}
    found = {
        "renamed": sum(rows[each].slug == f"renamed-{number}" for number, each in enumerate(rooms[10 : 10 + PLANTED])),
        "archived": sum(rows[each].state == "closed" for each in rooms[20 : 20 + PLANTED]),
        "made private": sum(rows[each].visibility == "private" for each in rooms[30 : 30 + PLANTED]),
        "new": len({each.room for each in await company.rows(Stray)} & set(new)),
    }
    came = len(await company.rows(PulseMember, community_id=rows[rooms[40]].id))
    say(f"  found of {PLANTED} each: {found}; people met in the channel that somebody entered: {came}")
    if set(found.values()) != {PLANTED} or not came or sum(each.state == "closed" for each in rows.values()) > PLANTED:
        raise RuntimeError(f"not all that was planted was found: {found}")


async def _day(company: Company) -> Figure:
    """A day of looks, beginning with the bot at work; what people did is planted after the first."""
    await company.acquainted()
    await company.settled()
    rooms = await _known(company)
    say(f"  {len(rooms)} communities")
    server: Any = company.town.server  # type: ignore[attr-defined]
    done = len([each for each in await company.rows(Once) if each.name.startswith("look:")])
    server.calls.clear()
    new: list[str] = []
    for number in range(4):
        if number == 1:
            new = _plant(company, rooms)
        company.clock.advance(hours=6)
        await _looked(company, done + number + 1)
        say(f"  look {number + 1} of 4 is over, {len(server.calls)} calls")
    company.clock.advance(minutes=61)  # lists of members that are to be read are
    await company.settled()
    await _found(company, rooms, new)
    told = Counter(method for method, _, _ in server.calls)
    by_method = {method: count for method, count in told.items() if method.startswith("conversations.")}
    others = {m: c for m, c in told.items() if m not in by_method and not m.startswith(_PEOPLE)}
    say(f"  beside these: {others or 'nothing'}")
    return Figure(sum(by_method.values()), more={method: float(count) for method, count in sorted(by_method.items())})


async def main() -> None:
    """A day of a workspace."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as name:
        folder, clock = Path(name), Clock()
        empty = await Store.open(f"sqlite+aiosqlite:///{folder / 'empty.db'}")
        await empty.close()
        shutil.copyfile(folder / "empty.db", folder / "parvis.db")
        store = await Store.open(f"sqlite+aiosqlite:///{folder / 'parvis.db'}", migrate=False)
        async with open_town("slack", PLATFORM, clock.now) as town:
            company = Company("slack", town, store, clock, folder)
            try:
                await company.found({"pulse": {"past_days": 0}})
                ours = await _day(company)
            finally:
                await company.stop()
                await store.close()
    publish(Claim("daily_look_calls", "calls", 1.0, "lower", [ours], [Figure(CALLS)]))
