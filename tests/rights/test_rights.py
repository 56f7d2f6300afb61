"""Every role, every action, every platform: who may do what is in tests/rights/table.py, and this tries all of it.

A refusal is told in the reader's own language and changes nothing in the database; what is allowed is not refused.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import dialogue
from bot.chat import Command, Submission
from bot.desk import erasure
from bot.nudge import Role
from bot.say import Ask, Question, Term
from bot.words import Reader
from storage import people
from storage.database import Store
from storage.dialogues import Dialogue
from tests.rights.bureau import NOW, OUTSIDERS, ROLES, Bureau, account, language
from tests.rights.table import RIGHTS, Right
from tests.rights.ways import FORMS, PLATFORMS, Way, told, ways

CAST = [(platform, who) for platform in PLATFORMS for who in (*ROLES, *OUTSIDERS[platform])]

CHOSEN = {"community", "into", "kind", "code", "visibility"}
THOROUGH = [("memory", "employee"), ("memory", "guest")]


@asynccontextmanager
async def opened(furnished: Path, folder: Path) -> AsyncIterator[Bureau]:
    """The bot on a copy of it."""
    file = Path(shutil.copyfile(furnished, folder / "parvis.db"))
    bureau = Bureau(file, await Store.open(f"sqlite+aiosqlite:///{file}", migrate=False))
    try:
        with capture_logs():  # of people whom no platform knows, and tracebacks drawn for a terminal take seconds
            yield bureau
    finally:
        await bureau.close()


@pytest.fixture
async def bureau(furnished: Path, tmp_path: Path) -> AsyncIterator[Bureau]:
    async with opened(furnished, tmp_path) as bureau:
        yield bureau


# ---------------------------------------------------------------- what is expected, and what happens


def expected(right: Right, who: str) -> str:
    """What the table says of somebody to whom nothing here belongs.

    "nothing" (no role at all), "alone" (likewise, and it is theirs, where nobody else sees it), "another role",
    "not now", "not theirs", "yes".
    """
    if who not in ROLES:
        return "alone" if right.anyone and who not in {"bot", "gone"} else "nothing"
    roles = frozenset({Role.EMPLOYEE, Role(who)})
    if not roles & right.declared:
        return "another role"
    if not roles & right.by:
        return "not now"
    return "not theirs" if right.own and not roles & right.also else "yes"


def refusal(bureau: Bureau, right: Right, who: str) -> str:
    """What is said to somebody who has no right to it, in their language."""
    reader = Reader(language=language(who), zone="")
    if who not in ROLES:
        return bureau.app.words.text(reader, "desk-there" if expected(right, who) == "alone" else "rights-none")
    usual = next(role for role in Role if role in right.declared)
    return bureau.app.words.text(reader, "rights-refused", {"role": Term(term=f"role-{usual}")})


async def begun(bureau: Bureau, platform: str, who: str, way: Way) -> None:
    """Where forms are asked line by line: all of it was answered, and one "ok" will send it."""
    meta, values = FORMS[way.what]
    questions = tuple(
        Question(name=name, kind="choice", value=text, options=(text,), labels={text: text})
        if name in CHOSEN
        else Question(name=name, value=text, required=False)
        for name, text in values.items()
    )
    person = await bureau.person(platform, who)
    async with bureau.store.write() as session:
        ask = Ask(id=way.what, questions=questions, meta=meta, review=True)
        await dialogue.start(session, person, platform, ask, NOW)


def _window(bureau: Bureau, platform: str, who: str) -> object:
    known = bureau.servers[platform].accounts.get(account(platform, who))
    return known.window if known else None


def _changed(bureau: Bureau, before: Mapping[str, str], *, by_line: bool) -> list[str]:
    """The tables that hold something else; that a form asked line by line is over is no effect."""
    aside = {Dialogue.__tablename__} if by_line else set()
    return [table for table, held in bureau.digest().items() if held != before[table] and table not in aside]


async def tried(bureau: Bureau, platform: str, who: str, way: Way) -> str:
    """One cell of the table: "" when all is as it should be, else what is not."""
    right = RIGHTS[way.action]
    want, no = expected(right, who), refusal(bureau, right, who)
    by_line = way.kind == "filled" and platform == "matrix"
    if by_line:
        await begun(bureau, platform, who, way)
    event = told(platform, way, account(platform, who), bureau.key())
    before, window = bureau.digest(), _window(bureau, platform, who)
    if isinstance(event, Submission) and want in {"nothing", "another role"}:
        assert await bureau.app.intake.check(event) is None, "a check tells nothing to who may not fill the form"
    what, said = await bureau.ask(event)
    if what != "handled":
        return f"{what}, as after a bug"
    if want == "yes":
        if no in said:
            return f"refused: {said}"
        opened = _window(bureau, platform, who) is not window
        return "" if said or opened or _changed(bureau, before, by_line=by_line) else "nothing came of it"
    changed = _changed(bureau, before, by_line=by_line)
    if want == "alone":  # asked for in a room: they are led to where they are by themselves, once a day
        heard = set(said) <= {no} and (said or platform == "matrix" or who == "unknown")
        return "" if heard and set(changed) <= {"sequence"} else f"heard {said}, and changed {changed}"
    if changed:
        return f"should be refused ({want}), and changed {changed}: {said}"
    if want == "nothing":  # who has no part in the organisation is not written to: told where they are, or not at all
        return "" if set(said) <= {no} and (said or platform == "matrix" or who == "unknown") else f"heard {said}"
    if want == "another role":
        return "" if said == [no] else f"should be told {no!r}, and heard {said}"
    return "" if said and no not in said else f"should be refused ({want}), and heard {said}"


# ---------------------------------------------------------------- the table


def test_every_action_has_its_line_and_every_line_its_action(bureau: Bureau) -> None:
    declared = bureau.app.parts.lookup.rights()
    assert {action: right.declared for action, right in sorted(RIGHTS.items())} == declared


def test_what_is_anyones_is_told_by_its_line(bureau: Bureau) -> None:
    assert bureau.app.parts.lookup.open_to_anyone() == {action for action, right in RIGHTS.items() if right.anyone}


@pytest.mark.parametrize(("platform", "who"), [(each, who) for each in PLATFORMS for who in OUTSIDERS[each]])
async def test_who_has_no_role_disposes_of_themselves_alone(bureau: Bureau, platform: str, who: str) -> None:
    """In their own conversation, command by command: no row changes but theirs, and they hear of nobody else."""
    by, mine = account(platform, who), await bureau.person(platform, who)
    for action in (each for each, right in RIGHTS.items() if right.anyone):
        async with bureau.app.store.read() as session:
            value = erasure.code(session, mine, NOW) if action == "parvis.erase-all" else ""
        text = f"{action.replace('.', ' ')} {value}".strip()
        event = Command(key=bureau.key(), platform=platform, by=by, room=f"D{mine}", at=NOW, direct=True, text=text)
        before = await bureau.of_others(platform, mine, by)
        what, said = await bureau.ask(event)
        assert what == "handled"
        assert await bureau.of_others(platform, mine, by) == before, action
        if who in {"bot", "gone"}:
            reader = Reader(language=language(who), zone="")
            assert set(said) <= {bureau.app.words.text(reader, "rights-none")}
        else:
            assert said
    async with bureau.store.read() as session:
        assert (await people.account(session, platform, by) is None) is (who not in {"bot", "gone"})


def test_every_action_can_be_asked_for_in_some_way(bureau: Bureau) -> None:
    found = ways(bureau.app.parts.lookup)
    assert sorted(found) == sorted(RIGHTS)
    assert {id for nudge in bureau.app.nudges for id in nudge.forms} == set(FORMS)


@pytest.mark.parametrize(("platform", "who"), CAST, ids=[f"{platform}-{who}" for platform, who in CAST])
async def test_each_may_do_what_the_table_says(bureau: Bureau, platform: str, who: str) -> None:
    """Refusals first: they leave all as it was. An employee and a guest try every way to each action, also as the
    other language calls it; for the others the usual way has to do.
    """
    every = [
        way
        for theirs in ways(bureau.app.parts.lookup).values()
        for way in theirs[: None if (platform, who) in THOROUGH else 1]
    ]
    every.sort(key=lambda way: expected(RIGHTS[way.action], who) == "yes")
    wrong = [f"{way.label}: {fault}" for way in every if (fault := await tried(bureau, platform, who, way))]
    assert not wrong, "\n".join(wrong)


OWN = [action for action, right in RIGHTS.items() if right.own]


@pytest.mark.parametrize("action", OWN)
async def test_what_is_somebodys_own_is_theirs_to_do(bureau: Bureau, action: str) -> None:
    """Or a refusal of everybody else would say nothing."""
    way = ways(bureau.app.parts.lookup)[action][0]
    before = bureau.digest()
    what, said = await bureau.ask(told("memory", way, account("memory", RIGHTS[action].own), bureau.key()))
    assert what == "handled"
    assert bureau.digest() != before or not said, said


async def test_nobody_at_all_does_nothing(bureau: Bureau) -> None:
    """An event of which the platform does not say who did it."""
    before = bureau.digest()
    for theirs in ways(bureau.app.parts.lookup).values():
        event = told("memory", theirs[0], "", bureau.key())
        assert await bureau.ask(event) == ("handled", [])
    assert bureau.digest() == before


@pytest.mark.parametrize("choice", [dialogue.CANCEL, dialogue.SEND, dialogue.RESUME])
@pytest.mark.parametrize("who", ["employee", "admin", "guest"])
async def test_nobody_answers_a_form_that_another_is_asked(bureau: Bureau, choice: str, who: str) -> None:
    """The choices of a dialogue are the spine's own, and are of that dialogue alone."""
    form = Way("form community.answer", "filled", "community.answer")
    await begun(bureau, "memory", "olga", form)
    before = bureau.digest()
    for value in ("", "1"):
        pressed = Way("dialogue", "pressed", choice, value)
        typed = Way("dialogue", "typed", f"{choice.replace('.', ' ')} {value}".strip())
        for way in (pressed, typed):
            what, said = await bureau.ask(told("memory", way, account("memory", who), bureau.key()))
            assert what == "handled"
            assert said
    assert bureau.digest() == before
