"""Figures as files, other tools' numbers from files, marks: the commands `parvis pulse`, and what Prometheus reads."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from cyclopts import App
from prometheus_client.parser import text_string_to_metric_families
from sqlmodel import col, select

from bot.__main__ import verb as add
from bot.cli import FINE, Wrong, verbs
from bot.cli.voice import voice
from bot.web import Metrics
from nudges.pulse import gauging
from nudges.pulse.capability import nudge
from storage.audit import Entry as Trace
from storage.pulse import PulseBackfill, PulseImported, PulseMark
from tests.contract.pulsing import START, Place, night
from tests.contract.test_cli import Home, environment, home  # noqa: F401 - its fixtures

pytestmark = pytest.mark.usefixtures("environment")
DAY = timedelta(days=1)
SINCE = ("--since", str(START))


@dataclass
class Desk:
    """An administrator at the terminal, in a company with two days of indicators. now: what their clock shows."""

    home: Home
    now: datetime

    async def asks(self, *words: str, language: str = "en") -> str:
        """What a command prints; Wrong is what it refuses."""

        def called() -> object:
            said = voice({"LANG": language}, more=[nudge.catalogs])
            app = App(name="parvis", help_format="plaintext")
            for each in nudge.verbs:
                add(app, said, " ".join(each.path), verbs.calling(nudge, each, lambda: self.now))
            return app(line, exit_on_error=False, print_error=False, result_action="return_value")

        line = ["pulse", *words, "--config", str(self.home.folder / "parvis.toml")]
        with redirect_stdout(io.StringIO()) as out, pytest.MonkeyPatch.context() as patched:
            patched.setenv("LANG", language)
            assert await asyncio.to_thread(called) == FINE
        return out.getvalue()

    async def refused(self, *words: str) -> str:
        """What it says to a command that it refuses."""
        with pytest.raises(Wrong) as wrong:
            await self.asks(*words)
        assert wrong.value.status == 2
        return str(wrong.value)

    async def rows(self, model: Any) -> Sequence[Any]:
        async with self.home.store() as store, store.read() as session:
            return (await session.exec(select(model).order_by(model.id))).all()

    async def takes_in(self, text: str, *words: str, encoding: str = "utf-8") -> str:
        file = self.home.folder / "numbers.csv"
        file.write_bytes(text.encode(encoding))
        return await self.asks("import", str(file), *words)

    async def is_refused(self, text: str) -> list[str]:
        file = self.home.folder / "numbers.csv"
        file.write_text(text, "utf-8")
        return (await self.refused("import", str(file))).splitlines()


@pytest.fixture
async def desk(home: Home) -> Desk:  # noqa: F811 - a fixture
    async with home.store() as store:
        place = Place(store)
        people = await place.people(["=cmd|calc"] * 12 + ["Works"] * 9 + ["Law"] * 4 + ["Tax"] * 3)
        tea, cats = await place.community("@tea"), await place.community("cats")
        await place.did({(each, tea): ["wrote"] for each in people[:7]}, START)
        for day in (START, START + DAY):
            await place.populate(day, {"=cmd|calc": 12, "Works": 9, "Law": 4, "Tax": 3})
            await place.freeze(day, {tea: {"posts": 7}, cats: {"posts": 2}}, {tea: people[:8], cats: people[8:20]})
            await place.tell(day)
    return Desk(home, night(START + DAY))


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "what is counted of those days is in no curve."), ("fr", "n’est dans aucune courbe.")],
)
async def test_how_far_the_past_is_counted_and_where_it_is_in_no_curve(
    desk: Desk, language: str, sentence: str
) -> None:
    assert sentence not in await desk.asks("status", language=language)
    async with desk.home.store() as store, store.write() as session:
        about = {"community_id": 1, "state": "done", "untold": "joins leaves reactions reads"}
        for kind, until in (("away", desk.now), ("arrival", desk.now - DAY)):
            row = {"kind": kind, "since": until - DAY, "until": until, "changed_at": desk.now, **about}
            session.add(PulseBackfill.model_validate(row))
            await session.flush()
    assert sentence in (await desk.asks("status", language=language)).replace("\n", " ")


# ---------------------------------------------------------------- taken out


async def test_a_table_says_of_each_figure_what_it_is(desk: Desk) -> None:
    rows = table(await desk.asks("export", "--csv", *SINCE, "--measures", "active,posts"))
    assert {(each["measure"], each["since"]) for each in rows} == {
        (measure, str(day)) for measure in ("active", "posts") for day in (START, START + DAY)
    }
    active, posts = (next(each for each in rows if each["measure"] == name) for name in ("active", "posts"))
    assert (active["at_least"], active["at_most"], active["of"], active["count"]) == ("5", "16", "28", "")
    assert (active["percent_at_least"], active["percent_at_most"], active["window_days"]) == ("17", "58", "28")
    assert "within the 28 days up to that day, out of all people on that day" in active["definition"]
    assert (posts["count"], posts["version"], posts["window_days"], posts["complete_until"]) == (
        "9", "1", "", "2026-03-03T23:00+00:00",
    )  # fmt: skip
    assert "Edits are not counted again" in posts["definition"]


async def test_no_cell_is_one_that_a_spreadsheet_computes_and_nobody_small_is_in_it(desk: Desk) -> None:
    whole = ""
    for kind in ("all", "department", "community", "phase", "objective"):
        text = await desk.asks("export", "--csv", "--kind", kind, *SINCE)
        whole += text
        assert not [cell for row in table(text) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert "'=cmd|calc" in whole
    assert "'@tea" in whole
    assert "Law" not in whole


async def test_a_document_has_the_same_with_what_was_asked(desk: Desk) -> None:
    document = json.loads(await desk.asks("export", "--json", "--kind", "department", *SINCE, language="fr_FR.UTF-8"))
    rows = table(await desk.asks("export", "--csv", "--kind", "department", *SINCE))
    assert len(document["figures"]) == len(rows) > 0
    assert (document["smallest_group"], document["asked"]["kind"], document["first"]) == (5, "department", str(START))
    assert {each["group"] for each in document["figures"]} == {
        "=cmd|calc",
        "Works",
        "les services plus petits, ensemble",
    }
    assert all(each["definition"] for each in document["figures"])


async def test_what_is_shown_in_a_terminal(desk: Desk) -> None:
    shown = await desk.asks("show", "--period", "day", *SINCE)
    assert "Active contributors" in shown
    assert "17 % to 58 % (5 to 16 of 28)" in shown
    assert "Messages: Messages that people wrote in communities, outside threads." in shown
    assert "Nothing is told of groups under 5 people" in shown
    assert "Contributeurs actifs" in await desk.asks("show", *SINCE, language="fr")


async def test_measures_are_named_as_the_screen_has_them(desk: Desk) -> None:
    shown = await desk.asks("show", *SINCE, "--measures", "messages,Active Contributors")
    assert ("Messages" in shown, "Active contributors" in shown, "Replies" in shown) == (True, True, False)
    assert "Réponses" in await desk.asks("show", *SINCE, "--measures", "reponses", language="fr")


async def test_where_nothing_can_be_told_a_sentence_says_so(desk: Desk) -> None:
    shown = await desk.asks("show", "--since", "2026-01-01", "--until", "2026-01-31")
    assert "Nothing can be told of these days." in shown
    assert "Nothing can be told" not in await desk.asks("show", *SINCE)


async def test_before_the_first_day_every_figure_says_so(desk: Desk) -> None:
    rows = table(await desk.asks("export", "--csv", "--since", "2026-01-01", "--until", "2026-01-31"))
    assert len(rows) > 31
    assert {(each["why"], each["count"], each["of"]) for each in rows} == {("before", "", "")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export"], "--csv"),
        (["export", "--csv", "--json"], "--json"),
        (["export", "--csv", "--since", "yesterday"], "“yesterday” is no day"),
        (["export", "--csv", "--since", "2026-03-04", "--until", "2026-03-01"], "after --until"),
        (["export", "--csv", "--since", "2027-01-01"], "--since is to come"),
        (["export", "--csv", "--since", "2001-01-01"], "That is too much at once: 4,000 periods"),
        (["show", "--until", "0001-01-01"], "until: figures are looked for in the years 2000 to 2027"),
        (["show", "--since", "1999-12-31"], "since: figures are looked for in the years 2000 to 2027"),
        (["show", "--as-of", "9999-12-31"], "as-of: figures are looked for in the years 2000 to 2027"),
        (
            ["export", "--csv", "--measures", "laziness"],
            "“laziness” is no measure; there are population (People), activated (Activated)",
        ),
        (["export", "--csv", "--measures", "posts", "--kind", "department"], "“posts” is not told of such groups"),
        (["show", "--as-of", "soon"], "as-of: “soon” is no day"),
    ],
)
async def test_what_cannot_be_asked_is_said(desk: Desk, words: list[str], said: str) -> None:
    assert said in await desk.refused(*words)


async def test_a_year_that_was_mistyped_is_said_in_both_languages(desk: Desk) -> None:
    for option, day in (("until", "0001-01-01"), ("since", "0026-03-02"), ("as-of", "9999-12-31")):
        with pytest.raises(Wrong, match=f"{option} : les chiffres se cherchent dans les années 2000 à 2027"):
            await desk.asks("show", f"--{option}", day, language="fr")
    assert "Active contributors" in await desk.asks("show", "--as-of", "2027-12-31")


async def test_prometheus_reads_what_is_told_of_the_last_day_and_no_room(desk: Desk) -> None:
    async with desk.home.store() as store:
        place = Place(store, desk.now)

        async def read() -> Any:
            async with store.read() as session:
                return await gauging.gauges(place.context(session))

        metrics = Metrics()
        metrics.shows(read)
        text = (await metrics.text()).decode()
    families = {each.name: each for each in text_string_to_metric_families(text)}
    people = {
        (each.labels["kind"], each.labels["group"]): each.value
        for each in families["parvis_pulse_people_at_least"].samples
        if each.labels["measure"] == "active"
    }
    assert people == {
        ("all", ""): 5,
        ("department", "=cmd|calc"): 5,
        ("department", "Works"): 0,
        ("department", "*"): 0,
    }
    posts = [each for each in families["parvis_pulse_count"].samples if each.labels["measure"] == "posts"]
    assert {each.labels["kind"] for each in posts} == {"all", "phase", "objective"}
    assert {each.value for each in posts if each.labels["kind"] == "all"} == {9}
    assert "tea" not in text
    assert "Law" not in text


async def test_a_capability_that_fails_hides_nothing_else() -> None:
    async def fails() -> Any:
        await asyncio.sleep(0)
        raise RuntimeError("broken")

    metrics = Metrics()
    metrics.shows(fails)
    assert b"parvis_store_up" in await metrics.text()


# ---------------------------------------------------------------- taken in

NUMBERS = f"day,tool,measure,count\n{START},intranet,page views,1250\n{START + DAY},intranet,page views,900\n"


async def test_numbers_are_taken_over_and_stand_beside_the_networks_own(desk: Desk) -> None:
    assert "2 numbers would be taken over" in await desk.takes_in(NUMBERS, "--dry-run")
    assert await desk.rows(PulseImported) == []
    told = await desk.takes_in(NUMBERS)
    assert ("2 numbers were taken over" in told, "as they were" in told) == (True, False)
    only = table(await desk.asks("export", "--csv", *SINCE, "--measures", "posts"))
    assert {each["source"] for each in only} == {"parvis"}, "these were not asked for"
    rows = table(await desk.asks("export", "--csv", *SINCE))
    assert [(each["source"], each["measure"], each["count"]) for each in rows if each["source"] != "parvis"] == [
        ("intranet", "page views", "1250"), ("intranet", "page views", "900"),
    ]  # fmt: skip
    assert "As intranet counted it" in rows[-1]["definition"]
    shown = await desk.asks("show", "--period", "day", *SINCE)
    assert "page views, counted by intranet" in shown
    assert "intranet" not in await desk.asks("export", "--csv", *SINCE, "--kind", "department"), "they are no group's"


async def test_other_numbers_are_another_version_and_the_former_can_be_asked_for(desk: Desk) -> None:
    await desk.takes_in(NUMBERS)
    desk.now += 2 * DAY
    again = NUMBERS.replace("900", "905").replace("intranet", "Intranet")
    told = await desk.takes_in(again)
    assert ("1 number was taken over" in told, "1 number is as it was" in told) == (True, True)
    known = [(each.tool, each.day, each.count, each.version) for each in await desk.rows(PulseImported)]
    assert known == [
        ("intranet", START, 1250, 1), ("intranet", START + DAY, 900, 1), ("intranet", START + DAY, 905, 2),
    ]  # fmt: skip
    assert "Nothing had to be changed" in await desk.takes_in(again)
    now, then = [await _of_intranet(desk, *when) for when in ((), ("--as-of", str(START + 2 * DAY)))]
    assert (now[str(START + DAY)], then[str(START + DAY)]) == (("905", "2"), ("900", "1"))
    traces = [each.after for each in await _trail(desk) if each.action == "pulse.import"]
    assert [json.loads(each) for each in traces] == [
        {"corrected": "0", "new": "2", "taken_back": "0"}, {"corrected": "1", "new": "0", "taken_back": "0"},
    ]  # fmt: skip


async def test_a_number_can_be_taken_back_and_stands_in_former_versions(desk: Desk) -> None:
    await desk.takes_in(NUMBERS)
    desk.now += 2 * DAY
    back = NUMBERS.replace("900", "-") + f"{START},mail,opened,-\n"
    assert "1 number would be taken back" in await desk.takes_in(back, "--dry-run")
    told = await desk.takes_in(back)
    assert (told.count("taken back"), "1 number was taken back" in told) == (2, True), "of mail there was none"
    assert "taken over" not in told
    assert "Nothing had to be changed" in await desk.takes_in(back)
    now, then = [await _of_intranet(desk, *when) for when in ((), ("--as-of", str(START + 2 * DAY)))]
    assert (now[str(START)], now[str(START + DAY)]) == (("1250", "1"), ("", "1")), "a day without a number"
    assert then[str(START + DAY)] == ("900", "1")
    assert "1 number was taken over" in await desk.takes_in(NUMBERS)
    assert (await _of_intranet(desk))[str(START + DAY)] == ("900", "3")


async def _of_intranet(desk: Desk, *when: str) -> dict[str, tuple[str, str]]:
    """Day -> what is told of the intranet, and which version it is."""
    rows = table(await desk.asks("export", "--csv", *SINCE, *when))
    return {each["since"]: (each["count"], each["version"]) for each in rows if each["source"] == "intranet"}


async def test_wrong_cells_are_named_by_row_and_column_and_nothing_is_taken_over(desk: Desk) -> None:
    said = await desk.is_refused(
        "Jour;Outil;Mesure;Nombre\n2026-03-02;intranet;pages vues;12\n03/04/2026;intranet;pages vues;1 250\n"
        "2027-01-01;;pages vues;-3\n\n2026-03-02;Intranet;Pages vues;13\n"
    )
    either = "write it as 2026-04-03 or 2026-03-04"
    number = "write a whole number in digits, such as 1250, or - to take back what was imported for that day"
    assert said == [
        f'numbers.csv: row 3, Jour: "03/04/2026" is one day in Europe and another one in America; {either}',
        'numbers.csv: row 3, Nombre: "1 250" is no whole number; write 1250',
        'numbers.csv: row 4, Jour: "2027-01-01" is to come; correct the day, or take the row out',
        "numbers.csv: row 4, Outil: is empty; write the name of the tool that counted it, such as intranet",
        f'numbers.csv: row 4, Nombre: "-3" is no whole number; {number}',
        "numbers.csv: row 6: row 2 has a number of that day, tool and measure already; keep one of both",
        "Nothing was changed.",
    ]
    assert await desk.rows(PulseImported) == []


# ---------------------------------------------------------------- marks


async def test_a_mark_is_put_listed_and_taken_away(desk: Desk) -> None:
    told = await desk.asks("mark", str(START), "Posters in the canteen", "--kind", "campaign")
    assert told.splitlines()[-1] == "The campaign “Posters in the canteen” is marked on Monday 2 March 2026."
    assert "already" in await desk.refused("mark", str(START), "Posters in the canteen", "--kind", "campaign")
    assert "Campaign: Posters in the canteen" in await desk.asks("show", *SINCE)
    document = json.loads(await desk.asks("export", "--json", *SINCE))
    assert document["marks"] == [{"day": str(START), "kind": "campaign", "name": "Campaign: Posters in the canteen"}]
    assert "Nothing is marked" in await desk.refused("mark", str(START + DAY), "Posters in the canteen", "--remove")
    assert "Marked on that day: Posters in the canteen." in await desk.refused("mark", str(START), "Fair", "--remove")
    assert "gone" in await desk.asks("mark", str(START), "posters in the canteen", "--remove")
    assert await desk.rows(PulseMark) == []
    assert [each.action for each in await _trail(desk)] == ["pulse.mark", "pulse.unmark"]
    assert "80 characters" in await desk.refused("mark", str(START), "x" * 81)
    assert "“campaign” only says what kind of mark it is" in await desk.refused("mark", str(START), "campaign")
    assert "write 2026-11-12 or 2026-12-11" in await desk.refused("mark", "12/11/2026", "US")
    assert "Marks may be put on days of the years 2000 to 2027" in await desk.refused("mark", "1998-11-02", "Fair")
    assert "DAY: “someday” is no day" in await desk.refused("mark", "someday", "Fair")


async def _trail(desk: Desk) -> Sequence[Trace]:
    async with desk.home.store() as store, store.read() as session:
        return (await session.exec(select(Trace).order_by(col(Trace.seq)))).all()
