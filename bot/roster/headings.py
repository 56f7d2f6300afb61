"""Which column of a roster is which, by headings in English or in French. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nudge import Nudge
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

OWN = ("department", "job", "manager", "language", "zone", "country", "days", "email")
"""What every line holds under names of its own, and settings may ask for as `roster:COLUMN`; all else that they ask for
is kept beside it."""

OTHERS: Mapping[str, tuple[str, ...]] = {
    "location": (
        "location", "work location", "work place", "office", "site", "lieu", "lieu de travail", "bureau",
        "localisation", "implantation",
    ),
    "phone": ("phone", "telephone", "phone number", "work phone", "tel", "numero de telephone"),
}  # fmt: skip
"""The same of columns that are kept only where settings ask for them by this name."""

_ACCOUNT = re.compile(r"(?:account|compte)[\s:._-]+(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is which, by its place from 0 on. found: what for -> place. accounts: platform -> place.

    kept: name -> place, of columns that the settings ask for by that name. unread: headings of columns that nobody
    asked for: they are not kept. lacking: names that the settings ask for, and no column is there for. titles: the
    headings, as they stand. passed: those of the unread that would do for something for which a more telling one is
    there.
    wrong: what is wrong with the headings, and what to do: (heading, wrong, write).
    """

    found: Mapping[str, int]
    accounts: Mapping[str, int]
    kept: Mapping[str, int]
    unread: Sequence[str]
    lacking: Sequence[str]
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


def columns(headings: Sequence[str], platforms: Collection[str], wanted: Collection[str] = ()) -> Columns:
    """Which column is which. platforms: the names under which platforms are configured.

    wanted: the columns that the settings ask for, by the names that they have there.
    """
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
    places = dict(enumerate(titles))
    kept = _kept({place: each for place, each in places.items() if not _ACCOUNT.fullmatch(each)}, found, wanted)
    taken = {*found.values(), *accounts.values(), *kept.values()}
    unread = [each for place, each in places.items() if each and place not in taken and not _ACCOUNT.fullmatch(each)]
    lacking = sorted(each for each in wanted if each not in kept and each not in found)
    if not wrong and "key" not in found and "email" not in found:
        shown = Line(id="people-no-key", args={"found": Names(names=tuple(filter(None, titles)) or ("-",))})
        wrong.append(("", shown, Line(id="people-add-key")))
    passed = [each for each in passed if each in unread]
    return Columns(found, accounts, kept, unread, lacking, titles, passed, wrong)


def _kept(titles: Mapping[int, str], found: Mapping[str, int], wanted: Collection[str]) -> dict[str, int]:
    """The columns that are asked for beyond `OWN`, by their own name or a usual one; the most telling of several."""
    kept: dict[str, int] = {}
    for name in sorted(set(wanted) - set(OWN)):
        for known in _known(name):
            place = next((place for place, title in titles.items() if folded(title) == known), None)
            # A column has one use, unless it is asked for by its very name.
            if place is not None and (known == folded(name) or place not in {*found.values(), *kept.values()}):
                kept[name] = place
                break
    return kept


def _known(name: str) -> list[str]:
    """The headings by which a column that is asked for is known, folded, the most telling first."""
    usual = next((all_ for all_ in OTHERS.values() if folded(name) in map(folded, all_)), ())
    return list(dict.fromkeys(map(folded, (name, *usual))))


def wanted(nudges: Iterable[Nudge], settings: Mapping[str, Any]) -> frozenset[str]:
    """The columns that capabilities read, by the names that they have in the settings. settings: capability -> its own.

    Some of a line's own (`OWN`) are among them.
    """
    reads = (nudge.columns(settings[nudge.id]) for nudge in nudges if nudge.columns and nudge.id in settings)
    return frozenset(each for names in reads for each in names)


def asked_for(said: Mapping[str, str], wanted: Collection[str]) -> dict[str, str]:
    """Of what is said under names of its own, what the settings ask for, by the names that it has there."""
    names = list(said)
    return {name: said[names[place]] for name, place in columns(names, (), wanted).kept.items()}


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
