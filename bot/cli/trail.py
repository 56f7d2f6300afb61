"""The trail of decisions, compared with its key and with the heads known outside the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.audit import Audit, Finding, Head, read_heads
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from bot.words import slug
from storage import audit

_SHOWN = 100


async def verified(desk: Desk, files: Sequence[Path]) -> int:
    """Say whether the trail is whole, and where not. files: heads files or logs, besides the configured one.

    Raises Wrong when one of them cannot be read.
    """
    config, voice = desk.config, desk.voice
    heads = _heads(desk, files)
    async with opened(desk) as store, store.read() as session:
        findings = await Audit(config.audit_key.get_secret_value()).verify(session, heads)
        entries = await audit.count(session)
    if entries and not heads:
        show.note(voice("cli-trail-no-heads"))
    if not findings:
        show.line(voice("cli-trail-whole", entries=entries, heads=len(heads)))
        return FINE
    headings = [voice(f"cli-column-{name}") for name in ("entries", "what", "meaning")]
    show.table(headings, [_row(each, voice) for each in findings[:_SHOWN]])
    if len(findings) > _SHOWN:
        show.line(voice("cli-trail-more", number=len(findings) - _SHOWN))
    return FOUND


def _heads(desk: Desk, files: Sequence[Path]) -> set[Head]:
    """Read before the database is: what is decided meanwhile is in the database, and no head is too many."""
    usual = desk.config.audit.file(desk.config.database.url)
    found: set[Head] = set()
    for path in [*([usual] if usual and usual.exists() else []), *files]:
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                found.update(read_heads(file))
        except OSError as error:
            raise Wrong(desk.voice("cli-file-unreadable", file=str(path), reason=str(error.strerror))) from None
    return found


def _row(finding: Finding, voice: Voice) -> tuple[str, str, str]:
    several = finding.to > finding.seq
    where = voice("cli-trail-range", first=str(finding.seq), last=str(finding.to)) if several else str(finding.seq)
    what = f"{finding.what} ({finding.column})" if finding.column else finding.what
    return where, what, voice(f"cli-trail-{slug(finding.what)}")
