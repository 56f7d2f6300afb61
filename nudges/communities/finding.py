"""The directory: what communities there are, which are about something, and what one of them is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat import Command, Submission
from bot.decide import name
from bot.lookup import pressed
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Arg, Ask, Line, Moment, Names, Pick, Question, Say, Term
from nudges.communities import directory
from nudges.communities.capability import ANIMATORS, nudge
from nudges.communities.card import day
from nudges.communities.life import rights
from nudges.communities.life.pausing import is_paused
from nudges.communities.life.rules import Described, found, meant
from storage import communities
from storage.communities import Community

SEARCH = "community.search"

# ---------------------------------------------------------------- several


@nudge.command("community list", aliases=["communaute liste"])
async def listing(event: Command, ctx: Context) -> Answer:
    """The communities one may join, and one's own private ones; with words, those about them."""
    return await _found(ctx, event.text)


@nudge.command("community search", aliases=["communaute chercher", "community find", "communaute trouver"])
async def search(event: Command, ctx: Context) -> Answer:
    """Those about a few words, which are asked for where none are given."""
    if event.text.strip():
        return await listing(event, ctx)
    return Ask(id=SEARCH, questions=(Question(name="words", max_length=100),))


async def _any(_asking: Asking) -> FieldErrors | Ask | None:
    """All words will do."""
    return None


@nudge.form(SEARCH, check=_any)
async def sought(event: Submission, ctx: Context) -> Answer:
    """The words are given."""
    return await _found(ctx, event.values["words"])


async def _found(ctx: Context, words: str) -> Say:
    every = await communities.visible(ctx.session, ctx.actor.person)
    return await _shown(ctx, about(words, every) if words.strip() else every, bool(words.strip()))


def about(words: str, every: Sequence[Community]) -> list[Community]:
    """Communities that a few words are about, nearest first."""
    numbered = {each.id or 0: each for each in every}
    described = [Described(key, each.name, f"{each.purpose} {each.work}") for key, each in numbered.items()]
    return [numbered[key] for key in found(words, described)]


async def _shown(ctx: Context, every: Sequence[Community], searched: bool) -> Say:
    if not every:
        ask = Pick(label="community-ask-for-one", action="community.request", style="primary")
        return Say(lines=(Line(id="community-list-none" if searched else "community-list-empty"),), choices=(ask,))
    shown = every[: ctx.settings.list_size]
    lines = [Line(id="community-list-title", kind="title", args={"count": len(every)})]
    lines += [_item(each) for each in shown]
    if len(every) > len(shown):
        lines.append(Line(id="community-list-more", kind="note", args={"count": len(every) - len(shown)}))
    return Say(lines=tuple(lines), choices=tuple([await _pick(ctx, each) for each in shown]))


def _item(community: Community) -> Line:
    id = "community-list-item" if community.visibility == "public" else "directory-item-private"
    return Line(id=id, kind="item", args={"name": community.name, "purpose": community.purpose})


async def _pick(ctx: Context, community: Community) -> Pick:
    """Join it; or, being part of it, look at it."""
    value, args = str(community.id), {"name": community.name[:50]}
    member = await communities.membership(ctx.session, community.id or 0, ctx.actor.person)
    if member is not None and (member.inside_at is not None or member.role == "lead"):
        return Pick(label="directory-info-named", action="community.info", value=value, args={**args})
    return Pick(label="community-join-named", action="community.join", value=value, args={**args})


# ---------------------------------------------------------------- one


@nudge.command("community info", aliases=["communaute infos", "communaute info", "community show-room"])
async def info(event: Command, ctx: Context) -> Answer:
    """What a community is for, who leads it, since when, and the way there."""
    community = await _meant(ctx, event)
    if isinstance(community, Say):
        return community
    return Say(lines=tuple(await _facts(ctx, community)), choices=tuple(await _ways(ctx, community)))


async def _meant(ctx: Context, event: Command) -> Community | Say:
    """The one that was named, or in whose room this was typed; those that may be meant, where it is not clear."""
    known = await rights.known_to(ctx)
    number, _ = meant(event.text, rights.names(known))
    if number is not None:
        return next(each for each in known if each.id == number)
    if not event.text.strip():
        here = await communities.in_room(ctx.session, event.platform, event.room) if event.room else None
        if here is None or here not in known:
            raise Refused("directory-which")
        return here
    near = about(event.text, [each for each in known if each.state in rights.OPEN])
    if len(near) == 1:
        return near[0]
    if not near:
        raise Refused("directory-unknown", name=event.text.strip()[:80])
    return await _which(ctx, near)


