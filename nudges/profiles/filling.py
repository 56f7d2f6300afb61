"""Filling a field: in a form, by one tap, or not at all; and back again."""

from __future__ import annotations

from bot import people
from bot.chat import Command, Press, Submission
from bot.lookup import fold
from bot.nudge import Answer, Asking, Context, FieldErrors, Refused
from bot.say import Ask, Line, Names, Pick, Question, Say
from nudges.profiles import facts, rules, show, thanks, words
from nudges.profiles.capability import nudge
from nudges.profiles.rules import Stands
from nudges.profiles.settings import FieldSettings, Settings
from storage import profiles as rows

FORM = "profile.field"
CALLED = {
    "title": ("fonction", "poste", "what you do", "ce que vous faites"),
    "department": ("service",),
    "location": ("lieu", "bureau", "where you work", "où vous travaillez", "lieu de travail"),
    "topics": ("sujets", "what colleagues can ask you about", "ce que l’on peut vous demander", "sujets de compétence"),
    "languages": ("langues", "languages you speak", "langues que vous parlez", "langues parlées"),
    "picture": ("photo",),
    "phone": ("telephone", "téléphone"),
}
"""How people type them: the words that they are shown, which are in the catalogs, among them."""

LONGEST = 2000
"""Characters that the form takes, so that what is too long can be corrected instead of being cut."""


# ---------------------------------------------------------------- which field


async def _whole(ctx: Context) -> tuple[Stands, ...]:
    return await facts.profile(ctx.session, ctx.settings, ctx.actor.person)


async def _meant(ctx: Context, text: str) -> Stands:
    """The field that a text names, by its name or its label; the next one where it names none. Raises Refused."""
    if await people.objects(ctx.session, ctx.actor.person):
        raise Refused("profile-objected")
    whole = await _whole(ctx)
    named = _named(ctx.settings, text)
    if text.strip() and named is None:
        raise Refused("profile-which", fields=Names(names=tuple(words.label(each) for each in ctx.settings.fields)))
    wanted = next((each for each in whole if named is not None and each.field.name == named.name), None)
    found = wanted or next(iter(rules.missing(whole)), None)
    if found is None:
        raise Refused("profile-nothing-missing")
    return found


def _named(settings: Settings, text: str) -> FieldSettings | None:
    """The field of that name or label, in any language."""
    said = _plain(text)
    for each in settings.fields:
        if said in {each.name, *map(_plain, CALLED.get(each.name, ())), *map(_plain, each.label.values())}:
            return each
    return None


def _plain(text: str) -> str:
    """As names of fields are compared: a keyboard has a straight apostrophe, and words are shown with another."""
    return fold(" ".join(text.split())).replace("’", "'")


# ---------------------------------------------------------------- the form


@nudge.command("profile edit", aliases=["profil modifier", "profile fill", "profil remplir"])
async def edit(event: Command, ctx: Context) -> Answer:
    """Fill a field here, or learn where it can be filled."""
    return await asked(ctx, await _meant(ctx, event.text))


async def asked(ctx: Context, stand: Stands) -> Answer:
    """The form of one field; where it cannot be kept here, the way to where it can."""
    if not stand.here:
        if not stand.there:
            raise Refused("profile-not-yours", field=words.label(stand.field))
        lines = [Line(id="profile-why", args={"why": words.why(stand.field)})]
        lines += show.there(stand, ctx.actor.platform, ctx.actor.external)
        declines = (words.decline(stand),) if stand.standing == "missing" else ()
        return Say(lines=tuple(lines), choices=declines)
    confirms = (words.confirm(stand),) if stand.offer else ()
    declines = () if stand.standing in {"present", "declined"} else (words.decline(stand),)
    return Ask(
        id=FORM,
        questions=(_question(stand),),
        lines=(*words.offer(stand), *show.there(stand, ctx.actor.platform, ctx.actor.external)),
        choices=(*confirms, *declines),
        meta=stand.field.name,
    )


def _question(stand: Stands) -> Question:
    asked = stand.field
    kind = asked.kind
    assert kind != "picture", "a picture is not written"
    options = asked.options if kind == "choice" else ()
    value = stand.value or ("" if kind == "choice" else stand.offer)
    return Question(
        name="value",
        kind=kind,
        options=options,
        labels={each: each for each in options},
        max_length=LONGEST,
        value=value if not options or value in options else "",
        args={"field": words.label(asked), "why": words.why(asked)},
    )


