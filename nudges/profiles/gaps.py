"""What nobody but an administrator can fill: counted by field and department, of enough people, and never by name.

What the roster alone holds is counted at once, since it depends on nothing that people chose. What a platform may hold
as well is not looked at for those who objected, so that a count of today less that of yesterday would tell who did: it
is told once a week, in steps, as `bot.figures` lets it be.

Also what a platform does not tell, though the settings say that it holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.figures import NO_DEPARTMENT, OTHERS, Told
from bot.nudge import Context, Found, Look
from bot.say import Line, Names
from nudges.profiles import completeness, facts, rules, words
from nudges.profiles.capability import nudge
from nudges.profiles.completeness import FIELD
from nudges.profiles.rules import Stands
from nudges.profiles.settings import ROSTER, FieldSettings, Settings
from storage import figures, roster
from storage import profiles as rows

PART = 500
"""People looked at at a time."""


SUBJECT = "profiles.gaps"

Count = int | Told
"""How many lack a field: exactly, or as `bot.figures` tells it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What lacks of one field. departments: those that may be told of -> people. others: all the rest, or 0."""

    field: FieldSettings
    departments: tuple[tuple[str, Count], ...]
    others: Count

    @property
    def people(self) -> int:
        """How many are told of in all, at least."""
        every = (*(people for _, people in self.departments), self.others)
        return sum(each.low if isinstance(each, Told) else each for each in every)

    @property
    def is_exact(self) -> bool:
        """Whether it is what was counted just now."""
        return isinstance(self.others, int) and all(isinstance(people, int) for _, people in self.departments)


def is_of_roster(field: FieldSettings) -> bool:
    """Whether the roster alone can hold a field."""
    return all(each.kind == ROSTER for each in rules.sources(field))


def told(field: FieldSettings, counted: Mapping[str, int], smallest: int) -> Gap | None:
    """What may be told of the gaps of a field of the roster, from counts by department; None: nothing. Pure.

    smallest: people from whom on anything is said of a group.
    What is too few is told together with others, so that no difference tells it.
    """
    shown = sorted((item for item in counted.items() if item[1] >= smallest), key=lambda item: (-item[1], item[0]))
    others = sum(people for people in counted.values() if people < smallest)
    while 0 < others < smallest and shown:
        others += shown.pop()[1]
    return Gap(field, tuple(shown), others) if shown or others >= smallest else None


async def counted(session: AsyncSession, settings: Settings, smallest: int) -> list[Gap]:
    """The gaps of everybody who is here. smallest: as `told`."""
    at_once = await _at_once(session, settings, smallest)
    weekly = await _weekly(session, settings)
    found = [at_once.get(each.name) or weekly.get(each.name) for each in settings.fields]
    return [each for each in found if each is not None]


async def _at_once(session: AsyncSession, settings: Settings, smallest: int) -> dict[str, Gap]:
    by_field: dict[str, Counter[str]] = {each.name: Counter() for each in settings.fields if is_of_roster(each)}
    after = 0
    while by_field and (people := await rows.members(session, after, PART)):
        lines = await roster.of_people(session, people)
        for person, whole in (await facts.profiles(session, settings, people)).items():
            department = lines[person].department if person in lines else ""
            for field in rules.gaps(whole):
                if field.name in by_field:
                    by_field[field.name][department] += 1
        after = people[-1]
    found = {each.name: told(each, by_field[each.name], smallest) for each in settings.fields if each.name in by_field}
    return {name: gap for name, gap in found.items() if gap is not None}


async def _weekly(session: AsyncSession, settings: Settings) -> dict[str, Gap]:
    """What was told last of fields that a platform may hold, where it says that anything lacks at all."""
    weeks = await figures.weeks(session, SUBJECT, 1)
    shown: dict[str, list[tuple[str, Told]]] = {}
    for each in await figures.of_weeks(session, SUBJECT, weeks):
        if each.low:
            of_field = shown.setdefault(each.measure.removeprefix(FIELD), [])
            of_field.append((each.grp, Told(each.low, each.high, each.of)))
    return {name: _gap(field, some) for name, some in shown.items() if (field := settings.field(name)) is not None}


def _gap(field: FieldSettings, shown: list[tuple[str, Told]]) -> Gap:
    by_group = dict(shown)
    others = by_group.pop(OTHERS, 0)
    return Gap(field, tuple((_called(group), people) for group, people in by_group.items()), others)


def _called(group: str) -> str:
    return "" if group == NO_DEPARTMENT else group.removeprefix("=")


@nudge.every(minutes=10, long=True)
async def gaps_of_the_week(look: Look) -> None:
    """Once a week has begun, tell what lacks of fields that a platform may hold and an administrator alone fills."""
    await completeness.tell(look, SUBJECT, _lacks, _told_weekly)


def _told_weekly(settings: Settings) -> Settings:
    fields = [each for each in settings.fields if each.changed_by == "administrator" and not is_of_roster(each)]
    return settings.model_copy(update={"fields": tuple(fields)})


def _lacks(whole: Collection[Stands], *, looked_at: bool) -> dict[str, bool]:
    return {f"{FIELD}{each.field.name}": looked_at and each.standing == "gap" for each in whole}


def columns(field: FieldSettings) -> tuple[str, ...]:
    """The columns of the roster that would fill a field."""
    return tuple(each.name for each in rules.sources(field) if each.kind == ROSTER)


async def doctor(ctx: Context) -> list[Found]:
    """Whether the roster fills what it alone can fill, and platforms tell what they are asked one by one."""
    found: list[Found] = []
    for gap in await counted(ctx.session, ctx.settings, ctx.smallest_group):
        id = "profile-doctor-gap" if gap.is_exact else "profile-doctor-gap-weekly"
        what = Line(id=id, args={"field": words.label(gap.field), "people": gap.people})
        todo = Line(id="profile-doctor-gap-todo", args={"columns": Names(names=columns(gap.field))})
        nowhere = Line(id="profile-doctor-gap-nowhere", args={"name": gap.field.name})
        found.append(Found("warning", what, todo if columns(gap.field) else nowhere))
    for platform in sorted(ctx.settings.custom()):
        if await rows.tells_nothing(ctx.session, platform, ctx.smallest_group):
            what = Line(id="profile-doctor-unread", args={"platform": platform})
            found.append(Found("warning", what, Line(id="profile-doctor-unread-todo", args={"platform": platform})))
    return found or [Found("fine", Line(id="profile-doctor-fine"))]


nudge.doctor = doctor
