"""The processing record: what article 30 of the General Data Protection Regulation asks to be written down."""

from __future__ import annotations

from bot.cli.privacy import summary
from bot.cli.privacy.facts import GROUPS, Facts
from bot.cli.privacy.sheet import Sheet
from bot.say import Names
from bot.words import slug
from storage.held import PERSON

PURPOSES = ("requests", "directory", "reminders", "figures", "trail", "running")

RIGHTS = (
    "access", "export", "correct", "erase", "restrict", "told", "object", "stop", "automated", "afterwards",
)  # fmt: skip


def write(sheet: Sheet, facts: Facts) -> None:
    """The paper."""
    sheet.title("privacy-record-title", 1, name=facts.config.parvis.name)
    sheet.says("privacy-made")
    sheet.title("privacy-record-who")
    answers_for_it(sheet, facts)
    summary.write(sheet, facts)
    sheet.title("privacy-record-purposes")
    purposes(sheet)
    does(sheet, facts)
    sheet.title("privacy-record-people")
    sheet.says("privacy-record-people-text")
    sheet.title("privacy-record-data")
    data(sheet, facts)
    held(sheet, facts)
    sheet.title("privacy-record-recipients")
    recipients(sheet, facts)
    sheet.title("privacy-record-processors")
    processors(sheet, facts)
    sheet.title("privacy-record-times")
    times(sheet, facts)
    sheet.title("privacy-record-security")
    measures(sheet, facts)
    sheet.title("privacy-record-rights")
    rights(sheet)


def answers_for_it(sheet: Sheet, facts: Facts) -> None:
    """Who installed the bot, who controls it, and who is asked about data."""
    sheet.says("privacy-record-contact", contact=facts.contact)
    sheet.asks("privacy-fill-controller", "privacy-fill-officer")


def purposes(sheet: Sheet) -> None:
    """Each with the legal basis that is proposed, and room for the company's own."""
    columns = ("purpose", "basis")
    rows = [(sheet.voice(f"privacy-purpose-{each}"), sheet.voice(f"privacy-purpose-{each}.basis")) for each in PURPOSES]
    sheet.table([f"privacy-column-{each}" for each in columns], rows)
    sheet.asks(*(f"privacy-fill-basis-{each}" for each in PURPOSES))


def does(sheet: Sheet, facts: Facts, level: int = 3) -> None:
    """What is on, and what each capability lets people ask for. level: of its headings."""
    sheet.says("privacy-does")
    for name, what in facts.capabilities:
        sheet.title("privacy-capability", level, capability=name)
        sheet.lists(what)


def data(sheet: Sheet, facts: Facts, level: int = 3) -> None:
    """What the settings ask for about everybody: what, where from, what for, who sees it."""
    if not facts.data:
        return
    sheet.title("privacy-fields", level)
    sheet.says("privacy-fields-text")
    rows = [
        (
            each.what,
            " · ".join(each.sources),
            each.why,
            sheet.voice("privacy-field-asked" if each.is_required else "privacy-field-free"),
            each.seen_by,
        )
        for each in facts.data
    ]
    columns = ("field", "source", "use", "asked", "seen")
    sheet.table([f"privacy-column-{each}" for each in columns], rows)


def held(sheet: Sheet, facts: Facts, level: int = 3) -> None:
    """Every table, by group: what, why, until when, what erasure does."""
    for group in GROUPS:
        rows = [
            (each.what, f"`{each.name}`", each.why, each.until, each.erasure)
            for each in facts.tables
            if each.group == group
        ]
        if rows:
            sheet.title(f"privacy-group-{group}", level)
            columns = ("what", "table", "why", "until", "erasure")
            sheet.table([f"privacy-column-{each}" for each in columns], rows)
    if facts.columns:
        sheet.says("privacy-roster-columns", columns=Names(names=tuple(f"`{each}`" for each in facts.columns)))
    else:
        sheet.says("privacy-roster-no-columns")
    sheet.says("privacy-pseudonymous")
    sheet.says("privacy-not-held")


def recipients(sheet: Sheet, facts: Facts) -> None:
    """Who sees or does what beyond everybody, by role, and how many the settings name."""
    sheet.says("privacy-recipients")
    rows = [
        (sheet.voice(f"role-{role}"), _named(sheet, facts, role), " · ".join(powers) or sheet.voice("privacy-none"))
        for role, powers in facts.powers.items()
    ]
    sheet.table(["privacy-column-role", "privacy-column-from", "privacy-column-may"], rows)
    sheet.lists(sheet.voice(f"privacy-recipient-{each}") for each in ("colleagues", "export", "staff", "hosts"))
    sheet.says("privacy-nobody-lists")
    sheet.says("privacy-preview-names", least=facts.config.parvis.smallest_group)


def _named(sheet: Sheet, facts: Facts, role: str) -> str:
    grants = facts.config.roles.of(role)
    return sheet.voice("privacy-grants", grants=len(grants)) if grants else sheet.voice("privacy-none")


def processors(sheet: Sheet, facts: Facts) -> None:
    """The platforms, which hold what is delivered there."""
    sheet.says("privacy-processors")
    rows = [(name, kind, ", ".join(addresses) or "—") for name, kind, addresses in facts.platforms]
    sheet.table(["privacy-column-name", "privacy-column-kind", "privacy-column-address"], rows)
    sheet.asks("privacy-fill-processors", "privacy-fill-transfers", "privacy-fill-hosting")


def times(sheet: Sheet, facts: Facts) -> None:
    """Every clock with its days."""
    sheet.says("privacy-times")
    rows = [
        (clock(sheet, name), f"`{name}`" if "." in name else "—", sheet.voice("held-time", days=number))
        for name, number in sorted(facts.kept.items())
        if name != PERSON  # `retention.gone` by another name
    ]
    sheet.table(["privacy-column-clock", "privacy-column-setting", "privacy-column-time"], rows)
    sheet.says("privacy-backups")


def clock(sheet: Sheet, name: str) -> str:
    """What a clock keeps, in words."""
    return sheet.voice(f"clock-{slug(name)}")


def measures(sheet: Sheet, facts: Facts) -> None:
    """What the code and the settings do for security; what is not so is not said."""
    config = facts.config
    sqlite = config.database.url.startswith("sqlite")
    lines = [
        sheet.voice("privacy-measure-secrets"),
        sheet.voice("privacy-measure-logs"),
        sheet.voice("privacy-measure-emptied"),
        sheet.voice("privacy-measure-trail"),
        sheet.voice("privacy-measure-roles"),
        sheet.voice("privacy-measure-sqlite" if sqlite else "privacy-measure-postgresql"),
        sheet.voice("privacy-measure-public" if config.web.public else "privacy-measure-no-public"),
    ]
    if not facts.is_open:
        lines.append(sheet.voice("privacy-measure-outside"))
    lines.append(sheet.voice("privacy-measure-threshold", least=config.parvis.smallest_group))
    if facts.sealed:
        lines.append(sheet.voice("privacy-measure-sealed", platforms=", ".join(facts.sealed)))
    sheet.lists(lines)
    sheet.asks("privacy-fill-security")


def rights(sheet: Sheet) -> None:
    """How a person uses each of their rights."""
    sheet.table(
        ["privacy-column-right", "privacy-column-how"],
        [(sheet.voice(f"privacy-right-{each}"), sheet.voice(f"privacy-right-{each}.how")) for each in RIGHTS],
    )
    sheet.says("privacy-right-admin")
    sheet.says("privacy-right-complaint")
    sheet.asks("privacy-fill-rights")
