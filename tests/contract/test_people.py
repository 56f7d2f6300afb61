"""Who may act as what: roles from the settings, from rooms and from groups; members alone have any."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot import people
from bot.chat import Profile
from bot.nudge import Role
from storage import people as rows
from storage.database import Store
from storage.people import Account, Grant, Person
from storage.roster import Entry
from tests.contract.world import START

ROOM, GROUP = "acme:room:R1", "acme:group:S1"


async def met(store: Store, id: str, kind: str = "member", **how: str) -> int:
    """The platform says who somebody is; returns the person."""
    async with store.write() as session:
        profile = Profile.model_validate({"id": id, "name": id.lower(), "kind": kind, **how})
        return (await people.update(session, "acme", profile, START)).person_id


async def given(store: Store, role: Role, source: str, *ids: str) -> None:
    async with store.write() as session:
        await people.grant(session, role, source, {"acme": list(ids)}, START)


async def roles(store: Store, person: int) -> set[Role]:
    async with store.read() as session:
        return set(await people.roles(session, person))


async def holders(store: Store, role: Role) -> list[int]:
    async with store.read() as session:
        return await people.with_role(session, role)


async def test_a_member_is_an_employee_and_what_was_granted(store: Store) -> None:
    ana, bob = await met(store, "UANA"), await met(store, "UBOB")
    await given(store, Role.ANIMATOR, "config", "UANA")
    assert await roles(store, ana) == {Role.EMPLOYEE, Role.ANIMATOR}
    assert await roles(store, bob) == {Role.EMPLOYEE}
    assert await holders(store, Role.ANIMATOR) == [ana]


async def test_the_companys_list_says_what_language_and_hours_somebody_has_who_said_nothing(store: Store) -> None:
    ana, bob = await met(store, "UANA"), await met(store, "UBOB", language="en", zone="Europe/Dublin")
    async with store.write() as session:
        for person in (ana, bob):
            line = Entry(key=str(person), person_id=person, language="fr", created_at=START, changed_at=START)
            line.zone = "Pacific/Noumea"
            session.add(line)
    async with store.read() as session:
        assert await people.reader(session, ana) == ("fr", "Pacific/Noumea")
        acting = await people.actor(session, ana, "acme")
        assert (acting.language, acting.zone) == ("fr", "Pacific/Noumea")
        assert await people.reader(session, bob) == ("en", "Europe/Dublin")


async def test_what_the_settings_give_no_more_is_taken_back(store: Store) -> None:
    ana, bob = await met(store, "UANA"), await met(store, "UBOB")
    await given(store, Role.ANIMATOR, "config", "UANA", "UBOB")
    await given(store, Role.ANIMATOR, "config", "UBOB", "UBOB")
    assert await roles(store, ana) == {Role.EMPLOYEE}
    assert await holders(store, Role.ANIMATOR) == [bob]


async def test_a_source_takes_back_only_what_it_gave(store: Store) -> None:
    ana = await met(store, "UANA")
    for source in ("config", ROOM, GROUP):
        await given(store, Role.COMMS, source, "UANA")
    await given(store, Role.COMMS, ROOM)
    await given(store, Role.COMMS, GROUP)
    assert Role.COMMS in await roles(store, ana)
    async with store.read() as session:
        assert await rows.holders(session, Role.COMMS) == {ana: ["config"]}
    await given(store, Role.COMMS, "config")
    assert Role.COMMS not in await roles(store, ana)


async def test_who_enters_or_leaves_a_room_changes_nobody_elses_role(store: Store) -> None:
    ana, bob = await met(store, "UANA"), await met(store, "UBOB")
    await given(store, Role.COMMS, ROOM, "UANA")
    for inside in (True, True, False, False, True):
        async with store.write() as session:
            await people.follow(session, Role.COMMS, ROOM, bob, inside)
        assert (Role.COMMS in await roles(store, bob)) == inside
        assert Role.COMMS in await roles(store, ana)
    async with store.write() as session:
        await people.follow(session, Role.COMMS, GROUP, bob, False)
    assert await holders(store, Role.COMMS) == [ana, bob]


async def test_an_account_named_before_it_was_seen_has_its_role_when_it_comes(store: Store) -> None:
    await given(store, Role.ADMIN, "config", "UNEW")
    person = await met(store, "UNEW")
    assert await roles(store, person) == {Role.EMPLOYEE, Role.ADMIN}
    async with store.read() as session:
        assert len(list(await session.exec(select(Account)))) == 1


@pytest.mark.parametrize("kind", ["guest", "stranger", "gone", "bot"])
async def test_who_is_no_member_has_no_role_whatever_was_granted(store: Store, kind: str) -> None:
    gil = await met(store, "UGIL", kind)
    await given(store, Role.ANIMATOR, "config", "UGIL")
    await given(store, Role.ANIMATOR, ROOM, "UGIL")
    assert await roles(store, gil) == set()
    assert await holders(store, Role.ANIMATOR) == []
    async with store.read() as session:
        assert await rows.members(session) == 0
        assert await people.account_for(session, gil) is None, "nowhere to reach them"
        known = await people.known(session, "acme", "UGIL")
    assert known is not None
    assert known.roles == frozenset()


async def test_a_guest_account_of_a_member_has_no_role_either(store: Store) -> None:
    ana = await met(store, "UANA")
    await given(store, Role.ANIMATOR, "config", "UANA")
    async with store.write() as session:
        session.add(Account(person_id=ana, platform="other", external_id="G1", kind="guest", created_at=START))
    async with store.write() as session:
        assert (await people.resolve(session, "other", "G1", None, START)).roles == frozenset()
        assert Role.ANIMATOR in (await people.resolve(session, "acme", "UANA", None, START)).roles


async def test_who_leaves_the_organisation_and_comes_back_has_their_role_again(store: Store) -> None:
    ana = await met(store, "UANA")
    await given(store, Role.ANIMATOR, "config", "UANA")
    await met(store, "UANA", "gone")
    assert await roles(store, ana) == set()
    await met(store, "UANA")
    assert Role.ANIMATOR in await roles(store, ana)


async def test_since_when_an_account_is_closed_is_known_however_often_it_is_said(store: Store) -> None:
    async def since(kind: str, days: int) -> datetime | None:
        async with store.write() as session:
            profile = Profile.model_validate({"id": "U1", "name": "ann", "kind": kind})
            ((account, _),) = await people.update_all(session, "acme", [profile], START + timedelta(days=days))
            return account.gone_at

    seen = [await since(kind, days) for days, kind in enumerate(["member", "gone", "gone", "member", "gone"])]
    assert seen == [None, START + timedelta(days=1), START + timedelta(days=1), None, START + timedelta(days=4)]


async def test_a_language_chosen_outweighs_the_accounts(store: Store) -> None:
    ana = await met(store, "UANA", language="fr-CA", zone="America/Montreal")
    async with store.write() as session:
        assert await people.reader(session, ana) == ("fr-CA", "America/Montreal")
        person = await session.get(Person, ana)
        assert person is not None
        person.language = "en"
        session.add(person)
    async with store.read() as session:
        assert await people.reader(session, ana) == ("en", "America/Montreal")


async def test_a_profile_is_believed_for_a_day(store: Store) -> None:
    async with store.read() as session:
        assert await people.stale(session, "acme", "UANA", START)
    await met(store, "UANA")
    async with store.read() as session:
        assert not await people.stale(session, "acme", "UANA", START + timedelta(hours=23))
        assert await people.stale(session, "acme", "UANA", START + timedelta(hours=25))


async def test_one_is_reached_on_the_platform_preferred(store: Store) -> None:
    ana = await met(store, "UANA")
    async with store.write() as session:
        session.add(Account(person_id=ana, platform="other", external_id="A1", created_at=START))
    async with store.read() as session:
        preferred = await people.account_for(session, ana, "other")
        usual = await people.account_for(session, ana)
        elsewhere = await people.account_for(session, ana, "third")
    assert [each.external_id for each in (preferred, usual, elsewhere) if each] == ["A1", "UANA", "UANA"]


async def test_every_source_of_a_role_is_one_grant(store: Store) -> None:
    ana = await met(store, "UANA")
    await given(store, Role.COMMS, ROOM, "UANA")
    async with store.write() as session:
        await people.follow(session, Role.COMMS, ROOM, ana, True)
    async with store.read() as session:
        assert len(list(await session.exec(select(Grant)))) == 1


async def test_what_the_settings_name_no_more_gives_nothing_any_more(store: Store) -> None:
    """A room, a group or a role dropped from the settings; what the bot itself lent is not theirs to take."""
    ana = await met(store, "UANA")
    await met(store, "UBOB")
    for role, source in ((Role.ANIMATOR, ROOM), (Role.COMMS, ROOM), (Role.ANIMATOR, GROUP), (Role.LEADER, "config")):
        await given(store, role, source, "UANA", "UBOB")
    await given(store, Role.ANIMATOR, "deputy:community:7", "UANA")
    await given(store, Role.LEAD, "community:4", "UANA")
    async with store.write() as session:
        await people.keep_grants(session, {(Role.ANIMATOR, GROUP), (Role.COMMS, GROUP), (Role.LEADER, ROOM)})
    async with store.read() as session:
        left = {(each.role, each.source) for each in await session.exec(select(Grant))}
    assert left == {
        (Role.ANIMATOR, GROUP),
        (Role.ANIMATOR, "deputy:community:7"),
        (Role.LEAD, "community:4"),
    }
    assert await roles(store, ana) == {Role.EMPLOYEE, Role.ANIMATOR, Role.LEAD}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe/Pari", "+02:00", "../etc/passwd"])
async def test_a_time_zone_that_nobody_knows_is_none(store: Store, zone: str) -> None:
    ana = await met(store, "UANA", zone="Europe/Paris")
    await met(store, "UANA", zone=zone)
    async with store.read() as session:
        assert await people.reader(session, ana) == ("", "")


async def test_a_name_that_no_database_keeps_stops_nobody_elses_from_being_written(store: Store) -> None:
    told = [
        Profile(id="U1", name="A\0na\ud800", fields={"title": "Co\0ok"}, email="a\0@b.fr"),
        Profile(id="U2", name="Bo"),
    ]
    async with store.write() as session:
        await people.update_all(session, "acme", told, START)
    async with store.read() as session:
        assert [each.name for each in await session.exec(select(Account))] == ["A\ufffdna\ufffd", "Bo"]
