"""What people type and press to change a community: each is shown a preview first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot import people
from bot.chat import Command, NotFound, Press, Profile, Submission
from bot.decide import name
from bot.nudge import (
    EVERYONE,
    Answer,
    Asking,
    Context,
    FieldErrors,
    Handler,
    Refused,
    Role,
    SequenceSpec,
    Step,
    To,
)
from bot.say import Ask, Line, Question, Say, say
from nudges.communities.capability import nudge
from nudges.communities.forms import NAME
from nudges.communities.life import byhand, closing, handover, pausing, rename, rights  # noqa: F401 - their verbs
from nudges.communities.life import changes as life
from nudges.communities.open import coded
from storage import changes, communities
from storage.changes import Change, note
from storage.communities import Community

WHO = frozenset({Role.LEAD, Role.ANIMATOR})
PREVIEW = "community.preview"
_FORMS = {
    "rename": "community.rename",
    "handover": "community.hand-over",
    "merge": "community.merge",
    "pause": "community.pause",
    "close": "community.close",
    "reopen": "community.reopen",
}
"""The form that asks what a line left out, by kind of change."""


# ---------------------------------------------------------------- typed


async def _wanted(event: Command, ctx: Context, kind: str) -> Answer:
    """Somebody wants a change: ask what is missing, or show what it would do."""
    verb = life.VERBS[kind]
    community, rest = await rights.addressed(ctx, event.text, event.room, event.platform)
    if community is None and event.text.strip():
        raise Refused("life-unknown", name=event.text.strip()[:80])
    if community is not None:
        await life.fits(ctx, community, verb)
        if rest or not verb.question:
            await life.propose(ctx, community, verb, rest)
            return _coming(event, community)
    return await _ask(ctx, verb, community)


def _coming(event: Command | Submission, community: Community) -> Say | None:
    """The preview comes in the direct room; where people are somewhere else, they are told so."""
    elsewhere = bool(event.handle) and not event.direct
    return say("life-preview-coming", name=community.name) if elsewhere else None


async def _ask(ctx: Context, verb: life.Verb, community: Community | None) -> Ask:
    questions: list[Question] = []
    if community is None:
        fitting = [each for each in await rights.theirs(ctx.session, ctx.actor) if each.state in verb.allowed]
        if not fitting:
            raise Refused("life-none-yours")
        labels = {f"community-{each.id}": each.name for each in fitting[:100]}
        questions.append(Question(name="community", kind="choice", options=tuple(labels), labels=labels))
    questions += await _questions(ctx, verb, community)
    lines = (Line(id="life-of", args={"name": community.name}),) if community else ()
    return Ask(
        id=_FORMS[verb.kind], questions=tuple(questions), lines=lines, meta=str(community.id) if community else ""
    )


async def _questions(ctx: Context, verb: life.Verb, community: Community | None) -> Sequence[Question]:
    match verb.question:
        case "name":
            return (Question(name="name", max_length=NAME),)
        case "person":
            return (Question(name="person", kind="person", max_length=100),)
        case "until":
            return (Question(name="until", kind="date", max_length=10),)
        case "into":
            others = [each for each in await communities.visible(ctx.session, ctx.actor.person) if each != community]
            labels = {f"community-{each.id}": each.name for each in others[:100]}
            if not labels:
                raise Refused("life-merge-none")
            return (Question(name="into", kind="choice", options=tuple(labels), labels=labels),)
    if verb.kind == "close":
        return (Question(name="reason", kind="long", max_length=closing.REASON, required=False),)
    return ()


# ---------------------------------------------------------------- filled


def _words(values: Mapping[str, str], verb: life.Verb) -> str:
    said = values.get(verb.question or "reason", "").strip()
    return said.removeprefix("community-") if verb.question == "into" else said


async def _chosen(session: Any, values: Mapping[str, str], meta: str) -> Community | None:
    number = meta or values.get("community", "").removeprefix("community-")
    return await communities.get(session, int(number)) if number.isdecimal() else None


async def _wrong(asking: Asking, kind: str) -> FieldErrors | Ask | None:
    """What is wrong with a form, beside its field."""
    verb, values = life.VERBS[kind], asking.submission.values
    community = await _chosen(asking.session, values, asking.submission.meta)
    field = verb.question
    if community is None or (field and not values.get(field, "").strip()):
        return None
    if not await rights.may_change(asking.session, asking.who, community):
        return {field or next(iter(values)): Line(id="life-not-yours", args={"name": community.name})}
    try:
        await life.fits(asking, community, verb)
        await verb.read(asking, community, _words(values, verb))
    except Refused as refused:
        return {field or next(iter(values)): refused.line}
    return _stranger(asking) if kind == "handover" else None


def _stranger(asking: Asking) -> FieldErrors | None:
    named = asking.submission.values.get("person", "").strip()
    kind = next((kind for account, kind in asking.accounts.items() if account in named), "later")
    if kind in {"member", "later"}:
        return None
    id = "community-people-unknown" if kind in {"unknown", "gone"} else "community-people-outside"
    return {"person": Line(id=id, args={"names": named, "count": 1})}


async def _filled(event: Submission, ctx: Context, kind: str) -> Answer:
    verb = life.VERBS[kind]
    community = await _chosen(ctx.session, event.values, event.meta)
    if community is None:
        raise Refused("life-unknown", name="")
    await rights.entitled(ctx, community)
    await life.fits(ctx, community, verb)
    await life.propose(ctx, community, verb, _words(event.values, verb))
    return _coming(event, community)


def _install(kind: str, path: str, *aliases: str) -> None:
    async def wanted(event: Command, ctx: Context) -> Answer:
        return await _wanted(event, ctx, kind)

    async def wrong(asking: Asking) -> FieldErrors | Ask | None:
        return await _wrong(asking, kind)

    async def filled(event: Submission, ctx: Context) -> Answer:
        return await _filled(event, ctx, kind)

    handler: Handler = wanted
    nudge.command(path, by=WHO, aliases=aliases)(handler)
    accounts = ["person"] if kind == "handover" else []
    nudge.form(_FORMS[kind], check=wrong, by=WHO, accounts=accounts)(filled)


_install("rename", "community rename", "communaute renommer")
_install("handover", "community hand-over", "communaute transmettre", "community handover", "community hand over")
_install("merge", "community merge", "communaute fusionner")
_install("pause", "community pause", "communaute suspendre", "communaute pause")
_install("close", "community close", "communaute fermer", "community archive", "communaute archiver")
_install("reopen", "community reopen", "communaute rouvrir")


# ---------------------------------------------------------------- the preview


async def _look(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    """How many people it concerns, and who is named."""
    found: dict[str, Any] = {}
    if state["room"]:
        room = await platform.room(state["room"])
        found["people"] = max(0, room.members - int(room.inside))
    if state["account"]:
        try:
            found["profile"] = (await platform.profile(state["account"])).model_dump(exclude={"email", "fields"})
        except NotFound:
            found["profile"] = None
    return found


async def _previewed(state: Mapping[str, Any], ctx: Context) -> None:
    change = await changes.get(ctx.session, state["change"])
    assert change is not None, "changes are not deleted"
    community = await communities.get(ctx.session, change.community_id)
    if community is None or change.state != "proposed":
        return
    if "people" in state:
        note(change, people=state["people"])
    if state["account"] and not await _named(ctx, state, change, community):
        return
    ctx.session.add(change)
    await ctx.session.flush()
    told = await life.preview(ctx, community, change)
    await _tell(ctx, state, change, told, "preview")


async def _named(ctx: Context, state: Mapping[str, Any], change: Change, community: Community) -> bool:
    """Who was named is known now, and one of the organisation; else it is said, and nothing comes of it."""
    known = state["profile"]
    kind = "unknown"
    if known is not None:
        account = await people.update(ctx.session, community.platform, Profile.model_validate(known), ctx.now)
        note(change, person=account.person_id)
        kind = account.kind
    if kind == "member":
        return True
    change.state = "cancelled"
    ctx.session.add(change)
    id = "community-people-unknown" if kind in {"unknown", "gone"} else "community-people-outside"
    await _tell(ctx, state, change, say(id, names=str(state["account"]), count=1), "nobody")
    return False


async def _tell(ctx: Context, state: Mapping[str, Any], change: Change, told: Say, what: str) -> None:
    to = To(person=change.person_id, platform=state["to"])
    await ctx.outbox.tell(to, told, name=f"life:{change.id}:{what}", kind="answer")


async def _unseen(state: Mapping[str, Any], _code: str, ctx: Context) -> None:
    change = await changes.get(ctx.session, state["change"])
    community = await communities.get(ctx.session, change.community_id) if change else None
    if (
        change is not None
        and community is not None
        and await changes.move(ctx.session, change, "proposed", state="cancelled")
    ):
        await _tell(ctx, state, change, say("life-refused-gone", old=community.name), "unseen")


nudge.sequences[PREVIEW] = SequenceSpec(PREVIEW, (Step("look", run=coded(_look), done=_previewed),), _unseen)


# ---------------------------------------------------------------- pressed


@nudge.choice("community.confirm", by=EVERYONE, aliases=["communaute confirmer"])
async def confirm(event: Press, ctx: Context) -> Answer:
    """Agree to a preview."""
    community = await life.confirm(ctx, event.value)
    change, _ = await life.load(ctx, event.value)
    if change.state == "asked":
        (person,) = await life.persons(ctx, change, "person")
        who = await name(ctx, person)
        return say("life-asked", who=who, name=community.name)
    return say("life-begun", name=community.name) if change.state == "running" else None


@nudge.choice("community.cancel", by=EVERYONE, aliases=["communaute annuler"])
async def cancel(event: Press, ctx: Context) -> Answer:
    """Give up a preview, or take back the question to a new lead."""
    change, community = await life.mine(ctx, event.value, "proposed", "asked")
    await changes.move(ctx.session, change, "proposed", "asked", state="cancelled")
    await ctx.outbox.cancel(name=f"life:{change.id}:asked")
    return say("life-cancelled", name=community.name)


@nudge.choice("community.undo", by=EVERYONE, aliases=["communaute defaire"])
async def undo(event: Press, ctx: Context) -> Answer:
    """Undo a change, within its delay."""
    change, community = await life.load(ctx, event.value)
    if change.person_id != ctx.actor.person:
        await rights.entitled(ctx, community)
    if change.state == "undo-stuck":
        raise Refused("life-is-stuck", name=community.name)
    if change.state in {"undone", "undoing"}:
        raise Refused("life-undone-already", name=community.name)
    if change.state != "done":
        raise Refused("life-nothing-to-undo", name=community.name)
    if change.undo_until is None or ctx.now >= change.undo_until:
        raise Refused("life-undo-late", name=community.name, days=ctx.settings.undo_days)
    await communities.hold(ctx.session, community)
    await _latest(ctx, change, community)
    if not await changes.move(ctx.session, change, "done", state="undoing"):
        raise Refused("life-undone-already", name=community.name)
    await life.VERBS[change.kind].back(ctx, community, change)
    return say("life-undoing", name=community.name) if change.state == "undoing" else None


_GROUPS = ({"close", "merge", "reopen"},)


async def _latest(ctx: Context, change: Change, community: Community) -> None:
    """Raises Refused: something was done since that this would undo as well, or is being done."""
    group = next((group for group in _GROUPS if change.kind in group), {change.kind})
    later = await changes.of_community(ctx.session, community.id or 0, "done", *changes.UNDER_WAY)
    for each in later:
        if each.state in changes.UNDER_WAY:
            raise Refused("life-is-running", name=community.name)
        if each.kind in group and (each.id or 0) > (change.id or 0):
            raise Refused("life-undo-later", name=community.name)
