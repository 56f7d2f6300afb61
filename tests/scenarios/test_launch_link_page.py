"""The page of the link by which a leader signs, in a real browser: read by everybody, used with the keyboard alone and
without scripts, and worth nothing to a program that looks at mail before she does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, async_playwright

from storage.acts import Act
from storage.launch import AnnouncementVersion
from storage.requests import Request
from tests.humans.mail import html_of
from tests.scenarios.test_launch_link import LINK, Launch, by_mail, launch
from tests.scenarios.test_pulse_page import CHROMIUM, heard, page_of

__all__ = ["by_mail", "launch"]
PRESS = "Signer, modifier ou refuser"
TEXT = "It opens **on Monday**.\n\n- for everybody\n- <b>everywhere</b>"

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture
def language() -> str:
    """She reads French."""
    return "fr"


@asynccontextmanager
async def browser(launch: Launch) -> AsyncIterator[tuple[Page, Page]]:
    """Hers, without scripts and with. It prefers another language than she does in the chat: pages are in hers."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        how: dict[str, Any] = {"says": (410, 422), "locale": "en-GB"}
        plain = page_of(chromium, launch.public, java_script_enabled=False, **how)
        async with plain as page, page_of(chromium, launch.public, **how) as lively:
            yield page, lively
        await chromium.close()


def opened(launch: Launch, text: str) -> str:
    """The link of the mail that says a text, as its HTML has it: what she presses."""
    mail = next(each for each in launch.mail.inbox() if text in html_of(each))
    return unescape(str(LINK.findall(html_of(mail))[0]))


async def tabs_to(page: Page, label: str) -> None:
    """Go there with the keyboard alone. label: of a button, or the name of a field."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        at = await page.evaluate("[document.activeElement.innerText, document.activeElement.name]")
        if label in at:
            return
    raise AssertionError(f"nothing is called {label!r}: {await page.inner_text('main')}")


async def presses(page: Page, label: str) -> str:
    """With the keyboard; what the next page says."""
    await tabs_to(page, label)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    return await page.inner_text("main")


async def is_heard(page: Page) -> None:
    """By everybody, in light and dark."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await heard(page)


async def scanned(address: str) -> None:
    """What programs do that look at mail before people: all links, and some every button."""
    async with ClientSession() as http:
        for method in ("GET", "HEAD", "GET"):
            async with http.request(method, address) as answer:
                assert answer.status == 200
        for verb, value in (("approve", "1 v1"), ("amend", "1 v1"), ("refuse", "1")):
            async with http.post(address, data={"do": f"announcement.{verb}", "value": value}) as answer:
                assert "numéro" in await answer.text()
        async with http.post(address) as answer:
            assert answer.status == 409


async def test_she_signs_with_the_keyboard_alone_what_she_sees_in_a_browser_without_scripts(launch: Launch) -> None:
    await launch.asked(TEXT, PRESS)
    address = opened(launch, PRESS)
    await scanned(address)
    act = await launch.only(Act)
    assert (act.used_at, await launch.state()) == (None, "signing")
    assert (await launch.only(Request)).state == "waiting"

    async with browser(launch) as (page, lively):
        await page.goto(address)
        assert await page.locator("html").get_attribute("lang") == "fr"
        for shown in ("de la part de diane, relayé par Parvis", "Telle qu’on la lit dans un courriel", "for everybody"):
            assert shown in await page.inner_text("main")
        assert await page.locator(".words strong").inner_text() == "on Monday"
        assert await page.locator("main b").count() == 0, "what people wrote is no markup"
        await lively.goto(address)
        await is_heard(lively)
        await lively.get_by_role("button", name="Signer", exact=True).click()
        await heard(lively)

        assert "Est-ce bien vous" in await presses(page, "Signer")
        await tabs_to(page, "number")
        await page.keyboard.type(await launch.number())
        assert "C’est signé" in await presses(page, "Continuer")
        assert await launch.state() == "signed"

        await lively.goto(address)
        said = await lively.inner_text("main")
        assert "Ce lien a déjà servi" in said
        assert "mardi 24 novembre 2026" in said, "when, so that she knows whether it was she"
        assert "à la personne qui prépare" in said
        await heard(lively)


@pytest.mark.slow
async def test_she_refuses_with_words_after_what_was_missing_was_said_beside_its_field(launch: Launch) -> None:
    await launch.asked(TEXT, PRESS)
    async with browser(launch) as (page, lively):
        await page.goto(opened(launch, PRESS))
        await presses(page, "Refuser")
        await tabs_to(page, "number")
        number = await launch.number()
        await page.keyboard.type(number)
        assert "Pourquoi" in await presses(page, "Continuer")
        await page.locator("[name=q-code]").select_option("other")
        await presses(page, "Refuser")
        assert "merci de le préciser" in await page.get_by_role("alert").inner_text()
        assert await page.locator("[name=q-code]").input_value() == "other", "what was said already is kept"

        await lively.goto(page.url)
        await lively.get_by_role("button", name="Refuser").click()
        await lively.get_by_label("Le numéro").fill(number)
        await lively.get_by_role("button", name="Continuer").click()
        await is_heard(lively)
        await lively.locator("[name=q-code]").select_option("other")
        await lively.get_by_role("button", name="Refuser").click()
        await is_heard(lively)

        await tabs_to(page, "q-text")
        await page.keyboard.type("Pas un lundi <b>")
        await presses(page, "Refuser")
    launch.clock.advance(minutes=11)
    launch.app.wake()
    assert "Pas un lundi <b>" in await launch.ana.is_told("did not sign it")
    assert await launch.state() == "draft"


@pytest.mark.slow
async def test_she_changes_and_signs_it_on_the_page(launch: Launch) -> None:
    await launch.asked(TEXT, PRESS)
    async with browser(launch) as (page, _):
        await page.goto(opened(launch, PRESS))
        await presses(page, "Modifier et signer")
        await tabs_to(page, "number")
        await page.keyboard.type(await launch.number())
        await presses(page, "Continuer")
        await tabs_to(page, "q-text")
        await page.keyboard.press("Control+A")
        await page.keyboard.type("It opens on Tuesday.")
        assert "C’est signé" in await presses(page, "Signer ainsi")
    assert await launch.state() == "signed"
    version = await launch.only(AnnouncementVersion)
    assert (version.number, version.text) == (2, "It opens on Tuesday.")


@pytest.mark.slow
async def test_a_link_to_what_was_changed_or_is_too_old_says_so_and_what_to_do(launch: Launch) -> None:
    await launch.asked(TEXT, PRESS)
    first = opened(launch, "on Monday")
    async with browser(launch) as (page, lively):
        await page.goto(first)
        await launch.ana.types("announce edit 1")
        assert await launch.ana.fills(text="It opens **on Friday**.") == {}
        await launch.mail.is_told("on Friday")
        said = await presses(page, "Signer")
        assert "a été modifiée après l’envoi de ce lien" in said
        assert "ouvrez le lien de ce courriel-là" in said
        await lively.goto(first)
        await is_heard(lively)

        second = opened(launch, "on Friday")
        await page.goto(second)
        launch.clock.advance_to(launch.clock.now() + timedelta(days=15))
        said = await presses(page, "Signer")
        assert "Ce lien est trop ancien" in said
        assert "un autre lien vous est envoyé quand cela vous est soumis de nouveau" in said
        await lively.goto(second)
        await is_heard(lively)
    assert await launch.state() == "signing"
