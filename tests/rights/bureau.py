"""A company in which there is something to do for everybody: the real bot on a real store, one person for each role."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import false, func, not_
from sqlalchemy import select as sa_select
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from adapters import PLATFORMS as KINDS
from adapters.matrix.people import MatrixPeople, described
from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import Account as Known
from adapters.memory.server import Handle, MemoryServer
from adapters.slack.directory import profile as of_slack
from bot.app import App
from bot.chat import EVENT, Command, Event, Profile
from bot.config import load
from bot.nudge import Role
from bot.say import Say
from bot.words import Reader
from nudges import NUDGES
from storage import events, people, requests
from storage.campaigns import Campaign
from storage.changes import Change
from storage.communities import Community, Membership
from storage.database import Store
from storage.held import HELD, Whom, theirs
from storage.joining import JoinCode
from storage.launch import Announcement, AnnouncementVersion
from storage.mandates import Mandate
from storage.people import Account
from storage.pulse import PulseMark
from storage.requests import Exchange, Request, Vote
from storage.strays import Stray
from storage.tables import METADATA
from storage.visits import Visit
from storage.voice import Question
from tests.rights.ways import BOT_ON_MATRIX, ME, PLATFORMS
from tests.scenarios.company import merged, toml
from tests.scenarios.signing import Letters

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROLES = tuple(str(role) for role in Role)
OWNERS = ("olga", "sven", "arno")
OUTSIDERS = {
    "memory": ("guest", "stranger", "bot", "gone", "unknown"),
    "slack": ("guest", "single-channel-guest", "partner", "bot", "gone", "unknown"),
    "matrix": ("foreign", "lookalike", "gone", "unknown"),
}
"""Those without any role. partner: of a channel shared with another company. lookalike: whose homeserver's name begins
like the company's."""

UNTOUCHED = frozenset({"event", "promise", "attempt"})
"""Tables in which a refusal may leave something: that it was asked, and what is answered."""


def account(platform: str, who: str) -> str:
    """The id of somebody on a platform, as that platform writes ids."""
    if platform != "matrix":
        return f"U{platform[0].upper()}{who.replace('-', '').upper()}"
    home = {"foreign": "other.test", "lookalike": "acme.test.evil.test"}.get(who, "acme.test")
    return f"@{who}:{home}"


def language(who: str) -> str:
    """What somebody reads: every second role French."""
    return "fr" if [*ROLES, *OWNERS, *sum(OUTSIDERS.values(), ())].index(who) % 2 else "en"


def described_by(platform: str, who: str) -> Profile:
    """What the platform says of somebody, read by the adapter's own function."""
    external, reads = account(platform, who), language(who)
    if platform == "slack":
        kinds: dict[str, dict[str, Any]] = {
            "guest": {"is_restricted": True},
            "single-channel-guest": {"is_restricted": True, "is_ultra_restricted": True},
            "partner": {"team_id": "TOTHER", "is_stranger": True},
            "bot": {"is_bot": True},
            "gone": {"deleted": True},
        }
        user = {"id": external, "name": who, "team_id": ME.team, "locale": f"{reads}-XX"}
        return of_slack(user | kinds.get(who, {}), ME)
    if platform == "matrix":
        directory = MatrixPeople()
        directory._calls = cast("Any", SimpleNamespace(me=BOT_ON_MATRIX))
        directory._servers = frozenset({"acme.test"})
        lives = "gone" if who == "gone" else directory._kind(external)
        return described(external, {"displayname": who, "m.language": reads}, lives)
    kind = who if who in {"guest", "stranger", "bot", "gone"} else "member"
    return Profile(id=external, name=who, kind=cast("Any", kind), language=reads)


