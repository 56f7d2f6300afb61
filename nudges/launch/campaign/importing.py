"""A plan compared with what there is, and taken over: all of it, or nothing. The same plan twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.nudge import Context, Refused
from nudges.launch import changing, thread
from nudges.launch.campaign.settling import Settled
from nudges.launch.thread import Stood
from storage import campaigns as rows
from storage import launch
from storage.campaigns import Campaign, CampaignLine, Planned
from storage.launch import Announcement

Sort = Literal["new", "changed", "gone", "unchanged", "begun"]
WORDS, ELSEWHERE = ("title", "text"), ("media", "after")
"""What makes another version; what only the plan knows."""
SIGNED = ("title", "text", "speaker", "voice", "time", "audience")
"""What nobody's signature outlives."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one line. line: as the file has it; None: it is not in the file. stands: as it is; None: it is
    new.

    fields: what differs. voids: it was signed, or shown to be signed, and is signed no more. uncounts: the number of
    people that was confirmed is void.
    """

    sort: Sort
    key: str
    line: Settled | None = None
    stands: Planned | None = None
    fields: tuple[str, ...] = ()
    voids: bool = False
    uncounts: bool = False


def changes(lines: Sequence[Settled], stands: Sequence[Planned]) -> list[Change]:
    """What a plan changes, in its own order; then what is gone from it. What was begun, or given up, stays. Pure."""
    known = {each[0].key: each for each in stands}
    found = [_change(each, known.get(each.key)) for each in lines]
    left = known.keys() - {each.key for each in lines}
    gone = [each for each in stands if each[0].key in left and each[1].state in launch.OPEN]
    return [*found, *(Change("gone", each[0].key, stands=each, voids=_is_signed(each[1])) for each in gone)]


def _change(line: Settled, there: Planned | None) -> Change:
    if there is None:
        return Change("new", line.key, line)
    differs = tuple(name for name, (is_, was) in _compared(line, there).items() if is_ != was)
    if not differs:
        return Change("unchanged", line.key, line, there)
    if there[1].state not in launch.OPEN:
        return Change("begun", line.key, line, there, differs)
    voids = _is_signed(there[1]) and bool(set(differs) & set(SIGNED))
    uncounts = there[1].counted is not None and bool({"time", "audience"} & set(differs))
    return Change("changed", line.key, line, there, differs, voids, uncounts)


def _compared(line: Settled, there: Planned) -> Mapping[str, tuple[object, object]]:
    row, made, version = there
    return {
        "title": (line.title, version.title),
        "text": (line.text, version.text),
        "speaker": (line.speaker, made.speaker_id),
        "voice": (line.own, made.own_name),
        "time": ((line.local, line.zone, line.each), (made.local, made.zone, made.each_local)),
        "audience": ((line.audience, line.invites), (made.audience, row.invites)),
        "media": (" ".join(line.media), row.media),
        "after": (" ".join(line.after), row.after),
    }


def _is_signed(made: Announcement) -> bool:
    return made.state in {launch.SIGNING, launch.SIGNED}


# ---------------------------------------------------------------- taken over


async def take_over(ctx: Context, campaign: Campaign, found: Sequence[Change]) -> None:
    """Write what changes. Raises Refused: somebody changed one of them at this moment."""
    for each in found:
        if each.sort == "new" and each.line is not None:
            await _begin(ctx, campaign, each.line)
        elif each.sort == "changed" and each.line is not None and each.stands is not None:
            await _alter(ctx, campaign, each)
        elif each.sort == "gone" and each.stands is not None:
            await _end(ctx, each)


async def _begin(ctx: Context, campaign: Campaign, line: Settled) -> None:
    made = Announcement(
        owner_id=campaign.owner_id,
        speaker_id=line.speaker,
        own_name=line.own,
        at=line.at,
        local=line.local,
        zone=line.zone,
        each_local=line.each,
        audience=line.audience,
        campaign_id=campaign.id,
        step=line.key,
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    made = await launch.write(ctx.session, made, line.title, line.text)
    assert campaign.id is not None, "it was written"
    assert made.id is not None, "likewise"
    row = CampaignLine(campaign_id=campaign.id, announcement_id=made.id, key=line.key, invites=line.invites)
    row.media, row.after = " ".join(line.media), " ".join(line.after)
    await rows.add(ctx.session, row)


async def _alter(ctx: Context, campaign: Campaign, change: Change) -> None:
    line, stands = change.line, change.stands
    assert line is not None
    assert stands is not None
    _, made, version = stands
    number, fields, is_kept = made.id or 0, set(change.fields), True
    stood = await thread.stands(ctx, made)
    if fields & set(WORDS):
        by = campaign.owner_id
        seen = version.number
        is_kept &= await launch.rewrite(ctx.session, number, seen, line.title, line.text, by, ctx.now)
    if fields & {"speaker", "voice"}:
        await launch.speak(ctx.session, number, line.speaker, own=line.own)
    if "time" in fields:
        values = {"at": line.at, "local": line.local, "zone": line.zone, "each_local": line.each}
        is_kept &= await rows.retime(ctx.session, number, made.local, ctx.now, **values)
    if "audience" in fields:  # the number that was confirmed was of other people
        values = {"audience": line.audience, "counted": None, "previewed": ""}
        is_kept &= await rows.reword(ctx.session, number, **values)
    if not is_kept:
        raise Refused("plan-overtaken")
    told = {"media": " ".join(line.media), "after": " ".join(line.after), "invites": line.invites}
    await rows.alter_line(ctx.session, number, **told)
    if fields & set(SIGNED):
        await changed(ctx, number, stood)


async def _end(ctx: Context, change: Change) -> None:
    assert change.stands is not None
    _, made, version = change.stands
    number = made.id or 0
    if not await launch.end(ctx.session, number, launch.CANCELLED, ctx.now):
        raise Refused("plan-overtaken")
    await changing.given_up(ctx, made, version)
    await rows.take_out(ctx.session, number)


async def changed(ctx: Context, number: int, stood: Stood) -> None:
    """An announcement was written anew: nobody's signature outlives that, and its thread hears of it.

    stood: as it was before.
    """
    found = await launch.get(ctx.session, number)
    assert found is not None, "it is there"
    made, version = found
    await ctx.session.refresh(made)
    await changing.changed(ctx, made, version)
    await thread.altered(ctx, made, stood, f"plan:{made.changed_at:%Y%m%d%H%M%S%f}")
