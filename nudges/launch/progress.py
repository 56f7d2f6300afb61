"""How far an announcement is: counted, and shown in the messages that follow it.

Told are how many it reached by which medium, and faults of machines (`reasons`). All others, whether they wait for
their hours or want nothing, are one number, told in steps as what they are left over from is, and of few people no
number is told: nobody is to be found out by subtraction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import figures, people
from bot.chat import Press
from bot.figures.words import count
from bot.nudge import Context, HomeRoom, Role, To
from bot.say import Arg, Line, Pick, Say, Term
from nudges.launch.reasons import Reason, Stuck, reason, stuck
from nudges.launch.waves import ALL, FEW
from storage import launch as rows
from storage import launching, outbox
from storage.launch import HELD, PAUSED, RECALLED, SENDING, Announcement, AnnouncementVersion
from storage.launching import Counted
from storage.outbox import BEHIND, HUSH, OPENING, REPLACED, WAITING
from storage.outbox import PAUSED as ON_HOLD

TOO_LATE = "too_late"
"""Why what was not said before its days were over is not said any more."""
RECALLING = "recall:"
"""How the batch of removals begins."""


@dataclass(frozen=True, slots=True)
class Progress:
    """people: to whom it is promised. delivered: platform -> to how many. failed: why -> how many.
    late: to how many it was not said before its days were over.

    in_hand: something of it is being said, or about to be. waits: something of it may come later. hushed: what waits
    was signed before a quiet time that was called since. loose: something of it may be said at its time, whatever was
    paused or stopped: it was in hand then, or came back since. removed, replaced: platform -> how many of what was said
    are taken back, and how many say so by now, since they cannot be. left: (platform, why) -> how many say what they
    said. removing: others are still to be.
    """

    people: int = 0
    delivered: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[Reason, int] = field(default_factory=dict)
    late: int = 0
    in_hand: bool = False
    waits: bool = False
    hushed: bool = False
    loose: bool = False
    removed: Mapping[str, int] = field(default_factory=dict)
    replaced: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[tuple[str, Stuck], int] = field(default_factory=dict)
    removing: bool = False

    @property
    def reached(self) -> int:
        """How many it was delivered to."""
        return sum(self.delivered.values())

    @property
    def lost(self) -> int:
        """How many it could not be delivered to, for a reason that is told."""
        return sum(self.failed.values())

    @property
    def others(self) -> int:
        """How many it did not reach: not yet, or not at all, for reasons that are not told apart."""
        return self.people - self.reached - self.lost - self.late

    def code(self, made: Announcement) -> str:
        """What tells one state of affairs from another."""
        numbers = [(name, sorted(of.items())) for name, of in (("d", self.delivered), ("f", self.failed))]
        taken = (self.removed, self.replaced, self.left)
        gone = [*(sorted((str(key), n) for key, n in each.items()) for each in taken), self.removing]
        about = f"{made.state} {made.wave} {made.planned} {self.people} {self.late}"
        return f"{about} {numbers} {gone} {self.is_held_up(made)}"

    def is_held_up(self, made: Announcement) -> bool:
        """Whether its first wave was promised, and reaches nobody for now."""
        promised = made.state == SENDING and made.wave == FEW and made.planned >= FEW
        return promised and self.waits and not (self.in_hand or self.reached or self.lost)


def counted(found: Iterable[Counted], removals: Iterable[Counted], addressed: Collection[str]) -> Progress:
    """What rows say. removals: of what is taken back. addressed: platforms on which people have addresses. Pure."""
    some, gone = list(found), list(removals)
    delivered, failed = Counter[str](), Counter[Reason]()
    for each in some:
        if each.state == "sent":
            delivered[each.platform] += each.count
        elif each.state == "dead" and (why := reason(each.error, each.platform, addressed)):
            failed[why] += each.count
    removed, replaced, removing = Counter[str](), Counter[str](), Counter[str]()
    left = Counter[tuple[str, Stuck]]()
    for each in gone:
        if each.state == "sent":
            (replaced if each.error == REPLACED else removed)[each.platform] += each.count
        elif each.state in {"todo", "later", "going"}:
            removing[each.platform] += each.count
        elif each.state == "dead":
            left[each.platform, stuck(each.error)] += each.count
    for name, was in delivered.items():
        told = removed[name] + replaced[name] + removing[name] + sum(n for (on, _), n in left.items() if on == name)
        if was > told:
            left[name, "fixed" if name in addressed else "refused"] += was - told
    return Progress(
        people=sum(each.count for each in some),
        delivered=dict(delivered),
        failed=dict(failed),
        late=sum(each.count for each in some if each.state == "dropped" and each.error == TOO_LATE),
        in_hand=any(_is_in_hand(each) for each in some),
        waits=any(each.state in {"todo", "later", "going"} for each in some),
        hushed=any(each.state == "later" and each.error == HUSH for each in some),
        loose=any(each.state in WAITING and each.error not in {ON_HOLD, HUSH} for each in some),
        removed=dict(removed),
        replaced=dict(replaced),
        left=dict(left),
        removing=bool(removing.total()),
    )


def _is_in_hand(each: Counted) -> bool:
    if each.state == "going" or (each.state == "todo" and not each.away):
        return True
    return each.state == "later" and (not each.away or each.error in {OPENING, BEHIND})


async def of(ctx: Context, made: Announcement) -> Progress:
    """How far it is now."""
    batch = launching.batch_of(made.id or 0)
    found = await launching.counted(ctx.session, batch, ctx.now)
    gone = await launching.counted(ctx.session, f"{RECALLING}{batch}", ctx.now) if made.state == RECALLED else []
    return counted(found, gone, ctx.addressed)


# ---------------------------------------------------------------- in words


def lines(made: Announcement, found: Progress, smallest: int) -> list[Line]:
    """How far it is. smallest: people of the smallest group of which numbers are told."""
    told = [Line(id="announce-state", kind="fact", args={"state": _state(made)})]
    if made.own_name:
        told.append(Line(id=f"announce-live-own{'-posted' if made.wave else ''}", kind="note"))
        if not found.people:
            return told + _paper(made)
    told += _paper(made)
    if made.state in launching.ENDED and made.planned >= ALL and 2 * found.people < made.people:
        return [*told, Line(id="announce-live-forgotten", kind="note")]  # its promises were, by and by
    if made.paper and not max(made.people, found.people):
        return told + (_recalled(made, found) if made.state == RECALLED else [])
    if made.people and made.people < smallest:
        told.append(Line(id="announce-live-few", kind="fact", args={"smallest": smallest}))
        return told + ([Line(id="announce-live-nothing")] if not found.reached and not made.planned else [])
    told.append(_delivered(made, found, smallest))
    if made.wave == FEW:
        told.append(Line(id="announce-live-first", kind="fact", args={"people": found.people}))
    if found.is_held_up(made):
        told.append(Line(id="announce-live-held-up", kind="note"))
    told += _media(found, smallest)
    told += [_failed(why, n) for why, n in sorted(found.failed.items())]
    if found.late and (late := figures.told(found.late, max(found.people, found.late), smallest)) is not None:
        told.append(Line(id="announce-live-late", kind="item", args={"count": count(late)}))
    others = figures.told(found.others, max(made.people, found.people), smallest) if found.others else None
    if others is not None:
        told.append(Line(id="announce-live-others", kind="item", args={"count": count(others)}))
    return told + (_recalled(made, found) if made.state == RECALLED else [])


def _delivered(made: Announcement, found: Progress, smallest: int) -> Line:
    """How many have it: of all, in steps while some of them do not, since who these are may be their own affair.

    The first few were drawn by chance, and nobody knows of whom they are.
    """
    people = max(made.people, found.people)
    step = figures.told(found.reached, people, smallest) if found.others and made.wave == ALL else None
    if step is not None:
        return Line(id="announce-live-delivered-some", kind="fact", args={"count": count(step)})
    args: dict[str, Arg] = {"delivered": found.reached, "people": people}
    return Line(id="announce-live-delivered", kind="fact", args=args)


def _paper(made: Announcement) -> list[Line]:
    """How many copies are for paper, beside those who are told by the bot."""
    return [Line(id="announce-live-paper", kind="fact", args={"count": made.paper})] if made.paper else []


def _state(made: Announcement) -> Term:
    first = made.state == SENDING and made.wave == FEW
    return Term(term="announce-is-first" if first else f"announce-is-{made.state}")


def _media(found: Progress, smallest: int) -> list[Line]:
    """By which media, in steps: by which one somebody is reached is theirs."""
    told = []
    for name, n in sorted(found.delivered.items()):
        figure = figures.told(n, max(found.people, n), smallest)
        if figure is not None:
            args: dict[str, Arg] = {"medium": name, "count": count(figure)}
            told.append(Line(id="announce-live-medium", kind="item", args=args))
    return told


def _failed(why: Reason, count: int) -> Line:
    return Line(id="announce-live-failed", kind="item", args={"count": count, "why": Term(term=f"announce-why-{why}")})


def _recalled(made: Announcement, found: Progress) -> list[Line]:
    told = []
    for which, of in (("removed", found.removed), ("replaced", found.replaced)):
        for name, n in sorted(of.items()):
            told.append(Line(id=f"announce-live-{which}", kind="item", args={"medium": name, "count": n}))
    if found.removing or made.planned <= ALL:
        return [*told, Line(id="announce-live-removing", kind="item")]
    for (name, why), n in sorted(found.left.items()):
        args: dict[str, Arg] = {"medium": name, "count": n, "why": Term(term=f"announce-stuck-{why}")}
        told.append(Line(id="announce-live-left", kind="item", args=args))
    if made.paper:
        told.append(Line(id="announce-live-left-paper", kind="item", args={"count": made.paper}))
    return told


def ways(made: Announcement, *, held_up: bool = False) -> tuple[Pick, ...]:
    """What can be done about one that was begun. held_up: its first wave reaches nobody for now."""
    value = str(made.id)
    report = Pick(label="announce-report", action="announce.report", value=value)
    recall = Pick(label="announce-recall", action="announce.recall", value=value, style="danger")
    if made.own_name and made.state == SENDING and not made.wave:
        return (Pick(label="announce-posted", action="announce.posted", value=value, style="primary"),)
    found: list[Pick] = []
    if made.state == HELD or held_up:
        found.append(Pick(label="announce-go", action="announce.go", value=value, style="primary"))
        found.append(Pick(label="announce-stop", action="announce.stop", value=value, style="danger"))
    elif made.state == SENDING:
        found.append(Pick(label="announce-pause", action="announce.pause", value=value))
    elif made.state == PAUSED:
        found.append(Pick(label="announce-resume", action="announce.resume", value=value, style="primary"))
        found.append(Pick(label="announce-stop", action="announce.stop", value=value, style="danger"))
    found.append(report)
    return (*found, recall) if made.begun_at is not None and made.state != RECALLED else tuple(found)


def message(made: Announcement, version: AnnouncementVersion, found: Progress, smallest: int) -> Say:
    """The message that follows it."""
    title = Line(id="announce-title", kind="title", args={"number": str(made.id), "title": version.title})
    return Say(lines=(title, *lines(made, found, smallest)), choices=ways(made, held_up=found.is_held_up(made)))


# ---------------------------------------------------------------- the messages that follow it


def rooms(ctx: Context) -> Sequence[HomeRoom]:
    """Where those who look after communication are together."""
    return ctx.rooms.get(Role.COMMS, ())


def _room_name(made: Announcement, room: HomeRoom) -> str:
    return f"announce:{made.id}:live:{room.platform}:{room.room}"


def _own_name(made: Announcement) -> str:
    return made.live or f"announce:{made.id}:live"


async def open_(ctx: Context, made: Announcement, version: AnnouncementVersion, more: Sequence[Line]) -> None:
    """Begin to follow it: in the message that started it, or one of its own to who looks after it, and in the rooms.

    more: what is otherwise than it was confirmed, said beside: the message that follows it changes.
    """
    found = await of(ctx, made)
    said = message(made, version, found, ctx.smallest_group)
    if made.live and made.live not in await outbox.named(ctx.session, [made.live]):
        made.live = ""  # it was forgotten meanwhile
    if made.live:
        await _edit_own(ctx, made, said)
    else:
        await ctx.outbox.tell(To(person=made.owner_id), said, name=_own_name(made), kind="decision")
    for room in rooms(ctx):
        await ctx.outbox.tell(
            To(room=room.room, platform=room.platform),
            said,
            name=_room_name(made, room),
            kind="decision",
            language=room.language,
            reply_to=made.thread if (made.platform, made.room) == (room.platform, room.room) else "",
        )
    if more:
        printed = Pick(label="sheets-print", action="announce.paper", value=str(made.id))
        beside = Say(lines=(said.lines[0], *more), choices=(printed,) if made.paper else ())
        name = f"announce:{made.id}:began"
        await ctx.outbox.tell(To(person=made.owner_id), beside, name=name, kind="decision")
        for room in rooms(ctx):
            to, where = To(room=room.room, platform=room.platform), f"{name}:{room.platform}:{room.room}"
            await ctx.outbox.tell(to, beside, name=where, kind="decision", language=room.language)
    await launching.note(ctx.session, made.id or 0, shown=found.code(made), live=made.live)


async def renew(ctx: Context, made: Announcement, version: AnnouncementVersion, found: Progress | None = None) -> None:
    """Let the messages that follow it say how far it is now. made: as its row is."""
    found = await of(ctx, made) if found is None else found
    said, stamp = message(made, version, found, ctx.smallest_group), f"{ctx.now:%Y%m%d%H%M%S%f}"
    await _edit_own(ctx, made, said)
    for room in rooms(ctx):
        name, to = _room_name(made, room), To(room=room.room, platform=room.platform)
        await ctx.outbox.tell(
            to, said, name=f"{name}:{stamp}", kind="decision", op="edit", of=name, language=room.language
        )
    await launching.note(ctx.session, made.id or 0, shown=found.code(made))


async def _edit_own(ctx: Context, made: Announcement, said: Say) -> None:
    own, to = _own_name(made), To(person=made.owner_id)
    name = f"{own}:{ctx.now:%Y%m%d%H%M%S%f}"
    await ctx.outbox.tell(to, said, name=name, kind="decision", op="edit", of=own)


def started(event: Press) -> str:
    """The promise of what answers this press, which follows the announcement from then on; "" where it is shown at most
    once, and cannot be changed.
    """
    return "" if event.handle and not event.direct else f"answer:{event.platform}:{event.key}"


async def fresh(session: AsyncSession, number: int) -> tuple[Announcement, AnnouncementVersion]:
    """An announcement as its row is now."""
    row = await rows.get(session, number)
    assert row is not None, "it is there"
    await session.refresh(row[0])
    return row


async def ask(ctx: Context, made: Announcement, name: str, say: Say) -> None:
    """Ask who looks after it, and those of the rooms, what is to become of it. name: of the question."""
    await ctx.outbox.tell(To(person=made.owner_id), say, name=name, kind="decision", asks=True)
    for room in rooms(ctx):
        to = To(room=room.room, platform=room.platform)
        await ctx.outbox.tell(
            to, say, name=f"{name}:{room.platform}:{room.room}", kind="decision", language=room.language
        )


async def called(ctx: Context, person: int | None) -> str:
    """What somebody is called."""
    return await people.name(ctx.session, person) if person else ""
