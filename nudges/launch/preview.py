"""A preview: what people get by each medium, how many there are, on whose clocks, and what to think of before.

It repeats nothing that is somebody's own affair: see `nudges.launch.counts`. What of it is confirmed is the number of
people; when that is another one by then, it is said what changed, and nothing counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import markdown
from bot.chat import Press, letter
from bot.decide import split_number
from bot.nudge import Answer, Context, Refused
from bot.say import Arg, Line, Moment, Names, Pick, Say, Term, plain
from nudges.launch import audience, counts, facts, progress, reaching, signing
from nudges.launch.capability import WRITERS, nudge
from nudges.launch.counts import PAPER, Counts
from nudges.launch.finding import changeable, unfit
from nudges.launch.paper import seen
from nudges.launch.reaching import Resolved
from nudges.launch.wording import in_chat, say_of
from storage import audience as rows
from storage import launching
from storage.launch import LATE, SIGNING, Announcement, AnnouncementVersion
from storage.signing import UNASKED

SUBJECT = 120
"""Characters of a title that lists of mail still show as a subject."""
ZONES = 8
"""Zones that are listed."""
ALONE = "alone"
"""At the end of a confirmation: that it is for one person is meant."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a preview looks at. gone: departments that are no more; closed: communities archived since they were named;
    who: what the only person is called. media: those that may carry it.
    """

    made: Announcement
    version: AnnouncementVersion
    reached: Resolved
    gone: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    who: str = ""
    media: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What a confirmation repeats."""
        return f"{self.made.id} {self.reached.people} {self.version.number}"

    @property
    def is_ready(self) -> bool:
        """It can be confirmed."""
        return self.reached.people > 0 and self.made.at is not None and not self.unfit

    @property
    def unfit(self) -> list[Line]:
        """What is wrong with its words, by whichever way they came."""
        return list(unfit({"title": self.version.title, "text": self.version.text}).values())


async def look(ctx: Context, made: Announcement, version: AnnouncementVersion) -> Seen:
    """Count whom it reaches now."""
    reached, media = await reaching.resolve(ctx, made), await reaching.media_of(ctx, made)
    meant = audience.kept(made.audience)
    if meant is None:
        return Seen(made, version, reached, media=media)
    every = await rows.departments(ctx.session)
    named = [*meant.whom.departments, *meant.but.departments]
    closed = await rows.communities(ctx.session, meant.whom.communities)
    who = await rows.names(ctx.session, [reached.alone] if reached.alone is not None else [])
    who += await rows.line_names(ctx.session, [reached.alone_on] if reached.alone_on is not None else [])
    return Seen(
        made, version, reached,
        gone=tuple(each for each in named if each not in every),
        closed=tuple(each.name for each in closed if each.state == "closed"),
        who=who[0] if who else "",
        media=media,
    )  # fmt: skip


# ---------------------------------------------------------------- shown


@nudge.choice("announce.preview", by=WRITERS, aliases=["annonce apercu"])
async def preview(event: Press, ctx: Context) -> Answer:
    """What people would get, and how many they are. A medium may follow the number: that rendering alone."""
    made, version = await changeable(ctx, event.value)
    _, said = split_number(event.value)
    media = _media(ctx)
    if said.strip() in media:
        return await _rendered(ctx, made, version, said.strip())
    seen = await look(ctx, made, version)
    title = Line(id="preview-title", kind="title", args={"number": str(made.id), "title": version.title})
    here = ctx.actor.platform
    lines = [
        title,
        *await facts.about(ctx, made),
        *_numbers(ctx, seen),
        *_clocks(ctx, seen),
        *warnings(ctx, seen),
        Line(id="preview-as", args={"medium": counts.medium(here)}),
        *(await (say_of if here in ctx.addressed else in_chat)(ctx, made, version)).lines,
    ]
    return Say(lines=tuple(lines), choices=(*_next(seen), *_others(made, [each for each in media if each != here])))


def _media(ctx: Context) -> list[str]:
    """Every medium there may be: chats, mail, paper."""
    return [*sorted(ctx.platforms, key=lambda each: (each in ctx.addressed, each)), PAPER]


def _others(made: Announcement, media: Sequence[str]) -> list[Pick]:
    return [
        Pick(
            label="preview-see", action="announce.preview", value=f"{made.id} {each}",
            args={"medium": counts.medium(each)},
        )
        for each in media
    ]  # fmt: skip


