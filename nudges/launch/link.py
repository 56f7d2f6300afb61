"""The same sign-off by a letter: all renderings, and a link by which whose words they are sign, change or refuse them.

Its page and its buttons are the spine's (`Nudge.act`); here is what it shows, when it is sent, and to whom.
"""

from __future__ import annotations

from datetime import timedelta

from bot import people
from bot.decide import card, number_of, split_number, split_version
from bot.nudge import Context, Refused, To
from bot.say import Line, Say
from bot.visits.acting import link
from nudges.launch.capability import nudge
from nudges.launch.settings import Settings
from nudges.launch.signing import PROCESS, may_sign
from storage import launch as rows
from storage import people as people_rows
from storage import signing as moves
from storage.launch import Announcement
from storage.requests import Request

ACT = "announcement.sign"
OFFERED = ("announcement.approve", "announcement.amend", "announcement.refuse")
"""What can be done by the link; questions are asked in the chat."""

LONGEST = timedelta(days=14)
"""For which a link is good where nothing says by when a signature is needed."""


@nudge.act(ACT)
async def shows(of: str, ctx: Context) -> Say:
    """The request as it is shown in the chat. of: the announcement's number, and the version that was mailed.

    Raises Refused: it is decided, or another one by now.
    """
    number, rest = split_number(of)
    row = await rows.get(ctx.session, number or 0)
    request = await moves.request_of(ctx.session, row[0]) if row else None
    if row is None or request is None:
        raise Refused("announcement-link-gone", number=str(number or ""))
    if request.state != "waiting" or not await may_sign(ctx, row[0]):
        owner = await people.name(ctx.session, row[0].owner_id)
        raise Refused("announcement-link-over", number=str(number), owner=owner)
    if request.version != split_version(rest)[0]:
        raise Refused("announcement-link-stale", number=str(number))
    told = await card(ctx, PROCESS, request)
    return told.model_copy(update={"choices": tuple(each for each in told.choices if each.action in OFFERED)})


async def mail(ctx: Context, made: Announcement, request: Request) -> None:
    """Send the letter for the version that waits to be signed, where the organisation says that there is one."""
    settings: Settings = ctx.settings
    speaker = made.speaker_id
    wanted = settings.sign_by_mail == "always" or (settings.sign_by_mail == "absent" and await _absent(ctx, speaker))
    if not wanted or not ctx.addressed or request.state != "waiting":
        return
    if not await people_rows.addresses(ctx.session, speaker, ctx.addressed):
        return
    until = request.needed_by or ctx.now + LONGEST
    address = await link(ctx, ACT, f"{made.id} v{request.version}", speaker, until)
    if not address:
        return
    told = await card(ctx, PROCESS, request)
    way = Line(id="announcement-link", kind="link", url=address)
    await ctx.outbox.tell(
        To(person=speaker),
        Say(lines=(*told.lines, way, Line(id="announcement-link-why", kind="note")), picture=told.picture),
        name=f"announcement:{made.id}:link:{number_of(request)}:{request.version}",
        kind="decision",
        not_after=until,
        media=tuple(sorted(ctx.addressed)),
    )


async def _absent(ctx: Context, person: int) -> bool:
    """Whether they never spoke to the bot in any chat."""
    return all(each.used_at is None for each in await people_rows.accounts(ctx.session, person))
