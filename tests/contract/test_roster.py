"""A file of people is taken over: all of it or nothing, on both engines; and what `parvis people` says."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.audit import Audit
from bot.chat import Profile
from bot.people import update
from bot.roster import applying
from bot.roster.comparing import Plan, TooManyLeave
from bot.roster.reading import Sheet, read
from storage import incoming
from storage.audit import Entry as Decision
from storage.database import Store
from storage.people import Person
from storage.roster import Entry, Named, Pushed
from tests.contract.conftest import AT_EASE
from tests.contract.test_cli import Answer, Home
from tests.contract.world import START

TRAIL = Audit("k" * 64)
STAFF = """key,email,name,department,job,manager,account acme
1,ana@example.org,Ana,Sales,Cook,2,UANA
2,bob@example.org,Bob,Sales,Smith,,
3,eve@example.org,Eve,Legal,Judge,2,
"""


def sheet(text: str) -> Sheet:
    found = read(text.encode(), ("acme",))
    assert not found.wrong, found.troubles
    return found


async def taken(store: Store, text: str, days: int = 0, said: int | None = None) -> Plan:
    return await applying.take_over(store, TRAIL, sheet(text), START + timedelta(days=days), said)


async def lines(store: Store) -> dict[str, Entry]:
    async with store.read() as session:
        return {each.key: each for each in await session.exec(select(Entry))}


async def named(store: Store) -> dict[str, str]:
    async with store.read() as session:
        found = await session.exec(select(Named.external_id, Entry.key).join(Entry))
        return dict(found.all())


def counts(plan: Plan) -> tuple[int, int, int, int, int]:
    return plan.new, plan.changed, plan.returned, len(plan.left), plan.unchanged


async def test_a_first_file_makes_the_roster(store: Store) -> None:
    assert counts(await taken(store, STAFF)) == (3, 0, 0, 0, 0)
    found = await lines(store)
    assert (found["1"].name, found["1"].department, found["1"].manager) == ("Ana", "Sales", "2")
    assert {each.state for each in found.values()} == {"here"}
    assert {each.created_at for each in found.values()} == {START}
    assert await named(store) == {"UANA": "1"}


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    await taken(store, STAFF)
    before = await lines(store)
    assert counts(await taken(store, STAFF, days=1)) == (0, 0, 0, 0, 3)
    assert await lines(store) == before
    async with store.read() as session:
        (said,) = await session.exec(select(Decision))
        assert (said.action, said.subject) == ("people.import", "roster")
        assert json.loads(said.after) == {"new": "3", "changed": "0", "returned": "0", "left": "0"}


async def test_a_plan_changes_nothing(store: Store) -> None:
    await taken(store, STAFF)
    before = await lines(store)
    plan = await applying.plan(store, sheet(STAFF.replace("Sales", "Marketing").replace("3,eve", "4,eve")))
    assert counts(plan) == (1, 2, 0, 1, 0)
    assert plan.fields == {"department": 2}
    assert await lines(store) == before


async def test_a_new_name_and_address_follow_the_key(store: Store) -> None:
    await taken(store, STAFF)
    plan = await taken(store, STAFF.replace("ana@example.org,Ana", "ana.roy@example.org,Ana Roy"), days=1)
    assert counts(plan) == (0, 1, 0, 0, 2)
    ana = (await lines(store))["1"]
    assert (ana.name, ana.email, ana.changed_at) == ("Ana Roy", "ana.roy@example.org", START + timedelta(days=1))


async def test_who_was_known_by_address_gets_a_key(store: Store) -> None:
    await taken(store, "email,name\nana@example.org,Ana\nbob@example.org,Bob\n")
    plan = await taken(store, "key,email,name\n7,ana@example.org,Ana\n8,bob@example.org,Bob\n", days=1)
    assert counts(plan) == (0, 2, 0, 0, 0)
    found = await lines(store)
    assert {key: each.email for key, each in found.items()} == {"7": "ana@example.org", "8": "bob@example.org"}
    assert {each.created_at for each in found.values()} == {START}


async def test_an_address_given_to_somebody_else_makes_nobody_somebody_else(store: Store) -> None:
    await taken(store, STAFF)
    plan = await taken(store, STAFF.replace("3,eve@example.org,Eve", "9,eve@example.org,Evelyn"), days=1, said=1)
    assert counts(plan) == (1, 0, 0, 1, 2)
    found = await lines(store)
    assert (found["3"].state, found["9"].state) == ("left", "here")


async def test_who_is_not_in_the_file_left_and_may_return(store: Store) -> None:
    await taken(store, STAFF)
    without = "".join(each for each in STAFF.splitlines(keepends=True) if not each.startswith("1,"))
    await taken(store, without, days=1, said=1)
    ana = (await lines(store))["1"]
    assert (ana.state, ana.left_at, ana.name) == ("left", START + timedelta(days=1), "Ana")
    assert await named(store) == {}
    here = [each.department for each in (await lines(store)).values() if each.state == "here"]
    assert sorted(here) == ["Legal", "Sales"]
    assert counts(await taken(store, STAFF, days=2)) == (0, 1, 1, 0, 2)
    ana = (await lines(store))["1"]
    assert (ana.state, ana.left_at) == ("here", None)
    assert await named(store) == {"UANA": "1"}


async def test_many_leave_only_when_their_number_is_repeated(store: Store) -> None:
    await taken(store, STAFF)
    for said in (None, 1, 3):
        with pytest.raises(TooManyLeave) as refused:
            await taken(store, "key\n3\n", days=1, said=said)
        assert (refused.value.leaving, refused.value.here) == (2, 3)
    assert {each.state for each in (await lines(store)).values()} == {"here"}
    assert counts(await taken(store, "key\n3\n", days=1, said=2)) == (0, 0, 0, 2, 1)


async def test_what_the_file_has_no_column_for_stays(store: Store) -> None:
    await taken(store, STAFF)
    assert counts(await taken(store, "key,job\n1,Baker\n2,Smith\n3,Judge\n", days=1)) == (0, 1, 0, 0, 2)
    ana = (await lines(store))["1"]
    assert (ana.job, ana.department, ana.email) == ("Baker", "Sales", "ana@example.org")
    assert await named(store) == {"UANA": "1"}


async def test_an_account_goes_from_one_line_to_another(store: Store) -> None:
    await taken(store, STAFF)
    moved = STAFF.replace("Cook,2,UANA", "Cook,2,UNEW").replace("Judge,2,", "Judge,2,UANA")
    await taken(store, moved, days=1)
    assert await named(store) == {"UNEW": "1", "UANA": "3"}


async def test_people_who_are_pushed_are_left_alone(store: Store) -> None:
    async with store.write() as session:
        for key, email in (("2", "other@example.org"), ("S9", "eve@example.org")):
            session.add(Entry(key=key, email=email, source="scim", created_at=START, changed_at=START))
    plan = await taken(store, STAFF)
    assert (plan.new, plan.pushed) == (1, 2)
    assert {key: each.source for key, each in (await lines(store)).items()} == {"1": "csv", "2": "scim", "S9": "scim"}
    assert not (await taken(store, "key\n1\n", days=1)).left, "nor do they leave by a file"


OTHER = STAFF.replace("Sales", "Marketing").replace("UANA", "UNEW") + "4,new@example.org,New,Sales,,,UANA\n"


@pytest.mark.parametrize("step", ["import.beside", "import.begun", "import.taken"])
async def test_a_failure_in_the_middle_leaves_all_as_it_was(store: Store, step: str) -> None:
    await taken(store, STAFF)
    before = await lines(store), await named(store)

    def broken(reached: str) -> None:
        if reached == step:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await applying.take_over(store, TRAIL, sheet(OTHER), START, reached=broken)
    assert (await lines(store), await named(store)) == before
    assert counts(await taken(store, OTHER, days=1)) == (1, 2, 0, 0, 1)
    assert await named(store) == {"UNEW": "1", "UANA": "4"}


async def test_while_a_file_is_put_beside_the_roster_others_write(store: Store) -> None:
    async with store.apart() as apart:
        async with apart.beside() as session:
            await incoming.begin(session)
            await incoming.new(session, [row._asdict() for block in sheet(STAFF).rows() for row in block])
            async with store.write() as other:  # in the middle of it
                other.add(Person(name="Zoe", created_at=START))
        assert await lines(store) == {}
        async with store.read() as session:
            assert len(list(await session.exec(select(Person)))) == 1


# ---------------------------------------------------------------- lines that were pushed


async def pushes(store: Store, *rows: tuple[str, str, str]) -> None:
    """A service pushes these keys, addresses and names."""
    async with store.write() as session:
        for key, email, name in rows:
            line = Entry(key=key, email=email, name=name, source="scim", created_at=START, changed_at=START)
            session.add(line)
            await session.flush()
            session.add(Pushed(entry_id=line.id or 0, scim=f"id-{key}", user_name=email))


async def takes(store: Store, text: str, said: int | None = None) -> Plan:
    return await applying.take_over(store, TRAIL, sheet(text), START + timedelta(days=1), said, all_=True)


async def test_a_file_takes_over_what_was_pushed(store: Store) -> None:
    await pushes(store, ("2", "bob@example.org", "Bob"), ("S9", "eve@example.org", "Eve of old"))
    before = await lines(store)
    plan = await takes(store, STAFF)
    assert (plan.pushed, *counts(plan)) == (2, 1, 2, 0, 0, 0)
    found = await lines(store)
    assert {each.source for each in found.values()} == {"csv"}
    assert (found["2"].id, found["3"].id, found["3"].name) == (before["2"].id, before["S9"].id, "Eve")
    async with store.read() as session:
        assert not list(await session.exec(select(Pushed))), "what the service calls them is forgotten"
        (said,) = await session.exec(select(Decision))
        assert json.loads(said.after)["pushed"] == "2"
    assert counts(await taken(store, STAFF, days=2)) == (0, 0, 0, 0, 3), "from now on as any file"


async def test_who_was_pushed_and_is_not_in_the_file_leaves_when_that_is_said(store: Store) -> None:
    await pushes(store, ("2", "bob@example.org", "Bob"), ("S9", "zoe@example.org", "Zoe"))
    with pytest.raises(TooManyLeave):
        await takes(store, STAFF)
    assert {each.source for each in (await lines(store)).values()} == {"scim"}
    await takes(store, STAFF, said=1)
    assert (await lines(store))["S9"].state == "left"


async def test_two_rows_never_get_one_line(store: Store) -> None:
    """The address that the service knew somebody by is another's in the file."""
    await pushes(store, ("1", "bob@example.org", "Ana"))
    plan = await takes(store, STAFF)
    assert counts(plan) == (2, 1, 0, 0, 0)
    assert sorted(await lines(store)) == ["1", "2", "3"]


