"""One person with accounts on two platforms, in their own words: joined by a code, told once, taken apart again."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, col, func, select

from adapters import PLATFORMS
from bot.app import App
from bot.chat import Pace, Platform
from bot.config import load
from nudges import NUDGES
from storage.audit import Entry
from storage.communities import Community, Membership
from storage.database import Store
from storage.events import Recorded
from storage.joining import Join, JoinCode, Trace
from storage.outbox import Promise, Running
from storage.people import Account, Grant
from storage.requests import Request
from tests.humans import Human, Town, eventually
from tests.humans.towns import open_town, server_for
from tests.scenarios.company import Clock, release, toml
from tests.scenarios.test_communities import Fresh

PAIRS = [
    pytest.param(("slack", "memory"), id="slack-memory"),
    pytest.param(("slack", "matrix"), id="slack-matrix", marks=pytest.mark.matrix),
]
TYPED = "--purpose Partager des graines --work Les plantations --yes"
CODE = re.compile(r"[A-Z3-9]{4}-[A-Z3-9]{4}")


class Towns:
    """Two platforms, "work" and "club", with the bot at work on both. animators: their room at work."""

    def __init__(self, store: Store, clock: Clock, work: Town, club: Town, file: Path) -> None:
        self.store = store
        self.clock = clock
        self.work = work
        self.club = club
        self.animators = ""
        self._file = file
        self._app: App | None = None
        for town in (work, club):
            town.settled = self.settled

    async def found(self, settings: dict[str, Any]) -> None:
        """The people, and the bot among them. settings: tables of the file besides the usual ones."""
        self.ana = await self.work.person("ana", language="en")
        self.alice = await self.work.person("alice", language="en")
        self.mallory = await self.work.person("mallory", language="en")
        self.anna = await self.club.person("anna", language="en")
        self.bob = await self.club.person("bob", language="en")
        self.animators = await self.work.room("animators", [self.alice], private=True)
        self._settings = {
            "parvis": {"contact": "the communication team", "zone": "Europe/Paris", "default_language": "en"},
            "platforms": {"work": {"kind": "memory"}, "club": {"kind": "memory"}},
            "web": {"private": "off"},
            "roles": {
                "animator": [f"work:{self.alice.external}"],
                "comms": [f"club:{self.anna.external}"],
                "admin": [f"work:{self.alice.external}"],
            },
            "rooms": {"animator": [{"platform": "work", "room": self.animators, "language": "en"}]},
            **settings,
        }
        await self.start()

    async def start(self) -> None:
        self._file.write_text(toml(self._settings), "utf-8")
        models = {each.id: each.settings for each in NUDGES}
        config = load(self._file, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, PLATFORMS)
        platforms: dict[str, Platform] = {"work": self.work.platform(), "club": self.club.platform()}
        for platform in platforms.values():
            platform.pace = Pace(per_room=0.0, in_flight=10, timeout=10.0)
        self._app = App(config, self.store, platforms, self.clock.now)
        self.clock.moved = [self._app.wake]
        await self._app.start()

        async def connected() -> bool:
            return all(platform.connected for platform in platforms.values())

        await eventually(connected, "both platforms are connected")

    async def stop(self) -> None:
        if self._app:
            await self._app.stop()

    async def settled(self) -> None:
        """Nothing is under way any longer."""
        seen: list[int] = []

        async def still() -> bool:
            looking = self._app is not None and bool(self._app.tasks.soon or self._app.intake._going)
            busy = looking or not (self.work.delivered() and self.club.delivered()) or await self._under_way()
            seen.append(0 if busy else 1)
            return len(seen) > 8 and all(seen[-8:])

        await eventually(still, "things settle down")

    async def sweeps(self) -> None:
        """A minute passes, and whoever is due is told what may be told; it was all released long ago."""
        assert self._app
        await release(self.store, [each.spec.kind for each in self._app.nudged.looking.kinds], self.clock.now())
        self.clock.advance(minutes=1)
        await self._app.sweep.look()
        await self.settled()

    async def _under_way(self) -> int:
        now = self.clock.now()
        live = (col(Promise.state).in_(["later", "todo", "going"]), col(Promise.due) <= now)
        queries: list[Any] = [
            select(func.count()).where(Recorded.state == "new", col(Recorded.due) <= now),
            select(func.count()).where(*live),
            select(func.count()).where(Running.phase == "running", col(Running.due) <= now),
        ]
        async with self.store.read() as session:
            return sum([(await session.exec(query)).one() for query in queries])

    async def rows(self, table: type[SQLModel], **where: Any) -> list[Any]:
        async with self.store.read() as session:
            return list(await session.exec(select(table).filter_by(**where)))

    async def person_of(self, human: Human) -> int:
        (account,) = await self.rows(Account, platform=human.platform, external_id=human.external)
        return int(account.person_id)

    # ------------------------------------------------------------ what people do

    async def code_of(self, human: Human) -> str:
        """Someone asks for a code and reads it."""
        before = len([text for text in await human.reads() if "Your code: " in text])
        await human.types("parvis join")

        async def given() -> bool:
            return len([text for text in await human.reads() if "Your code: " in text]) > before

        await eventually(given, "a code is given")
        shown = [text for text in await human.reads() if "Your code: " in text][-1]
        found = CODE.search(shown)
        assert found, shown
        return found[0]

    async def join(self, one: Human, other: Human) -> None:
        """One person joins their two accounts."""
        code = await self.code_of(one)
        await other.types(f"parvis join {code}")
        await other.is_told("I have asked")
        await one.is_told("says that it is you")
        await one.presses("Yes, it is me")
        await one.is_told("are one person now")
        await other.is_told("are one person now")
        await self.settled()


@pytest.fixture(params=PAIRS)
def pair(request: pytest.FixtureRequest) -> list[tuple[str, tuple[Any, ...]]]:
    """The two platforms, each with the server that it stands on."""
    return [(where, server_for(request, where)) for where in request.param]


@pytest.fixture
async def towns(
    pair: list[tuple[str, tuple[Any, ...]]], settings: dict[str, Any], tmp_path: Path, empty_store: Path
) -> AsyncIterator[Towns]:
    clock = Clock()
    shutil.copyfile(empty_store, tmp_path / "parvis.db")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'parvis.db'}", migrate=False)
    async with AsyncExitStack() as stack:
        work, club = [
            await stack.enter_async_context(open_town(where, name, clock.now, *server))
            for name, (where, server) in zip(("work", "club"), pair, strict=True)
        ]
        made = Towns(store, clock, work, club, tmp_path / "parvis.toml")
        try:
            await made.found(settings)
            yield made
        finally:
            await made.stop()
            await store.close()


# Only on the two platforms that people really have.
REAL = pytest.mark.parametrize("pair", PAIRS[1:], indirect=True)
MEMORY = pytest.mark.parametrize("pair", [pytest.param(("memory", "memory"), id="memory-memory")], indirect=True)


async def test_a_code_confirmed_on_both_sides_makes_two_accounts_one_person(towns: Towns, fresh: Fresh) -> None:
    ana, anna, name = towns.ana, towns.anna, fresh("Jardin")
    await anna.types(f"community request {name} {TYPED}")
    await anna.is_told("has been handed to")
    await ana.types("parvis me")
    page = await ana.is_told("Your page")
    assert "parvis join" in page
    assert name not in page
    await towns.join(ana, anna)
    assert await towns.person_of(ana) == await towns.person_of(anna)
    (request,) = await towns.rows(Request)
    assert request.requester_id == await towns.person_of(ana)
    await ana.types("community mine")
    await ana.is_told(name)
    await ana.types("parvis me")
    page = await ana.is_told("communications staff")
    assert "Your accounts" in page
    assert ana.external in page
    assert anna.external in page
    assert "parvis unjoin" in page
    actions = [each.action for each in await towns.rows(Entry)]
    assert "accounts.join" in actions


async def test_a_join_is_undone_from_either_side_and_each_has_its_own_again(towns: Towns, fresh: Fresh) -> None:
    ana, anna = towns.ana, towns.anna
    club, work, later = fresh("Jardin"), fresh("Velo"), fresh("Photo")
    await anna.types(f"community request {club} {TYPED}")
    await anna.is_told("has been handed to")
    await ana.types(f"community request {work} {TYPED}")
    await ana.is_told("has been handed to")
    await towns.join(ana, anna)
    await anna.types(f"community request {later} {TYPED}")
    await towns.settled()
    await anna.types("parvis unjoin")
    await anna.is_told("two people again")
    await ana.is_told("undid the join")
    mine, theirs = await towns.person_of(ana), await towns.person_of(anna)
    assert mine != theirs
    asked = {json_name(each): each.requester_id for each in await towns.rows(Request)}
    assert asked == {club: theirs, work: mine, later: theirs}
    granted = {(each.role, each.person_id) for each in await towns.rows(Grant, role="comms")}
    assert granted == {("comms", theirs)}
    assert not await towns.rows(Join)
    assert not await towns.rows(Trace)
    await ana.types("parvis unjoin")
    await ana.is_told("there is nothing to undo")


def json_name(request: Request) -> str:
    import json

    return str(json.loads(request.fields)["name"])


@MEMORY
async def test_a_request_is_told_where_it_was_made_unless_one_chose_otherwise(towns: Towns, fresh: Fresh) -> None:
    ana, anna, name = towns.ana, towns.anna, fresh("Jardin")
    await towns.join(ana, anna)
    await anna.types(f"community request {name} {TYPED}")
    await anna.is_told("has been handed to")
    await ana.types("parvis me")
    await ana.presses("Tell me here")
    await ana.is_told("I tell you things on work")
    await towns.alice.presses("Approve", near=name, room=towns.animators)
    await ana.is_told("is open")
    await anna.is_not_told("is open")
    (membership,) = await towns.rows(Membership)
    assert membership.person_id == await towns.person_of(ana)
    (community,) = await towns.rows(Community)
    assert community.state == "active"


@MEMORY
async def test_an_account_that_is_gone_is_not_used_for_telling(towns: Towns, fresh: Fresh) -> None:
    ana, anna, name = towns.ana, towns.anna, fresh("Jardin")
    await towns.join(ana, anna)
    await anna.types(f"community request {name} {TYPED}")
    await anna.is_told("has been handed to")
    async with towns.store.write() as session:
        theirs = (Account.platform == "club", Account.external_id == anna.external)
        (account,) = await session.exec(select(Account).where(*theirs))
        account.kind = "gone"
        session.add(account)
    await towns.alice.presses("Refuse", near=name, room=towns.animators)
    await towns.alice.fills(code="duplicate", text="Il y en a une")
    await towns.alice.is_told("Refused by alice", towns.animators)
    towns.clock.advance(minutes=11)
    refused = await ana.is_told(name)
    assert "Il y en a une" in refused
    await anna.is_not_told("Il y en a une")


@MEMORY
async def test_the_owner_says_no(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    await towns.bob.types(f"parvis join {code.lower().replace('-', ' ')}")
    await towns.bob.is_told("One step more")
    question = await towns.ana.is_told("says that it is you")
    (asked,) = await towns.rows(JoinCode)
    for other in (towns.bob, towns.mallory):
        await other.types(f"parvis confirm {asked.id}")
        await other.is_told("This question is over")
    assert not await towns.rows(Join), "the account that asked for the code alone may say yes"
    assert towns.bob.external in question, "a name may be anybody's; this is not"
    await towns.ana.presses("No, it is not me")
    await towns.ana.is_told("nothing was joined")
    await towns.bob.is_told("said that this account is not theirs")
    await towns.ana.presses_again()
    await towns.ana.is_told("This question is over")
    await towns.anna.types(f"parvis join {code}")
    await towns.anna.is_told("of no use any more")
    assert not await towns.rows(Join)


@REAL
async def test_a_code_tried_by_a_colleague_is_refused_and_its_owner_hears_of_it_once(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    await towns.mallory.types(f"parvis join {code}")
    await towns.mallory.is_told("belongs to somebody else")
    warned = await towns.ana.is_told("Somebody else tried your code")
    assert towns.mallory.external in warned
    await towns.mallory.types(f"parvis join {code}")
    await towns.mallory.is_told("of no use any more")
    await towns.settled()
    assert len([text for text in await towns.ana.reads() if "Somebody else tried" in text]) == 1
    await towns.anna.types(f"parvis join {code}")
    await towns.anna.is_told("of no use any more")
    assert not await towns.rows(Join)


@REAL
async def test_who_comes_second_with_a_code_is_refused_and_the_first_is_still_asked_about(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    await towns.anna.types(f"parvis join {code}")
    await towns.ana.is_told("says that it is you")
    for _ in range(2):
        await towns.bob.types(f"parvis join {code}")
    await towns.bob.is_told("belongs to somebody else")
    await towns.settled()
    assert len([text for text in await towns.ana.reads() if "Somebody else tried" in text]) == 1
    await towns.ana.presses("Yes, it is me")
    await towns.anna.is_told("are one person now")
    assert await towns.person_of(towns.ana) == await towns.person_of(towns.anna)
    assert await towns.person_of(towns.bob) != await towns.person_of(towns.ana)


@MEMORY
async def test_a_code_expires(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    towns.clock.advance(minutes=16)
    await towns.anna.types(f"parvis join {code}")
    await towns.anna.is_told("This code has expired")
    code = await towns.code_of(towns.ana)
    await towns.anna.types(f"parvis join {code}")
    await towns.ana.is_told("says that it is you")
    towns.clock.advance(minutes=16)
    await towns.ana.presses("Yes, it is me")
    await towns.ana.is_told("This question is over")
    assert not await towns.rows(Join)


@MEMORY
async def test_a_code_of_ones_own_account_and_what_is_no_code(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    await towns.ana.types(f"parvis join {code}")
    await towns.ana.is_told("with this very account")
    await towns.anna.types("parvis join please")
    await towns.anna.is_told("This is not a code")
    await towns.join(towns.ana, towns.anna)
    again = await towns.code_of(towns.ana)
    await towns.anna.types(f"parvis join {again}")
    await towns.anna.is_told("are joined already")
    kept = await towns.rows(JoinCode)
    assert not [each for each in kept if again.replace("-", "") in each.model_dump_json()]


@MEMORY
async def test_five_wrong_tries_make_a_code_void(towns: Towns) -> None:
    code = await towns.code_of(towns.ana)
    last = "A" if code[-1] != "A" else "C"
    for left in (4, 3, 2):
        await towns.anna.types(f"parvis join {code[:-1]}{last}")
        await towns.anna.is_told(f"you may try {left} more times")
    await towns.anna.types(f"parvis join {code[:-1]}{last}")
    await towns.anna.is_told("once more")
    await towns.anna.types(f"parvis join {code[:-1]}{last}")
    await towns.anna.is_told("That was five wrong codes")
    await towns.ana.is_told("typed wrongly five times")
    await towns.bob.types(f"parvis join {code}")
    await towns.bob.is_told("of no use any more")
    await towns.anna.types(f"parvis join {await towns.code_of(towns.ana)}")
    await towns.settled()
    assert len([text for text in await towns.anna.reads() if "five wrong codes" in text]) == 2
    towns.clock.advance(minutes=61)
    await towns.join(towns.ana, towns.anna)


@MEMORY
async def test_what_was_said_in_french(towns: Towns) -> None:
    await towns.ana.types("parvis langue fr")
    await towns.ana.is_told("je vous écris en français")
    await towns.ana.types("parvis relier")
    told = await towns.ana.is_told("Votre code")
    found = CODE.search(told)
    assert found
    await towns.anna.types(f"parvis relier {found[0]}")
    await towns.ana.is_told("dit que c’est vous")
    await towns.ana.presses("Oui, c’est moi")
    await towns.ana.is_told("sont maintenant une seule personne")
    await towns.anna.types("parvis délier")
    await towns.ana.is_told("a défait le lien")
