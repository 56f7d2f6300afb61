"""Writing an announcement: a form, another version of it, its end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import markdown, people
from bot.chat import Command, Press, Submission
from bot.lookup import account_ids
from bot.nudge import ON_A_MESSAGE, Answer, Asking, Context, FieldErrors, Refused, Role
from bot.say import Ask, Line, Pick, Question, Say
from nudges.launch import changing, showing, stopping, thread, vocabulary
from nudges.launch.avoiding import avoided, avoided_lines, trace
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import LONGEST, TEXT, alive, changeable, found, over, title_of, unfit
from nudges.launch.settings import Settings
from storage import launch as rows
from storage import launching, threads
from storage import people as people_rows
from storage.launch import Announcement, AnnouncementVersion

FORM = "announce.draft"
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the form carries along. number, version: of the announcement it was made from, 0 for a new one. seen: words
    to avoid that were shown already. place: where it was begun: a platform, a room, and the first message of a thread.
    """

    number: int = 0
    version: int = 0
    seen: tuple[str, ...] = ()
    place: tuple[str, ...] = ()

    def text(self) -> str:
        """As a form's meta."""
        return json.dumps([self.number, self.version, self.seen, self.place])


def read_meta(text: str) -> Meta:
    """A form's meta, as it came back."""
    try:
        number, version, seen, *more = json.loads(text or "[0, 0, []]")
        place = tuple(str(each) for each in more[0]) if more else ()
        return Meta(int(number), int(version), tuple(str(each) for each in seen), place if len(place) == 3 else ())
    except (ValueError, TypeError):
        return Meta()


# ---------------------------------------------------------------- the form


@nudge.command("announce new", by=WRITERS, aliases=["annonce nouvelle", "annoncer"], shortcut="anywhere")
async def new(event: Command, _ctx: Context) -> Answer:
    """Begin one. What follows is its title."""
    return form_of({"title": event.text.strip()}, Meta())


@nudge.choice("announce.begin", by=WRITERS)
async def begin(_event: Press, _ctx: Context) -> Answer:
    """The same from a button."""
    return form_of({}, Meta())


@nudge.choice("announce.edit", by=WRITERS, aliases=["annonce modifier"])
async def edit(event: Press, ctx: Context) -> Answer:
    """The form again, as it stands."""
    made, version = await changeable(ctx, event.value)
    return await filled(ctx, made, version)


async def filled(ctx: Context, made: Announcement, version: AnnouncementVersion, text: str = "") -> Ask:
    """The form of one, filled. text: another text than it has; "" for its own."""
    account = await people.account_for(ctx.session, made.speaker_id, ctx.actor.platform)
    values = {"title": version.title, "text": text or version.text, "voice": "own" if made.own_name else "relayed"}
    if account is not None and account.platform == ctx.actor.platform:
        values["speaker"] = account.external_id
    seen = vocabulary.found(f"{version.title}\n{version.text}", _settings(ctx).avoid)
    return form_of(values, Meta(made.id or 0, made.version, tuple(each.key for each in seen)))


def form_of(values: Values, meta: Meta, lines: Sequence[Line] = ()) -> Ask:
    """The form, holding some values. lines: shown above."""
    questions = (
        Question(name="title", max_length=LONGEST, value=values.get("title", "")[:LONGEST]),
        Question(name="text", kind="long", max_length=TEXT, value=values.get("text", "")[:TEXT]),
        Question(name="speaker", kind="person", max_length=100, value=values.get("speaker", "")[:100]),
        Question(name="voice", kind="choice", options=("relayed", "own"), value=values.get("voice") or "relayed"),
    )
    return Ask(
        id=FORM, questions=questions, lines=tuple(lines), review=bool(meta.seen or meta.number), meta=meta.text()
    )


def _settings(ctx: Context | Asking) -> Settings:
    settings: Settings = ctx.settings
    return settings


# ---------------------------------------------------------------- checks


async def _wrong(asking: Asking) -> FieldErrors | Ask | None:
    """What is wrong beside its field; then, once, the words that the organisation would rather not use."""
    values, meta = asking.submission.values, read_meta(asking.submission.meta)
    errors = unfit(values) | await _no_speaker(asking.session, asking.who.platform, values)
    errors |= await _begun_meanwhile(asking.session, meta)
    if errors:
        return errors
    new_words = [each for each in avoided(values, _settings(asking)) if each.key not in meta.seen]
    if not new_words:
        return None
    seen = replace(meta, seen=(*meta.seen, *(each.key for each in new_words)))
    return form_of(values, seen, avoided_lines(new_words))


async def _no_speaker(session: AsyncSession, platform: str, values: Values) -> dict[str, Line]:
    """One leader, who is met already: others sign nothing."""
    named = account_ids(values.get("speaker", ""))
    if len(named) != 1:
        return {"speaker": Line(id="announce-one-speaker")}
    row = await people_rows.account(session, platform, named[0])
    if row is None or row.kind != "member" or Role.LEADER not in await people.roles(session, row.person_id):
        return {"speaker": Line(id="announce-no-leader")}
    return {}


