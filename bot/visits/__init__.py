"""Pages in a browser, opened by a link from the chat: who reads them is known without a password.

`link` makes such a link. It is signed, opens its page once, and only by a press of the button that it shows: whatever
looks at links before people do (scanners, previews) uses none. A browser is believed to be somebody's when they say so
in the chat, once; so a link that was passed on opens nothing for anybody else. `tokens` signs (pure), `capability`
asks in the chat, and `bot.web` shows it all.
"""

from __future__ import annotations

from datetime import timedelta

from bot.nudge import Context, Refused
from bot.visits.tokens import LINK, sign
from storage import keeping, visits
from storage.visits import Visit

PATH = "/visit/"
"""Where links begin on the public listener."""

SECRET = "visits"  # noqa: S105 - its name
"""Under which name the key is kept that links are signed with."""

REMEMBERED = timedelta(days=180)
"""For which a browser need not be confirmed again, unless its page is closed or its person says no in the chat."""


async def link(ctx: Context, to: str) -> str:
    """A link to a page for the person who acts; to: its path ("/garden/"). It is for them, and told to nobody else.

    Raises Refused: pages are not reachable.
    """
    if not ctx.address:
        raise Refused("visit-no-address")
    until = ctx.now + timedelta(minutes=ctx.link_minutes)
    visit = Visit(person_id=ctx.actor.person, to=to, made_at=ctx.now, until=until)
    number = await visits.add(ctx.session, visit)
    return f"{ctx.address}{PATH}{sign(await keeping.secret(ctx.session, SECRET), LINK, number)}"