async def test_two_files_at_once_come_one_after_the_other(store: Store) -> None:
    await taken(store, STAFF)
    await asyncio.gather(
        taken(store, STAFF.replace("Cook", "Baker"), days=1), taken(store, STAFF.replace("Judge", "Clerk"), days=2)
    )
    found = await lines(store)
    assert {(found["1"].job, found["3"].job)} <= {("Baker", "Judge"), ("Cook", "Clerk")}


def many(number: int, job: str = "Chargé de mission") -> str:
    head = "matricule;courriel;nom;prénom;service;poste;responsable;langue;fuseau;pays;jours\n"
    return head + "".join(
        f"{each:06};n{each}@example.org;Nom{each};Zoé;Service {each % 300};{job};"
        f"{f'{each // 10:06}' if each else ''};fr;Europe/Paris;FR;lun-ven\n"
        for each in range(number)
    )


@pytest.mark.parametrize("engine", AT_EASE)
@pytest.mark.parametrize("number", [5_000, pytest.param(200_000, marks=pytest.mark.slow)])
async def test_a_large_file_is_taken_in_whole(
    store: Store, number: int, record_property: Callable[[str, object], None]
) -> None:
    """In the report (--junit-xml): the seconds of reading, of comparing and applying, and of a second look."""
    data, began = many(number).encode("cp1252"), time.perf_counter()
    first = read(data)
    took = [time.perf_counter() - began]
    assert (first.wrong, len(first.keys)) == (0, number)
    assert sum(map(len, first.packed)) < 3 * len(data), "what was read is kept packed"
    for new, changed in ((number, 0), (0, 0)):
        began = time.perf_counter()
        plan = await applying.take_over(store, TRAIL, first, START)
        took.append(time.perf_counter() - began)
        assert (plan.new, plan.changed) == (new, changed)
    record_property(f"seconds on {store.dialect}", [round(each, 1) for each in took])


