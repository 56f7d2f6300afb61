"""Whom an announcement reaches, asked of both databases: each person once, by which media, from when on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, cast

from bot.calendar import WorkingTime
from bot.nudge import Context, Told
from nudges.launch import reaching
from nudges.launch.audience import Audience, Some
from nudges.launch.reaching import Resolved
from nudges.launch.settings import Settings
from storage import audience as rows
from storage.communities import Community, Membership
from storage.database import Store
from storage.launch import Announcement
from storage.people import Account, Grant, Person
from storage.pulse import PulseActivation, PulseMember
from storage.roster import Entry

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOBODY = cast("Any", None)


class Staff:
    """A company with a chat, a second one, and e-mail. ids: who -> their person."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: dict[str, int] = {}

    async def person(self, name: str, *accounts: Account, department: str | None = None, **how: Any) -> int:
        """how: told_on, zone, joined_to of the person; left: whether they left."""
        left = how.pop("left", False)
        async with self.store.write() as session:
            person = Person(name=name, created_at=NOW, **how)
            session.add(person)
            await session.flush()
            for each in accounts:
                each.person_id = person.id or 0
                session.add(each)
            if department is not None:
                entry = Entry(key=name, name=name, department=department, created_at=NOW, changed_at=NOW)
                entry.person_id, entry.state = person.id, "left" if left else "here"
                session.add(entry)
            self.ids[name] = person.id or 0
        return self.ids[name]

    async def add(self, *rows: Any) -> None:
        async with self.store.write() as session:
            session.add_all(rows)

    async def reaches(self, whom: Some, but: Some | None = None, k: int = 5, **settings: Any) -> Resolved:
        made = Announcement(owner_id=1, speaker_id=1, created_at=NOW, changed_at=NOW)
        made.audience = Audience(whom=whom, but=but or Some()).text()
        made.at, made.local, made.each_local = NOW, "2026-12-01T09:00", True
        async with self.store.read() as session:
            ctx = Context(
                NOW, session, None, NOBODY, NOBODY, Settings(**settings), {}, WorkingTime("Europe/Paris"),
                ("acme", "club", "mail"), addressed=frozenset({"mail"}), smallest_group=k,
            )  # fmt: skip
            return await reaching.resolve(ctx, made)

    async def names(self, whom: Some, but: Some | None = None) -> list[str]:
        by = {number: name for name, number in self.ids.items()}
        return [by[each.person] for each in (await self.reaches(whom, but)).told]


def account(platform: str, name: str, kind: str = "member", *, used: bool = True, zone: str = "") -> Account:
    at = NOW if used else None
    return Account(
        person_id=0, platform=platform, external_id=f"{platform}-{name}", name=name, kind=kind, zone=zone, used_at=at,
        created_at=NOW,
    )  # fmt: skip


async def staffed(store: Store) -> Staff:
    staff = Staff(store)
    await staff.person("ana", account("acme", "ana"), account("mail", "ana", "address", used=False), department="Sales")
    await staff.person(
        "bea", account("acme", "bea", zone="Asia/Tokyo"), account("club", "bea", used=False), told_on="club"
    )
    await staff.person("cid", account("acme", "cid", used=False), account("mail", "cid", "address"), department="Sales")
    await staff.person("dov", account("mail", "dov", "address", used=False), department="Finance", zone="America/Lima")
    await staff.person("eva", account("acme", "eva", used=False), department="Finance")
    await staff.person("fay", account("acme", "fay"), department="Sales", left=True)
    await staff.person("gus", account("acme", "gus", "guest"))
    await staff.person("hal", account("acme", "hal", "gone"))
    await staff.person("ida", account("acme", "ida"), account("mail", "ida", "address"), told_on="mail")
    await staff.add(Entry(key="zed", name="zed", department="Finance", created_at=NOW, changed_at=NOW))
    return staff


async def test_everybody_is_reached_once_by_what_they_signed_in_to(store: Store) -> None:
    staff = await staffed(store)
    found = await staff.reaches(Some(everybody=True))
    media = {
        name: next((each.media for each in found.told if each.person == who), None) for name, who in staff.ids.items()
    }
    assert media == {
        "ana": ("acme", "mail"), "bea": ("club", "acme"), "cid": ("mail",), "dov": ("mail",), "eva": None, "fay": None,
        "gus": None, "hal": None, "ida": ("mail", "acme"),
    }  # fmt: skip
    assert found.people == 7, "eva and zed are told on paper"
    assert found.paper == {"": 2}, "both departments are small: their copies are rounded up together"
    assert found.nobody == 0
    assert len(found.told) == len({each.person for each in found.told})


async def test_the_same_hour_comes_to_each_on_their_own_clocks(store: Store) -> None:
    staff = await staffed(store)
    found = {each.person: each for each in (await staff.reaches(Some(everybody=True))).told}
    hours = {name: found[staff.ids[name]].not_before for name in ("ana", "bea", "dov")}
    assert hours == {
        "ana": datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "bea": datetime(2026, 12, 1, 0, 0, tzinfo=UTC),
        "dov": datetime(2026, 12, 1, 14, 0, tzinfo=UTC),
    }  # fmt: skip
    assert isinstance(found[staff.ids["ana"]], Told)


