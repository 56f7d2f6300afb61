"""What people do to rooms without the bot: each as their platform has it done, with the event it tells, or without."""

from __future__ import annotations

from typing import Any

from tests.humans import Human
from tests.scenarios.company import Company


class Outside:
    """Somebody at their platform's own buttons. told: the platform sends its event; else only a look finds it."""

    def __init__(self, company: Company, by: Human, *, told: bool = True) -> None:
        self._town: Any = company.town
        self._company = company
        self._by: Any = by
        self._told = told

    @property
    def _slack(self) -> bool:
        return self._company.where == "slack"

    def _happens(self, room: str, change: str, **what: Any) -> None:
        if self._told:
            self._town.server.happens("room_changed", by=self._by.external, room=room, change=change, **what)

    def _channel(self, room: str) -> Any:
        return self._town.server.workspace.channels[room]

    async def rename(self, room: str, name: str) -> None:
        """Give a room another name."""
        if self._company.where == "matrix":
            await self._by.calls("PUT", f"/rooms/{room}/state/m.room.name", {"name": name})
        elif self._slack:
            channel = self._channel(room)
            channel.name = name
            if self._told:
                self._town.server.events.renamed(channel)
        else:
            self._town.server.rooms[room].slug = name
            self._happens(room, "renamed", name=name)

    async def archive(self, room: str) -> None:
        """Close a room."""
        if self._slack:
            self._town.server.archive(self._channel(room), self._by.person.user)
        else:
            self._town.server.rooms[room].archived = True
            self._happens(room, "archived")

    async def reopen(self, room: str) -> None:
        """Open a closed room again, as a person may."""
        if self._slack:
            self._town.server.unarchive(self._channel(room), self._by.person.user)
        else:
            self._town.server.rooms[room].archived = False
            self._happens(room, "reopened")

    async def delete(self, room: str) -> None:
        """Remove a room for good."""
        if self._slack:
            self._town.server.delete_channel(self._channel(room), self._by.person.user)
        else:
            del self._town.server.rooms[room]
            self._happens(room, "deleted")

    async def hide(self, room: str) -> None:
        """Make a public room private. Slack sends no event for it."""
        if self._slack:
            self._channel(room).kind = "group"
        else:
            self._town.server.rooms[room].private = True
            self._happens(room, "made_private")

    async def make(self, name: str) -> str:
        """Make a public room."""
        if self._company.where == "matrix":
            return await self._company.town.room(name, [self._by])
        if self._slack:
            channel = await self._by.person.create_channel(name)
            return str(channel.id)
        return str(self._town.server.open_room(name, [self._by.external]))

    def leaves_company(self, who: Human) -> None:
        """Somebody's account is deactivated."""
        human: Any = who
        if self._slack:
            human.person.deactivate()
            return
        server = self._town.server
        account = server.accounts[who.external]
        account.profile = account.profile.model_copy(update={"kind": "gone"})
        for place in server.rooms.values():
            if who.external in place.members and place.direct != who.external:
                place.members.remove(who.external)
        if self._told:
            server.happens("profile_changed", by=who.external)
