"""Draw the pictures of the documentation anew into docs/pictures; arguments: which, such as "slack", "guide"."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from bot.config import Listener
from bot.web import Public
from tests.conftest import UNHEEDED
from tests.humans import Human
from tests.pictures import drawing, printed
from tests.pictures.company import company, needs
from tests.scenarios.pages import LINK, on_the_web
from tests.servers.process import free_port
from tests.servers.synapse import Synapse

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
LARGEST = 150_000  # bytes of a picture: who clones the repository has all of them
ASKED = "pulse"


async def main(wanted: Sequence[str]) -> None:
    """Some of them: "slack", "matrix", "page", "guide"."""
    with tempfile.TemporaryDirectory(prefix="parvis-pictures-") as folder:
        async with chromium() as browser, AsyncExitStack() as stack:
            for where in wanted:
                home = Path(folder) / where
                if where == "page":
                    await the_page(browser, home)
                    continue
                if where == "guide":
                    kept(where, printed.guide())
                    continue
                server = (await stack.enter_async_context(Synapse(settings=UNHEEDED)),) if needs(where) else ()
                async with company(where, server, home, {}) as found:
                    html = await message(found.people["alice"], where, found.town)
                await shot(browser, where, html)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def message(alice: Human, where: str, town: Any) -> str:
    """What an animator gets who asks in the chat, as HTML of our own."""
    await alice.types(ASKED)
    await alice.is_told("Indicators, ")
    data = await alice.sees_picture("Active contributors")
    if where == "slack":
        seen = [each for each in alice._sights(None) if "Indicators," in each.text][-1]  # type: ignore[attr-defined]
        files = {name: file.content for name, file in town.server.workspace.files.items()}
        return drawing.page("Slack", f"/{ASKED}", drawing.slack(seen.blocks, files))
    sights = [each["content"] for each in await alice._sights(None)]  # type: ignore[attr-defined]
    shown = [each for each in sights if "Active contributors" in str(each.get("body"))]
    parts = [drawing.matrix(each, data if each.get("msgtype") == "m.image" else b"") for each in shown]
    return drawing.page("Matrix", f"!{ASKED}", "".join(parts))


async def shot(browser: Browser, name: str, html: str) -> None:
    """Draw a page of ours, as high as it is."""
    page = await browser.new_page(viewport={"width": 600, "height": 400})
    await page.set_content(html)
    await page.wait_for_load_state("networkidle")
    kept(name, await page.locator("main").screenshot())
    await page.close()


async def the_page(browser: Browser, home: Path) -> None:
    """The page of indicators as the browser shows it, light and dark: no more than fits into sight."""
    port = free_port()
    settings = on_the_web(port)
    async with company("lines", (), home, settings) as found:  # with receipts, as where forms are asked line by line
        public = Public(Listener(host="127.0.0.1", port=port), found.app.intake.hooks)
        await public.start()
        page = await browser.new_page(viewport={"width": 1040, "height": 900}, color_scheme="light")
        alice = found.people["alice"]
        await alice.types("pulse page")
        await page.goto(LINK.findall(await alice.is_told("/visit/"))[-1])
        await page.get_by_role("button", name="Open").click()
        await alice.presses("Yes, it is mine", near=await page.locator(".number").inner_text())
        await page.wait_for_url("**/pulse/")
        await page.goto(f"http://127.0.0.1:{port}/pulse/?since=2026-03-02")
        for look in ("light", "dark"):
            await page.emulate_media(color_scheme=look)
            for each in await page.locator("picture img").all():
                await each.scroll_into_view_if_needed()
                await each.evaluate("each => each.decode()")
            await page.evaluate("window.scrollTo(0, 0)")
            kept(f"page-{look}", await page.screenshot())
        await page.close()
        await public.stop()


def kept(name: str, data: bytes) -> None:
    """Write a picture. Raises SystemExit: it is too large to be kept."""
    if len(data) > LARGEST:
        raise SystemExit(f"{name}.png has {len(data)} bytes, more than {LARGEST}")
    (DOCS / f"{name}.png").write_bytes(data)
    print(f"docs/pictures/{name}.png", len(data))  # noqa: T201 - a command


if not CHROMIUM.exists():
    raise SystemExit("Debian's Chromium is needed: apt-get install chromium")
DOCS.mkdir(exist_ok=True)
asyncio.run(main(sys.argv[1:] or ["slack", "matrix", "page", "guide"]))
