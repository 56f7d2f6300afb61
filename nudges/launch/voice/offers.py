"""The offer itself: what the author of a question is shown, whom it may be sent to, and who is made none.

What was written is not kept, here or anywhere, before they press: the offer holds where it stands, not what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot import attention, people
from bot.nudge import ContactSpec, Context, Priority, To
from bot.say import Line, Pick, Say
from nudges.launch.capability import nudge
from nudges.launch.voice import office
from nudges.launch.voice.asking import NAMED, UNNAMED
from storage import launch, wishes
from storage.launch import Announcement, AnnouncementVersion
from storage.people import Person

OFFER = "question.offer"
"""The kind of contact that such offers are; whoever wants none says so."""
AT_ONCE = timedelta(minutes=5)
"""How long after something was said an offer about it is an answer to what was just done; later it waits for hours."""
LATEST = timedelta(days=1)
"""How long after it no offer is made any more."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a question stands. about: the announcement. room, message, thread: external ids; thread: of its first one.

    direct: the thread is of the direct room.
    """

    about: int
    room: str
    message: str
    thread: str
    direct: bool

    def text(self) -> str:
        """As the value of a choice, which holds no word of the question."""
        return f"{self.about} {self.room} {self.message} {self.thread} {'direct' if self.direct else 'room'}"


def read_where(value: str) -> tuple[bool, Where] | None:
    """Whether it is sent under a name, and where it stands; None: the value says nothing of the kind."""
    parts = value.split()
    if len(parts) != 6 or parts[0] not in (NAMED, UNNAMED) or not parts[1].isdecimal() or len(parts[1]) > 9:
        return None
    name, about, room, message, thread, kind = parts
    return name == NAMED, Where(int(about), room, message, thread, kind == "direct")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question below a message, and who wrote it, when. room, message, thread: external ids."""

    person: int
    platform: str
    room: str
    message: str
    thread: str
    at: datetime


async def offer(ctx: Context, where: Where, made: Announcement, version: AnnouncementVersion) -> Say:
    """What its author is shown."""
    leader = await people.name(ctx.session, made.speaker_id)
    lines = [Line(id="question-offer", args={"leader": leader, "title": version.title})]
    lines.append(Line(id="question-offer-office", kind="note"))
    if not where.direct:
        lines.append(Line(id="question-offer-seen", kind="note"))
    picks = [
        Pick(label="question-offer-named", action="ask.pass", value=f"{NAMED} {where.text()}", style="primary"),
        Pick(label="question-offer-unnamed", action="ask.pass", value=f"{UNNAMED} {where.text()}"),
        Pick(label="question-offer-no", action="ask.no"),
    ]
    if not where.direct:
        picks.append(Pick(label="question-offer-never", action="ask.never"))
    return Say(lines=tuple(lines), choices=tuple(picks))


async def ask_author(ctx: Context, asked: Asked, number: int) -> None:
    """Offer who asked below an announcement of that number to send it; after an outage as fits the hour, or not."""
    found = await launch.get(ctx.session, number)
    if found is None or ctx.now > asked.at + LATEST:
        return
    if not await may_ask(ctx, found[0], asked.person) or await _wants_none(ctx, asked.person):
        return
    where = Where(number, asked.room, asked.message, asked.thread, direct=False)
    fresh = ctx.now <= asked.at + AT_ONCE
    stands = sha256(f"{asked.platform} {asked.room} {asked.message}".encode()).hexdigest()[:32]
    await ctx.outbox.tell(
        To(person=asked.person, platform=asked.platform),
        await offer(ctx, where, *found),
        name=f"answer:{stands}",
        kind="answer" if fresh else OFFER,
        priority=Priority.ANSWER if fresh else Priority.DECISION,
        not_after=asked.at + LATEST,
    )


async def may_ask(ctx: Context, made: Announcement, person: int) -> bool:
    """Whether whose words they are is still a leader, and somebody else."""
    leader = await people.current(ctx.session, made.speaker_id)
    return leader != person and await office.is_leader(ctx, leader)


async def _wants_none(ctx: Context, person: int) -> bool:
    """Whether nothing of the kind is to be said to somebody who did not speak to the bot."""
    row = await ctx.session.get(Person, person)
    theirs = (await wishes.of_people(ctx.session, [person])).get(person, ())
    if row is None or await attention.hushed(ctx.session, ctx.now):
        return True
    return not attention.wishes_of(row, theirs).allow(OFFER, ctx.now)


nudge.contacts.append(ContactSpec(OFFER, optional=False, discreet=True))
