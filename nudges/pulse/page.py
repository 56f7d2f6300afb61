"""The page in a browser: curves and the tables behind them, of all, of each group, of one. It is only read."""

from __future__ import annotations

import asyncio
from typing import get_args

from bot.chat import Command
from bot.figures import OTHERS
from bot.nudge import Answer, Browsed, Context, File, Nudge, Page, Refused
from bot.say import Line, Say
from bot.visits import link
from nudges.pulse import drawing, export, viewing
from nudges.pulse.asking import READERS, Reads
from nudges.pulse.report import Report


def declare(nudge: Nudge, reads: Reads) -> None:
    """Let the capability show its page. reads: where reports come from."""
    page = _Page(reads)
    nudge.shows("", by=READERS)(page.first)
    nudge.shows("chart/", by=READERS)(page.chart)
    nudge.shows("indicators.csv", by=READERS)(page.table)
    nudge.command("pulse page", by=READERS, aliases=["indicateurs page"])(opens)


async def opens(_event: Command, ctx: Context) -> Answer:
    """Give a link to the page, for whoever asks."""
    return Say(
        lines=(
            Line(id="pulse-page-link", kind="link", url=await link(ctx, "/pulse/")),
            Line(id="pulse-page-link-once", args={"count": ctx.link_minutes}, kind="note"),
        )
    )


class _Page:
    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    async def first(self, browsed: Browsed, ctx: Context) -> Page:
        """All of one page: of what is told, it adds nothing."""
        today = ctx.calendar.today(ctx.now)
        report = await self._report(browsed, ctx)
        return Page("page.html", viewing.values(report, browsed.voice, today))

    async def chart(self, browsed: Browsed, ctx: Context) -> File:
        """One chart of the page that this query asks for: "0-light.svg"."""
        number, _, look = browsed.rest.removesuffix(".svg").partition("-")
        theme = next((each for each in get_args(drawing.Theme) if each == look), None)
        parts = viewing.charted(await self._report(browsed, ctx))
        if theme is None or not number.isdecimal() or int(number) >= len(parts):
            raise Refused("pulse-page-unknown")
        charts = drawing.charts(parts[int(number)], browsed.voice)
        # A fifth of a second, in which everybody else would wait.
        drawn = await asyncio.to_thread(drawing.svg, charts[0], browsed.voice, theme)
        return File(drawn.encode(), "image/svg+xml; charset=utf-8")

    async def table(self, browsed: Browsed, ctx: Context) -> File:
        """The figures of the page that this query asks for, for a spreadsheet."""
        made = export.csv(await self._report(browsed, ctx), browsed.voice)
        # Marked as UTF-8, or spreadsheets on Windows read it as something else.
        return File(f"\ufeff{made}\n".encode(), "text/csv; charset=utf-8", "indicators.csv")

    async def _report(self, browsed: Browsed, ctx: Context) -> Report:
        asked = viewing.asked(browsed.query, ctx.calendar.today(ctx.now))
        report = await self._reads(ctx, asked)
        nobody = asked.kind == "community" and asked.group != OTHERS and not any(each.name for each in report.series)
        if asked.group and (nobody or not any(each.points for each in report.series)):
            raise Refused("pulse-page-no-group")
        return report
