"""Every table says what it holds about people: a later one cannot forget to."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import AutoString

from bot.words import Words
from storage.held import HELD, undeclared
from storage.tables import METADATA

LOCALES = Path("bot/locales")


def test_every_table_and_column_about_people_is_declared() -> None:
    told = list(undeclared(METADATA.tables))
    assert not told, "\n".join([*told, "declare it in storage/held.py, with its words in bot/locales/held.*.ftl"])


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ([sa.Column("note", sa.String)], "mood.note holds texts"),
        ([sa.Column("note", AutoString)], "mood.note holds texts"),
        ([sa.Column("seal", sa.LargeBinary)], "mood.seal holds texts"),
        ([sa.Column("author", sa.Integer, sa.ForeignKey("person.id"))], "mood.author points to a person or an account"),
        (
            [sa.Column("author", sa.Integer, sa.ForeignKey("account.id"))],
            "mood.author points to a person or an account",
        ),
        ([sa.Column("by_person_id", sa.Integer)], "mood.by_person_id names a person or an account"),
    ],
)
def test_a_column_that_nobody_declared_is_noticed(
    columns: list[sa.Column[Any]], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sa.MetaData()
    for name in ("person", "account"):
        sa.Table(name, one, sa.Column("id", sa.Integer, primary_key=True))
    table = sa.Table("mood", one, sa.Column("id", sa.Integer, primary_key=True), *columns)
    known = {name: METADATA.tables[name] for name in HELD}
    assert "mood: nothing is said of this table" in list(undeclared({**known, "mood": table}))
    monkeypatch.setitem(HELD, "mood", HELD["once"])
    found = list(undeclared({**known, "mood": table}))
    assert told in found
    assert "mood.name is no column" in found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_table_is_explained_in_plain_words(language: str) -> None:
    words = Words([LOCALES], "en")
    said = [f"held-{name.replace('_', '-')}{part}" for name in HELD for part in ("", ".why", ".until", ".erasure")]
    assert [each for each in said if not words.has(language, each)] == []