async def test_groups_people_and_exclusions_are_put_together(store: Store) -> None:
    staff = await staffed(store)
    ids = staff.ids
    about: dict[str, Any] = {"purpose": "x", "work": "x", "kind": "business", "visibility": "public", "created_at": NOW}
    await staff.add(Community(platform="acme", name="Garden", slug="garden", state="active", **about))
    await staff.add(
        PulseMember(community_id=1, person_id=ids["ana"]),
        Membership(community_id=1, person_id=ids["ida"], role="lead", accepted_at=NOW),
        Membership(community_id=1, person_id=ids["gus"], role="invited"),
        Grant(person_id=ids["bea"], role="leader", source="config"),
    )
    assert await staff.names(Some(departments=("Sales",))) == ["ana", "cid"]
    assert await staff.names(Some(communities=(1,))) == ["ana", "ida"]
    assert await staff.names(Some(departments=("Sales",), communities=(1,), roles=("leader",))) == [
        "ana",
        "bea",
        "cid",
        "ida",
    ]
    assert await staff.names(Some(everybody=True), Some(departments=("Sales",), people=(ids["dov"],))) == ["bea", "ida"]
    assert await staff.names(Some(people=(ids["fay"], ids["gus"], ids["hal"], ids["cid"]))) == ["cid"]
    assert await staff.names(Some(people=(ids["cid"],)), Some(everybody=True)) == []
    assert (await staff.reaches(Some(departments=("Nowhere",)))).people == 0
    assert (await staff.reaches(Some())).people == 0
    finance = await staff.reaches(Some(departments=("Finance",)))
    assert finance.people == 3, "whoever is on the list alone is part of the department"
    assert (await staff.reaches(Some(everybody=True), Some(departments=("Finance",)))).people == 4


async def test_lines_that_are_nobodys_yet_are_reached_on_paper_and_whoever_is_met_by_one_by_what_they_have(
    store: Store,
) -> None:
    staff = await staffed(store)
    listed = {"department": "Finance", "created_at": NOW, "changed_at": NOW}
    await staff.add(
        Entry.model_validate({"key": "W-7", "name": "Yan", "email": "yan@example.org", **listed}),
        Entry.model_validate({"key": "W-8", "name": "Xan", "state": "left", **listed}),
    )
    async with store.read() as session:
        found = {each.key: each.id or 0 for each in await rows.listed_so(session, ["W-7", "@zed", "W-8", "nobody"])}
        assert [each.key for each in await rows.listed_so(session, ["Yan@Example.org"])] == ["W-7"]
        assert await rows.line_names(session, [found["zed"], found["W-7"]]) == ["zed", "Yan"]
    lines = tuple(found[each] for each in ("W-7", "zed", "W-8"))
    both = await staff.reaches(Some(lines=lines))
    assert (both.people, both.told, both.paper) == (2, (), {"": 5}), "who left gets nothing"
    alone = await staff.reaches(Some(lines=lines), Some(lines=(found["zed"],)))
    assert (alone.people, alone.alone, alone.alone_on) == (1, None, found["W-7"])
    assert (await staff.reaches(Some(departments=("Finance",)), Some(lines=lines))).people == 2, "dov and eva"
    await staff.person("yan", account("mail", "yan", "address", used=False))
    async with store.write() as session:
        line = await session.get(Entry, found["W-7"])
        assert line is not None
        line.person_id = staff.ids["yan"]
    assert await staff.names(Some(lines=lines)) == ["yan"], "they were met since, and have an address"
    assert (await staff.reaches(Some(departments=("Finance",)), Some(lines=lines))).people == 2


async def test_who_turned_out_to_be_somebody_else_is_that_one(store: Store) -> None:
    staff = await staffed(store)
    old = await staff.person("anna", joined_to=staff.ids["ana"])
    assert await staff.names(Some(people=(old, staff.ids["ana"]))) == ["ana"]
    assert await staff.names(Some(everybody=True), Some(people=(old,))) == ["bea", "cid", "dov", "ida"]


async def test_settings_say_what_carries_it_and_who_has_signed_in(store: Store) -> None:
    staff = await staffed(store)
    everybody = Some(everybody=True)

    async def media(**settings: Any) -> dict[str, tuple[str, ...]]:
        found = await staff.reaches(everybody, **settings)
        return {name: each.media for each in found.told for name, who in staff.ids.items() if who == each.person}

    assert (await media(signed_in="listed"))["eva"] == ("acme",)
    assert (await media(media=("mail", "chat", "paper")))["ana"] == ("mail", "acme")
    assert "dov" not in await media(media=("chat",))
    assert (await staff.reaches(everybody, media=("chat",))).nobody == 4, "and paper is left out, too"
    assert (await staff.reaches(everybody, media=("chat",))).paper == {}
    await staff.add(PulseActivation(person_id=staff.ids["cid"], day=date(2026, 11, 1)))
    assert (await media())["cid"] == ("acme", "mail"), "they were there once"


async def test_figures_are_of_groups_of_five_alone_and_nobody_is_seen_in_them(store: Store) -> None:
    staff = Staff(store)
    for number in range(12):
        used = number % 2 == 0
        await staff.person(f"p{number}", account("acme", f"p{number}", used=used), department="Sales")
    for number in range(3):
        await staff.person(f"b{number}", account("acme", f"b{number}"), department="Board")
    sales, both = Some(departments=("Sales",)), Some(departments=("Sales", "Board"))
    told = (await staff.reaches(sales)).counts
    assert told.people == 12
    assert told.media == {"acme": (5, 12, 12), "club": (0, 4, 12), "mail": (0, 4, 12), "paper": (5, 12, 12)}
    assert told.zones == {"Europe/Paris": 12}
    assert (await staff.reaches(both)).counts.media == told.media, "three people make no difference"
    one = Some(people=(staff.ids["p0"],))
    assert (await staff.reaches(sales, one)).counts.media == told.media, "nor does one who is left out"
    assert (await staff.reaches(sales, one)).people == 11
    assert (await staff.reaches(Some(people=tuple(staff.ids.values())))).counts.media == {}
    assert json.loads(told.text())["people"] == 12
