"""Rooms that live outside: shown to the animators together, adopted or ignored, never one message a room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.chat import Command, Press, RoomChanged
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Pick, Say, say
from nudges.communities import rules
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.life.telling import tell_animators
from storage import communities, strays
from storage.strays import Stray

SETTLES = timedelta(minutes=10)
"""How old a find is before it is shown: a room that the bot just makes is no stray."""

SHOWN, OFFERED = 8, 3
"""Rooms of one list, and rooms with a button of their own on the card."""


# ---------------------------------------------------------------- found


async def changed(ctx: Context, event: RoomChanged) -> None:
    """A room that is no community was made, renamed, closed or opened."""
    if event.change in {"created", "renamed", "reopened"} and event.name and await _counts(ctx, event):
        await strays.find(ctx.session, event.platform, event.room, ctx.now, name=event.name)
    elif event.change in {"archived", "deleted", "upgraded"}:
        await strays.gone(ctx.session, event.platform, [event.room])


async def _counts(ctx: Context, event: RoomChanged) -> bool:
    return not (await _taken(ctx, event.platform)).holds(event.room, event.name)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is no stray: rooms of communities and of the settings, and names of what opens, or is everybody's."""

    rooms: frozenset[str]
    slugs: frozenset[str]

    def holds(self, room: str, name: str) -> bool:
        """Whether a room is one of these."""
        return room in self.rooms or rules.slugify(name) in self.slugs


async def _taken(ctx: Context, platform: str) -> _Taken:
    every = await communities.of_platform(ctx.session, platform)
    homes = {home.room for rooms in ctx.rooms.values() for home in rooms if home.platform == platform}
    opening = {each.slug for each in every if each.state in {"opening", "blocked"}}
    # Everybody's rooms, such as those that every workspace begins with, could be no communities under their names.
    reserved = {rules.slugify(word) for word in ctx.settings.reserved_names}
    return _Taken(frozenset(homes | {each.room for each in every if each.room}), frozenset(opening | reserved))


async def seen(ctx: Context, platform: str, rooms: Sequence[Mapping[str, Any]]) -> None:
    """All rooms of a platform were looked at: those that are nobody's are kept, those that went are gone."""
    taken = await _taken(ctx, platform)
    known = {each.room: each for each in await strays.of_platform(ctx.session, platform)}
    here: set[str] = set()
    for room in rooms:
        if taken.holds(room["room"], str(room["name"])):
            continue
        here.add(room["room"])
        what = {key: room[key] for key in ("name", "private", "members")}
        before = known.get(room["room"])
        if before is None or any(getattr(before, key) != value for key, value in what.items()):
            await strays.find(ctx.session, platform, room["room"], ctx.now, **what)
        if before is not None and before.state == "gone":
            await strays.move(ctx.session, before.id or 0, "gone", state="found", found_at=ctx.now)
    await strays.gone(ctx.session, platform, sorted(set(known) - here))


# ---------------------------------------------------------------- shown


@nudge.every(minutes=5)
async def digest(ctx: Context) -> None:
    """Show the animators what was found since, at most once a day, when they work."""
    if not ctx.settings.find_strays or not ctx.calendar.is_open(ctx.now):
        return
    ripe = [each for each in await strays.in_states(ctx.session, "found") if ctx.now - each.found_at >= SETTLES]
    fresh = await _unclaimed(ctx, ripe)
    day = ctx.calendar.today(ctx.now)
    if not fresh or not await strays.first(ctx.session, f"strays:{day}", ctx.now):
        return
    for each in fresh:
        await strays.move(ctx.session, each.id or 0, "found", state="told")
    await tell_animators(ctx, _card(fresh), f"strays:{day}")


async def _unclaimed(ctx: Context, found: Sequence[Stray]) -> list[Stray]:
    """Those that are strays still: a room may be found before it is written down that it is a community's."""
    left: list[Stray] = []
    taken = {platform: await _taken(ctx, platform) for platform in {each.platform for each in found}}
    for each in found:
        if taken[each.platform].holds(each.room, each.name):
            await strays.move(ctx.session, each.id or 0, "found", "told", state="adopted")
        else:
            left.append(each)
    return left


def _card(fresh: Sequence[Stray]) -> Say:
    shown = fresh[:SHOWN]
    lines = [Line(id="strays-title", kind="title", args={"count": len(fresh)}), *map(_item, shown)]
    if len(fresh) > len(shown):
        lines.append(Line(id="strays-more", kind="note", args={"count": len(fresh) - len(shown)}))
    lines.append(Line(id="strays-what", kind="note"))
    picks = [_adopt(each) for each in shown[:OFFERED]]
    if len(fresh) > OFFERED:
        picks.append(Pick(label="strays-all", action="community.strays"))
    picks.append(Pick(label="strays-ignore", action="community.ignore", value=" ".join(str(each.id) for each in shown)))
    return Say(lines=tuple(lines), choices=tuple(picks))


def _item(stray: Stray) -> Line:
    args = {"name": stray.name, "members": stray.members}
    return Line(id="strays-item-private" if stray.private else "strays-item", kind="item", args={**args})


def _adopt(stray: Stray) -> Pick:
    return Pick(label="strays-adopt", action="community.adopt", value=stray.room, args={"name": stray.name[:50]})


@nudge.command("community strays", by=ANIMATORS, aliases=["communaute hors-processus", "communaute errantes"])
async def listing(_event: Command, ctx: Context) -> Answer:
    """The rooms that live outside, to adopt or to ignore."""
    every = await _unclaimed(ctx, await strays.in_states(ctx.session, "found", "told"))
    if not every:
        return say("strays-none")
    shown = every[:SHOWN]
    lines = [Line(id="strays-title", kind="title", args={"count": len(every)}), *map(_item, shown)]
    if len(every) > len(shown):
        lines.append(Line(id="strays-more", kind="note", args={"count": len(every) - len(shown)}))
    lines.append(Line(id="strays-what", kind="note"))
    picks = [pick for each in shown for pick in (_adopt(each), _ignore(each))]
    return Say(lines=tuple(lines), choices=tuple(picks))


def _ignore(stray: Stray) -> Pick:
    return Pick(
        label="strays-ignore-one", action="community.ignore", value=str(stray.id), args={"name": stray.name[:50]}
    )


@nudge.choice("community.ignore", by=ANIMATORS, aliases=["communaute ignorer"])
async def ignore(event: Press, ctx: Context) -> Answer:
    """These are no communities: they are not shown again."""
    named = [int(word) for word in event.value.split() if word.isdecimal() and len(word) < 10]
    found = [each for each in [await strays.get(ctx.session, number) for number in named] if each is not None]
    if not found and event.value.strip() and (one := await meant(ctx, event.value)):
        found = [one]
    done = [each for each in found if await strays.move(ctx.session, each.id or 0, "found", "told", state="ignored")]
    if not done:
        raise Refused("strays-which")
    for each in done:
        await ctx.audit.append(
            ctx.session,
            now=ctx.now,
            actor=ctx.actor.person,
            action="community.ignore",
            subject=f"stray:{each.id}",
            after={"state": "ignored"},
        )
    return say("strays-ignored", count=len(done))


async def meant(ctx: Context, words: str) -> Stray | None:
    """The room outside that somebody names: by its id, its name, or "#name"."""
    said = words.strip().removeprefix("#")
    slug = rules.slugify(said)
    every = await strays.in_states(ctx.session, "found", "told", "ignored")
    exact = [each for each in every if said and said in {each.room, each.room.removeprefix("#"), each.name}]
    return next(iter([*exact, *(each for each in every if slug and rules.slugify(each.name) == slug)]), None)
