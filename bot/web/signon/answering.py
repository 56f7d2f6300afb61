"""What browsers ask when somebody signs on with their company's account: it begins, and they come back.

The state of a sign-on is in the browser alone, signed; the nonce and the verifier are made of it with the bot's own
key, so that whoever reads the browser's cookies learns neither.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.chat import WebAnswer
from bot.parts import Parts
from bot.say import Line, Term
from bot.visits import PATH, SECRET
from bot.visits.tokens import SIGN_ON, digest, sign, signed
from bot.web.browser import Browser
from bot.web.entering import SHOWN
from bot.web.showing import Showing
from bot.web.signon.identity import Known, NotSignedOnError
from bot.web.signon.provider import Provider
from storage import keeping, matching, visits
from storage.visits import Visit

log = structlog.get_logger("signon")

BEGIN, BACK = f"{PATH}sign-in", f"{PATH}signed-in"
PATHS = frozenset({BEGIN, BACK})

ASKED = "parvis_sign_on"
"""What a browser shows of a sign-on that it began."""

WITHIN = timedelta(minutes=10)
"""In which somebody must have signed on."""

AT_ONCE = 8
"""Sign-ons that are asked about together."""

STATUS = {"away": 502, "over": 400}
"""Of what people are told; of all else 403."""

_AWAY = frozenset({"server_error", "temporarily_unavailable"})
_THEIRS = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})
"""RFC 6749, section 4.1.2.1; Core 1.0, section 3.1.2.6: what a browser comes back with instead of a code."""


class SignOn:
    """Answers `PATHS`."""

    def __init__(
        self, parts: Parts, showing: Showing, stay: timedelta, provider: Provider, pages: Collection[str]
    ) -> None:
        """stay: how long a visit lasts. pages: ids of the capabilities that show any."""
        self._parts = parts
        self._showing = showing
        self._stay = stay
        self._provider = provider
        self._pages = pages
        self._back = f"{parts.address}{BACK}"
        self._working = asyncio.Semaphore(AT_ONCE)

    async def answer(self, browser: Browser) -> WebAnswer:
        """Answer one request."""
        if browser.method not in {"GET", "HEAD"}:
            voice = self._showing.reads(browser)
            return await self._showing.notice(browser, voice, 405, Line(id="page-wrong"), [Line(id="page-wrong-todo")])
        asked = None if browser.path == BEGIN else await self._asked(browser)
        to = browser.query.get("to", "") if browser.path == BEGIN else asked[1] if asked else ""
        try:
            async with self._working:
                if browser.path == BEGIN:
                    return await self._begins(browser, to)
                return await self._comes_back(browser, asked)
        except NotSignedOnError as error:
            if error.why != "cancelled":
                log.warning("not signed on", why=error.why, reason=error.reason)
            return await self._refused(browser, error, to if to in self._pages else "")

    def way(self, page: str) -> tuple[str, str]:
        """Where somebody signs on to see a page, and what the button says. page: id of its capability."""
        return (f"{BEGIN}?to={page}", "signon-go")

    # ------------------------------------------------------------ it begins

    async def _begins(self, browser: Browser, to: str) -> WebAnswer:
        if to not in self._pages:
            voice = self._showing.reads(browser)
            return await self._showing.notice(browser, voice, 404, Line(id="page-none"), [Line(id="page-none-todo")])
        key, state = await self._key(), secrets.token_urlsafe(32)
        challenge = _text(sha256(_made(key, "verifier", state).encode()).digest())
        language = self._showing.reads(browser).language
        at = await self._provider.begins(self._back, state, _made(key, "nonce", state), challenge, language)
        shown = sign(key, SIGN_ON, [state, to, int(self._parts.now().timestamp())])
        return self._showing.elsewhere(at, self._showing.cookie(ASKED, shown, WITHIN.total_seconds()))

    async def _key(self) -> bytes:
        async with self._parts.store.read() as session:
            known = await keeping.known(session, SECRET)
        if known is not None:
            return known
        async with self._parts.store.write() as session:
            return await keeping.secret(session, SECRET)

    # ------------------------------------------------------------ they come back

    async def _asked(self, browser: Browser) -> tuple[str, str] | None:
        """The state of the sign-on that this browser began not long ago, and the page that it was begun for."""
        async with self._parts.store.read() as session:
            key = await keeping.known(session, SECRET)
        match signed(key, SIGN_ON, browser.cookies.get(ASKED, "")):
            case [str(state), str(to), int(since)] if self._parts.now().timestamp() - since < WITHIN.total_seconds():
                return state, to
            case _:
                return None

    async def _comes_back(self, browser: Browser, asked: tuple[str, str] | None) -> WebAnswer:
        said = browser.query
        if asked is None or not hmac.compare_digest(said.get("state", "").encode(), asked[0].encode()):
            raise NotSignedOnError("over", "state")
        state, to = asked
        if to not in self._pages:
            raise NotSignedOnError("over", "page")
        error = said.get("error", "")
        if error or not said.get("code"):
            why = "cancelled" if error in _THEIRS else "away" if error in _AWAY else "wrong"
            raise NotSignedOnError(why, error if error in _AWAY else "refused")  # type: ignore[arg-type]
        key = await self._key()
        nonce, verifier, shown = (_made(key, what, state) for what in ("nonce", "verifier", "visit"))
        async with self._parts.store.read() as session:
            if await visits.was_shown(session, digest(shown)):
                raise NotSignedOnError("over", "again")
        known = await self._provider.whom(said["code"], self._back, nonce, verifier, said.get("iss", ""))
        await self._enters(known, to, digest(shown))
        return self._showing.goto(f"/{to}/", self._showing.cookie(SHOWN, shown, self._stay.total_seconds()))

    async def _enters(self, known: Known, to: str, token: str) -> None:
        """A visit begins; what they may see is looked at with each page. Raises NotSignedOnError."""
        now = self._parts.now()
        async with self._parts.store.write() as session:
            if await visits.was_shown(session, token):  # meanwhile
                raise NotSignedOnError("over", "again")
            person = await _whose(session, known)
            visit = Visit(person_id=person, to=f"/{to}/", made_at=now, until=now + self._stay)
            visit.used_at = visit.confirmed_at = now
            visit.token = token
            await visits.add(session, visit)

    # ------------------------------------------------------------ what is said instead

    async def _refused(self, browser: Browser, error: NotSignedOnError, to: str) -> WebAnswer:
        voice = self._showing.reads(browser)
        lines = [Line(id=f"signon-{error.why}-todo")]
        if to:
            args = {"page": Term(term=f"page-{to}"), "command": Term(term=f"page-{to}.ask")}
            lines.append(Line(id="signon-else", args=args))
        again = self.way(to) if to and error.why in {"cancelled", "away", "over"} else None
        gone = self._showing.cookie(ASKED, "", 0)
        status, title = STATUS.get(error.why, 403), Line(id=f"signon-{error.why}")
        return await self._showing.notice(browser, voice, status, title, lines, go=again, cookie=gone)


async def _whose(session: AsyncSession, known: Known) -> int:
    """Whose it is: one person, or nobody. Raises NotSignedOnError."""
    found = await (matching.with_address if known.by == "address" else matching.with_key)(session, known.value)
    if len(found) != 1:
        raise NotSignedOnError("several" if found else "unknown", f"by_{known.by}")
    return await people.current(session, found.pop())


def _made(key: bytes, what: str, state: str) -> str:
    """Something that belongs to one sign-on, and that only who has the key can make. 43 characters."""
    return _text(hmac.new(key, f"parvis.sign-on.{what}.{state}".encode(), sha256).digest())


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