# ---------------------------------------------------------------- the command


@pytest.fixture
async def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path)
    for name, value in made.environment({}).items():
        monkeypatch.setenv(name, value)
    assert (await made.asks("migrate")).status == 0
    return made


async def imports(home: Home, text: str | bytes, *words: str) -> Answer:
    file = home.folder / "staff.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return await home.asks("people", "import", str(file), *words)


async def met(home: Home, accounts: Iterable[tuple[str, str]]) -> None:
    async with home.store() as store, store.write() as session:
        for id, email in accounts:
            await update(session, "here", Profile(id=id, name=id, email=email), START)


async def test_a_dry_run_shows_what_would_change_and_changes_nothing(home: Home) -> None:
    answer = await imports(home, STAFF.replace("account acme", "room"), "--dry-run")
    assert answer.status == 0
    assert answer.row("new").split()[1] == "3"
    assert answer.row("room").strip().endswith("not read, not kept")
    assert answer.row("key").strip().endswith("key (what tells people apart)")
    assert 'cells separated by ",", 3 rows.' in answer.out
    assert 'ask for the column "location"' in answer.err
    assert "Ana" not in answer.out
    async with home.store() as store:
        assert await lines(store) == {}


# One moment in each run; the others in the long one, for each is a process of its own.
@pytest.mark.parametrize(
    "step",
    ["import.taken", *(pytest.param(step, marks=pytest.mark.slow) for step in ("import.beside:2", "import.begun"))],
)
async def test_an_import_that_is_killed_changes_nothing_and_leaves_nothing(home: Home, step: str) -> None:
    assert (await imports(home, many(5_000))).status == 0
    async with home.store() as store:
        before = await lines(store)
    file = home.folder / "staff.csv"
    file.write_text(many(6_000, "Other"), "utf-8")
    killed = await home.parvis("people", "import", str(file), PARVIS_KILL_AT=step)
    assert killed.status == -signal.SIGKILL, killed.err
    async with home.store() as store:
        assert await lines(store) == before
        async with store.read() as session:
            tables = await session.exec(text("SELECT name FROM sqlite_master WHERE name LIKE 'roster%'"))  # type: ignore[call-overload]
            assert {name for (name,) in tables if not name.startswith("sqlite")} == {
                "roster", "roster_account", "roster_pushed",
            }  # fmt: skip
    answer = await home.asks("people", "import", str(file))
    assert answer.row("changed").split()[1] == "5000", answer.err


