"""A page is opened by a link from the chat: once, by a button, in a browser that its person said is their own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from bot.chat import WebRequest
from bot.nudge import Nudge
from bot.web import Public
from bot.web.pages import Pages
from nudges import NUDGES
from storage.database import StoreUnavailable
from storage.visits import Visit
from tests.humans import Human
from tests.scenarios import library
from tests.scenarios.company import Company
from tests.scenarios.pages import LINK, listening, loses_roles, on_the_web

INSIDE = pytest.mark.parametrize("where", ["memory"])


@pytest.fixture
def settings(port: int) -> dict[str, Any]:
    return on_the_web(port)


@pytest.fixture
def capabilities() -> Sequence[Nudge]:
    return (*NUDGES, library.nudge())


@pytest.fixture
async def public(company: Company, port: int) -> AsyncIterator[Public]:
    """The listener of the running bot."""
    async with listening(company.app, port) as found:
        yield found


class Browser:
    """Somebody's browser: it keeps cookies, follows redirects, and says which language it prefers."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def asks(self, address: str, method: str = "GET", **headers: str) -> ClientResponse:
        answer = await self._session.request(method, address, headers=headers)
        await answer.read()
        return answer

    async def is_sent(self, address: str) -> tuple[str, str]:
        """Where an address sends one on to, and what is to be kept from then on."""
        async with self._session.get(address, allow_redirects=False) as answer:
            assert answer.status in {302, 303}, await answer.text()
            return answer.headers["Location"], answer.headers.get("Set-Cookie", "")

    async def sees(self, address: str, status: int = 200) -> str:
        """Look at an address."""
        answer = await self.asks(address)
        said = await answer.text()
        assert answer.status == status, said
        return said

    async def presses(self, address: str, status: int = 200) -> str:
        """Press the one large button of what stands there."""
        seen = await self.sees(address)
        (action,) = re.findall(r'<form method="post" action="([^"]+)"><button class="primary">', seen)
        answer = await self.asks(str(self.at(address, action)), "POST")
        said = await answer.text()
        assert answer.status == status, said
        return said

    @staticmethod
    def at(address: str, path: str) -> str:
        return "/".join(address.split("/")[:3]) + path


@asynccontextmanager
async def browser(language: str = "en") -> AsyncIterator[Browser]:
    jar = CookieJar(unsafe=True)  # of an address that is a number
    async with ClientSession(cookie_jar=jar, headers={"Accept-Language": language}) as session:
        yield Browser(session)


async def link(human: Human, text: str = "Open the library", command: str = "library") -> str:
    """A link from the chat."""
    await human.types(command)
    found = LINK.findall((await human.is_told(text)).replace("&#x27;", "'"))
    return str(found[-1])


async def newest(human: Human) -> str:
    """The last link in sight."""
    return str([found for text in await human.reads() for found in LINK.findall(text)][-1])


def number(seen: str) -> str:
    return str(re.findall(r'<p class="number">(\d\d)</p>', seen)[0])


async def test_a_link_opens_its_page_once_for_whom_it_was_made(alice: Human, company: Company, public: Public) -> None:
    address = await link(alice)
    async with browser("fr") as hers:
        # A scanner, a preview, she herself: looking at it uses nothing, however often.
        for _ in range(3):
            seen = await hers.sees(address)
            assert "made for alice" in seen
            assert "Open the library" in seen
        waiting = await hers.presses(address)
        assert "Say in the chat that it is you" in waiting
        asked = await alice.is_told("the number")
        assert number(waiting) in asked
        base = Browser.at(address, "")
        assert "Say in the chat" in await hers.sees(f"{base}/library/")  # nothing yet
        await alice.presses("Yes, it is mine", near=number(waiting))
        await alice.is_told("It opens there now")
        assert "The library of alice" in await hers.sees(f"{base}/visit/wait")
        assert "was used already" in await hers.sees(address, 410)
    async with browser() as another:
        assert "was used already" in await another.sees(address, 410)
        answer = await another.asks(address, "POST")
        assert answer.status == 410
        assert "I do not know who reads" in await another.sees(f"{base}/library/", 401)


