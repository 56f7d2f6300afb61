"""The company's own list of its people: taken over from a file, and who on it was not matched with an account."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from bot.app import App
from bot.audit import HeadsFile
from bot.calendar import read_day
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, content, opened
from bot.cli.voice import Voice
from bot.config.values import languages
from bot.roster import applying, matching, reading
from bot.roster.comparing import Plan, TooManyLeave, allowed
from bot.roster.headings import KNOWN, OTHERS, Columns, wanted
from bot.roster.reading import Sheet
from bot.roster.remarks import Remark
from bot.say import Arg, Moment, Names
from bot.sheets import files
from bot.sheets.cells import safe
from storage import matching as rows
from storage import roster, unkept
from storage.database import Store

MENTIONED = 6
"""Headings that are mentioned as known for a column."""

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
        app = App(desk.config, store, {}, now, head=_head(desk))
        asked = wanted(app.nudges, desk.config.nudges)
        sheet = await _read(desk, store, data, asked, all_=take_over)
        _told(desk.voice, file, sheet)
        plan = await applying.plan(store, sheet, all_=take_over)
        _changes(desk.voice, plan)
        once = await unkept.counted(store, asked)
        if dry_run:
            _once(desk.voice, "people-unkept", once)
            return _looked(desk.voice, plan, departures)
        try:
            await applying.take_over(store, app.parts.audit, sheet, now(), departures, all_=take_over, reached=reached)
        except TooManyLeave as error:
            raise Wrong(_too_many(desk.voice, error)) from None
        except applying.ChangedMeanwhile:
            raise Wrong(desk.voice("people-changed-meanwhile")) from None
        if once:
            await unkept.forget(store, asked)
            _once(desk.voice, "people-unkept-gone", once)
        show.line(desk.voice("people-imported", file=file.name))
        await _matched(desk.voice, store, app)
    return FINE


async def _read(desk: Desk, store: Store, data: bytes, asked: Collection[str], *, all_: bool) -> Sheet:
    elsewhere: dict[str, str] = {}
    if not all_:
        async with store.read() as session:
            elsewhere = await roster.pushed(session)
    kinds = {name: desk.kinds[each.kind] for name, each in desk.config.platforms.items()}
    shapes = {name: kind.ids["account"] for name, kind in kinds.items() if "account" in kind.ids}
    return await asyncio.to_thread(reading.read, data, tuple(kinds), elsewhere, shapes, asked)


def _told(voice: Voice, file: Path, sheet: Sheet) -> None:
    """How the file was read. Raises Wrong with a line for each error."""
    if sheet.wrong:
        raise Wrong(files.told(voice, file.name, sheet))
    by = voice("people-separator-tab") if sheet.separator == "\t" else voice("people-separator", by=sheet.separator)
    show.line(voice("people-read", file=file.name, encoding=sheet.encoding, separator=by, rows=len(sheet.keys)))
    assert sheet.columns is not None, "read without error"
    headings = [voice("people-column-heading"), voice("people-column-for")]
    titles = [(place, title) for place, title in enumerate(sheet.columns.titles) if title]
    uses = _uses(voice, sheet.columns)
    show.table(headings, [(safe(title), uses.get(place, voice("people-column-unread"))) for place, title in titles])
    for heading in sheet.columns.passed:
        show.note(voice("people-passed", heading=heading))
    for name in sheet.columns.lacking:
        known = OTHERS.get(name) or KNOWN.get(name) or (name,)
        show.note(voice("people-lacking", name=name, known=Names(names=known[:MENTIONED], style="or")))
    for each in sheet.remarks.by_column.values():
        show.note(_remark(voice, each, len(sheet.columns.titles)))


def _uses(voice: Voice, columns: Columns) -> dict[int, str]:
    """What each column is read as, by its place."""
    found = {place: voice(f"people-field-{what}") for what, place in columns.found.items()}
    found |= {place: voice("people-field-account", platform=name) for name, place in columns.accounts.items()}
    for name, place in columns.kept.items():
        asked = voice("people-column-kept", name=name)
        found[place] = f"{found[place]}, {asked}" if place in found else asked
    return found


def _remark(voice: Voice, remark: Remark, headings: int) -> str:
    named = tuple(str(each) for each in remark.rows)
    if remark.count > len(named):
        named = (*named, "…")
    rows = voice("people-rows", count=remark.count, rows=Names(names=named))
    told: dict[str, Arg] = {"heading": remark.column, "rows": rows, "shown": remark.shown, "headings": headings}
    if remark.kind == "language":
        told["spoken"] = Names(names=tuple(_language(each, voice.language) for each in languages()))
    if remark.kind == "day-first":
        told["day"] = _day(remark.shown)
    return voice(f"people-remark-{remark.kind}", **told)


def _language(code: str, reader: str) -> str:
    from babel import Locale  # noqa: PLC0415 - needed only where a file names a language that is not spoken

    return str(Locale(reader).languages[code])


def _day(text: str) -> Moment:
    day = read_day(text)
    assert day is not None, "it was read"
    return Moment(at=datetime.combine(day, time(12), UTC), style="date")


def _changes(voice: Voice, plan: Plan) -> None:
    """A table of how many would change how."""
    fields = ", ".join(f"{voice(f'people-field-{name}')} ({count})" for name, count in plan.fields.most_common())
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


def _once(voice: Voice, id: str, found: Mapping[str, int]) -> None:
    """What earlier files brought, and nobody asks for. id: says what becomes of it."""
    if found:
        names = Names(names=tuple(f"{name} ({count})" for name, count in sorted(found.items())))
        show.note(voice(id, names=names))


def _head(desk: Desk) -> HeadsFile | None:
    heads = desk.config.audit.file(desk.config.database.url)
    return HeadsFile(heads) if heads else None


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
