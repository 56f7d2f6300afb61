"""The page of indicators, in a real browser: seen, heard, used with the keyboard, and nothing of it from elsewhere."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from bot.web import Public
from nudges.pulse.settings import Settings
from storage import beside
from storage.database import Store
from tests.contract.pulsing import START, Place
from tests.humans import Human, eventually
from tests.humans.towns import open_town
from tests.scenarios.company import PLATFORM, Clock, Company
from tests.scenarios.pages import LINK, on_the_web
from tests.servers.process import free_port

CHROMIUM = Path("/usr/bin/chromium")
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
pytestmark = [
    pytest.mark.xdist_group("chromium"),  # one browser and one company for all of them
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
async def company(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Company]:
    """A company whose pages can be reached, with eight weeks of three communities and two departments to show."""
    port, folder, clock = free_port(), tmp_path_factory.mktemp("company"), Clock()
    shutil.copyfile(empty_store, folder / "parvis.db")
    async with AsyncExitStack() as stack:
        store = await Store.open(f"sqlite+aiosqlite:///{folder / 'parvis.db'}", migrate=False)
        stack.push_async_callback(store.close)
        town = await stack.enter_async_context(open_town("memory", PLATFORM, clock.now))
        company = Company("memory", town, store, clock, folder)
        stack.push_async_callback(company.stop)
        await company.found(on_the_web(port))
        await planted(company)
        yield company


@pytest.fixture(scope="module")
async def public(company: Company) -> AsyncIterator[Public]:
    """The listener of the running bot."""
    at = company.config().web.public
    assert at is not None
    listening = Public(at, company.app.intake.hooks)
    await listening.start()
    yield listening
    await listening.stop()


async def planted(company: Company) -> None:
    place = Place(company.store, settings=Settings())
    people = await place.people(["Kitchen"] * 12 + ["Garden"] * 9)
    names = ("Gardening <b>", "Recipes", "Tea")
    rooms = [await place.community(each, visibility="private" if each == "Tea" else "public") for each in names]
    members = {rooms[0]: people[:12], rooms[1]: people[9:], rooms[2]: people[:4]}
    await place.inside(members)
    for number in range(56):
        day = START + timedelta(days=number)
        counts = {
            each: {"posts": number % 7 + at, "replies": number % 5, "reactions": 3} for at, each in enumerate(rooms)
        }
        await place.freeze(day, counts, members)
        await place.populate(day, {"Kitchen": 12, "Garden": 9})
    await place.did({(each, rooms[0]): ["wrote"] for each in people[:8]}, START + timedelta(days=50))
    for weeks in range(6, 8):
        await place.tell(START + timedelta(days=7 * weeks - 1))
    async with company.store.write() as session:
        await beside.mark(session, START + timedelta(days=30), "campaign", "Posters <b>")
        await beside.take_over(session, [("intranet", "visits", START + timedelta(days=40), 77, 1)], place.now)


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@asynccontextmanager
async def page_of(browser: Browser, public: Public, *, says: Collection[int] = (), **how: Any) -> AsyncIterator[Page]:
    """A browser's page. At its end: nothing was asked for elsewhere, and nothing was refused or broken.

    says: statuses besides that a page may come with.
    """
    context = await browser.new_context(**how)
    page = await context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert not [each for each in asked if not each.startswith((f"http://127.0.0.1:{public.port}/", "data:"))]
    assert not [each for each in wrong if not any(f"a status of {status}" in each for status in says)]
    await context.close()


async def opened(
    human: Human, page: Page, word: str = "pulse page", yes: str = "Yes, it is mine", at: str = "**/pulse/"
) -> None:
    """The person opens the page, and says in the chat that it is they."""
    before = len(await links(human))
    await human.types(word)

    async def another() -> bool:
        return len(await links(human)) > before

    await eventually(another, "a link")
    await page.goto((await links(human))[-1])
    await heard(page)
    await page.get_by_role("button", name=re.compile("^(Open|Ouvrir)$")).click()
    shown = await page.locator(".number").inner_text()
    await heard(page)
    await human.presses(yes, near=shown)
    await page.wait_for_url(at)  # by itself: its script looks


async def links(human: Human) -> list[str]:
    return [found for text in await human.reads() for found in LINK.findall(text)]


async def heard(page: Page) -> None:
    """What stands there can be read by everybody: axe finds nothing."""
    results = await Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()


async def test_the_page_is_opened_and_read_by_everybody(
    alice: Human, company: Company, public: Public, chromium: Browser
) -> None:
    async with page_of(chromium, public, color_scheme="light") as page:
        await opened(alice, page)
        assert await page.locator("html").get_attribute("lang") == "en"
        assert await page.get_by_role("heading", level=1).inner_text() == "Indicators"
        await heard(page)
        pictures = page.locator("picture img")
        assert await pictures.count() == 3  # shares, numbers, the balance
        for number in range(3):
            await pictures.nth(number).scroll_into_view_if_needed()
            drawn = "async each => { await each.decode(); return each.naturalWidth }"
            assert await pictures.nth(number).evaluate(drawn) > 300
            assert "light" in str(await pictures.nth(number).evaluate("each => each.currentSrc"))
            assert "The same figures are in the table below" in str(await pictures.nth(number).get_attribute("alt"))
        # A table behind every chart, with the keyboard alone.
        summaries = page.locator("summary")
        assert await summaries.count() == 3
        for number in range(3):
            await summaries.nth(number).focus()
            await page.keyboard.press("Enter")
        assert await page.get_by_role("table").count() == 3
        assert "Messages" in await page.get_by_role("columnheader").all_inner_texts()
        await heard(page)
        # What other tools counted stands beside what happened, and marks as text below.
        heads = [await each.inner_text() for each in await page.locator("table thead").all()]
        assert ["visits, counted by intranet" in each for each in heads] == [False, True, False]
        assert "Campaign: Posters <b>" in await page.get_by_role("main").inner_text()
        # The same as a file, for a spreadsheet.
        async with page.expect_download() as saved:
            await page.get_by_role("link", name="as a file (CSV)").click()
        download = await saved.value
        assert download.suggested_filename == "indicators.csv"
        lines = (await asyncio.to_thread(Path(await download.path()).read_text, "utf-8-sig")).splitlines()
        assert lines[0].startswith("source,measure,")
        assert {line.split(",")[1] for line in lines[1:]} >= {"active", "posts", "private"}
        # What each figure is.
        assert "within the 28 days" in await page.get_by_role("definition").nth(1).inner_text()
        # Dark, as chosen here; then as the system has it.
        await page.get_by_role("link", name="Dark").click()
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 29)"
        await page.locator("picture img").first.scroll_into_view_if_needed()
        assert "dark" in str(await page.locator("picture img").first.get_attribute("src"))
        await heard(page)


async def test_each_group_and_its_own_curves_in_french_in_the_dark(
    arthur: Human, company: Company, public: Public, chromium: Browser
) -> None:
    async with page_of(chromium, public, color_scheme="dark") as page:
        await opened(arthur, page, "indicateurs page", "Oui, c’est le mien")
        assert await page.locator("html").get_attribute("lang") == "fr"
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 29)"
        # The keyboard comes to the content first, and to the form.
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.get_by_label("De", exact=True).select_option("communautés")
        await page.get_by_label("Par", exact=True).select_option("mois")
        await page.get_by_role("button", name="Afficher").press("Enter")
        await page.wait_for_url("**kind=community**")
        rows = await page.get_by_role("rowheader").all_inner_texts()
        assert rows == ["Gardening <b>", "plus petites communautés, ensemble"]  # Tea, with the smallest of the others
        await heard(page)
        await page.get_by_role("link", name="Gardening <b>").click()
        assert await page.get_by_role("heading", level=1).inner_text() == "Gardening <b>"
        picture = page.locator("picture img").first
        await picture.scroll_into_view_if_needed()
        await picture.evaluate("each => each.decode()")
        assert "dark" in str(await picture.evaluate("each => each.currentSrc"))
        await heard(page)


async def test_what_cannot_be_shown_is_said(alice: Human, company: Company, public: Public, chromium: Browser) -> None:
    async with page_of(chromium, public) as page:
        await opened(alice, page)
        base = f"http://127.0.0.1:{public.port}/pulse/"
        small = next(each.id for each in await company.rows(_community()) if each.name == "Tea")
        wanted = {
            "kind=nothing": "cannot show",
            "since=yesterday": "cannot show",
            "since=2026-11-20&until=2026-11-01": "after the last",
            "period=day&since=2001-01-01": "400 periods",
            "until=0001-01-01": "in the years 2000 to 20",
            "since=1999-12-31&until=2000-01-31": "in the years 2000 to 20",
            "until=9999-12-31": "in the years 2000 to 20",
        }
        for query, told in wanted.items():
            answer = await page.request.get(f"{base}?{query}")
            heading = (await answer.text()).partition("<h1")[2].partition("</h1>")[0]
            assert (answer.status, told in heading) == (404, True), query
        for group, status, told in (
            (small, 200, "not told, to protect people"),
            (999, 404, "it is too small, or it does not exist"),
        ):
            answer = await page.request.get(f"{base}?kind=community&group={group}")
            assert (answer.status, told in await answer.text()) == (status, True), group
        # Before anything was counted: said so, and no zero.
        await page.goto(f"{base}?since=2025-10-06&until=2025-11-02")
        await page.locator("summary").first.click()
        cells = await page.get_by_role("table").first.get_by_role("cell").all_inner_texts()
        assert set(cells) == {"nothing was counted yet"}
        for chart in ("9-light.svg", "x.svg", "0-pink.svg", ""):
            assert (await page.request.get(f"{base}chart/{chart}")).status == 404


def _community() -> Any:
    from storage.communities import Community

    return Community