async def _which(ctx: Context, near: Sequence[Community]) -> Say:
    shown = near[: ctx.settings.list_size]
    picks = [
        Pick(label="directory-info-named", action="community.info", value=str(each.id), args={"name": each.name[:50]})
        for each in shown
    ]
    return Say(lines=(Line(id="directory-which-one"), *map(_item, shown)), choices=tuple(picks))


async def _facts(ctx: Context, community: Community) -> list[Line]:
    leads = [await name(ctx, person) for person in await communities.leads(ctx.session, community.id or 0)]
    kind: dict[str, Arg] = {
        "kind": Term(term=f"option-{community.kind}"),
        "visibility": Term(term=f"option-{community.visibility}"),
    }
    lines = [
        Line(id="directory-title", kind="title", args={"name": community.name}),
        Line(id="directory-purpose", kind="fact", args={"text": community.purpose}),
    ]
    if community.work:
        lines.append(Line(id="directory-work", kind="fact", args={"text": community.work}))
    who = Line(id="directory-leads", kind="fact", args={"names": Names(names=tuple(leads))})
    lines.append(who if leads else Line(id="directory-leads-nobody", kind="fact"))
    lines.append(Line(id="directory-kind", kind="fact", args=kind))
    return [*lines, *await _dates(ctx, community)]


async def _dates(ctx: Context, community: Community) -> list[Line]:
    lines: list[Line] = []
    if community.opened_at is not None:
        lines.append(Line(id="directory-since", kind="fact", args={"at": Moment(at=community.opened_at, style="date")}))
    if community.state == "closed":
        return [*lines, *await _closed(ctx, community)]
    if community.state not in rights.OPEN:
        return [*lines, Line(id="directory-opening", args={"name": community.name})]
    if community.review_on is not None:
        review = day(community.review_on.isoformat())
        lines.append(Line(id="directory-review", kind="fact", args={"day": review}))
    if community.paused_until is not None and is_paused(community, ctx.calendar.today(ctx.now)):
        until = day(community.paused_until.isoformat())
        lines.append(Line(id="directory-paused", kind="fact", args={"day": until}))
    if community.missing_at is not None:
        return [*lines, Line(id="directory-missing", args={"name": community.name})]
    return [*lines, Line(id="directory-room", kind="room", args={"name": community.name}, room=community.room)]


async def _closed(ctx: Context, community: Community) -> list[Line]:
    lines: list[Line] = []
    if community.closed_at is not None:
        at = Moment(at=community.closed_at, style="date")
        lines.append(Line(id="directory-closed-since", kind="fact", args={"at": at}))
    into = await communities.get(ctx.session, community.merged_into) if community.merged_into else None
    if into is not None and into.visibility == "public":
        lines.append(Line(id="directory-merged", kind="fact", args={"name": into.name}))
    return lines


async def _ways(ctx: Context, community: Community) -> list[Pick]:
    """What one may do about it: join; and for who leads it, or the animators, what its life is made of."""
    value, picks = str(community.id), list[Pick]()
    changes = await rights.may_change(ctx.session, ctx.actor, community)
    if community.state in rights.OPEN and community.missing_at is None and await directory.may_enter(ctx, community):
        member = await communities.membership(ctx.session, community.id or 0, ctx.actor.person)
        if member is None or (member.inside_at is None and member.role != "lead"):
            picks.append(Pick(label="community-join", action="community.join", value=value, style="primary"))
    if changes and community.state in rights.LIVING:
        picks += [
            Pick(label="command-community-rename", action="community.rename", value=value),
            Pick(label="command-community-hand-over", action="community.hand-over", value=value),
            Pick(label="command-community-pause", action="community.pause", value=value),
            Pick(label="command-community-close", action="community.close", value=value),
        ]
    if changes and community.state == "closed":
        picks.append(Pick(label="command-community-reopen", action="community.reopen", value=value))
    if community.missing_at is not None and ANIMATORS & ctx.actor.roles and community.state in rights.OPEN:
        picks.append(Pick(label="outside-enter-again", action="community.enter-again", value=value))
        picks.append(Pick(label="outside-close-entry", action="community.close-entry", value=value))
    return picks


# ---------------------------------------------------------------- joining by name


@nudge.command("community join", aliases=["communaute rejoindre"])
async def join(event: Command, ctx: Context) -> Answer:
    """Enter a community by its name, as its button does; where the name is not clear, those that may be meant."""
    words = event.text.strip()
    if not words:
        return await listing(event, ctx)
    every = await communities.visible(ctx.session, ctx.actor.person)
    number, _ = meant(words, rights.names(every))
    if number is None and not words.isdecimal():
        near = about(words, every)
        if near and not (len(near) == 1 and near[0].id):
            return await _shown(ctx, near[: ctx.settings.list_size], searched=True)
        number = near[0].id if near else None
    return await directory.join(pressed(event, "community.join", str(number) if number is not None else words), ctx)
