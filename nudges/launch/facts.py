"""Whom an announcement is for and when it comes, in words."""

from __future__ import annotations

from bot import people
from bot.nudge import Context
from bot.say import Arg, Line, Names, Term
from nudges.launch import audience, limits, moment
from nudges.launch.audience import Some
from storage import audience as rows
from storage.launch import Announcement

NAMED = 5
"""People said by name."""


async def about(ctx: Context, made: Announcement) -> list[Line]:
    """Both, as far as they are said; and that it comes at any hour, where two people declared so."""
    lines = [*await whom(ctx, made), *when(made)]
    if made.urgent_id is not None and made.urgent_with_id is not None:
        args: dict[str, Arg] = {
            "who": await people.name(ctx.session, made.urgent_id),
            "other": await people.name(ctx.session, made.urgent_with_id),
        }
        lines.append(Line(id="announce-urgent-is", args=args, kind="fact"))
    return lines


def when(made: Announcement) -> list[Line]:
    """When it comes."""
    at = moment.of(made)
    return moment.about(at) if at is not None else [Line(id="timing-unsaid", kind="fact")]


async def whom(ctx: Context, made: Announcement) -> list[Line]:
    """Whom it is for."""
    meant = audience.kept(made.audience)
    if meant is None:
        return [Line(id="audience-unsaid", kind="fact")]
    args: dict[str, Arg] = {"whom": await _named(ctx, meant.whom)}
    more = [Line(id="limits-not-yet", kind="note")] if meant.not_yet else []
    more += await limits.told(ctx, made)
    if meant.but.is_empty:
        return [Line(id="audience-is", args=args, kind="fact"), *more]
    return [Line(id="audience-is-but", args={**args, "but": await _named(ctx, meant.but)}, kind="fact"), *more]


async def _named(ctx: Context, some: Some) -> Names:
    parts: list[Term | str] = [Term(term="audience-everybody")] if some.everybody else []
    parts += [Term(term="audience-department", args={"name": each}) for each in some.departments]
    for each in await rows.communities(ctx.session, some.communities):
        is_closed = each.state == "closed"
        parts.append(Term(term=f"audience-community{'-closed' if is_closed else ''}", args={"name": each.name}))
    parts += [Term(term=f"audience-role-{each}") for each in some.roles]
    parts += await _people(ctx, some)
    return Names(names=tuple(parts))


async def _people(ctx: Context, some: Some) -> list[Term | str]:
    every = len(some.people) + len(some.lines)
    more = every - NAMED if every > NAMED + 1 else 0
    shown = some.people[: every - more]
    found: list[Term | str] = [*await rows.names(ctx.session, shown)]
    found += await rows.line_names(ctx.session, some.lines[: every - more - len(shown)])
    return [*found, Term(term="audience-others", args={"people": more})] if more else found
