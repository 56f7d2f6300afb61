"""What nobody but an administrator can fill: counted by field and department, of enough people, and never by name.

Also what a platform does not tell, though the settings say that it holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudge import Context, Found
from bot.say import Line, Names
from nudges.profiles import facts, rules, words
from nudges.profiles.capability import nudge
from nudges.profiles.settings import ROSTER, FieldSettings, Settings
from storage import profiles as rows
from storage import roster

PART = 500
"""People looked at at a time."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What lacks of one field. departments: those that may be told of -> people. others: all the rest, or 0."""

    field: FieldSettings
    departments: tuple[tuple[str, int], ...]
    others: int

    @property
    def people(self) -> int:
        """How many are told of in all."""
        return sum(people for _, people in self.departments) + self.others


def told(field: FieldSettings, counted: Mapping[str, int], smallest: int) -> Gap | None:
    """What may be told of the gaps of a field, from counts by department; None: nothing. Pure.

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
    by_field: dict[str, Counter[str]] = {each.name: Counter() for each in settings.fields}
    after = 0
    while people := await rows.members(session, after, PART):
        lines = await roster.of_people(session, people)
        for person, whole in (await facts.profiles(session, settings, people)).items():
            department = lines[person].department if person in lines else ""
            for field in rules.gaps(whole):
                by_field[field.name][department] += 1
        after = people[-1]
    found = [told(each, by_field[each.name], smallest) for each in settings.fields]
    return [each for each in found if each is not None]


def columns(field: FieldSettings) -> tuple[str, ...]:
    """The columns of the roster that would fill a field."""
    return tuple(each.name for each in rules.sources(field) if each.kind == ROSTER)


async def doctor(ctx: Context) -> list[Found]:
    """Whether the roster fills what it alone can fill, and platforms tell what they are asked one by one."""
    found: list[Found] = []
    for gap in await counted(ctx.session, ctx.settings, ctx.smallest_group):
        what = Line(id="profile-doctor-gap", args={"field": words.label(gap.field), "people": gap.people})
        todo = Line(id="profile-doctor-gap-todo", args={"columns": Names(names=columns(gap.field))})
        nowhere = Line(id="profile-doctor-gap-nowhere", args={"name": gap.field.name})
        found.append(Found("warning", what, todo if columns(gap.field) else nowhere))
    for platform in sorted(ctx.settings.custom()):
        tried, read = await rows.tried(ctx.session, platform)
        if tried >= ctx.smallest_group and not read:
            what = Line(id="profile-doctor-unread", args={"platform": platform, "people": tried})
            found.append(Found("warning", what, Line(id="profile-doctor-unread-todo", args={"platform": platform})))
    return found or [Found("fine", Line(id="profile-doctor-fine"))]


nudge.doctor = doctor
