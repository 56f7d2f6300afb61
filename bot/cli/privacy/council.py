"""A note for the works council: what the bot is, what it does, and what nobody can do with it."""

from __future__ import annotations

from bot.cli.privacy import record, summary
from bot.cli.privacy.facts import Contact, Facts
from bot.cli.privacy.sheet import Sheet
from storage.outbox import SILENCE

INFORMED = "nudge informed"
"""The command by which it is recorded that staff were informed: only where there is one is it promised."""


def write(sheet: Sheet, facts: Facts) -> None:
    """The paper: a page of summary, what it is for, and every table in an annex."""
    sheet.title("privacy-council-title", 1, name=facts.config.parvis.name)
    sheet.says("privacy-made")
    sheet.says("privacy-council-why")
    summary.write(sheet, facts)
    sheet.title("privacy-council-what")
    sheet.says("privacy-council-what-text")
    sheet.title("privacy-council-contacts")
    limits(sheet, facts)
    sheet.title("privacy-council-not")
    not_done(sheet)
    sheet.title("privacy-council-data")
    record.data(sheet, facts)
    sheet.says("privacy-council-annexed")
    sheet.title("privacy-council-sees")
    record.recipients(sheet, facts)
    sheet.title("privacy-council-times")
    record.times(sheet, facts)
    sheet.title("privacy-council-rights")
    record.rights(sheet)
    sheet.title("privacy-council-start")
    sheet.says("privacy-council-informed" if INFORMED in facts.commands else "privacy-council-inform")
    sheet.asks("privacy-fill-calendar", "privacy-fill-training", "privacy-fill-review", "privacy-fill-opinion")
    sheet.title("privacy-council-annex")
    record.held(sheet, facts)
    sheet.title("privacy-council-commands")
    record.does(sheet, facts)


def not_done(sheet: Sheet) -> None:
    """What the bot does not do, and nobody can do with it."""
    sheet.lists(sheet.voice(f"privacy-not-{each}") for each in ("read", "watch", "list", "score", "sanction", "reveal"))


def limits(sheet: Sheet, facts: Facts) -> None:
    """The kinds of unasked messages, and how many of them there may be, and when."""
    config = facts.config
    sheet.says("privacy-limits")
    rows = [
        (each.what or f"`{each.kind}`", f"`{each.kind}`", sheet.voice(f"privacy-kind-{_counts(each)}"))
        for each in facts.contacts
    ]
    sheet.table(["privacy-column-kinds", "privacy-column-code", "privacy-column-counts"], rows)
    hours = config.working_time
    days = ", ".join(sheet.voice(f"privacy-day-{day}") for day in hours.days)
    sheet.lists(
        [
            sheet.voice("privacy-limit-week", contacts=config.attention.per_week),
            sheet.voice("privacy-limit-first", contacts=config.attention.first_week),
            sheet.voice("privacy-limit-announcements", contacts=config.attention.announcements_per_week),
            sheet.voice("privacy-limit-silence", contacts=config.attention.silence_after),
            sheet.voice("privacy-limit-hours", start=f"{hours.start:%H:%M}", end=f"{hours.end:%H:%M}", days=days),
            sheet.voice("privacy-limit-holidays", country=hours.country)
            if hours.country
            else sheet.voice("privacy-limit-no-holidays"),
            sheet.voice("privacy-limit-stop"),
        ]
    )


def _counts(kind: Contact) -> str:
    """Why a kind counts in the allowance, or does not."""
    if kind.optional:
        return "optional"
    return "once" if kind.kind == SILENCE else "thanks" if kind.wished else "needed"
