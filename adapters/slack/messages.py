"""Saying things on Slack: `bot.chat.Messages`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from adapters.slack import render, views
from adapters.slack.calls import JSON, Calls, fine
from adapters.slack.identity import Identity
from adapters.slack.inbound import unhandle
from bot.chat import Command, Event, Form, HomeOpened, Message, Part, PlatformError, Press, Submission, Unreachable

# What marks a delivery as ours. Every app and member may read metadata: the name tells nothing.
DELIVERY = "parvis_delivery"
_LOOK_BACK = timedelta(seconds=60)  # our clock and Slack's differ
_PAGE = 200

# No link is unfolded: a preview of somebody's link is not what the bot says.
_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class SlackMessages:
    """Messages are named by their `ts`, rooms by the channel's id."""

    _calls: Calls
    _identity: Identity
    _directs: dict[str, str]

    async def post(self, room: str, message: Message, *, name: str, reply_to: str = "") -> str:
        """Post with chat.postMessage, which has no idempotency of its own: the name travels as metadata."""
        answer = await self._calls.call(
            "chat.postMessage",
            channel=room,
            thread_ts=reply_to or None,
            metadata={"event_type": DELIVERY, "event_payload": {"name": name}},
            **await self._shown(message),
            **_QUIET,
        )
        return str(answer["ts"])

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:
        """Replace with chat.update; metadata not given stays, so that the post is still found by its own name."""
        del name  # the same edit twice is the same message
        shown = await self._shown(message)
        await self._calls.call("chat.update", channel=room, ts=posted, **shown)

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
            body = {"response_type": "ephemeral", "replace_original": False, **await self._shown(message)}
            return await self._calls.respond(url, body) is not False
        if not event.room or not event.by or event.direct:
            return False
        try:
            shown = await self._shown(message)
            await self._calls.call("chat.postEphemeral", channel=event.room, user=event.by, **shown)
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

    async def _shown(self, message: Message) -> JSON:
        file = await self._uploaded(message) if message.picture else ""
        return render.message(message, file=file, at=await self._at(message.parts))

    async def _at(self, parts: Sequence[Part]) -> str:
        """The workspace's address, where a part of a message links to it."""
        return (await self._identity.me()).url if any(part.kind == "profile" for part in parts) else ""

    async def _uploaded(self, message: Message) -> str:
        """Hand the picture to Slack, seen by nobody until a message shows it. (docs: messaging/working-with-files)"""
        picture = message.picture
        assert picture is not None
        ticket = await self._calls.call(
            "files.getUploadURLExternal", filename="picture.png", length=len(picture.data), alt_txt=picture.alt[:1000]
        )
        await self._calls.upload(ticket["upload_url"], picture.data)
        files = f'[{{"id":"{ticket["file_id"]}"}}]'
        await self._calls.call("files.completeUploadExternal", files=files)
        return str(ticket["file_id"])


def _handle_of(event: Event) -> dict[str, str]:
    return unhandle(event.handle) if isinstance(event, (Command, Press, Submission, HomeOpened)) else {}


def _at_home(event: Event) -> bool:
    return isinstance(event, (Press, Submission)) and event.home


def _named(message: JSON, name: str) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == DELIVERY and (metadata.get("event_payload") or {}).get("name") == name
