"""Whom an announcement is for, read from what people write and kept as JSON. Pure.

"Sales, community Gardening, @bob": names between commas, semicolons or on lines of their own, whichever kind they are;
where one name is of several kinds, or to be sure, its kind stands before it. "Everybody except Sales": what follows
"except" ("sauf") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.lookup import NEAR, fold
from bot.say import Line, Names, Term

_T = TypeVar("_T")
Kind = Literal["department", "community", "role", "person"]
SHOWN = 5
"""Names in one sentence about what is wrong."""


class Some(BaseModel):
    """Some people. departments: as the company's list calls them. communities: their numbers. roles: as `Role`.

    people: their ids, as they were when they were named. lines: the numbers of lines of the company's list which were
    nobody's then: whoever is met by one later is meant as well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    everybody: bool = False
    departments: tuple[str, ...] = ()
    communities: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()

    def __or__(self, other: Some) -> Some:
        """Those of both."""
        return Some(
            everybody=self.everybody or other.everybody,
            departments=_each(self.departments, other.departments),
            communities=_each(self.communities, other.communities),
            roles=_each(self.roles, other.roles),
            people=_each(self.people, other.people),
            lines=_each(self.lines, other.lines),
        )

    @property
    def is_empty(self) -> bool:
        """Nobody is named."""
        return self == Some()


class Audience(BaseModel):
    """Whom an announcement is for: `whom`, without `but`. not_yet: of these, those alone who have not signed in yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    whom: Some = Some()
    but: Some = Some()
    not_yet: bool = False

    def text(self) -> str:
        """As it is kept."""
        return self.model_dump_json(exclude_defaults=True)


def kept(text: str) -> Audience | None:
    """What was kept; None: nothing was said yet, or a newer version wrote it."""
    try:
        return Audience.model_validate_json(text) if text else None
    except ValidationError:
        return None


def _each(one: Iterable[_T], other: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


# ---------------------------------------------------------------- what is written

_BUT = re.compile(r"(?:^|\s+)(?:except(?: for)?|excluding|without|minus|sauf|hors|sans|excepte)\s+", re.IGNORECASE)
_KINDS: Mapping[Kind, str] = {
    "department": r"departments?|departements?|services?|equipes?|teams?",
    "community": r"communit(?:y|ies)|communautes?",
    "role": r"roles?",
    "person": r"people|persons?|personnes?|colleagues?|collegues?",
}
_PREFIX = {
    kind: re.compile(rf"(?:the |les? |la |l[’'])?(?:{words})(?:\s*:\s*|\s+)(?=\S)") for kind, words in _KINDS.items()
}
_ALL = frozenset(
    {"everybody", "everyone", "all", "everybody here", "all staff", "all employees", "the whole company", "*"}
    | {"tous", "toutes", "tout le monde", "toutes et tous", "tous et toutes", "toute l'entreprise", "tous les salaries"}
    | {"employee", "employees", "salarie", "salaries"}
)
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(("lead", "leads", "community leads", "responsable", "responsables"), "lead"),
    **dict.fromkeys(("animator", "animators", "animateur", "animateurs", "animatrice", "animatrices"), "animator"),
    **dict.fromkeys(("comms", "communication staff", "equipe communication"), "comms"),
    **dict.fromkeys(("leader", "leaders", "dirigeant", "dirigeante", "dirigeants", "dirigeantes"), "leader"),
    **dict.fromkeys(("admin", "admins", "administrator", "administrators"), "admin"),
    **dict.fromkeys(("administrateur", "administrateurs", "administratrice", "administratrices"), "admin"),
}
_AND = re.compile(r"\s+(?:and|et|&)\s+", re.IGNORECASE)


def split(text: str) -> tuple[str, str]:
    """Whom, and without whom: "everybody except Sales" -> "everybody", "Sales"."""
    found = _BUT.search(_plain(text))
    return (text[: found.start()].strip(), text[found.end() :].strip()) if found else (text.strip(), "")


def _plain(text: str) -> str:
    """Without accents, letter for letter."""
    return "".join(fold(each)[:1] or each for each in text)


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list. kind: as it was said; "" where it may be any."""

    name: str
    kind: Kind | Literal[""] = ""


def items(text: str) -> list[Item]:
    """The names of a list. A kind that is said counts for what follows as well: "departments Sales, Finance"."""
    found: list[Item] = []
    kind: Kind | Literal[""] = ""
    for chunk in re.split(r"[,;\n]", text):
        name = " ".join(chunk.split())
        name = re.sub(r"^(?:and|et|&)\s+", "", name, flags=re.IGNORECASE).strip('"“”«»\u00a0 ')
        if not name:
            continue
        for each, prefix in _PREFIX.items():
            if said := prefix.match(_plain(name)):
                kind, name = each, name[said.end() :].strip('"“”«»\u00a0 ')
                break
        found.append(Item(name, kind))
    return found


