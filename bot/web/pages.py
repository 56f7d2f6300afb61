"""The pages that capabilities declare, for browsers: who reads, may they, then what the capability shows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import WebAnswer, WebRequest
from bot.dispatch import Dispatcher
from bot.media.stopping import PATH as STOP
from bot.nudge import Actor, Browsed, File, Nudge, Page, PageSpec, Refused
from bot.parts import Parts
from bot.say import Line, Term
from bot.visits import PATH
from bot.visits.acting import PATH as ACT
from bot.web.acting import Acting
from bot.web.browser import Browser, read
from bot.web.entering import Entering
from bot.web.rendering import Spoken, Templates
from bot.web.showing import DRAWN, Showing
from bot.web.signon import SignOn
from bot.web.signon.answering import PATHS as SIGN_ON
from bot.web.signon.provider import Provider
from bot.web.stopping import Stopping
from storage.database import StoreUnavailable
from storage.visits import Visit

AT_ONCE = 4
"""Pages that are made together; the bot has other things to do."""


class Pages:
    """Answers what reaches `paths`. A hook of the public listener (`bot.chat.Hook`): `await pages(request)`."""

    def __init__(
        self,
        parts: Parts,
        name: str,
        stay: timedelta,
        address: str,
        provider: Provider | None,
        dispatcher: Dispatcher,
    ) -> None:
        """name: of the bot. stay: how long a visit lasts. address: of [web]; "" where nobody said it.

        provider: of the company's own sign-on; None where it has none. dispatcher: answers what is done by links.
        """
        self._parts = parts
        self._nudges: Mapping[str, Nudge] = {each.id: each for each in parts.lookup.nudges if each.pages}
        root = address.partition("://")[2].partition("/")[2].rstrip("/")
        folders = {id: nudge.catalogs.parent for id, nudge in self._nudges.items()}
        self._showing = Showing(parts.words, Templates(folders, f"/{root}" if root else "", name), address)
        capability = next(each for each in parts.lookup.nudges if each.id == "visits")
        self._entering = Entering(parts, self._showing, stay, capability)
        self._stopping = Stopping(parts, self._showing)
        self._acting = Acting(parts, self._showing, self._entering, dispatcher)
        self._sign_on = SignOn(parts, self._showing, stay, provider, self._nudges) if provider else None
        self._working = asyncio.Semaphore(AT_ONCE)

    @property
    def paths(self) -> list[str]:
        """Where it is to be asked, with all below what ends with a stroke."""
        theirs = [path for id in self._nudges for path in (f"/{id}", f"/{id}/")]
        return [PATH, STOP, ACT, "/static/", *theirs]

    async def __call__(self, request: WebRequest) -> WebAnswer:
        """Answer one request."""
        browser = read(request, self._parts.words.languages)
        looks = browser.method in {"GET", "HEAD"}
        found = self._showing.templates.files.get(browser.path)
        if found is not None and looks:
            return self._showing.file(found)
        chosen = self._showing.chosen(browser) if looks else None
        if chosen is not None:
            return chosen
        try:
            if self._sign_on is not None and browser.path in SIGN_ON:  # it waits for others: not among those below
                return await self._sign_on.answer(browser)
            async with self._working:
                return await self._answered(browser)
        except StoreUnavailable:
            return await self._says(browser, 503, Line(id="page-away"), Line(id="page-away-todo"))

    async def _answered(self, browser: Browser) -> WebAnswer:
        if browser.path.startswith(PATH):
            return await self._entering.answer(browser)
        if browser.path.startswith(STOP):
            return await self._stopping.answer(browser)
        if browser.path.startswith(ACT):
            return await self._acting.answer(browser)
        _, id, *rest = browser.path.split("/", 2)
        nudge = self._nudges.get(id)
        if nudge is not None and not rest:
            return self._showing.goto(f"/{id}/")
        spec = _meant(nudge, rest[0]) if nudge else None
        if nudge is None or spec is None:
            return await self._says(browser, 404, Line(id="page-none"), Line(id="page-none-todo"))
        if browser.method not in {"GET", "HEAD"}:
            return await self._says(browser, 405, Line(id="page-wrong"), Line(id="page-wrong-todo"))
        return await self._shown(browser, nudge, spec, rest[0].removeprefix(spec.path))

    async def _shown(self, browser: Browser, nudge: Nudge, spec: PageSpec, rest: str) -> WebAnswer:
        now = self._parts.now()
        async with self._parts.store.read() as session:
            visit = await self._entering.visit(session, browser, now)
            if visit is not None and visit.confirmed_at is None:
                return self._showing.goto(f"{PATH}wait")
            who = await self._who(session, visit)
            if who is None or not who.roles & spec.by:
                return await self._turned_away(browser, nudge, who)
            cookie = await self._entering.remembers(session, browser, who, now)
            voice = self._showing.reads(browser, who.language, who.zone)
            asked = Browsed(rest, browser.query, voice, who.zone)
            try:
                answer = await spec.handler(asked, self._parts.context(session, now, who, nudge))
            except Refused as no:
                return await self._showing.notice(
                    browser, voice, 404, no.line, [Line(id="page-refused-todo")], go=(f"/{nudge.id}/", "page-back")
                )
        return await self._made(browser, nudge, voice, answer, cookie)

    async def _who(self, session: AsyncSession, visit: Visit | None) -> Actor | None:
        """Who reads; None: nobody knows."""
        if visit is None:
            return None
        return await people.actor(session, visit.person_id)

    async def _made(
        self, browser: Browser, nudge: Nudge, voice: Spoken, answer: Page | File, cookie: Mapping[str, str]
    ) -> WebAnswer:
        if isinstance(answer, File):
            saved = {"Content-Disposition": f'attachment; filename="{answer.name}"'} if answer.name else {}
            return self._showing.answer(200, answer.body, answer.kind, policy=DRAWN, more={**saved, **cookie})
        return await self._showing.page(
            browser,
            voice,
            answer.template,
            answer.values,
            of=nudge.id,
            status=answer.status,
            cookie=cookie,
            leaving=True,
        )

    async def _turned_away(self, browser: Browser, nudge: Nudge, who: Actor | None) -> WebAnswer:
        """Nobody knows who reads, or they may not: what to do next."""
        page, command = Term(term=f"page-{nudge.id}"), Term(term=f"page-{nudge.id}.ask")
        if who is not None:
            return await self._says(browser, 403, Line(id="page-not-yours"), Line(id="page-not-yours-todo"), who)
        how = "page-nobody-sign-on" if self._sign_on else "page-nobody-todo"
        todo = Line(id=how, args={"page": page, "command": command})
        go = self._sign_on.way(nudge.id) if self._sign_on else None
        return await self._says(browser, 401, Line(id="page-nobody", args={"page": page}), todo, go=go)

    async def _says(
        self,
        browser: Browser,
        status: int,
        title: Line,
        todo: Line,
        who: Actor | None = None,
        go: tuple[str, str] | None = None,
    ) -> WebAnswer:
        voice = self._showing.reads(browser, who.language if who else "", who.zone if who else "")
        return await self._showing.notice(browser, voice, status, title, [todo], go=go)


def _meant(nudge: Nudge, path: str) -> PageSpec | None:
    """What answers a path below a capability's own; the longest one that ends with a stroke, if none is exactly it."""
    exact = next((each for each in nudge.pages if each.path == path), None)
    above = [each for each in nudge.pages if each.path.endswith("/") and path.startswith(each.path)]
    return exact or max(above, key=lambda each: len(each.path), default=None)
