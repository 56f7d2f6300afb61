"""Ending a kind of message by the link that came with it: with one request of a mail program, or by a button.

RFC 8058: the request is a POST, and changes something; whatever merely looks at links (scanners) asks with GET.
"""

from __future__ import annotations

from bot import people
from bot.attention.ways import words_of
from bot.chat import WebAnswer
from bot.media.stopping import PATH, Ended, read
from bot.parts import Parts
from bot.say import Line, Term
from bot.web.browser import Browser
from bot.web.showing import Showing
from storage import wishes

YES = "/yes"
"""What the button's address ends with: it is answered by a page, and a program by none."""


class Stopping:
    """Answers what begins with `PATH`."""

    def __init__(self, parts: Parts, showing: Showing) -> None:
        self._parts = parts
        self._showing = showing
        self._kinds = {each.kind for nudge in parts.lookup.nudges for each in nudge.contacts if each.optional}

    async def answer(self, browser: Browser) -> WebAnswer:
        """Answer one request. Raises StoreUnavailable."""
        said = browser.path.removeprefix(PATH)
        ended = read(self._parts.store.key, said.removesuffix(YES))
        if ended is None or ended.kind not in self._kinds:
            if browser.method == "POST" and not said.endswith(YES):
                return WebAnswer(status=404, body=b"nothing here")
            voice = self._showing.reads(browser)
            return await self._showing.notice(
                browser, voice, 404, Line(id="ending-none"), [Line(id="ending-none-todo")]
            )
        if browser.method == "POST":
            await self._stop(ended)
            return await self._page(browser, ended, done=True) if said.endswith(YES) else WebAnswer(status=200)
        return await self._page(browser, ended, done=False)

    async def _stop(self, ended: Ended) -> None:
        """The same as whoever says so in the chat."""
        now = self._parts.now()
        async with self._parts.store.write() as session:
            person = await people.current(session, ended.person)
            if await people.is_there(session, person):
                await wishes.say(session, person, ended.kind, now, stopped_at=now)

    async def _page(self, browser: Browser, ended: Ended, *, done: bool) -> WebAnswer:
        async with self._parts.store.read() as session:
            language, zone = await people.reader(session, ended.person)
        voice = self._showing.reads(browser, language, zone)
        kind = Term(term=words_of(ended.kind))
        if done:
            return await self._showing.notice(browser, voice, 200, Line(id="ending-done", args={"kind": kind}), [])
        title, token = Line(id="ending-asked", args={"kind": kind}), browser.path.removesuffix(YES)
        lines = [Line(id="ending-asked-what")]
        return await self._showing.notice(browser, voice, 200, title, lines, press=(f"{token}{YES}", "ending-press"))