async def _begun_meanwhile(session: AsyncSession, meta: Meta) -> dict[str, Line]:
    """Of two who make one message into an announcement at once, the later one goes on with what the other began."""
    if meta.number or not meta.place:
        return {}
    platform, room, begun = meta.place
    other = await threads.about(session, platform, room, begun.removeprefix(ON_A_MESSAGE), begun)
    return {"title": Line(id="announce-begun-meanwhile", args={"number": str(other.id)})} if other else {}


# ---------------------------------------------------------------- kept


@nudge.form(FORM, check=_wrong, by=WRITERS, accounts=["speaker"])
async def drafted(event: Submission, ctx: Context) -> Answer:
    """Keep what was written, as a new announcement or as another version of one."""
    values, meta = event.values, read_meta(event.meta)
    errors = unfit(values) | await _no_speaker(ctx.session, event.platform, values)
    errors |= await _begun_meanwhile(ctx.session, meta)
    title = title_of(values.get("title", ""))
    if errors or title is None:
        return form_of(values, meta, list(errors.values()))
    row = await people_rows.account(ctx.session, event.platform, account_ids(values["speaker"])[0])
    assert row is not None, "they were found just now"
    own, text = values.get("voice") == "own", values["text"].strip()
    if meta.number:
        number, told = meta.number, await _rewritten(ctx, meta, title, text, row.person_id, own=own)
    else:
        told, about = [], {"owner_id": ctx.actor.person, "speaker_id": row.person_id, "own_name": own}
        made = Announcement.model_validate({**about, "created_at": ctx.now, "changed_at": ctx.now})
        made.platform, made.room, made.thread = meta.place or ("", "", "")
        number = (await rows.write(ctx.session, made, title, text)).id or 0
    await trace(ctx, number, "edit" if meta.number else "draft", avoided(values, _settings(ctx)))
    made, version = await found(ctx, str(number))
    if made.told:
        await thread.follow(ctx, made)
    else:  # of a plan, there was nothing to talk about before
        await thread.begin(ctx, made, version)
    return await _kept(ctx, number, [each for each in told if each.id == "announce-urgent-void"])


async def _rewritten(ctx: Context, meta: Meta, title: str, text: str, speaker: int, *, own: bool) -> list[Line]:
    """Another version; what is to be said of it. Raises Refused: somebody else changed it meanwhile, or it is over."""
    made, _ = await changeable(ctx, str(meta.number))
    by = ctx.actor.person
    if not await rows.rewrite(ctx.session, meta.number, meta.version, title, text, by, ctx.now):
        raise Refused("announce-changed-meanwhile", number=str(meta.number), version=made.version)
    await rows.speak(ctx.session, meta.number, speaker, own=own)
    return await changing.changed(ctx, *await found(ctx, str(meta.number)))


async def _kept(ctx: Context, number: int, told: Sequence[Line]) -> Say:
    made, version = await found(ctx, str(number))
    lost = markdown.read(version.text).lost
    kept = "announce-kept-asked" if made.state == rows.SIGNING else "announce-kept"
    lines = [
        Line(id=kept, args={"number": str(number), "title": version.title, "version": version.number}),
        *await showing.about(ctx, made, version),
        *told,
        *markdown.tell(lost),
    ]
    return Say(lines=tuple(lines), choices=showing.ways(made))


# ---------------------------------------------------------------- who looks after it


@nudge.choice("announce.own", by=WRITERS, aliases=["annonce suivre"])
async def own(event: Press, ctx: Context) -> Answer:
    """Look after it from now on, as any of those who write may; also once it was sent, for what failed of it."""
    made, version = await alive(ctx, event.value)
    args = {"number": str(made.id), "title": version.title, "who": ctx.actor.name}
    if made.owner_id == ctx.actor.person:
        return Say(lines=(Line(id="announce-yours", args={**args}),), choices=showing.ways(made))
    if not await threads.own(ctx.session, made.id or 0, made.owner_id, ctx.actor.person):
        raise Refused("announce-taken-meanwhile", number=str(made.id))
    await trace(ctx, made.id or 0, "own", ())
    taken = [Line(id="announce-thread-owner", args={**args})]
    await thread.say(ctx, made, taken, f"owner:{event.key}")
    return Say(lines=(Line(id="announce-taken", args={**args}),), choices=showing.ways(made))


# ---------------------------------------------------------------- its end


@nudge.choice("announce.cancel", by=WRITERS, aliases=["annonce annuler"])
async def cancel(event: Press, ctx: Context) -> Answer:
    """It will not be sent, or nothing more of it is; what was written stays, to be read."""
    made, _ = await found(ctx, event.value)
    if made.state in launching.UNDER_WAY:
        return await stopping.stop(ctx, made)
    made, version = await changeable(ctx, event.value)
    if not await rows.end(ctx.session, made.id or 0, rows.CANCELLED, ctx.now):
        await ctx.session.refresh(made)
        raise over(made, version)
    await changing.given_up(ctx, made, version)
    await trace(ctx, made.id or 0, "cancel", ())
    await ctx.session.refresh(made)
    await thread.follow(ctx, made)
    again = Pick(label="announce-show", action="announce.show", value=str(made.id))
    return Say(
        lines=(Line(id="announce-cancelled", args={"number": str(made.id), "title": version.title}),), choices=(again,)
    )
