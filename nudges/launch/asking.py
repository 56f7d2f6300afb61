"""Whom an announcement is for: asked in a form or read from one line, and said in words."""

from __future__ import annotations

import json
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people as persons
from bot.chat import Press, Submission
from bot.decide import split_number
from bot.lookup import account_ids
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Ask, Line, Question, Say
from nudges.launch import audience, changing, facts, finding, showing, thread
from nudges.launch.audience import Audience, Known, Place, Some
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import changeable
from storage import audience as rows
from storage import communities
from storage.launch import Announcement
from storage.people import called

FORM = "announce.audience"
LONG = 3000
"""Characters of a pasted list."""


# ---------------------------------------------------------------- what names mean


async def known(session: AsyncSession, platform: str, person: int, text: str) -> Known:
    """What the names of a text mean to whoever wrote it: private communities that they are no part of mean nothing.

    platform: where it was written.
    """
    people: dict[str, dict[int, None]] = {}
    outsiders = set()
    asked = audience.wanted(text)
    found = await rows.called_so(session, platform, asked)
    for name in asked:
        bare = name.removeprefix("@")
        for external, so_called, email, kind, who in found:
            if external in {name, bare} or called(bare) in {so_called, email or None}:
                if kind in rows.REACHED:
                    people.setdefault(name, {})[who] = None
                else:
                    outsiders.add(name)
    by_name = await listed(session, asked)
    for name, (theirs, _, left) in by_name.items():
        people.setdefault(name, {}).update(dict.fromkeys(theirs))
        outsiders |= {name} if left else set()
    return Known(
        departments=sorted(await rows.departments(session)),
        communities=await _places(session, person),
        people={name: tuple(who) for name, who in people.items()},
        lines={name: lines for name, (_, lines, _) in by_name.items()},
        outsiders=frozenset(outsiders),
    )


async def listed(session: AsyncSession, names: list[str]) -> dict[str, tuple[list[int], list[int], bool]]:
    """Whom the company's list means by each of these names, addresses or staff numbers: people who were met, lines that
    are nobody's yet; and whether somebody of it has left.
    """
    found = await rows.listed_so(session, names)
    now = {line.id: await persons.current(session, line.person_id) for line in found if line.person_id is not None}
    told: dict[str, tuple[list[int], list[int], bool]] = {}
    for name in names:
        lines = [each for each in found if each.key in {name, name.removeprefix("@")} or each.email == name.casefold()]
        here = [each for each in lines if each.state == "here"]
        met = [now[each.id] for each in here if each.person_id is not None]
        told[name] = (met, [each.id or 0 for each in here if each.person_id is None], len(here) < len(lines))
    return told


async def _places(session: AsyncSession, person: int) -> list[Place]:
    """Those that people are in, then the archived ones: a name that was given anew means the new one."""
    opened = [*await communities.visible(session, person)]
    closed = [each for each in await communities.closed(session) if each.visibility == "public"]
    return [Place(each.id or 0, each.name, each.slug, closed=each.state == "closed") for each in (*opened, *closed)]


# ---------------------------------------------------------------- asked


@nudge.choice("announce.audience", by=WRITERS, aliases=["annonce destinataires"])
async def address(event: Press, ctx: Context) -> Answer:
    """Ask whom it is for; or read what follows the number."""
    made, _ = await changeable(ctx, event.value)
    _, said = split_number(event.value)
    if not said.strip():
        return await _form(ctx, made)
    whom, but = audience.split(said)
    found = await _read(ctx.session, ctx.actor.platform, ctx.actor.person, whom, "", but)
    if not isinstance(found, Audience):
        line = next(iter(found.values()))
        raise Refused(line.id, **line.args)
    return await _keep(ctx, made, found, event.key)


async def _form(ctx: Context, made: Announcement) -> Ask:
    questions = (
        Question(name="whom", kind="long", required=False, max_length=LONG, value=await _typed(ctx, made, "whom")),
        Question(name="people", kind="people", required=False, max_length=LONG),
        Question(name="but", kind="long", required=False, max_length=LONG, value=await _typed(ctx, made, "but")),
    )
    return Ask(id=FORM, questions=questions, review=bool(made.audience), meta=json.dumps([made.id, _mark(made)]))


def _mark(made: Announcement) -> str:
    """What tells whether somebody else changed it meanwhile."""
    return sha256(made.audience.encode()).hexdigest()[:16]


def _meta(text: str) -> tuple[int, str]:
    """The announcement that a form is about, and its mark."""
    try:
        number, seen = json.loads(text)
        return int(number), str(seen)
    except (ValueError, TypeError):
        return 0, ""