async def test_what_is_pushed_still_is_not_taken_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = home.folder / "parvis.toml"
    settings.write_text(settings.read_text("utf-8") + 'roster.scim = true\nweb.public = "127.0.0.1:1"\n', "utf-8")
    monkeypatch.setenv("PARVIS_SCIM_TOKEN", "t" * 32)
    answer = await imports(home, STAFF.replace("account acme", "room"), "--take-over")
    assert answer.status == 2
    assert "scim = false" in answer.err
    async with home.store() as store:
        assert await lines(store) == {}


async def test_the_command_takes_over_what_was_pushed(home: Home) -> None:
    async with home.store() as store:
        await pushes(store, ("2", "bob@example.org", "Bob"))
    staff = STAFF.replace("account acme", "room")
    assert "left alone" in (await imports(home, staff, "--dry-run")).out
    assert "the file’s from now on" in (await imports(home, staff, "--take-over", "--dry-run")).out
    assert (await imports(home, staff, "--take-over")).status == 0
    async with home.store() as store:
        assert {each.source for each in (await lines(store)).values()} == {"csv"}


async def test_an_import_says_what_it_changed_and_who_is_matched(home: Home) -> None:
    await met(home, [("ana", "ana@example.org"), ("zoe", "zoe@example.org")])
    answer = await imports(home, STAFF.replace("account acme", "room"))
    assert answer.status == 0, answer.err
    assert "1 of 3 people of the roster are matched with an account; 1 members" in answer.out
    answer = await home.asks("people", "unmatched")
    assert answer.status == 1
    assert answer.row("2").split()[1] == "Bob"
    assert answer.row("here", "zoe")
    assert "nobody known here has this address" in answer.row("3")