@INSIDE
async def test_a_browser_is_asked_about_once(alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        await opened(alice, hers)
        company.clock.advance(hours=9)
        base = Browser.at(await link(alice), "")
        assert "Your last visit may have ended" in await hers.sees(f"{base}/library/", 401)
        await company.settled()
        assert "The library of alice" in await hers.presses(await newest(alice))


async def opened(human: Human, theirs: Browser) -> str:
    """The page is open in a browser; returns where it begins."""
    address = await link(human)
    shown = number(await theirs.presses(address))
    await human.presses("Yes, it is mine", near=shown)
    await human.is_told("It opens there now")
    base = Browser.at(address, "")
    assert "The library of" in await theirs.sees(f"{base}/visit/wait")
    return base


@INSIDE
async def test_a_link_that_was_passed_on_opens_nothing(
    alice: Human, arthur: Human, company: Company, public: Public
) -> None:
    async with browser("fr") as his:
        await link(arthur, "Ouvrir la bibliothèque")
        shown = number(await his.presses(await newest(arthur)))
        await arthur.presses("Oui, c’est le mien", near=shown)
        await arthur.is_told("La page s’y ouvre")
        base = Browser.at(await newest(arthur), "")
        assert "La bibliothèque de arthur" in await his.sees(f"{base}/visit/wait")
        # Known as his: it opens nothing for him without her word, and he reads how to get his own.
        address = await link(alice)
        seen = await his.sees(address)
        assert "made for alice" in seen
        assert "If you are not alice: with “library” in the chat" in seen
        shown = number(await his.presses(address))
        assert "Say in the chat" in await his.sees(f"{base}/library/")
        await alice.presses("No", near=shown)
        await alice.is_told("Nothing is shown there")
        await his.sees(f"{base}/library/", 401)
        # His own link opens there, as before.
        await link(arthur, "Ouvrir la bibliothèque")
        await company.settled()
        assert "La bibliothèque de arthur" in await his.presses(await newest(arthur))
    await link(alice)
    await company.settled()
    address = await newest(alice)
    # A browser that nobody knows: it is asked in the chat, and she says no.
    async with browser() as unknown:
        shown = number(await unknown.presses(address))
        await alice.presses("No", near=shown)
        await alice.is_told("Nothing is shown there")
        await company.settled()
        assert "the answer in the chat was no" in (await unknown.sees(f"{base}/visit/wait", 410)).lower()
        assert "I do not know who reads" in await unknown.sees(f"{base}/library/", 401)


@INSIDE
async def test_who_has_the_link_of_another_cannot_say_yes(
    alice: Human, arthur: Human, company: Company, public: Public
) -> None:
    address = await link(alice)
    async with browser() as his:
        await his.presses(address)
        (visit,) = await company.rows(Visit)
        await arthur.types(f"parvis open-page {visit.id}")
        await arthur.is_told("Aucun lien de ce genre n’est à vous")
        await arthur.types(f"parvis close-page {visit.id}")
        assert "Say in the chat" in await his.sees(Browser.at(address, "/visit/wait"))


@INSIDE
async def test_old_and_forged_links_say_what_to_do_next(
    alice: Human, arthur: Human, company: Company, public: Public
) -> None:
    hers, his = await link(alice), await link(arthur, "Ouvrir la bibliothèque")
    base = Browser.at(hers, "")
    async with browser("fr-CA, en;q=0.5") as strange:
        company.clock.advance(minutes=16)
        seen = await strange.sees(hers, 410)
        assert "This link is too old" in seen
        assert "write “library” to me in the chat" in seen
        seen = await strange.sees(his, 410)
        assert "Ce lien est trop ancien" in seen
        assert "écrivez-moi « bibliotheque »" in seen
        for forged in (hers[:-1], hers + "x", f"{base}/visit/", f"{base}/visit/MQ.abc", f"{base}/visit/%00%ff"):
            for method in ("GET", "POST"):
                answer = await strange.asks(forged, method)
                assert answer.status == 404
                assert "Ce lien n’est pas de moi" in await answer.text()
        # So old that nothing is known of it.
        company.clock.advance(days=9)
        await company.app._purge()
        assert await company.rows(Visit) == []
        assert "Ce lien est trop ancien" in await strange.sees(hers, 410)
    async with browser("de") as strange:
        assert "This link is not one of mine" in await strange.sees(f"{base}/visit/x", 404)


@INSIDE
async def test_a_word_that_comes_too_late_opens_nothing(alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        address = await link(alice)
        shown = number(await hers.presses(address))
        await alice.is_told(shown)
        company.clock.advance(minutes=16)
        await alice.presses("Yes, it is mine", near=shown)
        await alice.is_told("That link is over already")
        assert "Nothing is shown here" in await hers.sees(Browser.at(address, "/visit/wait"), 410)


@INSIDE
async def test_two_presses_at_once_use_it_once(alice: Human, company: Company, public: Public) -> None:
    address = await link(alice)
    async with browser() as one, browser() as other:
        both = await asyncio.gather(one.asks(address, "POST"), other.asks(address, "POST"))
    assert sorted(answer.status for answer in both) == [200, 410]


@INSIDE
async def test_who_may_not_is_turned_away(ana: Human, alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        await link(ana, "Ouvrir la bibliothèque", "bibliotheque")
        shown = number(await hers.presses(await newest(ana)))
        await ana.presses("Oui, c’est le mien", near=shown)
        await ana.is_told("La page s’y ouvre")
        base = Browser.at(await newest(ana), "")
        assert "Cette page n’est pas pour vous" in await hers.sees(f"{base}/visit/wait", 403)
    async with browser() as hers:
        base = await opened(alice, hers)
        # A role that is lost is lost at once.
        await loses_roles(company, alice)
        assert "This page is not for you" in await hers.sees(f"{base}/library/", 403)


@INSIDE
async def test_the_page_can_be_closed(alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        base = await opened(alice, hers)
        answer = await hers.asks(f"{base}/visit/leave", "POST", **{"Sec-Fetch-Site": "cross-site"})
        assert answer.status == 403
        assert (await hers.asks(f"{base}/visit/leave")).status == 405
        assert "The library of alice" in await hers.sees(f"{base}/library/")
        assert "The page is closed" in await (await hers.asks(f"{base}/visit/leave", "POST")).text()
        await hers.sees(f"{base}/library/", 401)


@INSIDE
async def test_a_closed_page_leaves_the_browser_to_the_next_person(
    alice: Human, arthur: Human, company: Company, public: Public
) -> None:
    async with browser() as shared:
        base = await opened(alice, shared)
        seen = await (await shared.asks(f"{base}/visit/leave", "POST")).text()
        assert "no longer knows whose it is" in seen
        await link(alice)
        await company.settled()
        assert "Say in the chat that it is you" in await shared.presses(await newest(alice)), "it forgot her"
        await link(arthur, "Ouvrir la bibliothèque")
        shown = number(await shared.presses(await newest(arthur)))
        await arthur.presses("Oui, c’est le mien", near=shown)
        await arthur.is_told("La page s’y ouvre")
        assert "La bibliothèque de arthur" in await shared.sees(f"{base}/visit/wait")


@INSIDE
async def test_a_page_left_open_leaves_the_browser_to_the_next_person(
    alice: Human, arthur: Human, company: Company, public: Public
) -> None:
    async with browser() as shared:
        base = await opened(alice, shared)
        await link(arthur, "Ouvrir la bibliothèque")
        shown = number(await shared.presses(await newest(arthur)))
        await arthur.presses("Oui, c’est le mien", near=shown)
        await arthur.is_told("La page s’y ouvre")
        assert "La bibliothèque de arthur" in await shared.sees(f"{base}/visit/wait")
        await link(alice)
        await company.settled()
        assert "Say in the chat that it is you" in await shared.presses(await newest(alice)), "it is his now"


@INSIDE
async def test_a_no_after_a_yes_ends_what_browsers_remember(alice: Human, company: Company, public: Public) -> None:
    async with browser() as strange:
        base = await opened(alice, strange)
        (visit,) = await company.rows(Visit)
        company.clock.advance(hours=9)  # the visit is over, what the browser remembers is not
        await link(alice)
        await company.settled()
        assert "The library of alice" in await strange.presses(await newest(alice))
        await alice.types(f"parvis close-page {visit.id}")
        await alice.is_told("in each of them I ask you again")
        await strange.sees(f"{base}/library/", 401)
        company.clock.advance(days=100)
        await company.app._purge()
        await link(alice)
        await company.settled()
        shown = number(await strange.presses(await newest(alice)))
        await alice.presses("Yes, it is mine", near=shown)
        await company.settled()
        assert "The library of alice" in await strange.sees(f"{base}/visit/wait")
        company.clock.advance(hours=9)
        await link(alice)
        await company.settled()
        assert "The library of alice" in await strange.presses(await newest(alice)), "it is believed again"


@INSIDE
async def test_another_site_cannot_press(alice: Human, company: Company, public: Public) -> None:
    address = await link(alice)
    async with browser() as hers:
        answer = await hers.asks(address, "POST", **{"Sec-Fetch-Site": "cross-site"})
        assert answer.status == 403
        assert "Say in the chat" in await hers.presses(address)


@INSIDE
async def test_language_and_look_are_chosen_on_the_page(alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        base = await opened(alice, hers)
        assert '<html lang="en">' in await hers.sees(f"{base}/library/")
        seen = await hers.sees(f"{base}/library/?language=fr&wanted=1")
        assert '<html lang="fr">' in seen
        assert "La bibliothèque de alice" in seen
        assert 'data-theme="dark"' in await hers.sees(f"{base}/library/?theme=dark")
        assert "data-theme" not in await hers.sees(f"{base}/library/?theme=system")
        assert '<html lang="fr">' in await hers.sees(f"{base}/library/?language=xx&theme=%22")


@INSIDE
async def test_nothing_from_elsewhere_is_loaded_and_nothing_put_in_is_markup(
    alice: Human, company: Company, public: Public
) -> None:
    async with browser() as hers:
        base = await opened(alice, hers)
        answer = await hers.asks(f"{base}/library/?wanted=%3Cscript%3Ealert(1)%3C/script%3E")
        seen = await answer.text()
        assert "<script>" not in seen
        assert "&lt;script&gt;alert(1)" in seen
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not re.findall(r'(?:src|href|action)="(?!/)[^#]', seen)  # all of it is ours
        for path in re.findall(r'(?:src|href)="(/[^"]*static[^"]+)"', seen):
            found = await hers.asks(base + path)
            assert found.status == 200
            assert "immutable" in found.headers["Cache-Control"]
        assert "/library/static/library.css" in seen
        for path in ("/static/../app.py", "/static/", "/library/static/first.html", "/static/%2e%2e/pages.py"):
            assert (await hers.asks(base + path)).status == 404
        picture = await hers.asks(f"{base}/library/cover.svg")
        assert picture.headers["Content-Security-Policy"].endswith("sandbox")
        assert picture.headers["Content-Disposition"] == 'attachment; filename="cover.svg"'
        cookies = [each for answer in (answer, picture) for each in answer.headers.getall("Set-Cookie", [])]
        assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)


@INSIDE
async def test_pages_are_only_read(alice: Human, company: Company, public: Public) -> None:
    async with browser() as hers:
        base = await opened(alice, hers)
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert (await hers.asks(f"{base}/library/", method)).status == 405
        head = await hers.asks(f"{base}/library/", "HEAD")
        assert (head.status, await head.text()) == (200, "")
        assert "The library of alice" in await hers.sees(f"{base}/library")
        assert "The library of 12" in await hers.sees(f"{base}/library/book/12")
        assert "There is no such book." in await hers.sees(f"{base}/library/book/13", 404)
        assert "There is nothing here" in await hers.sees(f"{base}/library/none", 404)
        # What a template was not given is an error, which nobody is shown.
        assert await hers.sees(f"{base}/library/broken", 503) == "try again"


@INSIDE
@pytest.mark.parametrize("settings", [{}])
async def test_without_an_address_it_is_said_who_can_help(alice: Human, company: Company) -> None:
    await alice.types("library")
    await alice.is_told("Pages are not reachable yet")


class Gone:
    """A transaction that cannot begin."""

    async def __aenter__(self) -> None:
        raise StoreUnavailable("SQLITE_CANTOPEN")

    async def __aexit__(self, *_why: object) -> None:
        """It never began."""


class Away:
    """A store that is away."""

    read = write = Gone


@INSIDE
async def test_while_the_database_is_away_pages_say_so(alice: Human, company: Company, public: Public) -> None:
    address = await link(alice)
    parts: Any = replace(company.app.parts, store=Away())  # type: ignore[arg-type]
    dispatcher = company.app.dispatcher
    pages = Pages(parts, "Parvis", timedelta(hours=8), "https://parvis.example.org/bot", None, dispatcher)
    for method in ("GET", "POST"):
        headers = {"accept-language": "fr;q=0.7, en;q=0.1, xx;q=zz"}
        path = f"/visit/{address.rpartition('/')[2]}"
        answer = await pages(WebRequest(method=method, path=path, headers=headers))
        assert answer.status == 503
        said = answer.body.decode()
        assert "Je n’atteins pas ma base de données" in said
        assert 'href="/bot/static/parvis.css' in said  # below where the proxy put it


def test_a_visit_lasts_a_working_day() -> None:
    from bot.config.settings import Web

    assert timedelta(hours=Web().visit_hours) == timedelta(hours=8)
