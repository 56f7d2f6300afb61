"""The trail of decisions, compared with its key and with the heads known outside the database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.audit import Audit, Finding, Head, read_heads
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import opened
from bot.config import Config
from storage import audit

_SHOWN = 100
_MEANING = {
    "edited": "it was changed after it was written",
    "missing": "it was removed",
    "cut": "the end of the trail was cut off: heads tell of these entries",
    "rewritten": "another trail was written in its place: heads or key do not agree with it",
    "text replaced": "a text was changed after it was written",
}


async def verified(config: Config, files: Sequence[Path]) -> int:
    """Say whether the trail is whole, and where not. files: heads files or logs, besides the configured one.

    Raises Wrong when one of them cannot be read.
    """
    heads = _heads(config, files)
    async with opened(config) as store, store.read() as session:
        findings = await Audit(config.audit_key.get_secret_value()).verify(session, heads)
        entries = await audit.count(session)
    if entries and not heads:
        show.note("No heads are known: an end cut off, or a rewrite by whoever has the key, would not show.")
    if not findings:
        show.line(f"The trail is whole: {entries} entries, {len(heads)} heads known outside the database.")
        return FINE
    show.table(("entries", "what", "meaning"), [_row(each) for each in findings[:_SHOWN]])
    if len(findings) > _SHOWN:
        show.line(f"... and {len(findings) - _SHOWN} more.")
    return FOUND


def _heads(config: Config, files: Sequence[Path]) -> set[Head]:
    """Read before the database is: what is decided meanwhile is in the database, and no head is too many."""
    usual = config.audit.file(config.database.url)
    found: set[Head] = set()
    for path in [*([usual] if usual and usual.exists() else []), *files]:
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                found.update(read_heads(file))
        except OSError as error:
            raise Wrong(f"{path}: cannot be read ({error.strerror})") from None
    return found


def _row(finding: Finding) -> tuple[str, str, str]:
    where = str(finding.seq) if finding.to <= finding.seq else f"{finding.seq} to {finding.to}"
    what = f"{finding.what} ({finding.column})" if finding.column else finding.what
    return where, what, _MEANING[finding.what]
