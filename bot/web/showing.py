"""What all pages have in common: headers by which browsers load nothing else, notices, cookies, readers' choices."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.chat import WebAnswer
from bot.say import Line
from bot.web.browser import Browser
from bot.web.rendering import Spoken, Static, Templates
from bot.words import Reader, Words

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Of pages: nothing from elsewhere, nothing inline, and in no frame."""

DRAWN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of pictures and files, which have their own style within them, and do nothing."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
LANGUAGE, THEME = "parvis_language", "parvis_theme"
THEMES = ("system", "light", "dark")
_YEAR = 365 * 86_400


class Showing:
    """Makes answers. One for all pages."""

    def __init__(self, words: Words, templates: Templates, address: str) -> None:
        """address: of `[web]`."""
        self.words = words
        self.templates = templates
        parts = urlsplit(address)
        self._path = f"{parts.path}/"
        self._secure = "; Secure" if parts.scheme == "https" else ""

    # ------------------------------------------------------------ who reads

    def reads(self, browser: Browser, language: str = "", zone: str = "") -> Spoken:
        """The language in which a page is shown: the one chosen here, else the person's, else the browser's.

        language, zone: of the person, as far as it is known who that is.
        """
        chosen = browser.cookies.get(LANGUAGE, "")
        chosen = chosen if chosen in self.words.languages else ""
        return Spoken(self.words, Reader(language=chosen or language or browser.language, zone=zone))

    def chosen(self, browser: Browser) -> WebAnswer | None:
        """The answer to who chose a language or a look; None: nobody did."""
        query = dict(browser.query)
        asked = {LANGUAGE: query.pop("language", ""), THEME: query.pop("theme", "")}
        for name, known in ((LANGUAGE, self.words.languages), (THEME, frozenset(THEMES))):
            if asked[name] in known:
                return self.goto(_with(browser.path, query), self.cookie(name, asked[name], _YEAR))
        return None

    # ------------------------------------------------------------ answers

    def answer(
        self, status: int, body: bytes, kind: str, *, policy: str = POLICY, more: Mapping[str, str] | None = None
    ) -> WebAnswer:
        """Any answer, with the headers that all have."""
        headers = {**HEADERS, "Content-Security-Policy": policy, **(more or {})}
        return WebAnswer(status=status, body=body, kind=kind, headers=headers)

    def goto(self, path: str, cookie: Mapping[str, str] | None = None) -> WebAnswer:
        """Go on elsewhere, by asking for it (RFC 9110, section 15.4.4)."""
        more = {"Location": self.templates.at(path), **(cookie or {})}
        return self.answer(303, b"", "text/plain; charset=utf-8", more=more)

    def elsewhere(self, address: str, cookie: Mapping[str, str]) -> WebAnswer:
        """Go on at another site."""
        return self.answer(303, b"", "text/plain; charset=utf-8", more={"Location": address, **cookie})

    def file(self, found: Static) -> WebAnswer:
        """A file of pages: its address names what is in it, so it never changes."""
        return self.answer(
            200, found.body, found.kind, policy=DRAWN, more={"Cache-Control": "public, max-age=31536000, immutable"}
        )

    async def page(
        self,
        browser: Browser,
        voice: Spoken,
        template: str,
        values: Mapping[str, Any],
        *,
        of: str = "",
        status: int = 200,
        cookie: Mapping[str, str] | None = None,
        leaving: bool = False,
    ) -> WebAnswer:
        """A page. of: whose template. leaving: it offers to end the visit."""
        usual = {"looks": self._looks(browser, voice), "theme": _theme(browser), "leaving": leaving}
        body = await asyncio.to_thread(self.templates.page, of, template, voice, {**usual, **values})
        return self.answer(status, body, "text/html; charset=utf-8", more=cookie)

    async def notice(
        self,
        browser: Browser,
        voice: Spoken,
        status: int,
        title: Line,
        lines: Sequence[Line],
        *,
        press: tuple[str, str] | None = None,
        go: tuple[str, str] | None = None,
        number: str = "",
        cookie: Mapping[str, str] | None = None,
    ) -> WebAnswer:
        """A page that says what is so, and what to do next. press, go: (path, message) of a button, of a link.

        number: shown large, while the page waits for an answer in the chat.
        """
        values = {
            "title": voice.line(title),
            "lines": [voice.line(each) for each in lines],
            "press": self._way(voice, press),
            "go": self._way(voice, go),
            "number": number,
            "waits": bool(number),
        }
        return await self.page(browser, voice, "notice.html", values, status=status, cookie=cookie)

    def cookie(self, name: str, value: str, seconds: float) -> dict[str, str]:
        """The header by which a browser keeps something, or forgets it at 0 seconds. No script reads it."""
        how = f"Path={self._path}; Max-Age={int(seconds)}; HttpOnly; SameSite=Lax{self._secure}"
        return {"Set-Cookie": f"{name}={value}; {how}"}

    def _way(self, voice: Spoken, way: tuple[str, str] | None) -> dict[str, str] | None:
        return {"address": self.templates.at(way[0]), "label": voice(way[1])} if way else None

    def _looks(self, browser: Browser, voice: Spoken) -> list[dict[str, Any]]:
        """The languages and looks that can be chosen on every page."""
        languages = [
            self._look(browser, "language", each, voice(f"page-language-{each}"), each == voice.language, each)
            for each in sorted(self.words.languages)
        ]
        theme = _theme(browser) or THEMES[0]
        themes = [self._look(browser, "theme", each, voice(f"page-theme-{each}"), each == theme, "") for each in THEMES]
        return [*languages, *themes]

    def _look(self, browser: Browser, what: str, value: str, label: str, now: bool, lang: str) -> dict[str, Any]:
        address = self.templates.at(_with(browser.path, {**browser.query, what: value}))
        return {"address": address, "label": label, "now": now, "lang": lang}


def _theme(browser: Browser) -> str:
    chosen = browser.cookies.get(THEME, "")
    return chosen if chosen in THEMES[1:] else ""


def _with(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
