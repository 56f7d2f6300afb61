"""The sign-off: an announcement is shown to whose words it holds, who signs it, changes and signs it, or refuses.

It is a process of `bot.decide`, known by the announcement's number. What is signed is one version of the words with the
time, the audience and the voice that it had; `changing` is what voids it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import people
from bot.decide import (
    OTHER,
    Amends,
    Fields,
    Known,
    Process,
    Terms,
    fields_of,
    install,
    number_of,
    refresh,
)
from bot.nudge import Asking, Context, FieldErrors, Refused, Role, To
from bot.say import Ask, Line, Pick, Question, Say
from nudges.launch import reaching, renderings
from nudges.launch.avoiding import avoided, avoided_lines, trace
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.finding import LONGEST, TEXT, title_of, unfit
from nudges.launch.settings import Settings
from storage import launch as rows
from storage import launching, requests
from storage import signing as moves
from storage.launch import Announcement, AnnouncementVersion
from storage.requests import Request

PROCESS_ID = "announcement"
_SEEN, _BAR = "seen:", "|"
"""In what the form of a change carries along: which words to avoid were shown already."""

_REASONS = {
    "wording": ("les mots", "words", "mots"),
    "moment": ("pas le moment", "time"),
    "audience": ("pas ces gens", "public"),
    OTHER: ("autre",),
}
"""Why words are not signed, with what people may type for it besides its code."""


def _terms(settings: Settings) -> Terms:
    return Terms(
        offer_after=settings.sign_offer_days,
        remind_after=settings.sign_offer_days,
        grace=timedelta(minutes=settings.sign_grace_minutes),
        warn_hours=settings.sign_warn_hours,
        reasons=_REASONS,
    )


async def fields_for(ctx: Context, made: Announcement, version: AnnouncementVersion) -> dict[str, Any]:
    """What is asked to be signed. paper: somebody of whom it is for would get it on paper."""
    resolved = await reaching.resolve(ctx, made)
    return {
        "paper": any(resolved.paper.values()),
        "announcement": made.id,
        "version": version.number,
        "speaker": made.speaker_id,
        "title": version.title,
    }


async def shown(request: Request, ctx: Context) -> tuple[Announcement, AnnouncementVersion]:
    """What a request shows: the announcement, and the version of it that it is about. Raises Refused: it is gone."""
    fields = fields_of(request)
    row = await rows.get(ctx.session, int(fields["announcement"]))
    version = await moves.version(ctx.session, int(fields["announcement"]), int(fields["version"]))
    if row is None or version is None:
        raise Refused("announce-unknown", number=str(fields["announcement"]))
    return row[0], version


async def _latest(ctx: Context, number: int) -> int | None:
    row = await rows.get(ctx.session, number)
    return row[0].request_id if row else None


async def _card(request: Request, ctx: Context) -> Say:
    made, version = await shown(request, ctx)
    about = await renderings.about(ctx, made, version)
    on_paper = await renderings.on_paper(ctx, made, version) if fields_of(request).get("paper") else Say(lines=())
    lines = (*about, *await renderings.renderings(ctx, made, version), *on_paper.lines)
    return Say(lines=lines, picture=on_paper.picture)


# ---------------------------------------------------------------- what becomes of it


async def _signed(request: Request, ctx: Context) -> None:
    made, version = await shown(request, ctx)
    if not await moves.sign(ctx.session, made.id or 0, version.number, number_of(request), ctx.now):
        raise Refused("announce-changed-meanwhile", number=str(made.id), version=made.version)
    if made.counted is None:
        args = {"number": str(made.id), "title": version.title}
        preview = Pick(label="announce-preview-it", action="announce.preview", value=str(made.id), style="primary")
        told = Say(lines=(Line(id="announcement-signed-uncounted", args={**args}),), choices=(preview,))
        name = f"announcement:{made.id}:signed-uncounted:{number_of(request)}:{request.version}"
        await ctx.outbox.tell(To(person=made.owner_id), told, name=name, kind="decision")


async def counted(ctx: Context, made: Announcement) -> None:
    """The number of people was confirmed while it waits to be signed: who is asked sees it."""
    await ctx.session.refresh(made)
    request = await moves.request_of(ctx.session, made)
    if request is not None and request.state == "waiting":
        await refresh(ctx, PROCESS, request)


async def _voids(request: Request, ctx: Context) -> bool:
    made, _ = await shown(request, ctx)
    return made.request_id == request.id and made.state in (rows.SIGNED, rows.LATE)


async def _voided(request: Request, ctx: Context) -> None:
    made, _ = await shown(request, ctx)
    await moves.wait(ctx.session, made.id or 0, ctx.now)


async def _ended(request: Request, ctx: Context) -> None:
    """Refused or withdrawn, it is a draft again; not signed in time, it is not sent. Who looks after it is told."""
    late = request.state == "undecided"
    made, version = await shown(request, ctx)
    state = rows.UNSIGNED if late else rows.DRAFT
    if not await moves.end(ctx.session, made.id or 0, number_of(request), state, ctx.now):
        return
    if request.state == "withdrawn":
        return
    args = {"number": str(made.id), "title": version.title}
    ways = (
        Pick(label="announce-edit", action="announce.edit", value=str(made.id)),
        Pick(label="announce-submit", action="announce.submit", value=str(made.id)),
    )
    line = Line(id="announcement-told-unsigned" if late else "announcement-told-draft", args={**args})
    name = f"announcement:{made.id}:{request.state}:{request.id}"
    await ctx.outbox.tell(To(person=made.owner_id), Say(lines=(line,), choices=ways), name=name, kind="decision")


# ---------------------------------------------------------------- changed by whose words they are


async def _questions(request: Request, ctx: Context) -> tuple[Question, ...]:
    _, version = await shown(request, ctx)
    return (
        Question(name="title", max_length=LONGEST, value=version.title),
        Question(name="text", kind="long", max_length=TEXT, value=version.text),
    )


async def _fits(asking: Asking) -> FieldErrors | Ask | None:
    """What is wrong beside its field; then, once, the words that the organisation would rather not use."""
    values, (shown_as, _, before) = asking.submission.values, asking.submission.meta.partition(_SEEN)
    if errors := unfit(values):
        return errors
    seen = before.split(_BAR)
    new = [each for each in avoided(values, asking.settings) if each.key not in seen]
    if not new:
        return None
    questions = (
        Question(name="title", max_length=LONGEST, value=values.get("title", "")[:LONGEST]),
        Question(name="text", kind="long", max_length=TEXT, value=values.get("text", "")[:TEXT]),
    )
    meta = f"{shown_as.strip()} {_SEEN}{_BAR.join([*filter(None, seen), *(each.key for each in new)])}"
    return Ask(id=f"{PROCESS_ID}.amend", questions=questions, lines=tuple(avoided_lines(new)), review=True, meta=meta)


async def _amended(request: Request, values: Mapping[str, str], ctx: Context) -> Fields:
    title = title_of(values.get("title", ""))
    if title is None or unfit(values):
        first = next(iter(unfit(values).values()), Line(id="announce-title-odd"))
        raise Refused(first.id, **first.args)
    _, version = await shown(request, ctx)
    text = values["text"].strip()
    if (title, text) == (version.title, version.text):
        return fields_of(request)
    return {**fields_of(request), "version": version.number + 1, "title": title, "text": text}


async def _written(request: Request, ctx: Context) -> None:
    """What they changed becomes another version, theirs; the request holds no words but the title."""
    fields = fields_of(request)
    number, version = int(fields["announcement"]), int(fields["version"])
    title, text = str(fields["title"]), str(fields.pop("text"))
    if not await rows.rewrite(ctx.session, number, version - 1, title, text, ctx.actor.person, ctx.now):
        raise Refused("announce-changed-meanwhile", number=str(number), version=version)
    await launching.calm(ctx.session, number)
    await trace(ctx, number, "amend", avoided({"title": title, "text": text}, ctx.settings))
    bare = json.dumps(fields, ensure_ascii=False)
    await requests.move(ctx.session, request, "waiting", fields=bare)


# ---------------------------------------------------------------- the process

_OWN = {
    "decide-approve": "announcement-sign",
    "decide-amend": "announcement-amend",
    "decide-card-approved": "announcement-card-signed",
    "decide-card-refused": "announcement-card-refused",
    "decide-card-named": "announcement-card-named",
    "decide-card-needed": "announcement-card-needed",
    "decide-card-voided": "announcement-card-voided",
    "decide-card-moved": "announcement-card-moved",
    "decide-card-gone": "announcement-card-gone",
    "decide-closed-approved": "announcement-closed-signed",
    "decide-withdrawn": "announcement-withdrawn",
    "decide-changed": "announcement-changed",
    "decide-needed": "announcement-needed",
    "decide-done-approved": "announcement-done-signed",
    "decide-done-refused": "announcement-done-refused",
    "decide-told-approved": "announcement-told-signed",
    "decide-told-amended": "announcement-told-amended",
    "decide-told-refused": "announcement-told-refused",
    "decide-told-voided": "announcement-told-voided",
    "decide-told-soon": "announcement-told-soon",
    "decide-told-undecided": "announcement-told-late",
    "decide-soon": "announcement-soon",
    "decide-undecided": "announcement-late",
}
"""An announcement is signed, not approved, and nobody made a request."""

PROCESS = Process(
    id=PROCESS_ID,
    entitled=frozenset({Role.LEADER}),
    superiors=frozenset(),
    askers=WRITERS,
    terms=_terms,
    quorum=lambda _fields, _settings: 1,
    subject=lambda fields: str(fields["title"]),
    card=_card,
    outcome=_signed,
    ended=_ended,
    named=lambda fields: frozenset({int(fields["speaker"])}),
    mandates=True,
    oneself=True,
    amends=Amends(questions=_questions, fields=_amended, check=_fits, done=_written),
    voids=_voids,
    voided=_voided,
    appeals=False,
    watchers=frozenset({Role.COMMS}),
    own=_OWN,
    known=Known(number=lambda fields: int(fields["announcement"]), latest=_latest),
    nouns=("annonce", "announce"),
    words={
        "approve": ("signer", "sign"),
        "amend": ("retoucher", "amend"),
        "refuse": ("refuser", "refuse"),
        "revoke": ("revenir", "revoke"),
        "override": ("deroger", "override"),
        "ask": ("questionner", "ask"),
        "take": ("prendre", "take"),
        "show": ("relire", "read"),
        "answer": ("repondre", "answer"),
        "withdraw": ("retirer", "withdraw"),
        "mandate": ("mandat", "mandate"),
        "mandates": ("mandats", "mandates"),
        "mandate-end": ("fin-mandat", "mandate-end"),
    },
)

install(nudge, PROCESS)


async def may_sign(ctx: Context, made: Announcement) -> bool:
    """Whether whose words they are is a leader still, and there."""
    return Role.LEADER in await people.roles(ctx.session, made.speaker_id)
