"""Pictures on Slack: handed over once, seen by nobody until a message of the bot shows them.

In three steps, the last one without a channel: then the file is the bot's alone, whom Slack lets show it in its own
blocks (docs: messaging/working-with-files, block-kit/composition-objects/slack-file-object). Slack looks through a file
first, mostly for a second or two, and refuses blocks that show it until then (python-slack-sdk, issue 1521).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from adapters.slack.calls import Calls
from adapters.slack.codes import UNREADY
from bot.chat import LockedOut, Paced, Picture, PlatformError, RateLimited, Unreachable

_log = structlog.get_logger("parvis.slack")

AGAIN = 1.0
"""Seconds between two tries at showing a file that Slack looks through."""
TRIES = 3
"""How often that is tried in one call; then the message comes back later."""
PATIENCE = timedelta(seconds=60)
"""How long after it was handed over a file may be looked through; then the message goes without it."""
KEPT = 64
"""Pictures of which it is known that Slack has them: a message that is said again takes up the same."""
ALT = 1_000  # files.getUploadURLExternal: alt_txt_too_large


@dataclass(frozen=True, slots=True)
class _Handed:
    file: str
    at: datetime


class Pictures:
    """What one app handed over to one workspace."""

    def __init__(self, calls: Calls, now: Callable[[], datetime]) -> None:
        self._calls = calls
        self._now = now
        self._handed: dict[bytes, _Handed] = {}

    async def hand_over(self, picture: Picture) -> str:
        """The id of the picture's file; "" where the workspace takes no files, or not from this app.

        Raises RateLimited, Unreachable, LockedOut: nobody knows yet.
        """
        key = sha256(f"{picture.name}\n{picture.alt}\n".encode() + picture.data).digest()
        known = self._handed.get(key)
        if known is None:
            try:
                known = _Handed(await self._upload(picture), self._now())
            except (RateLimited, Unreachable, LockedOut):
                raise
            except PlatformError as error:
                _log.warning("slack.picture_refused", reason=error.reason)
                return ""
            self._handed[key] = known
            while len(self._handed) > KEPT:
                del self._handed[next(iter(self._handed))]
        return known.file

    async def waits(self, file: str, error: PlatformError, tried: int) -> bool:
        """Blocks that show a file were refused: wait, and say whether to try that again; else it goes without it.

        tried: how often, in this call. Raises Paced: later; and what the refusal was, when it is not about the file.
        """
        if error.reason != UNREADY:
            raise error
        handed = next((each for each in self._handed.values() if each.file == file), None)
        if handed is None or self._now() - handed.at > PATIENCE:
            _log.warning("slack.picture_not_shown", reason=error.reason)
            return False
        if tried >= TRIES:
            raise Paced(AGAIN * TRIES, UNREADY)
        await asyncio.sleep(AGAIN)
        return True

    async def _upload(self, picture: Picture) -> str:
        ticket = await self._calls.call(
            "files.getUploadURLExternal", filename=picture.name, length=len(picture.data), alt_txt=picture.alt[:ALT]
        )
        file = str(ticket["file_id"])
        await self._calls.upload(str(ticket["upload_url"]), picture.data)
        files = json.dumps([{"id": file, "title": picture.title or picture.name}])
        await self._calls.call("files.completeUploadExternal", files=files)
        return file
