"""What bots without one of the rules would show: proof that whoever looks sees what is told apart."""

from __future__ import annotations

from bot.app import App
from bot.cli.outbox import ASKED
from bot.nudging.rules import first_of_each
from storage import outbox

NAMES = "broken: a preview that leaves out whoever would not be written to"
COUNTS = "broken: a count of all that waits"
BROKEN = (NAMES, COUNTS)

__all__ = ["ASKED", "BROKEN", "COUNTS", "NAMES", "shown"]


async def shown(app: App) -> dict[str, str]:
    """What they show now."""
    async with app.store.read() as session:
        now, looking = app.now(), app.nudged.looking
        ctx = app.parts.context(session, now, None, app.nudged.nudge)
        names: set[str] = set()
        for kind in looking.swept:
            due = first_of_each(await looking.part(ctx, kind, 500))
            weighed = await looking.weigh(session, kind.spec.kind, due, now)
            names |= {each.somebody.person.name for each in weighed.values() if each.verdict.due == now}
        counts = await outbox.status(session, {*ASKED, *(kind.spec.kind for kind in looking.kinds)})
    return {NAMES: "\n".join(sorted(names)), COUNTS: "\n".join(f"{key}: {count}" for key, count in counts.items())}
