"""A draft of the impact assessment: the parts of the CNIL's method, and the criteria of WP248."""

from __future__ import annotations

from bot.cli.privacy import record, summary
from bot.cli.privacy.council import limits
from bot.cli.privacy.facts import Facts
from bot.cli.privacy.sheet import Sheet

CRITERIA = (
    "scoring", "automated", "monitoring", "sensitive", "scale", "matching", "vulnerable", "innovative", "preventing",
)  # fmt: skip
"""The nine criteria of WP248 rev.01, III.B.a: two of them usually ask for an assessment."""

PRINCIPLES = ("purposes", "basis", "minimal", "accurate", "kept", "informed", "consent", "portable", "processors")

RISKS = ("access", "change", "loss", "inference")


def write(sheet: Sheet, facts: Facts) -> None:
    """The paper."""
    sheet.title("privacy-impact-title", 1, name=facts.config.parvis.name)
    sheet.says("privacy-made")
    sheet.says("privacy-impact-draft")
    summary.write(sheet, facts)
    sheet.title("privacy-impact-needed")
    sheet.says("privacy-impact-needed-text")
    sheet.table(
        ["privacy-column-criterion", "privacy-column-here"],
        [
            (sheet.voice(f"privacy-criterion-{each}"), sheet.voice(f"privacy-criterion-{each}.here"))
            for each in CRITERIA
        ],
    )
    sheet.title("privacy-impact-context")
    sheet.title("privacy-impact-uses", 3)
    record.does(sheet, facts, level=4)
    sheet.title("privacy-impact-data", 3)
    record.data(sheet, facts, level=4)
    record.held(sheet, facts, level=4)
    sheet.title("privacy-impact-supports", 3)
    record.processors(sheet, facts)
    sheet.title("privacy-impact-principles")
    _principles(sheet, facts)
    sheet.title("privacy-impact-purposes", 3)
    record.purposes(sheet)
    sheet.title("privacy-impact-rights", 3)
    record.rights(sheet)
    sheet.title("privacy-impact-limits", 3)
    limits(sheet, facts)
    sheet.title("privacy-impact-risks")
    sheet.title("privacy-impact-measures", 3)
    record.measures(sheet, facts)
    _risks(sheet)
    sheet.title("privacy-impact-decision")
    sheet.asks("privacy-fill-people", "privacy-fill-advice", "privacy-fill-plan", "privacy-fill-decision")


def _principles(sheet: Sheet, facts: Facts) -> None:
    rows = [
        (sheet.voice(f"privacy-principle-{each}"), sheet.voice(f"privacy-principle-{each}.here")) for each in PRINCIPLES
    ]
    sheet.table(["privacy-column-principle", "privacy-column-here"], rows)
    personal = sum(each.is_personal for each in facts.tables)
    sheet.says("privacy-impact-threshold", least=facts.config.parvis.smallest_group)
    sheet.says("privacy-impact-tables", tables=len(facts.tables), personal=personal)


def _risks(sheet: Sheet) -> None:
    for each in RISKS:
        sheet.title(f"privacy-risk-{each}", 3)
        sheet.says(f"privacy-risk-{each}.what")
        sheet.says(f"privacy-risk-{each}.against")
        sheet.asks(f"privacy-fill-risk-{each}")