def wanted(text: str) -> list[str]:
    """Every name that may be somebody's, for whoever looks people up: those joined by "and" apart as well."""
    names = [part for item in items(text) for part in (item.name, *_AND.split(item.name))]
    return [each for each in dict.fromkeys(names) if fold(each) not in _ALL]


# ---------------------------------------------------------------- what it means


@dataclass(frozen=True, slots=True)
class Place:
    """A community. closed: it was archived."""

    number: int
    name: str
    slug: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What names mean. people: a name as it was written -> who it may be; lines: -> which lines of the company's list
    that are nobody's yet. outsiders: names of people who are not of the organisation, or no longer.
    """

    departments: Sequence[str] = ()
    communities: Sequence[Place] = ()
    people: Mapping[str, Sequence[int]] = field(default_factory=dict)
    lines: Mapping[str, Sequence[int]] = field(default_factory=dict)
    outsiders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Why a name is refused: "closed", "kinds" (a department and a community), "several" (people), "nobody" (not of the
    organisation), "unknown".
    """

    name: str
    why: Literal["closed", "kinds", "several", "nobody", "unknown"]


def read(text: str, known: Known) -> Some | Line:
    """Whom a list names; or what is wrong with it, to be said beside its field. An empty text names nobody."""
    found, wrong = Some(), list[_Wrong]()
    for item in items(text):
        meant = _with_and(item, known)
        if isinstance(meant, _Wrong):
            wrong.append(meant)
        else:
            found |= meant
    return _refused(wrong, known) if wrong else found


def _with_and(item: Item, known: Known) -> Some | _Wrong:
    """What a name means; as a whole, or else each of those joined by "and"."""
    meant = _meant(item, known)
    parts = _AND.split(item.name)
    if not isinstance(meant, _Wrong) or meant.why != "unknown" or len(parts) < 2:
        return meant
    both = Some()
    for part in parts:
        one = _meant(replace(item, name=part), known)
        if isinstance(one, _Wrong):
            return one
        both |= one
    return both


def _meant(item: Item, known: Known) -> Some | _Wrong:
    said = fold(item.name).replace("’", "'")
    if said in _ALL:
        return Some(everybody=True)
    for kind in (item.kind, "") if item.kind else ("",):  # a kind that was said first, then any
        groups = list(_groups(said, kind, known))
        if len(groups) > 1:
            return _Wrong(item.name, "kinds")
        if groups:
            return groups[0]
        if kind in {"", "person"} and (person := _person(item.name, known)):
            return person
    return _Wrong(item.name, "unknown")


def _groups(said: str, kind: str, known: Known) -> Iterator[Some | _Wrong]:
    """What groups are called so: one of each kind at most."""
    if kind in {"", "department"} and (named := [each for each in known.departments if fold(each) == said]):
        yield Some(departments=tuple(named))
    if kind in {"", "community"}:
        named_so = [each for each in known.communities if said in {fold(each.name), each.slug, str(each.number)}]
        named_so = [each for each in named_so if kind or said != str(each.number)]
        if opened := [each.number for each in named_so if not each.closed]:
            yield Some(communities=tuple(opened[:1]))
        elif named_so:
            yield _Wrong(named_so[0].name, "closed")
    if kind in {"", "role"} and said in _ROLES:
        yield Some(roles=(_ROLES[said],))


def _person(name: str, known: Known) -> Some | _Wrong | None:
    who = known.people.get(name, ())
    lines = () if who else known.lines.get(name, ())  # whoever was met is meant rather than a line that may be theirs
    if len(who) + len(lines) > 1:
        return _Wrong(name, "several")
    if who or lines:
        return Some(people=tuple(who), lines=tuple(lines))
    return _Wrong(name, "nobody") if name in known.outsiders else None


def _refused(wrong: Sequence[_Wrong], known: Known) -> Line:
    """One sentence about all that is wrong in the same way: the most telling way first."""
    for why in ("closed", "kinds", "several", "nobody"):
        if names := tuple(each.name[:80] for each in wrong if each.why == why):
            return Line(id=f"audience-{why}", args={"names": Names(names=names[:SHOWN]), "count": len(names)})
    names_ = tuple(_unknown(each.name, known) for each in wrong[:SHOWN])
    return Line(id="audience-unknown", args={"names": Names(names=names_), "count": len(wrong)})


def _unknown(name: str, known: Known) -> Term:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - three megabytes, wanted at the first typing error

    called = [*known.departments, *(each.name for each in known.communities if not each.closed)]
    choices = {each: fold(each) for each in called} | {each: each for each in _ROLES}
    best = process.extractOne(fold(name), choices, scorer=fuzz.ratio, score_cutoff=NEAR)
    if best is None:
        return Term(term="audience-name", args={"name": name[:80]})
    return Term(term="audience-near", args={"name": name[:80], "near": str(best[2])})