async def _rendered(ctx: Context, made: Announcement, version: AnnouncementVersion, medium: str) -> Say:
    """What one medium carries: a chat's message, a letter with its subject, a page of paper."""
    is_chat = medium not in ctx.addressed and medium != PAPER
    said = await (in_chat if is_chat else say_of)(ctx, made, version)
    lost = markdown.tell(markdown.read(version.text).lost)
    head = Line(id="preview-as", args={"medium": counts.medium(medium)})
    shown: Sequence[Line] = said.lines if is_chat else [_lettered(each) for each in said.lines]
    if medium in ctx.addressed:
        title = " ".join(version.title.split())
        subject = title if len(title) <= SUBJECT else title[: SUBJECT - 1].rstrip() + "…"
        shown = [Line(id="preview-subject", args={"subject": subject}, kind="fact"), *shown]
    back = Pick(label="preview-back", action="announce.preview", value=str(made.id))
    picture = await seen.drawing(ctx, made, version) if medium == PAPER else None
    return Say(lines=(head, *shown, *lost), choices=(back, *_next_rendering(ctx, made, medium)), picture=picture)


def _next_rendering(ctx: Context, made: Announcement, medium: str) -> list[Pick]:
    media = _media(ctx)
    return _others(made, media[media.index(medium) + 1 :][:1])


def _lettered(line: Line) -> Line:
    """A line as a letter's text or paper has it: without anything that a chat alone can show."""
    if line.kind != "rich":
        return line
    text = letter(markdown.read(str(line.args.get("text", ""))).blocks)[0]
    return plain(text, "quote")


# ---------------------------------------------------------------- numbers


def _numbers(ctx: Context, seen: Seen) -> list[Line]:
    reached, told = seen.reached, seen.reached.counts
    if not reached.people:
        return []
    if reached.people == 1 and seen.who:
        return [Line(id="preview-one", args={"who": seen.who}, kind="fact")]
    lines = [Line(id="preview-people", args={"people": reached.people}, kind="fact")]
    if told.media:
        lines.append(Line(id="preview-media", args={"media": counts.in_words(told.media)}, kind="fact"))
    if told.zones:
        args: dict[str, Arg] = {"zones": _zones(seen)}
        lines.append(Line(id="preview-zones", args=args, kind="fact"))
    if told.media or told.zones:
        lines.append(Line(id="preview-rule", args={"smallest": ctx.smallest_group}, kind="note"))
    return lines


def _zones(seen: Seen) -> Names:
    """On whose clocks, and what these show then; what is left over together."""
    names: list[Term | str] = []
    listed = list(seen.reached.counts.zones.items())[:ZONES]
    for zone, number in listed:
        at = reaching.when(seen.made, zone)
        args: dict[str, Term | Moment | str | int] = {"zone": zone, "people": number}
        if at is None:
            names.append(Term(term="preview-zone", args=args))
        else:
            names.append(Term(term="preview-zone-at", args={**args, "at": Moment(at=at, zone=zone)}))
    return Names(names=tuple(names))


def _clocks(ctx: Context, seen: Seen) -> list[Line]:
    """Zones where nobody works at that hour: it waits there until they do, unless it is urgent."""
    if seen.made.urgent_id is not None and seen.made.urgent_with_id is not None:
        return []
    shut = [
        zone
        for zone in seen.reached.counts.zones
        if (at := reaching.when(seen.made, zone)) is not None and not ctx.calendar.in_zone(zone).is_open(at)
    ]
    return [Line(id="preview-shut", args={"zones": Names(names=tuple(shut[:ZONES]))}, kind="note")] if shut else []


# ---------------------------------------------------------------- what to think of


def warnings(ctx: Context, seen: Seen) -> list[Line]:
    """What whoever sends it should know before; each as an item, the gravest first."""
    lines = [each.model_copy(update={"kind": "item"}) for each in seen.unfit]
    lines += [Line(id=id, args=args, kind="item") for holds, id, args in _doubts(ctx, seen) if holds]
    lines += markdown.tell(markdown.read(seen.version.text).lost)
    return [Line(id="preview-warnings", args={"count": len(lines)}), *lines] if lines else []


def _doubts(ctx: Context, seen: Seen) -> list[tuple[bool, str, dict[str, Arg]]]:
    """Whether there is a reason to warn, and how that is said."""
    made, reached = seen.made, seen.reached
    no_mail, no_paper = "mail" in seen.media and not ctx.addressed, "paper" not in seen.media
    return [
        (not made.audience, "preview-no-audience", {}),
        (bool(made.audience) and not reached.people, "preview-nobody", {}),
        (reached.people == 1, "preview-alone", {}),
        (made.at is None, "preview-no-time", {}),
        (made.at is not None and made.at <= ctx.now, "preview-past", {}),
        (bool(seen.gone), "preview-gone", {"names": Names(names=seen.gone), "count": len(seen.gone)}),
        (bool(seen.closed), "preview-closed", {"names": Names(names=seen.closed), "count": len(seen.closed)}),
        (bool(reached.people) and no_paper and (no_mail or "mail" not in seen.media), "preview-all-chat", {}),
        (bool(reached.people) and no_mail and not no_paper, "preview-no-mail", {}),
        (reached.nobody >= ctx.smallest_group, "preview-unreached", {}),
        (made.own_name and bool(reached.people), "preview-own", {}),
        *_unused(ctx, reached),
        (_mostly_paper(reached.counts), "preview-mostly-paper", {}),
    ]


