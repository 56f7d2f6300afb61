"""The rounds through the people of a platform: once when it has been connected, then once a day.

A platform tells of everybody in a few calls, page by page; each page is one short transaction, and nothing of a page is
held when the next one comes. Where a round breaks off (the platform is away, or wants to be left alone), the next look
begins anew: what was written is written again. Who is no longer told of is left as they were; a platform that does
tell of people who went says so of each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.chat import PlatformError, Profile
from bot.parts import Parts
from storage.database import StoreUnavailable

log = structlog.get_logger("census")

AGAIN = timedelta(days=1)
"""How long after a round through a platform the next one begins."""

LOOK = timedelta(hours=1)
"""How often it is looked at whether one is due: one that broke off goes on then."""

PAGE = 200
"""People that are written in one transaction: so many that their writing is a fraction of a second."""


class Census:
    """Goes through the people of the platforms that this process looks after."""

    def __init__(self, parts: Parts, looks_after: Callable[[str], bool]) -> None:
        """parts: what it works with. looks_after: whether a platform is looked after by this process, of several."""
        self._parts = parts
        self._looks_after = looks_after
        self.done: dict[str, datetime] = {}  # platform -> when its last whole round began
        self._going: set[str] = set()

    async def look(self) -> None:
        """Go through each platform whose round is due. A round that breaks off breaks off alone."""
        for platform in self._parts.platforms:
            await self.visit(platform)

    async def visit(self, platform: str) -> None:
        """Go through one platform, if that is due here, and not being done already."""
        if platform in self._going or not self._looks_after(platform) or not self._is_due(platform):
            return
        self._going.add(platform)
        began = self._parts.now()
        try:
            told = await self._round(platform)
        except (PlatformError, StoreUnavailable) as error:
            reason = error.reason if isinstance(error, PlatformError) else "store"
            log.warning("people not read", platform=platform, reason=reason)
        except Exception:  # of a capability that met somebody: the process goes on, and the next look tries again
            log.exception("people not read", platform=platform)
        else:
            self.done[platform] = began
            log.info("people read", platform=platform, people=told)
        finally:
            self._going.discard(platform)

    def _is_due(self, platform: str) -> bool:
        done, now = self.done.get(platform), self._parts.now()
        return done is None or not done <= now < done + AGAIN  # later than now: the clock was set back

    async def _round(self, platform: str) -> int:
        """Returns how many the platform told of."""
        told, page = 0, list[Profile]()
        async for profile in self._parts.platforms[platform].people():
            page.append(profile)
            if len(page) == PAGE:
                await self._write(platform, page)
                told, page = told + len(page), []
        await self._write(platform, page)
        return told + len(page)

    async def _write(self, platform: str, page: Sequence[Profile]) -> None:
        if not page:
            return
        async with self._parts.store.write() as session:
            await self._parts.meet_all(session, platform, page, self._parts.now())
        self._parts.outbox.wake()
