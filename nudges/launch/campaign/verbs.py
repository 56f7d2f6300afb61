"""`parvis launch plan FILE`: a campaign taken over from a file, after a look at what it would change."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot import people
from bot.calendar import is_zone, read_day, wall
from bot.lookup import fold
from bot.nudge import Context, Refused, Role, Terminal, Voice
from bot.say import Line, Moment
from bot.sheets import cells, files
from bot.sheets.cells import safe
from nudges.launch import reaching
from nudges.launch.campaign import importing, known, phases, plan, settling
from nudges.launch.campaign.importing import Change
from nudges.launch.campaign.plan import Plan
from nudges.launch.campaign.settling import At
from nudges.launch.capability import nudge
from nudges.launch.limits import of_phase
from nudges.launch.settings import Settings
from storage import campaigns as rows
from storage.campaigns import Campaign, Planned

_COLUMNS = ("line", "what", "when", "title")
_SORTS = ("new", "changed", "gone", "begun", "unchanged")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed besides the file; "" where nothing was. file: its name, without its ending."""

    file: str
    name: str
    day_zero: str
    zone: str
    owner: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan beside what there is. campaign: as it will be; it has no number while it is new. stays: where its day zero
    is, though the file says another day.
    """

    campaign: Campaign
    found: list[Change]
    warnings: list[Line]
    before: tuple[date, str, int, str] | None
    stays: bool
    settings: Settings

    @property
    def head(self) -> tuple[date, str, int, str]:
        """What is said of the campaign as a whole."""
        return _head(self.campaign)


def _head(campaign: Campaign) -> tuple[date, str, int, str]:
    return campaign.day_zero, campaign.zone, campaign.owner_id, campaign.name


@nudge.verb("launch plan")
async def planned(
    at: Terminal,
    file: Path,
    /,
    *,
    day_zero: str = "",
    name: str = "",
    zone: str = "",
    owner: str = "",
    dry_run: bool = False,
) -> bool:
    """Take over the plan of a campaign: all of a file, or nothing."""
    data = await at.file(file)
    read = await asyncio.to_thread(plan.read, data, file.name)
    _right(at.voice, file.name, read)
    wanted = Wanted(file.stem, name, day_zero, zone, owner)
    if dry_run:
        async with at.reads() as ctx:
            compared = await _compare(ctx, at.voice, file.name, read, wanted)
    else:
        async with at.writes() as ctx:
            compared = await _compare(ctx, at.voice, file.name, read, wanted)
            await _take_over(ctx, compared)
    _tell(at, compared, dry_run=dry_run)
    return False


def _right(voice: Voice, file: str, read: Plan) -> None:
    """Raises Refused: something is wrong with the file."""
    if read.wrong:
        raise Refused("plain", text=told(voice, file, read))


def told(voice: Voice, file: str, read: Plan) -> str:
    """All that is wrong, a line for each thing. A TOML has lines and keys, a table rows and columns."""
    if not read.toml:
        return files.told(voice, file, read)
    found = []
    for each in read.troubles:
        said = {"file": file, "wrong": voice.line(each.wrong).rstrip("."), "write": voice.line(each.write)}
        if not each.row:
            found.append(voice("people-trouble-file", **said))
        elif each.column:
            found.append(voice("plan-trouble-key", **said, row=str(each.row), key=each.column))
        else:
            found.append(voice("plan-trouble-line", **said, row=str(each.row)))
    if more := read.wrong - len(read.troubles):
        found.append(voice("people-troubles-more", file=file, count=more))
    return "\n".join([*found, voice("people-nothing-done")])


# ---------------------------------------------------------------- beside what there is


async def _compare(ctx: Context, voice: Voice, file: str, read: Plan, wanted: Wanted) -> Compared:
    """Raises Refused: something is wrong."""
    name = _name(wanted.name or read.head.get("name", "") or wanted.file)
    there = await rows.called(ctx.session, fold(name))
    stands = await rows.lines(ctx.session, there.id or 0) if there else []
    campaign = await _campaign(ctx, name, there, read, wanted)
    at = At(
        ctx.now,
        campaign.day_zero,
        campaign.zone,
        voice.language,
        ctx.calendar.in_zone(campaign.zone),
        {row.key: (made.local, made.zone, made.each_local) for row, made, _ in stands},
        await reaching.zones(ctx),
    )
    whole = settling.settle(read, at, await known.read(ctx, read.lines))
    _right(voice, file, read)
    said = read_day(wanted.day_zero or read.head.get("day_zero", ""))
    return Compared(
        campaign,
        importing.changes(whole.lines, stands),
        whole.warnings,
        _head(there) if there else None,
        stays=bool(there and said and said != campaign.day_zero),
        settings=ctx.settings,
    )


async def _campaign(ctx: Context, name: str, there: Campaign | None, read: Plan, wanted: Wanted) -> Campaign:
    """As it will be: what was typed counts first, then where day zero was moved to, then the file."""
    day = _day(wanted.day_zero) or (there.day_zero if there else _day(read.head.get("day_zero", "")))
    if day is None:
        raise Refused("plan-no-day-zero")
    zone = wanted.zone or read.head.get("zone", "") or (there.zone if there else ctx.calendar.zone)
    if not is_zone(zone):
        raise Refused("plan-no-zone", shown=zone[:60])
    owner = wanted.owner or read.head.get("owner", "")
    who = await _owner(ctx, owner) if owner or there is None else await _still(ctx, there.owner_id)
    about = {"name": name, "called": fold(name), "day_zero": day, "zone": zone, "owner_id": who}
    phase = there.phase if there else "pilot"
    since = there.created_at if there else ctx.now
    made = Campaign.model_validate({**about, "phase": phase, "created_at": since, "changed_at": ctx.now})
    made.id = there.id if there else None
    return made


def _name(text: str) -> str:
    """Raises Refused: it is none."""
    try:
        name = cells.clean(text)
    except cells.Unfit:
        name = ""
    if not 2 <= len(name) <= plan.NAME:
        raise Refused("plan-name", most=plan.NAME)
    return name


def _day(text: str) -> date | None:
    """A day; None: none was given. Raises Refused: it is none, or it could be another."""
    if not text:
        return None
    if cells.two_ways(text):
        raise Refused("plan-two-days", shown=text, **cells.both_ways(text))
    found = read_day(text)
    if found is None:
        raise Refused("plan-no-day", shown=text[:40])
    return found


async def _owner(ctx: Context, word: str) -> int:
    """Who looks after it. Raises Refused: that means nobody who may, or several."""
    if not word:
        raise Refused("plan-no-owner")
    found = await known.whoever(ctx, word, Role.COMMS, Role.ADMIN)
    if len(found) != 1:
        raise Refused("plan-which-owner" if found else "plan-owner-unknown", shown=word[:60])
    return found.pop()


async def _still(ctx: Context, owner: int) -> int:
    """Who looks after it already. Raises Refused: they do no more, and somebody else has to be named."""
    if not await people.roles(ctx.session, owner) & {Role.COMMS, Role.ADMIN}:
        raise Refused("plan-no-owner")
    return owner


# ---------------------------------------------------------------- taken over


async def _take_over(ctx: Context, compared: Compared) -> None:
    campaign, found = compared.campaign, compared.found
    if compared.before == compared.head and all(each.sort in {"unchanged", "begun"} for each in found):
        return
    if campaign.id is None:
        held = await phases.hold(ctx, set(of_phase(ctx.settings, campaign.phase).holds))
        campaign.held = " ".join(sorted(held))
        await rows.add(ctx.session, campaign)
    else:
        values = {"name": campaign.name, "day_zero": campaign.day_zero, "zone": campaign.zone}
        await rows.alter(ctx.session, campaign.id, ctx.now, **values, owner_id=campaign.owner_id)
    owner = await people.actor(ctx.session, campaign.owner_id)  # in whose name those who signed are asked again
    await importing.take_over(replace(ctx, who=owner), campaign, found)
    counts = {sort: str(sum(each.sort == sort for each in found)) for sort in _SORTS}
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=None,
        action="campaign.import",
        subject=f"campaign:{campaign.id}",
        after={**counts, "day_zero": campaign.day_zero.isoformat(), "zone": campaign.zone},
        texts={"name": campaign.name},
    )


# ---------------------------------------------------------------- told


def _tell(at: Terminal, compared: Compared, *, dry_run: bool) -> None:
    voice, campaign = at.voice, compared.campaign
    day = settling.day_of(campaign.day_zero)
    at.line(voice("plan-of", name=campaign.name, day=day, zone=campaign.zone))
    some = [each for each in compared.found if each.sort != "unchanged"]
    if some:
        at.table([voice(f"plan-column-{each}") for each in _COLUMNS], [_row(voice, each) for each in some])
    unchanged = len(compared.found) - len(some)
    if unchanged:
        at.line(voice("plan-unchanged", count=unchanged))
    if compared.stays:
        at.line(voice("plan-day-stays", day=day))
    if compared.before is None:
        for line in phases.means(compared.settings, campaign.phase):
            at.line(voice.line(line))
    for warning in compared.warnings:
        at.line(voice("plan-warning", warning=voice.line(warning)))
    does = [each for each in some if each.sort != "begun"]
    number = str(campaign.id or "")
    if dry_run:
        at.line(voice("plan-dry", count=len(does)))
    elif does or compared.before != compared.head:
        at.line(voice("plan-done", count=len(does), number=number))
    else:
        at.line(voice("plan-nothing", number=number))


def _row(voice: Voice, change: Change) -> tuple[str, str, str, str]:
    what = voice(f"plan-is-{change.sort}")
    if change.fields:
        what = voice("plan-is", what=what, fields=", ".join(voice(f"plan-field-{each}") for each in change.fields))
    if change.voids:
        what = f"{what}; {voice('plan-voids')}"
    if change.uncounts:
        what = f"{what}; {voice('plan-uncounts')}"
    title = change.line.title if change.line else change.stands[2].title if change.stands else ""
    return safe(change.key), what, _when(voice, change), safe(title)


def _when(voice: Voice, change: Change) -> str:
    """When it is said, in full; from when to when where that changes."""
    now = _moment(voice, change.line.local, change.line.zone) if change.line and change.line.at else ""
    if change.sort != "changed" or "time" not in change.fields or change.stands is None:
        return now
    stands: Planned = change.stands
    before = _moment(voice, stands[1].local, stands[1].zone) if stands[1].local else ""
    return voice("plan-from-to", before=before, now=now)


def _moment(voice: Voice, local: str, zone: str) -> str:
    """What the clocks of a zone show then, also where each person's own count."""
    clock = datetime.fromisoformat(local)
    return voice("times-meant", at=Moment(at=wall(clock.date(), clock.time(), zone), zone=zone))
