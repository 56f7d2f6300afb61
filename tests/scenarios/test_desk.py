"""What is held about a person: shown, handed over, objected to, erased; in their words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storage.outbox import Promise
from storage.people import Account, Person
from storage.requests import Request
from tests.humans import Human
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh

MEMORY = pytest.mark.parametrize("where", ["memory"])


def exported(told: list[str]) -> dict[str, Any]:
    """The JSON that somebody was sent, put together from its parts."""
    parts = [text.split("\n", 1)[1] for text in told if text.startswith(("Part ", "Partie "))]
    found: dict[str, Any] = json.loads("\n".join(parts).replace("\N{WORD JOINER}", ""))
    return found


async def test_one_sees_what_is_held_takes_it_along_and_has_it_erased(
    ana: Human, bob: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("Quittenbrot")
    await ana.types(f"communaute demander {name} --purpose Partager des recettes --work Cuisiner chaque lundi --yes")
    await company.settled()
    await ana.types("parvis moi")
    page = await ana.is_told("Ce que je retiens de vous")
    assert "Vos demandes" in page
    assert "365 jours" in page
    await ana.types("parvis exporter")
    await ana.is_told("Partie 1")
    await company.settled()
    held = exported(await ana.reads())["held"]
    assert held["request"]["rows"][0]["fields"]["name"] == name
    assert held["account"]["rows"][0]["external_id"] == ana.external
    assert held["contact"]["what"] if "contact" in held else True
    assert not [each for each in await company.rows(Promise, state="sent") if each.body != "{}"], "emptied once said"

    await ana.types("parvis effacer")
    preview = await ana.is_told("Effacer tout ce qui vous concerne")
    assert "Ceci reste, sans votre nom" in preview
    await ana.presses("Effacer tout ce qui me concerne", near="Effacer tout ce qui vous concerne")
    await ana.is_told("C’est fait")
    await company.settled()
    assert ana.external not in {each.external_id for each in await company.rows(Account)}
    (request,) = await company.rows(Request)
    assert (request.state, request.fields) == ("withdrawn", "{}")
    person = next(each for each in await company.rows(Person) if each.id == request.requester_id)
    assert person.name == "—"


def everywhere(tmp_path: Path, *words: str) -> set[tuple[str, str]]:
    files = {each.name: each.read_bytes() for each in tmp_path.glob("parvis.db*")}
    return {(word, name) for word in words for name, data in files.items() if word.encode() in data}
