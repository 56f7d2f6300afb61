"""What the plan that an announcement is part of says of whom it reaches: its phase, and the media of its line."""

from __future__ import annotations

from dataclasses import dataclass

from bot.nudge import Context
from bot.say import Line, Names, Term
from nudges.launch.settings import Phase, Settings
from storage import campaigns as rows
from storage.launch import Announcement

_MEDIA = ("chat", "mail", "paper")


@dataclass(frozen=True, slots=True)
class Limits:
    """departments: of these alone; () of all. media: by these alone ("chat", "mail", "paper"); () by any. phase: which
    one says so; "" where it is part of no plan.
    """

    departments: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    phase: str = ""

    def lets(self, department: str) -> bool:
        """Whether it reaches people of a department. department: "" where none is known."""
        return not self.departments or department in self.departments


def of_phase(settings: Settings, phase: str) -> Phase:
    """What an organisation sets about a phase; nothing, where it says nothing."""
    return settings.phases.get(phase, Phase())  # type: ignore[call-overload, no-any-return]


async def of(ctx: Context, made: Announcement, phase: str = "") -> Limits:
    """What the plan of an announcement says; nothing, where it is part of none. phase: as if it were in that one."""
    found = await rows.of_announcement(ctx.session, made.id or 0) if made.campaign_id is not None else None
    if found is None:
        return Limits()
    campaign, line = found
    media = tuple(each for each in line.media.split() if each in _MEDIA)
    phase = phase or campaign.phase
    return Limits(of_phase(ctx.settings, phase).departments, media, phase)


async def told(ctx: Context, made: Announcement) -> list[Line]:
    """The same in words, where anything is limited."""
    limits, lines = await of(ctx, made), []
    if limits.departments:
        args = {"names": Names(names=limits.departments), "phase": Term(term=f"campaign-phase-{limits.phase}")}
        lines.append(Line(id="limits-phase", args={**args}, kind="note"))
    if limits.media:
        names = Names(names=tuple(Term(term=f"campaign-by-{each}") for each in limits.media))
        lines.append(Line(id="limits-media", args={"media": names}, kind="note"))
    return lines
