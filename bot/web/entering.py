"""How somebody comes to a page: by a link that was made for them, with a button, and a word in the chat."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import WebAnswer
from bot.nudge import Actor, Nudge
from bot.parts import Parts
from bot.say import Line, Term
from bot.visits import PATH, REMEMBERED, SECRET
from bot.visits.capability import ask
from bot.visits.tokens import BROWSER, LINK, digest, sign, signed
from bot.web.browser import Browser
from bot.web.showing import Showing
from storage import keeping, visits
from storage.visits import Visit

SHOWN, KNOWN = "parvis_visit", "parvis_browser"
"""What a browser shows: its visit; and whose it was said to be in the chat."""


@dataclass(frozen=True, slots=True)
class _Link:
    """What a link is. state: "forged": none of ours; "old", "used": of no use any more. name: whom it was made for."""

    state: Literal["forged", "old", "used", "good"]
    visit: Visit | None = None
    name: str = ""
    language: str = ""
    zone: str = ""


class Entering:
    """Answers what is below `bot.visits.PATH`."""

    def __init__(self, parts: Parts, showing: Showing, stay: timedelta, capability: Nudge) -> None:
        """stay: how long a visit lasts. capability: the one of `bot.visits`."""
        self._parts = parts
        self._showing = showing
        self._stay = stay
        self._capability = capability

    async def answer(self, browser: Browser) -> WebAnswer:
        """Answer one request."""
        rest = browser.path.removeprefix(PATH)
        changes = browser.method == "POST"
        if browser.method not in {"GET", "HEAD", "POST"} or (changes and rest == "wait"):
            return await self._says(browser, 405, "page-wrong", "page-wrong-todo")
        if changes and browser.foreign:
            return await self._says(browser, 403, "page-foreign", "page-foreign-todo")
        if rest == "wait":
            return await self._wait(browser)
        if rest == "leave":
            return await self._leave(browser, changes=changes)
        return await (self._pressed(browser, rest) if changes else self._looked_at(browser, rest))

    # ------------------------------------------------------------ who is there

    async def visit(self, session: AsyncSession, browser: Browser, now: datetime) -> Visit | None:
        """The visit that goes on in a browser; it need not be confirmed yet."""
        return await visits.shown(session, digest(browser.cookies.get(SHOWN, "")), now)

    async def remembers(self, session: AsyncSession, browser: Browser, who: Actor, now: datetime) -> dict[str, str]:
        """The header by which a browser keeps whose it is; nothing where it does so already."""
        key = await keeping.known(session, SECRET)
        if key is None or await self.whose(session, key, browser, now) == who.person:
            return {}
        value = sign(key, BROWSER, [who.person, int(now.timestamp())])
        return self._showing.cookie(KNOWN, value, REMEMBERED.total_seconds())

    async def whose(self, session: AsyncSession, key: bytes | None, browser: Browser, now: datetime) -> int:
        """The person whose browser it was said to be; 0: not known."""
        match signed(key, BROWSER, browser.cookies.get(KNOWN, "")):
            case [int(person), int(since)] if now.timestamp() - since < REMEMBERED.total_seconds():
                current = await people.current(session, person)
                no = await visits.distrusted(session, current)
                return 0 if no is not None and since <= no.timestamp() else current
        return 0

    # ------------------------------------------------------------ the link

    async def _link(self, session: AsyncSession, token: str, now: datetime) -> _Link:
        number = signed(await keeping.known(session, SECRET), LINK, token)
        if not isinstance(number, int):
            return _Link("forged")
        visit = await visits.get(session, number)
        if visit is None:
            return _Link("old")  # it is so old that nothing is known of it
        name = await people.name(session, visit.person_id)
        language, zone = await people.reader(session, visit.person_id)
        state: Literal["used", "old", "good"] = "used" if visit.used_at else "old" if visit.until <= now else "good"
        return _Link(state, visit, name, language, zone)

    async def _looked_at(self, browser: Browser, token: str) -> WebAnswer:
        """Somebody, or something, looks at a link: nothing changes by it."""
        now = self._parts.now()
        async with self._parts.store.read() as session:
            link = await self._link(session, token, now)
            whose = await self.whose(session, await keeping.known(session, SECRET), browser, now)
        if link.state != "good" or link.visit is None:
            return await self._useless(browser, link)
        page = self._page(link.visit.to)
        lines = [
            Line(id="visit-link-whose", args={"name": link.name}),
            Line(id="visit-link-once", args={"count": self._parts.link_minutes}),
        ]
        if whose not in {0, link.visit.person_id}:
            lines.append(Line(id="visit-link-else", args={"name": link.name, "command": _command(link.visit.to)}))
        title = Line(id="visit-link", args={"page": page})
        voice = self._showing.reads(browser, link.language, link.zone)
        return await self._showing.notice(
            browser, voice, 200, title, lines, press=(f"{PATH}{token}", "visit-link-open")
        )

    async def _pressed(self, browser: Browser, token: str) -> WebAnswer:
        """The button of a link was pressed: it is used. Unless the browser is known as theirs, its person is asked."""
        now, shown, number = self._parts.now(), secrets.token_urlsafe(32), f"{secrets.randbelow(90) + 10}"
        async with self._parts.store.write() as session:
            link = await self._link(session, token, now)
            visit = link.visit
            if link.state != "good" or visit is None:
                return await self._useless(browser, link)
            whose = await self.whose(session, await keeping.known(session, SECRET), browser, now)
            is_theirs = whose == visit.person_id
            becomes: dict[str, Any] = {"token": digest(shown), "until": now + self._wait_for}
            becomes |= {"confirmed_at": now, "until": now + self._stay} if is_theirs else {"number": number}
            if not await visits.use(session, visit.id or 0, now, **becomes):
                return await self._useless(browser, _Link("used", visit, link.name, link.language, link.zone))
            if not is_theirs:
                ctx = self._parts.context(session, now, None, self._capability)
                await ask(ctx, visit, number, self._page(visit.to))
        self._parts.outbox.wake()
        cookie = self._showing.cookie(SHOWN, shown, self._stay.total_seconds())
        return self._showing.goto(visit.to if is_theirs else f"{PATH}wait", cookie)

    @property
    def _wait_for(self) -> timedelta:
        """How long is waited for a word in the chat."""
        return timedelta(minutes=self._parts.link_minutes)

    async def _useless(self, browser: Browser, link: _Link) -> WebAnswer:
        """What to do with a link that opens nothing: the words are about this kind of link."""
        status = {"forged": 404}.get(link.state, 410)
        voice = self._showing.reads(browser, link.language, link.zone)
        lines = [Line(id=f"visit-link-{link.state}-why")]
        if link.visit is not None:
            lines.append(Line(id="visit-link-anew", args={"command": _command(link.visit.to)}))
        else:
            lines.append(Line(id="visit-link-anew-any"))
        return await self._showing.notice(browser, voice, status, Line(id=f"visit-link-{link.state}"), lines)

    # ------------------------------------------------------------ waiting, and leaving

    async def _wait(self, browser: Browser) -> WebAnswer:
        """The browser shows a number until its person says in the chat that it is theirs."""
        async with self._parts.store.read() as session:
            visit = await self.visit(session, browser, self._parts.now())
            if visit is None:
                return await self._says(browser, 410, "visit-wait-over", "visit-wait-over-todo")
            name = await people.name(session, visit.person_id)
            reads = await people.reader(session, visit.person_id)
        if visit.confirmed_at:
            return self._showing.goto(visit.to)
        lines = (
            Line(id="visit-wait-asked", args={"name": name}),
            Line(id="visit-wait-else", args={"name": name, "command": _command(visit.to)}),
        )
        voice, title = self._showing.reads(browser, *reads), Line(id="visit-wait")
        go = (f"{PATH}wait", "visit-wait-go")
        return await self._showing.notice(browser, voice, 200, title, lines, go=go, number=visit.number)

    async def _leave(self, browser: Browser, *, changes: bool) -> WebAnswer:
        """The visit ends, so that what the browser shows of it is of no use; and it forgets whose it was."""
        if not changes:
            return await self._says(browser, 405, "page-wrong", "page-wrong-todo")
        now = self._parts.now()
        async with self._parts.store.write() as session:
            visit = await self.visit(session, browser, now)
            if visit is not None:
                await visits.end(session, visit.id or 0, visit.person_id, now)
        return await self._says(browser, 200, "visit-left", "visit-left-todo", self._showing.cookie(KNOWN, "", 0))

    async def _says(
        self, browser: Browser, status: int, title: str, todo: str, cookie: dict[str, str] | None = None
    ) -> WebAnswer:
        voice = self._showing.reads(browser)
        return await self._showing.notice(browser, voice, status, Line(id=title), [Line(id=todo)], cookie=cookie)

    def _page(self, to: str) -> Term:
        return Term(term=f"page-{to.split('/')[1]}")


def _command(to: str) -> Term:
    """What is typed to be given a link to a page."""
    return Term(term=f"page-{to.split('/')[1]}.ask")
