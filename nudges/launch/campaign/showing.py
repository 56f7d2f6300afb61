"""`/campaign`: those there are, and one of them: each line with its day in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import people
from bot.chat import Command, Press
from bot.decide import split_number
from bot.nudge import Answer, Context, Refused
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term
from nudges.launch import moment
from nudges.launch.campaign import known, phases
from nudges.launch.campaign.settling import all_in_chat, day_of
from nudges.launch.capability import WRITERS, nudge
from storage import campaigns as rows
from storage import launch
from storage.campaigns import Campaign, CampaignLine, Planned
from storage.launch import Announcement

SHOWN = 20
"""Campaigns in one list."""
PAGE = 60
"""Lines of a plan in one message: more do not fit into one of every platform."""


async def found(ctx: Context, text: str) -> Campaign:
    """The campaign of that number. Raises Refused: there is none."""
    number, _ = split_number(text)
    row = await rows.get(ctx.session, number) if number is not None else None
    if row is None:
        raise Refused("campaign-unknown", number=str(number or ""))
    return row


@nudge.command("campaign list", by=WRITERS, aliases=["campagne liste", "campaign", "campagne"])
async def listed(_event: Command, ctx: Context) -> Answer:
    """Those there are, the latest day zero first."""
    every = await rows.every(ctx.session)
    if not every:
        return Say(lines=(Line(id="campaign-none"),))
    lines = [Line(id="campaign-list", args={"count": len(every)}, kind="title")]
    for each in every[:SHOWN]:
        args: dict[str, Arg] = {
            "number": str(each.id), "name": each.name, "day": day_of(each.day_zero),
            "phase": Term(term=f"campaign-phase-{each.phase}"),
        }  # fmt: skip
        lines.append(Line(id="campaign-item", args=args, kind="item"))
    picks = [
        Pick(label="campaign-show", action="campaign.show", value=str(each.id), args={"name": each.name})
        for each in every[:3]
    ]
    return Say(lines=tuple(lines), choices=tuple(picks))


@nudge.choice("campaign.show", by=WRITERS, aliases=["campagne voir"])
async def show(event: Press, ctx: Context) -> Answer:
    """One of them: every line, when, and how far it is. A long plan is shown page by page, whose number may follow."""
    campaign = await found(ctx, event.value)
    planned = await rows.lines(ctx.session, campaign.id or 0)
    _, said = split_number(event.value)
    page = int(said) if said.isdecimal() and 0 < int(said) <= -(-len(planned) // PAGE) else 1
    left = max(0, len(planned) - page * PAGE)
    lines = [
        Line(id="campaign-title", kind="title", args={"number": str(campaign.id), "name": campaign.name}),
        *await about(ctx, campaign),
        *(line_of(each, campaign.day_zero) for each in planned[(page - 1) * PAGE : page * PAGE]),
        *more(left),
        *warnings(ctx, planned),
    ]
    value = f"{campaign.id} {page + 1}"
    following = (Pick(label="campaign-next", action="campaign.show", value=value),) if left else ()
    return Say(lines=tuple(lines), choices=(*following, *phases.ways(campaign)))


def more(left: int) -> list[Line]:
    """That there are so many lines besides."""
    return [Line(id="campaign-more", kind="note", args={"count": left})] if left else []


async def about(ctx: Context, campaign: Campaign) -> list[Line]:
    """Its day zero, its phase and what that means, who looks after it."""
    owner = {"owner": await people.name(ctx.session, campaign.owner_id)}
    day: dict[str, Arg] = {"day": day_of(campaign.day_zero), "zone": campaign.zone}
    return [
        Line(id="campaign-day-zero", kind="fact", args=day),
        Line(id="campaign-phase", kind="fact", args={"phase": Term(term=f"campaign-phase-{campaign.phase}")}),
        *phases.means(ctx.settings, campaign.phase),
        Line(id="campaign-owner", kind="fact", args={**owner}),
    ]


def line_of(planned: Planned, day_zero: date) -> Line:
    """One line of a plan: from day zero, in full, what, how far."""
    row, made, version = planned
    args: dict[str, Arg] = {
        "key": row.key,
        "days": counted(made, day_zero),
        "title": version.title,
        "number": str(made.id),
        "state": Term(term=f"announce-is-{made.state}"),
        "details": Names(names=_details(row, made)),
        "more": len(_details(row, made)),
    }
    at = moment.of(made)
    if at is None:
        return Line(id="campaign-line-unset", args=args, kind="item")
    return Line(id="campaign-line", args=args | {"at": Moment(at=at.at, zone=at.zone)}, kind="item")


def _details(row: CampaignLine, made: Announcement) -> tuple[Term, ...]:
    found = [Term(term="campaign-each")] if made.each_local else []
    found += [Term(term="campaign-invites")] if row.invites else []
    found += [Term(term=f"campaign-by-{each}") for each in row.media.split()]
    if row.after:
        found.append(Term(term="campaign-after", args={"keys": ", ".join(row.after.split())}))
    return tuple(found)


def counted(made: Announcement, day_zero: date) -> str:
    """Its day, from day zero: "J-7" in both languages, as plans have it."""
    if not made.local:
        return "J"
    days = (date.fromisoformat(made.local[:10]) - day_zero).days
    return f"J{days:+d}" if days else "J"


def warnings(ctx: Context, planned: Sequence[Planned]) -> list[Line]:
    """What deserves a look in the whole."""
    media = [row.media.split() for row, made, _ in planned if made.state != launch.CANCELLED]
    return [Line(id="campaign-all-chat", kind="note")] if all_in_chat(media, known.usual(ctx)) else []
