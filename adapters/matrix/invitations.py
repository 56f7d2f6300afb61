"""Rooms to enter: invitations, accepted from the company's own servers and declined otherwise, and replaced rooms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.matrix import inbound
from adapters.matrix.calls import Calls
from adapters.matrix.direct import remember_direct
from adapters.matrix.timeline import events, is_member
from adapters.matrix.view import View
from bot.chat import PlatformError, RateLimited, Unreachable

Json = dict[str, Any]


FOLLOW = "follow "


class Invitations:
    """Answers them."""

    def __init__(self, calls: Calls, view: View, server_names: frozenset[str]) -> None:
        """server_names: the company's homeservers, whose users may invite the bot."""
        self._calls = calls
        self._view = view
        self._servers = server_names

    async def answer(self, invited: Json, waiting: Mapping[str, str]) -> dict[str, str]:
        """Answer those of a sync, and those that wait.

        Returns those that could not be answered yet, room -> how: who invited, "direct " before it where it is a
        direct room, or "follow " and the room that it replaces. They are kept with the position.
        """
        pending = dict(waiting)
        for room, invitation in invited.items():
            event = _invitation(invitation, self._calls.me)
            content = event.get("content")
            mark = "direct " if isinstance(content, Mapping) and content.get("is_direct") else ""
            pending[room] = mark + str(event.get("sender", ""))
        for room, how in list(pending.items()):
            try:
                await self._answer(room, how)
            except (RateLimited, Unreachable):
                continue
            except PlatformError:
                pass  # withdrawn meanwhile, or the room is gone: nothing left to answer
            del pending[room]
        return pending

    async def _answer(self, room: str, how: str) -> None:
        if how.startswith(FOLLOW):
            await self._follow(room, how.removeprefix(FOLLOW))
            return
        direct, inviter = how.startswith("direct "), how.removeprefix("direct ")
        if inbound.server(inviter) not in self._servers:
            await self._calls.request("POST", "rooms", room, "leave", body={})
            return
        if direct:
            await remember_direct(self._calls, self._view, inviter, room)
        await self._calls.request("POST", "join", room, body={})
        self._view.known(room, self._calls.me)  # the sync will tell more

    async def _follow(self, room: str, old: str) -> None:
        """Enter the room that a tombstone names, and leave it again when it was not made to replace that one."""
        via = {"server_name": inbound.server(self._calls.me)}
        await self._calls.request("POST", "join", room, query=via, body={})
        before = (await self._calls.state_event(room, "m.room.create")).get("predecessor")
        if not isinstance(before, Mapping) or before.get("room_id") != old:  # whoever made the room wrote this
            await self._calls.request("POST", "rooms", room, "leave", body={})


def _invitation(invitation: Json, me: str) -> Json:
    """The bot's own part of an invitation, of which another server may have written anything."""
    found = (event for event in events(invitation.get("invite_state", {})) if is_member(event, me))
    return dict(next(found, {}))
