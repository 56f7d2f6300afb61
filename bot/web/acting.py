"""What is done by a link that somebody was sent: shown, and done once, by a press on the page.

It is the same as a press in the chat, with the same rights (`Dispatcher.called`). See `bot.visits.acting` for why a
link alone is not enough.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import attention, people
from bot.chat import Errors, Form, Message, Part, Press, Submission, WebAnswer
from bot.chat.hypertext import Hypertext
from bot.dispatch import Dispatcher
from bot.nudge import Actor, ActSpec, Context, Nudge, Refused
from bot.parts import Parts
from bot.say import Ask, Line, Moment, Pick, Say
from bot.visits import SECRET
from bot.visits.acting import NUMBER_FOR, PATH, PAUSE, send
from bot.visits.tokens import ACT, digest, sign, signed
from bot.web.browser import Browser
from bot.web.entering import Entering
from bot.web.rendering import Spoken
from bot.web.showing import DRAWN, Showing
from storage import acts, keeping
from storage.acts import Act

_ASKED = "q-"
"""How the fields of a form are named on its page, so that none is taken for one of the page's own."""

_PICTURE = "picture"
"""In the query: what is asked for is the picture of the page."""

State = Literal["forged", "old", "used", "wrong", "good"]


class _UsedError(Exception):
    """Somebody was faster: nothing is done."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A link, for whom it was made, and what it shows. no: why it shows nothing any more.

    known: the browser is known as theirs. key: by which all is signed.
    """

    state: State
    act: Act | None = None
    who: Actor | None = None
    says: Say | None = None
    no: Line | None = None
    known: bool = False
    key: bytes | None = None


