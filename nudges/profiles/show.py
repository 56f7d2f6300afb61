"""`/profile`: one's own meter and next field, and what colleagues see of one another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import Command
from bot.forms import several
from bot.nudge import Answer, Context, Refused
from bot.say import Line, Names, Pick, Say, Term, say
from nudges.profiles import facts, reading, rules, words
from nudges.profiles.capability import nudge
from nudges.profiles.rules import Held, Meter, Stands
from storage import people as people_rows
from storage import profiles as rows


@nudge.command("profile", aliases=["profil"])
async def show(event: Command, ctx: Context) -> Answer:
    """One's own profile; or, with a name, what a colleague's holds."""
    if event.text.strip():
        return await colleague(ctx, event.text.strip())
    await reading.soon(ctx, ctx.actor.person)
    return await mine(ctx)


# ---------------------------------------------------------------- one's own


async def mine(ctx: Context, *first: Line) -> Say:
    """One's own meter, every field with where it is from, and the next one to fill. first: what is said above it."""
    if await people.objects(ctx.session, ctx.actor.person):
        return say("profile-objected", Pick(label="command-parvis-unobject", action="parvis.unobject"))
    whole = await facts.profile(ctx.session, ctx.settings, ctx.actor.person)
    own = {each.field: each.state for each in await rows.own(ctx.session, [ctx.actor.person])}
    lines = [*first, Line(id="profile-title", kind="title"), progress(rules.meter(whole))]
    lines += [_own_line(each, own.get(each.field.name, "")) for each in whole]
    if any(each.standing == "unread" for each in whole):
        lines.append(Line(id="profile-unread-note", kind="note"))
    coming = next(iter(rules.missing(whole)), None)
    if coming is None:
        lines.append(Line(id="profile-whole" if rules.is_complete(whole) else "profile-nothing-now"))
    else:
        lines += next_lines(ctx, coming)
    lines.append(Line(id="profile-how", kind="note"))
    picks = words.picks(coming) if coming is not None else ()
    return Say(lines=tuple(lines), choices=(*picks, Pick(label="profile-as-seen", action="profile.seen")))


@nudge.choice("profile.seen", aliases=["profil vu"])
async def seen(_event: object, ctx: Context) -> Answer:
    """One's own profile, as colleagues see it."""
    return await _shown(ctx, ctx.actor.person)


def progress(meter: Meter) -> Line:
    """How full the meter is."""
    return Line(id="profile-meter", kind="fact", args={"percent": meter.percent})


def _own_line(stand: Stands, own_state: str) -> Line:
    """A field of one's own profile, with its weight, and its value or why there is none."""
    args = {"field": words.label(stand.field), "weight": stand.field.weight}
    if stand.standing == "present":
        assert stand.source is not None, "what is there is from somewhere"
        there = {"value": words.value(stand), "source": words.where(stand.source, own_state)}
        return Line(id="profile-line-present", kind="item", args={**args, **there})
    return Line(id=f"profile-line-{stand.standing}", kind="item", args={**args})


def next_lines(ctx: Context, stand: Stands) -> list[Line]:
    """Which field is next, why it helps, and what may be said about it."""
    lines = [Line(id="profile-next", args={"field": words.label(stand.field)})]
    lines.append(Line(id="profile-why", args={"why": words.why(stand.field)}))
    return [*lines, *words.offer(stand), *there(stand, ctx.actor.platform, ctx.actor.external)]


def there(stand: Stands, platform: str, account: str) -> list[Line]:
    """The way to the platforms on which a field can be filled. platform, account: where its reader is."""
    if not stand.there:
        return []
    if platform in stand.there:
        id = "profile-open-only" if words.only_there(stand) else "profile-open"
        return [Line(id=id, args={"field": words.label(stand.field)}, kind="profile", account=account)]
    if not words.only_there(stand):
        return []
    return [Line(id="profile-elsewhere", args={"field": words.label(stand.field), "platform": stand.there[0]})]


# ---------------------------------------------------------------- a colleague's


async def colleague(ctx: Context, text: str) -> Say:
    """What a colleague's profile holds. Raises Refused: nobody is called so, or several are."""
    person = await _meant(ctx, text)
    if person is None or not await facts.is_here(ctx.session, person):
        raise Refused("profile-nobody", name=text[:80])
    return await _shown(ctx, person)


async def _meant(ctx: Context, text: str) -> int | None:
    """Whom a text names: on the platform where it was written, else on another. Raises Refused: several."""
    here = ctx.actor.platform
    for platform in (here, *(each for each in ctx.platforms if each != here)):
        found = await people.named(ctx.session, platform, text)
        meant = await _people(ctx.session, platform, found.accounts)
        if line := several(found):
            raise Refused(line.id, **line.args)
        if len(meant) > 1:
            raise Refused("profile-one-at-a-time")
        if meant:
            return meant[0]
    return None


async def _people(session: AsyncSession, platform: str, accounts: Sequence[str]) -> list[int]:
    known = [await people_rows.account(session, platform, each) for each in accounts]
    return list(dict.fromkeys(each.person_id for each in known if each is not None and each.kind == "member"))


async def _shown(ctx: Context, person: int) -> Say:
    """What colleagues see: what is there, and nothing of what is not."""
    held = (await facts.held(ctx.session, [person])).get(person)
    lines = [Line(id="profile-of", kind="title", args={"name": await people.name(ctx.session, person)})]
    if held is not None:
        lines += [_seen_line(words.label(field), value) for field, value in rules.seen(ctx.settings.fields, held)]
    if len(lines) == 1:
        lines.append(Line(id="profile-of-nothing"))
    return Say(lines=(*lines, *_elsewhere(ctx, held)))


def _elsewhere(ctx: Context, held: Held | None) -> list[Line]:
    """Where what platforms say of them stands: in their profile there, one press away where the reader is too."""
    if held is None:
        return []
    here = next((each for each in held.told if each.platform == ctx.actor.platform), None)
    if here is not None:
        return [Line(id="profile-of-open", kind="profile", account=here.account)]
    there = Names(names=tuple(sorted({each.platform for each in held.told})))
    return [Line(id="profile-of-elsewhere", args={"platforms": there}, kind="note")]


def _seen_line(label: Term, value: str) -> Line:
    return Line(id="profile-seen", kind="fact", args={"field": label, "value": value})
