"""A notice to staff: what articles 13 and 14 of the General Data Protection Regulation ask people to be told.

Article 14 since much of it is not from the person: it is read from platforms and from the company's list of staff.
"""

from __future__ import annotations

from bot.cli.privacy import council, record, summary
from bot.cli.privacy.facts import Facts
from bot.cli.privacy.sheet import Sheet
from bot.say import Names
from storage.held import PERSON

LEFT_OUT = frozenset({"codes", PERSON, "retention.handled", "retention.unhandled", "retention.dialogues"})
"""Clocks that say nothing more to the people concerned: of the machine, or another's name."""


def write(sheet: Sheet, facts: Facts) -> None:
    """The paper."""
    sheet.title("privacy-notice-title", 1, name=facts.config.parvis.name)
    sheet.says("privacy-made")
    sheet.says("privacy-notice-why")
    sheet.title("privacy-notice-who")
    record.answers_for_it(sheet, facts)
    sheet.title("privacy-notice-purposes")
    record.purposes(sheet)
    sheet.title("privacy-notice-data")
    sheet.says("privacy-notice-sources", platforms=Names(names=tuple(name for name, _, _ in facts.platforms)))
    sheet.lists(sheet.voice(f"privacy-notice-data-{each}") for each in ("platform", "list", "self", "own"))
    record.data(sheet, facts)
    sheet.says("privacy-not-held")
    sheet.says("privacy-notice-free")
    sheet.title("privacy-notice-sees")
    sheet.lists(sheet.voice(f"privacy-recipient-{each}") for each in ("colleagues", "export", "staff", "hosts"))
    sheet.says("privacy-nobody-lists")
    sheet.says("privacy-preview-names", least=facts.config.parvis.smallest_group)
    sheet.title("privacy-notice-abroad")
    record.processors(sheet, facts)
    sheet.title("privacy-notice-times")
    sheet.lists(
        sheet.voice("privacy-notice-time", what=record.clock(sheet, each), time=summary.time(sheet, facts, each))
        for each in sorted(facts.kept)
        if each not in LEFT_OUT
    )
    sheet.title("privacy-notice-writes")
    council.limits(sheet, facts)
    sheet.title("privacy-notice-rights")
    record.rights(sheet)
    sheet.title("privacy-notice-automated")
    sheet.says("privacy-notice-automated-text")
    council.not_done(sheet)
