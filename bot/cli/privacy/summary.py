"""What stands first in a paper: all of it on one page."""

from __future__ import annotations

from bot.cli.privacy.facts import Facts
from bot.cli.privacy.sheet import Sheet
from bot.say import Names
from storage.held import PERSON

TRAIL = "retention.trail"
"""The clock of names and reasons in the trail."""


def write(sheet: Sheet, facts: Facts) -> None:
    """The summary, with the figures of the settings."""
    config, hours = facts.config, facts.config.working_time
    sheet.title("privacy-summary")
    lines = [
        sheet.voice("privacy-summary-what"),
        sheet.voice("privacy-summary-who"),
        sheet.voice("privacy-summary-data", fields=fields(facts)),
        sheet.voice("privacy-summary-sources", platforms=Names(names=tuple(name for name, _, _ in facts.platforms))),
        sheet.voice(
            "privacy-summary-writes",
            contacts=config.attention.per_week,
            silence=config.attention.silence_after,
            start=f"{hours.start:%H:%M}",
            end=f"{hours.end:%H:%M}",
        ),
        sheet.voice("privacy-summary-sees"),
        sheet.voice("privacy-summary-figures", least=config.parvis.smallest_group),
        sheet.voice(
            "privacy-summary-times", gone=time(sheet, facts, PERSON), trail=time(sheet, facts, "retention.trail")
        ),
        sheet.voice("privacy-summary-rights"),
        sheet.voice("privacy-summary-never"),
    ]
    sheet.lists(lines)


def fields(facts: Facts) -> Names:
    """What is known of everybody as the settings ask."""
    return Names(names=tuple(each.what for each in facts.data) or ("—",))


def time(sheet: Sheet, facts: Facts, clock: str) -> str:
    """How long a clock runs, in words."""
    return sheet.voice("held-time", days=facts.kept[clock])