class Bureau:
    """The bot on a copy of the bureau's file. `ask` hands in one event and tells what came of it."""

    def __init__(self, file: Path, store: Store) -> None:
        self.file, self.store = file, store
        self.servers = {name: MemoryServer(name, lambda: NOW) for name in PLATFORMS}
        for name, server in self.servers.items():
            for who in (*ROLES, *OWNERS, *OUTSIDERS[name]):
                if who != "unknown":
                    server.accounts[account(name, who)] = Known(described_by(name, who))
        self.platforms = {name: MemoryPlatform(server) for name, server in self.servers.items()}
        models = {nudge.id: nudge.settings for nudge in NUDGES}
        path = file.with_suffix(".toml")
        path.write_text(toml(self._settings()), "utf-8")
        config = load(path, {"PARVIS_AUDIT_KEY": "0123456789abcdef" * 4}, models, KINDS)
        self.app = App(config, store, self.platforms, lambda: NOW, nudges=(*NUDGES, Letters().nudge()))
        self._serial = 0
        self._looking = sqlite3.connect(file)

    def _settings(self) -> dict[str, Any]:
        """Roles are given by name, also to those who must not have them for all that."""
        given: dict[str, Any] = {
            role: [f"{name}:{account(name, role)}" for name in PLATFORMS]
            for role in ROLES
            if role not in {"employee", "lead"}
        }
        for role in ("animator", "leader", "comms"):
            given[role] += [f"memory:{account('memory', 'arno')}"]
        given["animator"] += [f"{name}:{account(name, who)}" for name in PLATFORMS for who in OUTSIDERS[name]]
        return merged(
            {"platforms": {name: {"kind": "memory"} for name in PLATFORMS}, "web": {"private": "off"}},
            {
                "roles": given,
                "parvis": {"contact": "us", "zone": "Europe/Paris", "default_language": "en"},
                "communities": {"private_before": 0},
            },
        )

    async def grant(self) -> None:
        """Give the roles of the settings, and that of a lead as a community gives it."""
        await self.app.grants.named()

    async def close(self) -> None:
        """Let go of the file."""
        self._looking.close()
        await self.store.close()

    # ---------------------------------------------------------------- asking

    async def ask(self, event: Event) -> tuple[str, list[str]]:
        """Hand in one event: what became of it, and all that was said because of it, as it reads."""
        server, handle = self.servers[event.platform], getattr(event, "handle", "")
        if handle:
            server.handles[handle] = Handle(event.by, NOW)
        before = self._one("SELECT coalesce(max(id), 0) FROM promise")
        shown = {who: len(one.whispers) for who, one in server.accounts.items()}
        async with self.store.write() as session:
            await events.record(session, [self.app.intake._row(event)])
        number, state, body = self._looking.execute(
            "SELECT id, state, body FROM event WHERE platform = ? AND key = ?", (event.platform, event.key)
        ).fetchone()
        assert state == "new", "it was handed in before, or nobody heeds it"
        what = await self.app.dispatcher.handle(number, 0, EVENT.validate_json(body))
        whispers = [each for who, one in server.accounts.items() for each in one.whispers[shown[who] :]]
        return what, [part.text for each in whispers for part in each.message.parts] + self._promised(before)

    def _one(self, query: str) -> Any:
        return self._looking.execute(query).fetchone()[0]

    def _promised(self, before: int) -> list[str]:
        """What is promised since, as its readers will read it."""
        rows = self._looking.execute(
            "SELECT body, coalesce((SELECT a.language FROM account a WHERE a.person_id = promise.person_id), language)"
            " FROM promise WHERE id > ? AND op = 'post'",
            (before,),
        ).fetchall()
        words = self.app.words
        said = [
            words.message(Say.model_validate_json(body), Reader(language=reads or "en", zone=""))
            for body, reads in rows
        ]
        return [part.text for message in said for part in message.parts]

    def key(self) -> str:
        """An identity that no other event has."""
        self._serial += 1
        return f"{self._serial:06d}"

    # ---------------------------------------------------------------- looking

    def digest(self) -> Mapping[str, str]:
        """What every table holds, but those in which a refusal may leave something."""
        tables = [name for (name,) in self._looking.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for table in sorted(set(tables) - UNTOUCHED):
            rows = self._looking.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()  # noqa: S608 - our names
            found[table] = f"{len(rows)}:{hashlib.sha256(repr(rows).encode()).hexdigest()[:12]}"
        return found

    async def of_others(self, platform: str, person: int, external: str) -> Mapping[str, list[str]]:
        """What every table holds that is not about one person, but those in which their own doing leaves something."""
        whom = Whom(frozenset({person}), ((platform, external),))
        left = UNTOUCHED | {"sequence", "audit_entry", "audit_text", "erased"}
        found = {}
        async with self.store.read() as session:
            for name in sorted(set(METADATA.tables) - left):
                table = METADATA.tables[name]
                about = theirs(table, whom) if HELD[name].is_personal else false()
                rows = await session.exec(sa_select(table).where(not_(func.coalesce(about, false()))))  # type: ignore[call-overload]
                found[name] = sorted(repr(tuple(row)) for row in rows)
        return found

    async def person(self, platform: str, who: str) -> int:
        """The row of somebody."""
        async with self.store.read() as session:
            known = await people.account(session, platform, account(platform, who))
        assert known is not None, f"{who} of {platform} was never met"
        return known.person_id

    # ---------------------------------------------------------------- once for all

    async def furnish(self) -> None:
        """Meet everybody, and leave something to do for each action of the table."""
        await self.grant()
        for name in PLATFORMS:
            for who in (*ROLES, *OWNERS, *OUTSIDERS[name]):
                by = account(name, who)
                what, _ = await self.ask(
                    Command(key=f"met {name} {who}", platform=name, by=by, room="R1", at=NOW, text="parvis me")
                )
                assert what == "handled"
        ids = {who: await self.person("memory", who) for who in OWNERS}
        async with self.store.write() as session:
            await _settle(session, ids)
            for name in PLATFORMS:
                lead = (await _account(session, name, "lead")).person_id
                await _own_community(session, name, lead)
        await self.app._purge()


async def _account(session: AsyncSession, platform: str, who: str) -> Account:
    found = await people.account(session, platform, account(platform, who))
    assert found is not None
    return found


async def _own_community(session: AsyncSession, name: str, lead: int) -> None:
    """A community that somebody leads, so that they have the role of a lead, of that one alone."""
    await _add(session, _community(f"Club {name}", platform=name, room=f"R{name}"))
    number = (await session.exec(select(Community.id).filter_by(name=f"Club {name}"))).one() or 0
    await _add(session, Membership(community_id=number, person_id=lead, role="lead", accepted_at=NOW))
    await people.give(session, Role.LEAD, f"community:{number}", lead)


async def _add(session: AsyncSession, *rows: SQLModel) -> None:
    for row in rows:
        session.add(row)
        await session.flush()


def _community(name: str, **more: Any) -> Community:
    usual = {
        "platform": "memory",
        "room": "",
        "slug": name.lower().replace(" ", "-"),
        "purpose": "What is done here every day",
        "work": "Plan it",
        "kind": "business",
        "visibility": "public",
        "state": "active",
        "opened_at": NOW,
        "created_at": NOW,
    }
    return Community(name=name, **{**usual, **more})


def _request(by: int, name: str, **more: Any) -> Request:
    """fields: over the usual."""
    fields = {
        "name": name,
        "purpose": "What is done here every day",
        "work": "Plan it",
        "kind": "business",
        "visibility": "public",
        "review_on": "2027-05-24",
        "invitees": [],
        **more.pop("fields", {}),
    }
    usual = {"process": "community", "platform": "memory", "created_at": NOW, "offered_at": NOW}
    return Request(requester_id=by, fields=json.dumps(fields), **{**usual, **more})


def _signing(number: int, by: int, **more: Any) -> Request:
    """Arno is asked to sign an announcement of his own."""
    fields = json.dumps({"announcement": number, "version": 1, "speaker": by, "title": "It opens"})
    usual: dict[str, Any] = {"process": "announcement", "platform": "memory", "created_at": NOW, "offered_at": NOW}
    return Request(requester_id=by, fields=fields, **usual, **more)


def _letter(by: int, signer: int, **more: Any) -> Request:
    """Olga has letters signed by Arno."""
    fields = json.dumps({"signers": [signer], "text": "Hello"})
    usual: dict[str, Any] = {"process": "letter", "platform": "memory", "created_at": NOW, "offered_at": NOW}
    return Request(requester_id=by, fields=fields, **usual, **more)


def _question(by: int, leader: int, text: str, **more: Any) -> Question:
    usual = {"asker_id": by, "leader_id": leader, "named": True, "text": text}
    return Question.model_validate({**usual, "platform": "memory", "asked_at": NOW, **more})


async def _settle(session: AsyncSession, ids: Mapping[str, int]) -> None:
    """What is under way. The numbers of the rows are those of tests/rights/ways.py."""
    olga, sven, arno = ids["olga"], ids["sven"], ids["arno"]
    later = NOW + timedelta(days=2)
    await _add(
        session,
        _request(olga, "Orchard", next_at=later),  # 1: waits, and a question with it
        _request(olga, "Choir", state="refused", decided_by=arno, decided_at=NOW, reason_code="later"),  # 2
        _request(olga, "Bees", state="refusing", decided_by=arno, decided_at=NOW, reason_code="later", next_at=later),
        _request(olga, "Garden", state="approved", decided_by=arno, decided_at=NOW),  # 4
        _request(olga, "Photo", state="approved", decided_by=arno, decided_at=NOW),  # 5: the platform refused it
        _request(olga, "Salaries", next_at=later, fields={"visibility": "private", "reason": "names"}),  # 6
        Vote(request_id=3, person_id=arno, verdict="refuse", at=NOW),
        Exchange(request_id=1, asked_by=arno, question="Who is it for?", asked_at=NOW),
        _community("Garden", room="R101", request_id=4),  # 1
        _community("Photo", state="blocked", error="not-allowed:x", request_id=5, opened_at=None),  # 2
        _community("Cellar", room="R103", missing_at=NOW),  # 3: its room is gone
        _community("Attic", room="R104", state="closed", closed_at=NOW),  # 4
        _community("Kitchen", room="R105"),  # 5: renamed yesterday
        _letter(olga, arno, next_at=later),  # 7: waits, and a question with it
        _letter(olga, arno, state="refusing", decided_by=arno, decided_at=NOW, reason_code="later", next_at=later),
        _letter(olga, arno, state="refused", decided_by=arno, decided_at=NOW, reason_code="later"),  # 9
        Exchange(request_id=7, asked_by=arno, question="Who is it for?", asked_at=NOW),
        Mandate(process="letter", person_id=arno, holder_id=sven, since=later, until=later, created_at=NOW),
        PulseMark(day=date(2026, 11, 2), kind="note", name="Fair"),
        Announcement(owner_id=arno, speaker_id=sven, created_at=NOW, changed_at=NOW),
        AnnouncementVersion(announcement_id=1, number=1, title="It opens", text="Soon.", by_id=arno, at=NOW),
        _signing(2, arno, next_at=later),  # 10: waits, and a question with it
        _signing(3, arno, state="refusing", decided_by=arno, decided_at=NOW, reason_code="moment", next_at=later),
        Exchange(request_id=10, asked_by=arno, question="Who is it for?", asked_at=NOW),
        Mandate(process="announcement", person_id=arno, holder_id=sven, since=later, until=later, created_at=NOW),
        *(
            Announcement(
                owner_id=arno, speaker_id=arno, state="signing", request_id=each, created_at=NOW, changed_at=NOW
            )
            for each in (10, 11)
        ),  # 2, 3
        *(
            AnnouncementVersion(announcement_id=each, number=1, title="It opens", text="Soon.", by_id=arno, at=NOW)
            for each in (2, 3)
        ),
        Announcement(
            owner_id=arno,
            speaker_id=sven,
            state="sending",
            own_name=True,
            begun_at=NOW,
            at=NOW,
            created_at=NOW,
            changed_at=NOW,
        ),  # 4: waits until it is posted
        AnnouncementVersion(announcement_id=4, number=1, title="It opens", text="Soon.", by_id=arno, at=NOW),
        _question(olga, arno, "When does it open?", draft="Soon.", draft_by_id=sven, draft_version=1),
        _question(olga, arno, "When will it open?", shared=True),
        _question(sven, arno, "Who reads it?", named=False),
        _question(olga, arno, "Is it read?", joined_to=3),
        Campaign(
            name="Opening",
            called="opening",
            day_zero=date(2027, 1, 18),
            zone="Europe/Paris",
            phase="pilot",
            owner_id=arno,
            created_at=NOW,
            changed_at=NOW,
        ),
        Stray(platform="memory", room="R900", name="sales-methods", state="told", found_at=NOW, seen_at=NOW),
    )
    await _add(
        session,
        *(Membership(community_id=each, person_id=olga, role="lead", accepted_at=NOW) for each in (1, 2, 3, 4, 5)),
        Membership(community_id=1, person_id=sven, role="second"),
    )
    await people.give(session, Role.LEAD, "community:1", olga)
    detail = {"name": "Gardens", "slug": "gardens", "old": "Garden", "old_slug": "garden", "words": "Gardens"}
    asked = {"account": account("memory", "sven"), "person": sven, "from": [olga], "old": "Cellar"}
    changes: list[tuple[int, str, str, dict[str, Any]]] = [
        (1, "rename", "proposed", detail),  # 1
        (5, "rename", "done", {"name": "Kitchen", "slug": "kitchen", "old": "Stove", "old_slug": "stove"}),  # 2
        (2, "rename", "stuck", detail),  # 3
        (3, "handover", "asked", asked),  # 4
    ]
    for community, kind, state, more in changes:
        change = Change(community_id=community, person_id=olga, kind=kind, state=state, created_at=NOW)
        change.detail, change.undo_until = json.dumps(more), later if state == "done" else None
        await _add(session, change)
    mine, other = await _account(session, "memory", "olga"), await _account(session, "slack", "olga")
    await _add(
        session,
        JoinCode(
            account_id=mine.id or 0, by_id=other.id, hint="ab", salt="x", digest="y", state="asked",
            created_at=NOW, expires_at=later,
        ),
        Visit(person_id=olga, to="/garden/", made_at=NOW, used_at=NOW, until=later, token="x", number="47"),
    )  # fmt: skip
    for number in (1, 6):
        request = await requests.get(session, "community", number)
        assert request is not None
        assert request.state == "waiting"
