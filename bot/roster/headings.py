"""Which column of a roster is which, by headings in English or in French. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.say import Line, Names

KNOWN: Mapping[str, tuple[str, ...]] = {
    "key": (
        "key", "staff number", "staff no", "staff id", "employee number", "employee id", "personnel number", "id",
        "matricule", "numero matricule", "numero employe", "numero de matricule", "cle", "identifiant",
    ),
    "email": (
        "email", "mail", "email address", "work email", "courriel", "adresse courriel", "adresse email",
        "adresse mail", "adresse electronique", "mel", "courriel professionnel", "email professionnel",
    ),
    "name": ("name", "full name", "display name", "nom complet", "nom et prenom", "prenom et nom", "nom prenom"),
    "first": ("first name", "given name", "first", "prenom"),
    "last": ("last name", "surname", "family name", "last", "nom de famille", "nom"),
    "department": ("department", "dept", "departement", "service", "direction"),
    "job": ("job", "job title", "title", "position", "poste", "fonction", "intitule du poste", "emploi", "metier"),
    "manager": (
        "manager", "manager key", "manager email", "manager id", "reports to", "responsable", "n+1", "superieur",
        "responsable hierarchique", "courriel du responsable", "email responsable", "matricule responsable",
        "courriel responsable", "matricule du responsable",
    ),
    "language": ("language", "lang", "preferred language", "langue", "langue preferee"),
    "zone": ("zone", "time zone", "tz", "fuseau", "fuseau horaire"),
    "country": ("country", "country code", "pays", "code pays"),
    "days": ("days", "working days", "work days", "jours", "jours travailles", "jours de travail"),
    "from": ("absent from", "absence from", "away from", "absent du", "absent depuis", "debut absence",
             "debut d'absence", "absence du"),
    "until": ("absent until", "absent to", "absence until", "away until", "absent au", "absent jusqu'au",
              "fin absence", "fin d'absence", "absence au"),
    "absences": ("absences", "absence periods", "periodes d'absence", "dates d'absence"),
}  # fmt: skip
"""What a column is for -> the headings by which it is known, the most telling first."""

_ACCOUNT = re.compile(r"(?:account|compte)[\s:._-]+(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which, by its place from 0 on. found: what for -> place. accounts: platform -> place.

    kept: heading -> place, of columns that are for nothing here and are kept as they are. titles: the headings, as they
    stand. passed: headings kept although they would do for something that a more telling one is there for.
    wrong: what is wrong with the headings, and what to do: (heading, wrong, write).
    """

    found: Mapping[str, int]
    accounts: Mapping[str, int]
    kept: Mapping[str, int]
    titles: Sequence[str]
    passed: Sequence[str]
    wrong: Sequence[tuple[str, Line, Line]]


def folded(heading: str) -> str:
    """A heading as headings are compared: without case, accents, spaces and marks."""
    bare = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(each for each in bare if each.isalnum())


_MEANS = {folded(heading): (what, rank) for what, all_ in KNOWN.items() for rank, heading in enumerate(all_)}


def recognised(headings: Sequence[str]) -> int:
    """How many of these headings are known."""
    return sum(folded(each) in _MEANS or _ACCOUNT.fullmatch(each.strip()) is not None for each in headings)


def columns(headings: Sequence[str], platforms: Collection[str]) -> Columns:
    """Which column is which. platforms: the names under which platforms are configured."""
    titles = [" ".join(each.split()) for each in headings]
    wrong = list(_twice(titles))
    found, passed = _ranked(titles)
    accounts: dict[str, int] = {}
    for place, title in enumerate(titles):
        if named := _ACCOUNT.fullmatch(title):
            name = next((each for each in platforms if each.casefold() == named[1].casefold()), "")
            if name:
                accounts[name] = place
            else:
                known = Names(names=tuple(sorted(platforms)), style="or")
                write = Line(id="people-platforms", args={"known": known})
                wrong.append((title, Line(id="people-no-platform", args={"shown": named[1]}), write))
    taken = {*found.values(), *accounts.values()}
    kept = {
        title: place
        for place, title in enumerate(titles)
        if title and place not in taken and not _ACCOUNT.fullmatch(title)
    }
    if not wrong and "key" not in found and "email" not in found:
        shown = Line(id="people-no-key", args={"found": Names(names=tuple(filter(None, titles)) or ("-",))})
        wrong.append(("", shown, Line(id="people-add-key")))
    return Columns(found, accounts, kept, titles, passed, wrong)


def _twice(titles: Sequence[str]) -> list[tuple[str, Line, Line]]:
    seen: set[str] = set()
    wrong = []
    for title in titles:
        if title and folded(title) in seen:
            wrong.append((title, Line(id="people-heading-twice"), Line(id="people-rename-heading")))
        seen.add(folded(title))
    return wrong


def _ranked(titles: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """What for -> place of the most telling heading; and those that gave way."""
    best: dict[str, tuple[int, int]] = {}
    passed: list[str] = []
    for place, title in enumerate(titles):
        what, rank = _MEANS.get(folded(title), ("", 0))
        if not what:
            continue
        if what in best:
            loser = place if best[what][0] <= rank else best[what][1]
            passed.append(titles[loser])
        if what not in best or rank < best[what][0]:
            best[what] = (rank, place)
    found = {what: place for what, (_, place) in best.items()}
    if "last" in found and "first" not in found and "name" not in found:
        found["name"] = found.pop("last")  # "nom" alone is the whole name
    if "first" in found and "last" not in found and "name" in found and folded(titles[found["name"]]) == "name":
        found["last"] = found.pop("name")
    if "name" in found:  # parts of a name beside the whole one say nothing new
        passed += [titles[found.pop(part)] for part in ("first", "last") if part in found]
    return found, passed