async def _typed(ctx: Context, made: Announcement, side: str) -> str:
    """One side of whom it is for, as it would be typed again."""
    meant = audience.kept(made.audience)
    if meant is None:
        return ""
    some: Some = meant.whom if side == "whom" else meant.but
    pieces = ["*"] if some.everybody else []
    pieces += [f"department {each}" for each in some.departments]
    pieces += [f"community {each.name}" for each in await rows.communities(ctx.session, some.communities)]
    pieces += [f"role {each}" for each in some.roles]
    pieces += [f"people: {each}" for each in await rows.names(ctx.session, some.people)]
    pieces += [f"people: {each}" for each in await rows.line_keys(ctx.session, some.lines)]
    said = "\n".join(pieces)
    return said if len(said) <= LONG else ""


async def _wrong(asking: Asking) -> FieldErrors | None:
    """What is wrong beside its field."""
    values = asking.submission.values
    for name in ("whom", "people", "but"):
        if len(values.get(name, "")) > LONG:
            return {name: Line(id="announce-long", args={"limit": LONG, "length": len(values[name])})}
    found = await _read(
        asking.session, asking.who.platform, asking.who.person, values.get("whom", ""), values.get("people", ""),
        values.get("but", ""),
    )  # fmt: skip
    if isinstance(found, Audience) or ("but" not in values and found == _EMPTY):  # people are asked for next
        return None
    return found


_EMPTY = {"whom": Line(id="audience-empty")}


async def _read(
    session: AsyncSession, platform: str, person: int, whom: str, picked: str, but: str
) -> Audience | dict[str, Line]:
    """Whom it is for; or what is wrong, by field. picked: accounts."""
    whom, without = audience.split(whom)
    picks = ", ".join(f"@{each}" if not each.startswith("@") else each for each in account_ids(picked))
    but = ", ".join(each for each in (but, without) if each.strip())
    sides: dict[str, Some] = {}
    errors: dict[str, Line] = {}
    for field, text in (("whom", whom), ("people", picks), ("but", but)):
        found = audience.read(text, await known(session, platform, person, text)) if text.strip() else Some()
        if isinstance(found, Some):
            sides[field] = found
        else:
            errors[field] = found
    if errors:
        return errors
    named = sides["whom"] | sides["people"]
    if named.is_empty or sides["but"].everybody:
        return _EMPTY
    return Audience(whom=named, but=sides["but"])


@nudge.form(FORM, check=_wrong, by=WRITERS, accounts=["people"])
async def filled(event: Submission, ctx: Context) -> Answer:
    """Keep it."""
    number, seen = _meta(event.meta)
    made, _ = await changeable(ctx, str(number))
    if _mark(made) != seen:
        raise Refused("audience-changed-meanwhile", number=str(number))
    values = event.values
    found = await _read(
        ctx.session, event.platform, ctx.actor.person, values.get("whom", ""), values.get("people", ""),
        values.get("but", ""),
    )  # fmt: skip
    if not isinstance(found, Audience):
        line = next(iter(found.values()))
        raise Refused(line.id, **line.args)
    return await _keep(ctx, made, found, event.key)


async def _keep(ctx: Context, made: Announcement, found: Audience, key: str) -> Say:
    number, counted = made.id or 0, made.counted is not None
    stood = await thread.stands(ctx, made)
    before = audience.kept(made.audience)
    if before is not None and before.not_yet:  # it stays an invitation
        found = found.model_copy(update={"not_yet": True})
    if not await rows.address(ctx.session, number, made.audience, found.text(), ctx.now):
        raise Refused("audience-changed-meanwhile", number=str(number))
    await ctx.session.refresh(made)
    made, version = await finding.found(ctx, str(number))
    told = [*await changing.changed(ctx, made, version), *changing.uncounted(made, was=counted)]
    await thread.altered(ctx, made, stood, key)
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=ctx.actor.person, action="announce.audience",
        subject=f"announcement:{number}", after={"whom": _groups(found.whom), "but": _groups(found.but)},
    )  # fmt: skip
    kept = Line(id="audience-kept", args={"number": str(number), "title": version.title})
    return Say(lines=(kept, *await facts.whom(ctx, made), *told), choices=showing.ways(made))


def _groups(some: Some) -> str:
    """What stands in the trail: groups, and how many people were named; no names."""
    groups = ["everybody"] if some.everybody else []
    groups += [f"departments {len(some.departments)}"] if some.departments else []
    groups += [f"communities {' '.join(map(str, some.communities))}"] if some.communities else []
    groups += [f"roles {' '.join(some.roles)}"] if some.roles else []
    named = len(some.people) + len(some.lines)
    groups += [f"people {named}"] if named else []
    return "; ".join(groups)
