"""The company's own list of its people: taken over from a file, and who on it was not matched with an account."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.app import App
from bot.audit import HeadsFile
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, content, opened
from bot.cli.voice import Voice
from bot.roster import applying, matching, reading
from bot.roster.cells import safe
from bot.roster.comparing import Plan, TooManyLeave, allowed
from bot.roster.reading import Sheet
from storage import matching as rows
from storage import roster
from storage.database import Store

SHOWN = 200
"""Lines and accounts that are shown, of each."""

REST = 0.05
"""Seconds between two transactions of matching: SQLite asks again who may write so often, and wakes nobody."""


async def imported(
    desk: Desk,
    file: Path,
    now: Callable[[], datetime],
    *,
    dry_run: bool = False,
    departures: int | None = None,
    take_over: bool = False,
    reached: Callable[[str], None] = lambda _step: None,
) -> int:
    """Make the roster what a file says, and match it. Raises Wrong, and changes nothing, where it cannot be used.

    dry_run: only show what would change. departures: how many leave by it, as the administrator said. take_over: lines
    that were pushed are the file's from now on. reached: see `applying.take_over`.
    """
    if take_over and desk.config.roster.scim:
        raise Wrong(desk.voice("people-still-pushed"))
    data = await asyncio.to_thread(content, desk, file)
    async with opened(desk) as store:
        sheet = await _read(desk, store, data, all_=take_over)
        _told(desk.voice, file, sheet)
        plan = await applying.plan(store, sheet, all_=take_over)
        _changes(desk.voice, plan)
        if dry_run:
            return _looked(desk.voice, plan, departures)
        heads = desk.config.audit.file(desk.config.database.url)
        app = App(desk.config, store, {}, now, head=HeadsFile(heads) if heads else None)
        try:
            await applying.take_over(store, app.parts.audit, sheet, now(), departures, all_=take_over, reached=reached)
        except TooManyLeave as error:
            raise Wrong(_too_many(desk.voice, error)) from None
        except applying.ChangedMeanwhile:
            raise Wrong(desk.voice("people-changed-meanwhile")) from None
        show.line(desk.voice("people-imported", file=file.name))
        await _matched(desk.voice, store, app)
    return FINE


async def _read(desk: Desk, store: Store, data: bytes, *, all_: bool) -> Sheet:
    elsewhere: dict[str, str] = {}
    if not all_:
        async with store.read() as session:
            elsewhere = await roster.pushed(session)
    kinds = {name: desk.kinds[each.kind] for name, each in desk.config.platforms.items()}
    shapes = {name: kind.ids["account"] for name, kind in kinds.items() if "account" in kind.ids}
    return await asyncio.to_thread(reading.read, data, tuple(kinds), elsewhere, shapes)


def _told(voice: Voice, file: Path, sheet: Sheet) -> None:
    """How the file was read. Raises Wrong with a line for each error."""
    if sheet.wrong:
        lines = [_trouble(voice, file, each) for each in sheet.troubles]
        if more := sheet.wrong - len(lines):
            lines.append(voice("people-troubles-more", file=file.name, count=more))
        raise Wrong("\n".join([*lines, voice("people-nothing-done")]))
    by = voice("people-separator-tab") if sheet.separator == "\t" else sheet.separator
    show.line(voice("people-read", file=file.name, encoding=sheet.encoding, separator=by, rows=len(sheet.keys)))
    assert sheet.columns is not None, "read without error"
    found = {place: what for what, place in sheet.columns.found.items()}
    found |= {place: f"account {platform}" for platform, place in sheet.columns.accounts.items()}
    headings = [voice("people-column-heading"), voice("people-column-for")]
    titles = [(place, title) for place, title in enumerate(sheet.columns.titles) if title]
    kept = voice("people-column-kept")
    show.table(headings, [(safe(title), found.get(place, kept)) for place, title in titles])
    for heading in sheet.columns.passed:
        show.note(voice("people-passed", heading=heading))
    for heading, count in sheet.formulas.items():
        show.note(voice("people-formulas", heading=heading, count=count))


def _trouble(voice: Voice, file: Path, trouble: reading.Trouble) -> str:
    wrong, write = voice.line(trouble.wrong), voice.line(trouble.write)
    if not trouble.row:
        return voice("people-trouble-file", file=file.name, wrong=wrong, write=write)
    if not trouble.column:
        return voice("people-trouble-row", file=file.name, row=str(trouble.row), wrong=wrong, write=write)
    where = {"file": file.name, "row": str(trouble.row), "column": trouble.column}
    return voice("people-trouble", **where, wrong=wrong, write=write)


def _changes(voice: Voice, plan: Plan) -> None:
    """A table of how many would change how."""
    fields = ", ".join(f"{name} ({count})" for name, count in plan.fields.most_common())
    counted = [
        (voice("people-new"), plan.new, ""),
        (voice("people-changed"), plan.changed, fields),
        (voice("people-returned"), plan.returned, ""),
        (voice("people-left"), len(plan.left), ""),
        (voice("people-unchanged"), plan.unchanged, ""),
    ]
    pushed = "people-pushed-taken" if plan.all else "people-pushed"
    counted += [(voice(pushed), plan.pushed, "")] if plan.pushed else []
    show.table([voice(f"people-column-{each}") for each in ("change", "number", "columns")], counted)


def _looked(voice: Voice, plan: Plan, said: int | None) -> int:
    show.line(voice("people-dry"))
    if allowed(len(plan.left), plan.here, said):
        return FINE
    show.line(_too_many(voice, TooManyLeave(len(plan.left), plan.here, said)))
    return FOUND


def _too_many(voice: Voice, error: TooManyLeave) -> str:
    if error.said is not None:
        return voice("people-other-number", leaving=error.leaving, said=error.said)
    return voice("people-many-leave", leaving=error.leaving, here=error.here)


async def _matched(voice: Voice, store: Store, app: App) -> None:
    """Match all that can be matched, some in each transaction, so that a running bot is not kept waiting."""
    capability = next(each for each in app.nudges if each.id == "roster")
    after, joined = 0, 0
    while True:
        async with store.write() as session:
            done = await matching.sweep(app.parts.context(session, app.now(), None, capability), after)
        joined += done.joined
        if not done.last:
            break
        after = done.last
        await asyncio.sleep(REST)
    async with store.read() as session:
        stands = await rows.counts(session)
    show.line(voice("people-matched", matched=stands.matched, here=stands.here, alone=stands.alone))
    if joined:
        show.line(voice("people-joined", count=joined))


async def unmatched(desk: Desk) -> int:
    """Show lines without an account, or without all of theirs, and members' accounts without a line."""
    voice = desk.voice
    async with opened(desk) as store, store.read() as session:
        stands = await rows.counts(session)
        troubled = await matching.troubles(session, SHOWN)
        lines = {each.id or 0: each for each in await rows.unmatched(session, SHOWN)}
        lines |= {each.id or 0: each for each in await rows.lines(session, troubled.keys() - lines.keys())}
        accounts = await rows.strangers(session, SHOWN)
    if not stands.here + stands.left:
        show.line(voice("people-no-roster"))
        return FINE
    show.line(voice("people-matched", matched=stands.matched, here=stands.here, alone=stands.alone))
    if not lines and not accounts:
        show.line(voice("people-none"))
        return FINE
    if lines:
        show.line(voice("people-lines"))
        why = {line: voice(f"people-why-{troubled.get(line) or 'nobody'}") for line in lines}
        shown = [(safe(each.key), safe(each.name), safe(each.email), why[line]) for line, each in lines.items()]
        _listed(voice, ("key", "name", "email", "why"), shown, max(stands.here - stands.matched, len(shown)))
    if accounts:
        show.line(voice("people-accounts"))
        met = [(each.platform, each.external_id, safe(each.name), safe(each.email)) for each in accounts]
        _listed(voice, ("platform", "account", "name", "email"), met, stands.alone)
    return FOUND


def _listed(voice: Voice, columns: Sequence[str], shown: Sequence[Sequence[str]], all_: int) -> None:
    show.table([voice(f"people-column-{each}") for each in columns], shown)
    if all_ > len(shown):
        show.line(voice("people-more", count=all_ - len(shown)))
