"""What of people's profiles nobody but an administrator can fill: by field and department, never by name."""

from __future__ import annotations

from bot.cli import FINE, FOUND, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from bot.figures.words import count
from bot.say import Line
from nudges.profiles import gaps as profiles
from nudges.profiles import words
from nudges.profiles.capability import nudge
from nudges.profiles.settings import Settings


async def gaps(desk: Desk) -> int:
    """Show how many people lack what the roster alone could say. There are some: FOUND."""
    voice = desk.voice
    async with opened(desk) as store, store.read() as session:
        settings = desk.config.nudges[nudge.id]
        assert isinstance(settings, Settings), "the capability declares them"
        found = await profiles.counted(session, settings, desk.config.parvis.smallest_group)
    if not found:
        show.line(voice("profile-gaps-none"))
        return FINE
    show.line(voice("profile-gaps-title"))
    rows: list[tuple[str, str, str | int]] = []
    for gap in found:
        field = voice("profile-gaps-called", field=words.label(gap.field))
        for department, people in gap.departments:
            rows.append((field, department or voice("profile-gaps-without"), _said(voice, people)))
        rows += [(field, voice("profile-gaps-others"), _said(voice, gap.others))] if gap.others else []
    show.table([voice(f"profile-gaps-{each}") for each in ("field", "department", "people")], rows)
    if not all(gap.is_exact for gap in found):
        show.line(voice("profile-gaps-weekly"))
    return FOUND


def _said(voice: Voice, people: profiles.Count) -> str | int:
    if isinstance(people, int):
        return people
    said = count(people)
    return voice.line(Line(id=said.term, args={**said.args}))
