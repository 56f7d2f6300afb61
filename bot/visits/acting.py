"""Links by which one person does one thing, once, without the chat: signed, until an instant, shown by `bot.web`.

Whatever looks at one (scanners, previews, whoever it was passed on to) changes nothing. Before its button does
anything, a browser that is not known as this person's has to show a number that was sent to them elsewhere: in the chat
where they use it, else in another letter. So whoever was merely handed the letter does nothing by it, and its owner
hears of the attempt.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.nudge import Context, Priority, To
from bot.say import Line, Moment, Say
from bot.visits import SECRET
from bot.visits.tokens import ACT, sign
from storage import acts, keeping
from storage import people as rows
from storage.acts import Act

PATH = "/act/"
"""Where they begin on the public listener."""

NUMBER_FOR = timedelta(minutes=30)
"""How long a number is good."""

PAUSE = timedelta(minutes=1)
"""Between two numbers."""


async def link(ctx: Context, act: str, of: str, person: int, until: datetime) -> str:
    """A link for somebody; "" where pages are not reachable. act: as declared (`Nudge.act`); of: what it is about."""
    if not ctx.address:
        return ""
    made = Act(person_id=person, act=act, of=of, made_at=ctx.now, until=until)
    return (
        f"{ctx.address}{PATH}{sign(await keeping.secret(ctx.session, SECRET), ACT, await acts.add(ctx.session, made))}"
    )


async def send(ctx: Context, act: Act, number: str, title: Line) -> None:
    """Tell somebody the number with which a browser may go on. title: of what it is about."""
    lines = (
        Line(id="act-number-title", kind="title"),
        Line(id="act-number", args={"number": number, "at": Moment(at=ctx.now + NUMBER_FOR, style="time")}),
        title.model_copy(update={"kind": "text"}),
        Line(id="act-number-else", kind="note"),
    )
    chats = [each for each in await rows.accounts(ctx.session, act.person_id) if each.used_at is not None]
    await ctx.outbox.tell(
        To(person=act.person_id),
        Say(lines=lines),
        name=f"act:{act.id}:{int(ctx.now.timestamp())}",
        kind="answer",
        priority=Priority.ANSWER,
        not_after=ctx.now + NUMBER_FOR,
        media=() if chats else tuple(sorted(ctx.addressed)),
    )
