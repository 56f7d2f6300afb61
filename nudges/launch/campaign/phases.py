"""Phases of a campaign: whom its announcements reach, and which kinds of unasked contact wait meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.chat import Press
from bot.decide import split_number
from bot.lookup import fold
from bot.nudge import Answer, Context, Refused
from bot.nudging import freeing
from bot.say import Line, Names, Pick, Say, Term
from nudges.launch import reaching, signing
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.limits import of_phase
from nudges.launch.settings import Settings
from nudges.launch.waves import ALL
from storage import campaigns as rows
from storage import launch, launching, releases
from storage.campaigns import Campaign
from storage.launch import Announcement

Name = Literal["pilot", "launch", "run"]
SHOWN = 20
"""Announcements of which a new number is told."""
_ASKED = (launch.SIGNING, launch.SIGNED, launch.LATE)
PHASES: tuple[Name, ...] = get_args(Name)
_WORDS: dict[str, Name] = {
    "pilot": "pilot", "pilote": "pilot", "launch": "launch", "lancement": "launch",
    "run": "run", "exploitation": "run", "regime": "run",
}  # fmt: skip


def means(settings: Settings, phase: str) -> list[Line]:
    """Whom it reaches, and what waits in it."""
    it = of_phase(settings, phase)
    lines = []
    if it.departments:
        names = Names(names=it.departments)
        lines.append(Line(id="campaign-reaches", kind="note", args={"names": names}))
    else:
        lines.append(Line(id="campaign-reaches-all", kind="note"))
    if it.holds:
        lines.append(Line(id="campaign-holds", kind="note", args={"kinds": _kinds(it.holds)}))
    return lines


def _kinds(kinds: Sequence[str]) -> Names:
    """As the settings have them: what they are called is known to their own capability alone."""
    return Names(names=tuple(kinds))


def ways(campaign: Campaign) -> tuple[Pick, ...]:
    """Each other phase."""
    return tuple(
        Pick(label=f"campaign-to-{each}", action="campaign.phase", value=f"{campaign.id} {each}")
        for each in PHASES
        if each != campaign.phase
    )


async def _found(ctx: Context, value: str) -> tuple[Campaign, Name, str]:
    """The campaign, the phase that is meant, and what follows. Raises Refused."""
    number, said = split_number(value)
    campaign = await rows.get(ctx.session, number) if number is not None else None
    if campaign is None:
        raise Refused("campaign-unknown", number=str(number or ""))
    word, _, rest = said.partition(" ")
    phase = _WORDS.get(fold(word))
    if phase is None:
        raise Refused("campaign-phase-which", number=str(campaign.id))
    if phase == campaign.phase:
        raise Refused("campaign-phase-there", name=campaign.name, phase=Term(term=f"campaign-phase-{phase}"))
    return campaign, phase, rest.strip()


@nudge.choice("campaign.phase", by=WRITERS, aliases=["campagne phase"])
async def phase(event: Press, ctx: Context) -> Answer:
    """What another phase would change."""
    campaign, to, _ = await _found(ctx, event.value)
    args = {
        "name": campaign.name,
        "before": Term(term=f"campaign-phase-{campaign.phase}"),
        "phase": Term(term=f"campaign-phase-{to}"),
    }
    title = Line(id="campaign-phase-title", kind="title", args={**args})
    value = f"{campaign.id} {to} {campaign.phase}"
    pick = Pick(label=f"campaign-to-{to}", action="campaign.enter", value=value, style="primary")
    free = await _freed(ctx, campaign, to)
    freed = [Line(id="campaign-frees", kind="note", args={"kinds": _kinds(free)})] if free else []
    others = await _others(ctx, campaign, to)
    return Say(lines=(title, *means(ctx.settings, to), *_numbers(others), *freed), choices=(pick,))


@dataclass(frozen=True, slots=True)
class _Other:
    """An announcement that would reach another number of people. before: as it was confirmed, else as it is now.

    is_void: what was confirmed of it counts no more then.
    """

    made: Announcement
    title: str
    before: int
    people: int
    is_void: bool


async def _others(ctx: Context, campaign: Campaign, to: Name) -> list[_Other]:
    """What was confirmed, is or was shown to be signed, or is on its way to more people, and would reach others."""
    if of_phase(ctx.settings, to).departments == of_phase(ctx.settings, campaign.phase).departments:
        return []
    found = []
    for _, made, version in await rows.lines(ctx.session, campaign.id or 0):
        is_open = made.state in launch.OPEN
        is_asked = made.counted is not None or made.state in _ASKED
        is_half = made.state in launching.UNDER_WAY and made.planned < ALL
        if not (is_asked if is_open else is_half):
            continue
        counts = made.counted if is_open else None
        before = counts if counts is not None else (await reaching.resolve(ctx, made)).people
        people = (await reaching.resolve(ctx, made, to)).people
        if people != before:
            found.append(_Other(made, version.title, before, people, is_void=counts is not None))
    return found


def _numbers(others: Sequence[_Other]) -> list[Line]:
    """Their numbers, before and then. Pure."""
    lines = []
    for each in others[:SHOWN]:
        args = {"number": str(each.made.id), "title": each.title, "before": each.before, "people": each.people}
        lines.append(Line(id="campaign-phase-people", kind="item", args={**args}))
    if len(others) > SHOWN:
        lines.append(Line(id="campaign-more", kind="note", args={"count": len(others) - SHOWN}))
    void = sum(each.is_void for each in others)
    return [*lines, *([Line(id="campaign-phase-void", kind="note", args={"count": void})] if void else [])]


async def _uncount(ctx: Context, others: Sequence[_Other]) -> None:
    """What was confirmed of them counts no more; who is to sign one sees so."""
    for each in others:
        if each.is_void:
            await rows.reword(ctx.session, each.made.id or 0, counted=None, previewed="")
        if each.made.state == launch.SIGNING:
            await signing.counted(ctx, each.made)


async def _freed(ctx: Context, campaign: Campaign, to: Name) -> list[str]:
    """The kinds that the campaign keeps paused, and would no more; those that another one holds stay paused."""
    settings: Settings = ctx.settings
    others = [each for each in await rows.every(ctx.session) if each.id != campaign.id]
    held = {kind for each in others for kind in each.held.split()} | set(of_phase(settings, to).holds)
    return sorted(set(campaign.held.split()) - held)


@nudge.choice("campaign.enter", by=WRITERS)
async def enter(event: Press, ctx: Context) -> Answer:
    """Enter it: what waits in it is paused, what waited in the one before goes on."""
    campaign, to, seen = await _found(ctx, event.value)
    if seen != campaign.phase:
        raise Refused("campaign-meanwhile")
    settings: Settings = ctx.settings
    others = await _others(ctx, campaign, to)
    free, wanted = await _freed(ctx, campaign, to), set(of_phase(settings, to).holds)
    kept = {kind for kind in campaign.held.split() if kind in wanted}
    held = kept | await hold(ctx, wanted - kept)
    if not await rows.enter(ctx.session, campaign.id or 0, campaign.phase, to, held, ctx.now):
        raise Refused("campaign-meanwhile")
    await _uncount(ctx, others)
    for kind in free:
        await releases.write_kind(ctx.session, kind, ctx.now, paused=False)
    await freeing.free(ctx, free)
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action="campaign.phase",
        subject=f"campaign:{campaign.id}",
        before={"phase": campaign.phase},
        after={"phase": to, "held": " ".join(sorted(held)), "freed": " ".join(free)},
    )
    args = {"name": campaign.name, "phase": Term(term=f"campaign-phase-{to}")}
    void = [each for each in others if each.is_void]
    lines = [Line(id="campaign-entered", args={**args}), *means(ctx.settings, to)]
    if void:
        lines += [*_numbers(void)[:-1], Line(id="campaign-entered-void", args={"count": len(void)})]
    again = [Pick(label="announce-preview-it", action="announce.preview", value=str(each.made.id)) for each in void[:1]]
    return Say(lines=tuple(lines), choices=tuple(again))


async def hold(ctx: Context, kinds: set[str]) -> set[str]:
    """Pause these kinds; those that were not paused by somebody already, who alone lets them go on."""
    if not kinds:
        return set()
    _, known = await releases.load(ctx.session)
    others = {kind for each in await rows.every(ctx.session) for kind in each.held.split()}
    paused = {kind for kind in kinds if kind in known and known[kind].paused and kind not in others}
    for kind in kinds - paused:
        await releases.write_kind(ctx.session, kind, ctx.now, paused=True)
    return kinds - paused