class Acting:
    """Answers what is below `PATH`."""

    def __init__(self, parts: Parts, showing: Showing, entering: Entering, dispatcher: Dispatcher) -> None:
        """entering: knows whose browser it is. dispatcher: answers presses."""
        self._parts = parts
        self._showing = showing
        self._entering = entering
        self._dispatcher = dispatcher
        every = parts.lookup.nudges
        self._acts: Mapping[str, tuple[Nudge, ActSpec]] = {id: (n, spec) for n in every for id, spec in n.acts.items()}

    async def answer(self, browser: Browser) -> WebAnswer:
        """Answer one request. Raises StoreUnavailable."""
        if browser.method not in {"GET", "HEAD", "POST"}:
            return await self._notice(browser, _Link("good"), 405, "page-wrong", Line(id="page-wrong-todo"))
        if browser.method == "POST" and browser.foreign:
            return await self._notice(browser, _Link("good"), 403, "page-foreign", Line(id="page-foreign-todo"))
        async with self._parts.store.read() as session:
            link = await self._link(session, browser, self._parts.now())
        if link.state != "good" or link.act is None or link.who is None:
            status = 404 if link.state == "forged" else 410
            return await self._notice(browser, link, status, f"act-{link.state}", _why(link.state, link.act))
        if link.says is None:
            return await self._notice(browser, link, 410, "act-over", link.no or _why("old"))
        if browser.method != "POST":
            return self._picture(browser, link) or await self._shown(browser, link)
        return await self._pressed(browser, link, link.act, link.who, link.says)

    # ------------------------------------------------------------ the link

    async def _link(self, session: AsyncSession, browser: Browser, now: datetime) -> _Link:
        key = await keeping.known(session, SECRET)
        number = signed(key, ACT, browser.path.removeprefix(PATH))
        act = await acts.get(session, number) if isinstance(number, int) else None
        if act is None:
            return _Link("forged" if not isinstance(number, int) else "old")
        who = await people.actor(session, await people.current(session, act.person_id))
        state: State = "used" if act.used_at else "wrong" if act.tries >= acts.MOST else "good"
        state = "old" if state == "good" and (act.until <= now or act.act not in self._acts) else state
        if state != "good":
            return _Link(state, act, who)
        known = await self._entering.whose(session, key, browser, now) == who.person
        try:
            says = await self._acts[act.act][1].handler(act.of, self._context(session, act, who, now))
        except Refused as no:
            return _Link("good", act, who, no=no.line, known=known, key=key)
        return _Link("good", act, who, says, known=known, key=key)

    def _context(self, session: AsyncSession, act: Act, who: Actor, now: datetime) -> Context:
        return self._parts.context(session, now, who, self._acts[act.act][0])

    # ------------------------------------------------------------ what is pressed

    async def _pressed(self, browser: Browser, link: _Link, act: Act, who: Actor, says: Say) -> WebAnswer:
        asked = (browser.form.get("do", ""), browser.form.get("value", ""))
        pick = next((each for each in says.choices if (each.action, each.value) == asked), None)
        if pick is None:
            return await self._notice(browser, link, 409, "act-changed", Line(id="act-changed-why"), back=True)
        if not link.known and not await self._is_right(act, browser.form.get("number", "")):
            return await self._asks_number(browser, link, act, pick, says)
        base = {"key": f"act:{act.id}", "platform": who.platform, "by": who.external, "at": self._parts.now()}
        press = Press.model_validate({**base, "action": pick.action, "value": pick.value})
        try:
            answer = await self._done(act, who, press)
            if not isinstance(answer, Ask):
                return await self._said(browser, link, answer)
            form = self._parts.words.form(answer, self._reads(browser, link).reader)
            values = {each.name: browser.form.get(f"{_ASKED}{each.name}") for each in form.fields}
            if all(each is None for each in values.values()):
                return await self._form(browser, link, pick, form)
            filled = {name: (text or "").replace("\r\n", "\n").replace("\0", "") for name, text in values.items()}
            meta = signed(link.key, ACT, browser.form.get("meta", ""))
            along = meta[1] if isinstance(meta, list) and meta[0] == act.id else answer.meta
            given = Submission.model_validate({**base, "form": answer.id, "values": filled, "meta": along})
            wrong = await self._dispatcher.check(given)
            if isinstance(wrong, Form):
                return await self._form(browser, link, pick, wrong)
            if wrong is not None:
                again = _filled(form, filled).model_copy(update={"meta": along})
                return await self._form(browser, link, pick, again, wrong)
            answer = await self._done(act, who, given)
            return await self._said(browser, link, answer if isinstance(answer, Say) else None)
        except Refused as no:
            return await self._notice(browser, link, 409, "act-refused", no.line, back=True)
        except _UsedError:
            return await self._notice(browser, link, 410, "act-used", Line(id="act-used-now"))

    async def _done(self, act: Act, who: Actor, event: Press | Submission) -> Say | Ask | None:
        """What it does, and that the link is used, or nothing. Raises Refused, _UsedError."""
        now = self._parts.now()
        async with self._parts.store.write() as session:
            answer = await self._dispatcher.called(session, event, who, now)
            if isinstance(answer, Ask):
                return answer
            if not await acts.use(session, act.id or 0, now):
                raise _UsedError
            await attention.answered(session, who.person, now)
            await self._parts.audit.append(
                session, now=now, actor=who.person, action="act.used", subject=f"act:{act.id}", after={"act": act.act}
            )
        self._parts.outbox.wake()
        return answer

    # ------------------------------------------------------------ the number

    async def _is_right(self, act: Act, number: str) -> bool:
        """Whether a number is the one that was sent last; a wrong one is counted."""
        now, given = self._parts.now(), "".join(number.split())
        if not given:
            return False
        sent = act.number_at is not None and now - act.number_at < NUMBER_FOR and act.tries < acts.MOST
        if sent and secrets.compare_digest(act.number, digest(f"{act.id}:{given}")):
            return True
        async with self._parts.store.write() as session:
            await acts.wrong(session, act.id or 0)
        return False

    async def _asks_number(self, browser: Browser, link: _Link, act: Act, pick: Pick, says: Say) -> WebAnswer:
        """The page that asks for it; another one is sent, unless one is on its way, or no more of them are."""
        now, number, given = self._parts.now(), f"{secrets.randbelow(1_000_000):06d}", browser.form.get("number", "")
        fresh = act.number_at is not None and now - act.number_at < (NUMBER_FOR if given else PAUSE)
        if not fresh and act.sent >= acts.MOST:
            last = act.number_at + NUMBER_FOR if act.number_at is not None else now
            if last <= now:
                return await self._notice(browser, link, 410, "act-worn", Line(id="act-worn-why"))
            return await self._page(browser, link, 200, asks=pick, last=last)
        if not fresh:
            async with self._parts.store.write() as session:
                if await acts.ask(session, act.id or 0, digest(f"{act.id}:{number}"), now, now - PAUSE):
                    nudge = self._acts[act.act][0]
                    context = self._parts.context(session, now, None, nudge)
                    await send(context, act, number, says.lines[0])
            self._parts.outbox.wake()
        return await self._page(browser, link, 403 if given else 200, asks=pick, wrong=bool(given))

    # ------------------------------------------------------------ pages

    def _reads(self, browser: Browser, link: _Link) -> Spoken:
        return self._showing.reads(browser, *((link.who.language, link.who.zone) if link.who else ()))

    def _picture(self, browser: Browser, link: _Link) -> WebAnswer | None:
        """The picture of what it shows; None: that was not asked for, or there is none."""
        if _PICTURE not in browser.query or link.says is None:
            return None
        drawn = self._parts.words.message(link.says, self._reads(browser, link).reader).picture
        return self._showing.answer(200, drawn.data, "image/png", policy=DRAWN) if drawn else None

    async def _shown(self, browser: Browser, link: _Link) -> WebAnswer:
        return await self._page(browser, link, 200)

    async def _form(
        self, browser: Browser, link: _Link, pick: Pick, form: Form, errors: Errors | None = None
    ) -> WebAnswer:
        return await self._page(browser, link, 422 if errors else 200, asks=pick, form=form, errors=errors)

    async def _said(self, browser: Browser, link: _Link, answer: Say | None) -> WebAnswer:
        message = self._parts.words.message(answer or Say(lines=()), self._reads(browser, link).reader)
        return await self._page(browser, link, 200, message=message.model_copy(update={"choices": ()}), done=True)

    async def _page(
        self,
        browser: Browser,
        link: _Link,
        status: int,
        *,
        message: Message | None = None,
        asks: Pick | None = None,
        wrong: bool = False,
        last: datetime | None = None,
        form: Form | None = None,
        errors: Errors | None = None,
        done: bool = False,
    ) -> WebAnswer:
        """One page of it. last: until when the last number is good, where no more of them are sent."""
        voice = self._reads(browser, link)
        says = message or self._parts.words.message(link.says or Say(lines=()), voice.reader)
        parts = list(says.parts)
        title = parts.pop(0) if parts and parts[0].kind == "title" else None
        values: dict[str, Any] = {
            "title": title.text if title else voice("act-done" if done else "act-title"),
            "whose": "" if done else voice("act-whose", name=link.who.name if link.who else ""),
            "parts": [_shown(each) for each in ((form.parts if form else ()) if asks else parts)],
            "picture": None if asks else says.picture,
            "choices": [] if asks else says.choices,
            "path": self._showing.templates.at(browser.path),
            "asks": asks,
            "number": browser.form.get("number", "") if form else "",
            "why": voice("act-number-last", at=Moment(at=last, style="time")) if last else voice("act-number-why"),
            "wrong": wrong,
            "meta": sign(link.key, ACT, [link.act.id, form.meta]) if link.key and link.act and form else "",
            "form": form,
            "errors": errors.fields if errors else {},
        }
        return await self._showing.page(browser, voice, "act.html", values, status=status)

    async def _notice(
        self, browser: Browser, link: _Link, status: int, title: str, why: Line, *, back: bool = False
    ) -> WebAnswer:
        go = (browser.path, "act-back") if back else None
        return await self._showing.notice(browser, self._reads(browser, link), status, Line(id=title), [why], go=go)


def _why(state: State, act: Act | None = None) -> Line:
    """What is said of a link by which nothing is done, and what to do instead."""
    if state == "used" and act is not None and act.used_at is not None:
        return Line(id="act-used-why", args={"at": Moment(at=act.used_at)})
    return Line(id=f"act-{state}-why")


def _filled(form: Form, values: Mapping[str, str]) -> Form:
    fields = tuple(each.model_copy(update={"value": values.get(each.name, "")}) for each in form.fields)
    return form.model_copy(update={"fields": fields})


def _shown(part: Part) -> dict[str, Any]:
    """A piece of a message as the page shows it. html: of rich text, in which all words are escaped already."""
    html = Hypertext(top=3).write(part.rich) if part.kind == "rich" else ""
    return {"kind": part.kind, "text": part.text, "label": part.label, "html": html}