async def test_errors_name_file_row_and_column_and_nothing_is_applied(home: Home) -> None:
    bad = STAFF.replace("account acme", "time zone").replace("UANA", "Europe/Pari").replace("eve@example.org", "eve")
    answer = await imports(home, bad)
    assert answer.status == 2
    assert answer.err.splitlines() == [
        'staff.csv: row 2, time zone: "Europe/Pari" is no time zone of the IANA list; write Europe/Paris',
        'staff.csv: row 4, email: "eve" is no e-mail address; write for example ana@example.org',
        "Nothing was changed.",
    ]
    async with home.store() as store:
        assert await lines(store) == {}


async def test_departures_are_confirmed_by_their_number(home: Home) -> None:
    text = STAFF.replace("account acme", "room")
    await imports(home, text)
    fewer = "key\n3\n"
    looked = await imports(home, fewer, "--dry-run")
    assert (looked.status, "--departures 2" in looked.out) == (1, True)
    refused = await imports(home, fewer)
    assert (refused.status, "2 of 3 people would leave" in refused.err) == (2, True)
    other = await imports(home, fewer, "--departures", "1")
    assert (other.status, "not 1" in other.err) == (2, True)
    assert (await imports(home, fewer, "--departures", "2")).status == 0


async def test_only_what_settings_ask_for_is_kept_and_what_was_kept_once_goes(home: Home) -> None:
    async with home.store() as store, store.write() as session:
        for key, state in (("1", "here"), ("9", "left")):
            said = json.dumps({"salaire": "Zwanzigtausend", "location": "Nantes"})
            session.add(
                Entry(key=key, email=f"{key}@example.org", more=said, state=state, created_at=START, changed_at=START)
            )
    text = "key,email,salaire,lieu\n1,1@example.org,Zwanzigtausend,Paris\n2,2@example.org,Zwanzigtausend,Nice\n"
    looked = await imports(home, text, "--dry-run")
    assert looked.row("salaire").strip().endswith("not read, not kept")
    assert looked.row("lieu").strip().endswith("location, for profiles (roster:location)")
    assert "salaire (2)" in looked.err
    assert "The import removes them" in looked.err
    assert b"Zwanzig" in (home.folder / "parvis.db").read_bytes(), "a look changes nothing"
    assert (await imports(home, text)).status == 0
    async with home.store() as store:
        more = {key: json.loads(each.more) for key, each in (await lines(store)).items()}
    assert more == {"1": {"location": "Paris"}, "2": {"location": "Nice"}, "9": {"location": "Nantes"}}
    for file in home.folder.glob("parvis.db*"):
        assert b"Zwanzig" not in file.read_bytes(), file.name
    assert "salaire (" not in (await imports(home, "key\n1\n2\n")).err, "it is told once"


async def test_what_could_be_meant_otherwise_is_told_with_its_rows(home: Home) -> None:
    head = "key,email,name,language,absent from,absent until\n"
    answer = await imports(home, f"{head}1,a@example.org,=1+1,de,01/12/2026,\n2,b@example.org\n", "--dry-run")
    assert answer.status == 0
    for told in (
        "begin as formulas (row 2)", "do not speak (row 2; the first: de). I speak English and French",
        "absences that have no end (row 2)", "01/12/2026 is ", "fewer cells than there are headings (row 3; 2 of 6",
    ):  # fmt: skip
        assert told in answer.err, answer.err


async def test_formulas_are_shown_as_text(home: Home) -> None:
    answer = await imports(home, "key,name\n1,=HYPERLINK(0)\n")
    assert (answer.status, "taken as text" in answer.err) == (0, True)
    assert "'=HYPERLINK(0)" in (await home.asks("people", "unmatched")).out


async def test_a_file_that_is_not_there_is_said(home: Home) -> None:
    answer = await home.asks("people", "import", str(home.folder / "none.csv"))
    assert (answer.status, "cannot be read" in answer.err) == (2, True)


async def test_without_a_roster_nobody_is_unmatched(home: Home) -> None:
    answer = await home.asks("people", "unmatched")
    assert (answer.status, "There is no roster yet" in answer.out) == (0, True)


async def test_the_trail_holds_after_an_import(home: Home) -> None:
    await imports(home, STAFF.replace("account acme", "room"))
    assert (await home.asks("audit", "verify")).status == 0
    assert replace(await imports(home, b"\xef\xbb\xbfkey\n1\n2\n3\n"), out="", err="") == Answer(0, "", "")
