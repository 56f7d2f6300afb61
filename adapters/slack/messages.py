"""Saying things on Slack: `bot.chat.Messages`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from adapters.slack import reading, render, views
from adapters.slack.calls import JSON, Calls, fine
from adapters.slack.identity import Identity
from adapters.slack.inbound import unhandle
from adapters.slack.pictures import AGAIN, TRIES, Pictures
from bot.chat import (
    Command,
    Event,
    Form,
    HomeOpened,
    Message,
    NotFound,
    Part,
    Picture,
    PlatformError,
    Press,
    Submission,
    Unreachable,
    Written,
)

# What marks a delivery as ours. Every app and member may read metadata: the name tells nothing.
DELIVERY = "parvis_delivery"
_LOOK_BACK = timedelta(seconds=60)  # our clock and Slack's differ
_PAGE = 200

# No link is unfolded: a preview of somebody's link is not what the bot says.
_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
_WHISPERED: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False}


class SlackMessages:
    """Messages are named by their `ts`, rooms by the channel's id."""

    _calls: Calls
    _identity: Identity
    _pictures: Pictures
    _directs: dict[str, str]

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Post with chat.postMessage, which has no idempotency of its own: the name travels as metadata."""
        about: JSON = {"event_type": DELIVERY, "event_payload": {"name": name}}
        how: JSON = {"channel": room, "thread_ts": reply_to or None, "metadata": about, **_QUIET}
        answer = await self._say("chat.postMessage", message, how)
        return str(answer["ts"])

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:
        """Replace with chat.update; metadata not given stays, so that the post is still found by its own name."""
        del name  # the same edit twice is the same message
        await self._say("chat.update", message, {"channel": room, "ts": posted})

    async def delete(self, room: str, posted: str, *, name: str) -> None:
        """Remove; already gone is success."""
        del name
        await self._calls.call("chat.delete", channel=room, ts=posted, fine=fine("message_not_found"))

    async def pin(self, room: str, posted: str) -> None:
        """Pin; already pinned is success."""
        await self._calls.call("pins.add", channel=room, timestamp=posted, fine=fine("already_pinned"))

    async def find(self, room: str, name: str, since: datetime, *, reply_to: str = "") -> str | None:
        """Look through what was posted since then, and through the threads that grew since then.

        reply_to: the thread it joined, when known; without it, threads under the room's last 200 messages are seen.
        """
        oldest = (since - _LOOK_BACK).timestamp()
        if reply_to:
            return await self._find_in_thread(room, reply_to, name, oldest)
        grown: list[str] = []
        seen = 0
        async for message in self._history(room):
            seen += 1
            is_new = float(message["ts"]) >= oldest
            if is_new and _named(message, name):
                return str(message["ts"])
            if float(message.get("latest_reply") or 0) >= oldest:
                grown.append(message["ts"])
            if seen >= _PAGE and not is_new:
                break
        for thread in grown:
            if found := await self._find_in_thread(room, thread, name, oldest):
                return found
        return None

    def _history(self, room: str) -> AsyncIterator[JSON]:
        """The newest first. Mostly one call is enough: Slack allows fifty a minute, and a death asks for a dozen."""
        return self._calls.pages(
            "conversations.history", "messages", channel=room, patient=False, include_all_metadata=True, limit=_PAGE
        )

    async def _find_in_thread(self, room: str, thread: str, name: str, oldest: float) -> str | None:
        replies = self._calls.pages(
            "conversations.replies",
            "messages",
            channel=room,
            ts=thread,
            patient=False,
            oldest=f"{oldest:.6f}",
            include_all_metadata=True,
            limit=_PAGE,
        )
        async for message in replies:
            if _named(message, name):
                return str(message["ts"])
        return None

    async def read(self, room: str, posted: str) -> Written:
        """One message: conversations.replies finds it whether it stands in a thread or not."""
        answer = await self._calls.call(
            "conversations.replies", channel=room, ts=posted, oldest=posted, latest=posted, inclusive=True, limit=2
        )
        for message in answer.get("messages") or []:
            if message.get("ts") == posted and message.get("subtype") != "tombstone":
                return reading.written(message)
        raise NotFound("message_not_found")

    async def direct(self, person: str) -> str:
        """Open the direct room, which exists once opened: asked again, Slack returns the same."""
        if person not in self._directs:
            answer = await self._calls.call("conversations.open", users=person)
            self._directs[person] = str(answer["channel"]["id"])
        return self._directs[person]

    async def whisper(self, event: Event, message: Message) -> bool:
        """Answer where the event came from, in a message that one person sees.

        An answer whose fate is not known counts as given: said twice is worse than a whisper lost.
        """
        handle = _handle_of(event)
        if url := handle.get("url"):
            if message.picture:
                return await self._respond(url, message, message.picture)
            shown = render.message(message, at=await self._at(message.parts))
            return await self._calls.respond(url, {**_WHISPERED, **shown}) is not False
        if not event.room or not event.by or event.direct:
            return False
        if message.picture:
            await self._pictures.hand_over(message.picture)  # what goes wrong before it is shown may be tried again
        try:
            await self._say("chat.postEphemeral", message, {"channel": event.room, "user": event.by})
        except Unreachable:
            return True
        except PlatformError:
            return False
        return True

    async def open_form(self, event: Event, form: Form) -> bool:
        """Open a modal: Slack allows it within 3 seconds of what the person did, once."""
        handle = _handle_of(event)
        if not (trigger := handle.get("trigger")):
            return False
        method = "views.push" if handle.get("view") else "views.open"
        try:
            view = views.view(form, home=_at_home(event), at=await self._at(form.parts))
            await self._calls.call(method, trigger_id=trigger, view=view)
        except PlatformError:
            return False
        return True

    async def show_home(self, person: str, message: Message) -> bool:
        """The Home tab (surfaces/app-home)."""
        page = views.page(message, at=await self._at(message.parts))
        await self._calls.call("views.publish", user_id=person, view=page)
        return True

    async def _say(self, method: str, message: Message, how: JSON) -> JSON:
        """Call a method that shows a message. how: its other arguments."""
        if message.picture:
            return await self._show(method, message, message.picture, how)
        return await self._calls.call(method, **render.message(message, at=await self._at(message.parts)), **how)

    async def _show(self, method: str, message: Message, picture: Picture, how: JSON) -> JSON:
        """As `_say`, with a picture: without it where Slack does not take it, and its words stand in its place."""
        at = await self._at(message.parts)
        file = await self._pictures.hand_over(picture)
        for tried in count(1):
            try:
                return await self._calls.call(method, **render.message(message, file=file, at=at), **how)
            except PlatformError as error:
                if not file:
                    raise
                file = file if await self._pictures.waits(file, error, tried) else ""
        raise AssertionError("it ends by an answer or an error")

    async def _respond(self, url: str, message: Message, picture: Picture) -> bool:
        """Answer at once with a picture, or, where it is not taken, not at all: it is said in the direct room then."""
        file = await self._pictures.hand_over(picture)
        shown = render.message(message, file=file, at=await self._at(message.parts))
        for tried in range(TRIES if file else 1):
            if tried:
                await asyncio.sleep(AGAIN)
            if await self._calls.respond(url, {**_WHISPERED, **shown}) is not False:
                return True
        return False

    async def _at(self, parts: Sequence[Part]) -> str:
        """The workspace's address, where a part of a message links to it."""
        return (await self._identity.me()).url if any(part.kind == "profile" for part in parts) else ""


def _handle_of(event: Event) -> dict[str, str]:
    return unhandle(event.handle) if isinstance(event, (Command, Press, Submission, HomeOpened)) else {}


def _at_home(event: Event) -> bool:
    return isinstance(event, (Press, Submission)) and event.home


def _named(message: JSON, name: str) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == DELIVERY and (metadata.get("event_payload") or {}).get("name") == name