async def _wrong(asking: Asking) -> FieldErrors | Ask | None:
    """A text that says nothing, is too long, or is none of those to choose from."""
    field = asking.settings.field(asking.submission.meta)
    known = await facts.held(asking.session, [asking.who.person])
    if field is None or asking.who.person not in known:
        return None  # handling it says so, in words
    line = wrong(asking.submission.values.get("value", ""), field, known[asking.who.person].names)
    return {"value": line} if line else None


def wrong(text: str, field: FieldSettings, names: tuple[str, ...]) -> Line | None:
    """What is wrong with a text as the value of a field; None: nothing."""
    said = rules.tidy(text)
    if field.kind == "choice":
        return None if said in field.options else Line(id="profile-wrong-option")
    if len(said) > field.max_length:
        return Line(id="profile-wrong-long", args={"limit": field.max_length, "length": len(said)})
    if rules.is_name(said, names):
        return Line(id="profile-wrong-name")
    return None if rules.answer(said, field, names) else Line(id="profile-wrong-nothing")


@nudge.form(FORM, check=_wrong)
async def filled(event: Submission, ctx: Context) -> Answer:
    """Keep what was written."""
    stand = await _writable(ctx, event.meta)
    text = event.values.get("value", "")
    known = (await facts.held(ctx.session, [ctx.actor.person]))[ctx.actor.person]
    if line := wrong(text, stand.field, known.names):
        raise Refused(line.id, **line.args)
    await _keep(ctx, stand.field.name, rules.tidy(text), "kept")
    return await _done(ctx, stand, "profile-kept")


async def _keep(ctx: Context, field: str, value: str, state: str) -> None:
    """Keep what somebody says about a field. Raises Refused: they objected to anything of that being kept."""
    if await people.objects(ctx.session, ctx.actor.person):
        raise Refused("profile-objected")
    await rows.keep(ctx.session, ctx.actor.person, field, value, state, ctx.now)


async def _writable(ctx: Context, name: str) -> Stands:
    """The field of that name, which the person can fill here. Raises Refused."""
    stand = next((each for each in await _whole(ctx) if each.field.name == name), None)
    if stand is None:
        raise Refused("profile-field-gone")
    if not stand.here:
        raise Refused("profile-not-yours", field=words.label(stand.field))
    return stand


# ---------------------------------------------------------------- one tap


@nudge.choice("profile.confirm", aliases=["profil confirmer"])
async def confirm(event: Press, ctx: Context) -> Answer:
    """What the roster says is right."""
    stand = await _writable(ctx, event.value.strip())
    if not stand.offer:
        raise Refused("profile-nothing-to-confirm", field=words.label(stand.field))
    await _keep(ctx, stand.field.name, stand.offer, "confirmed")
    return await _done(ctx, stand, "profile-confirmed")


@nudge.command("profile prefer-not", aliases=["profil ne-pas-dire"])
async def prefer_not(event: Command, ctx: Context) -> Answer:
    """They prefer not to say; that counts as complete, and what was kept here of it goes."""
    stand = await _meant(ctx, event.text)
    if stand.field.changed_by != "person":
        raise Refused("profile-not-yours", field=words.label(stand.field))
    await _keep(ctx, stand.field.name, "", "declined")
    return await _done(ctx, stand, "profile-declined")


@nudge.choice("profile.undo", aliases=["profil annuler"])
async def undo(event: Press, ctx: Context) -> Answer:
    """As it was before."""
    field = _named(ctx.settings, event.value)
    if field is None or not await rows.undo(ctx.session, ctx.actor.person, field.name, ctx.now):
        raise Refused("profile-nothing-to-undo")
    return await show.mine(ctx, Line(id="profile-undone", args={"field": words.label(field)}))


async def _done(ctx: Context, stand: Stands, id: str) -> Say:
    """What was done, how far that leads, and what is next."""
    whole = await _whole(ctx)
    now = next(each for each in whole if each.field.name == stand.field.name)
    lines = [Line(id=id, args={"field": words.label(stand.field)})]
    if now.standing == "present":
        lines.append(Line(id="plain", args={"text": now.value}, kind="quote"))
    undoes = Pick(label="profile-undo", action="profile.undo", value=stand.field.name)
    said, picks = await thanks.onward(ctx, whole)
    return Say(lines=(*lines, *said), choices=(*picks, undoes))
