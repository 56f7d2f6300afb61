"""What Prometheus is shown of indicators: the last day of which something is told, of all and of each group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import get_args

from bot.nudge import Context, Gauged
from nudges.pulse import export, reading, rules
from nudges.pulse.capability import nudge
from nudges.pulse.report import Asked, Kind, Measure

BACK = timedelta(days=3)
"""How far back the last day is looked for: a figure that is older is none of today."""
KINDS: tuple[Kind, ...] = ("all", "department", "phase", "objective")


async def gauges(ctx: Context) -> Sequence[Gauged]:
    """Read by day what may be told."""
    today = ctx.calendar.today(ctx.now)
    reports = []
    for kind in KINDS:
        measures = [each for each in get_args(Measure) if rules.tells(each, kind)]
        reports.append(await reading.of(ctx, Asked(measures, "day", today - BACK, today, kind)))
    return export.gauges(reports)


nudge.gauges = gauges