def _unused(ctx: Context, reached: Resolved) -> list[tuple[bool, str, dict[str, Arg]]]:
    """How many addresses are not used, since something came back from them; of few people not how many."""
    count, few = len(reached.unused), reached.people < ctx.smallest_group
    return [(bool(count), "preview-unused-some" if few else "preview-unused", {"count": count})]


def _mostly_paper(told: Counts) -> bool:
    step = told.media.get(PAPER)
    return step is not None and 2 * step[0] > step[2]


# ---------------------------------------------------------------- confirmed


def _next(seen: Seen) -> list[Pick]:
    value = str(seen.made.id)
    picks = [
        Pick(label="announce-audience", action="announce.audience", value=value),
        Pick(label="announce-when", action="announce.when", value=value),
        Pick(label="announce-edit", action="announce.edit", value=value),
    ]
    return [_confirm(seen), *picks] if seen.is_ready else picks


def _confirm(seen: Seen) -> Pick:
    return Pick(
        label="preview-confirm", action="announce.confirm", value=seen.value, style="primary",
        args={"people": seen.reached.people},
    )  # fmt: skip


@nudge.choice("announce.confirm", by=WRITERS, aliases=["annonce confirmer"])
async def confirm(event: Press, ctx: Context) -> Answer:
    """So many people: what was counted when it was pressed must still be so."""
    made, version = await changeable(ctx, event.value)
    words = event.value.split()[1:]
    if not words or not words[0].isdecimal():
        raise Refused("preview-repeat", number=str(made.id))
    if len(words) > 1 and words[1].isdecimal() and int(words[1]) != version.number:
        raise Refused("preview-other-version", number=str(made.id), version=version.number)
    seen, said = await look(ctx, made, version), int(words[0])
    if not seen.is_ready:
        return Say(lines=tuple(warnings(ctx, seen)), choices=tuple(_next(seen)))
    if said != seen.reached.people:
        return _other_number(ctx, seen, said)
    if said == 1 and words[-1] != ALONE:
        sure = Pick(label="preview-alone-yes", action="announce.confirm", value=f"{seen.value} {ALONE}", style="danger")
        return Say(lines=(Line(id="preview-alone-sure", args={"who": seen.who}),), choices=(sure,))
    told = seen.reached.counts
    if not await rows.confirm(ctx.session, made.id or 0, version.number, made.audience, said, told.text()):
        raise Refused("preview-other-version", number=str(made.id), version=version.number)
    await ctx.audit.append(
        ctx.session, now=ctx.now, actor=ctx.actor.person, action="announce.confirm",
        subject=f"announcement:{made.id}", after={"people": str(said), "version": str(version.number)},
    )  # fmt: skip
    if ctx.actor.person == made.owner_id:
        await launching.note(ctx.session, made.id or 0, live=progress.started(event))
    if made.state == SIGNING:
        await signing.counted(ctx, made)
    done = Line(id="preview-confirmed", args={"people": said, "number": str(made.id), "title": version.title})
    return Say(lines=(done, *_then(made)), choices=_after(made))


def _then(made: Announcement) -> list[Line]:
    """What comes next of one whose number is confirmed. Pure."""
    then = "unasked" if made.state in UNASKED else made.state
    return [Line(id=f"preview-then-{then}")]


def _after(made: Announcement) -> tuple[Pick, ...]:
    """What is to be done next about it. Pure."""
    value = str(made.id)
    if made.state in UNASKED:
        return (Pick(label="announce-submit", action="announce.submit", value=value, style="primary"),)
    if made.state == LATE:
        return (Pick(label="announce-send-now", action="announce.send-now", value=value, style="primary"),)
    return ()


def _other_number(ctx: Context, seen: Seen, said: int) -> Say:
    """Nothing was confirmed: how many they are by now."""
    now = seen.reached.counts
    before = counts.kept(seen.made.previewed)
    before = before if before is not None and before.people == said else Counts(people=said, media=now.media)
    lines = [Line(id="preview-changed"), *counts.difference(before, now, ctx.smallest_group)]
    return Say(lines=tuple(lines), choices=tuple(_next(seen)))
