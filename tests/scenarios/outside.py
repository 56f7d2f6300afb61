"""What people do to rooms without the bot: each as their platform has it done, with the event it tells, or without."""

from __future__ import annotations

import time
from typing import Any, cast

from adapters.memory.server import BOT
from tests.humans import Human, eventually
from tests.humans.matrix import CLIENT, MatrixTown
from tests.scenarios.company import Company
from tests.servers.slack import posting
from tests.servers.slack.state import BOT_USER_ID

Json = dict[str, Any]

REPLACES = 150  # the power level from which a room may be replaced (spec, "Room Version 12")


class Outside:
    """Somebody at their platform's own buttons. told: the platform sends its event; else only a look finds it.

    A homeserver tells everything that happens in a room to whoever is in it, so on Matrix `told` changes nothing.
    """

    def __init__(self, company: Company, by: Human, *, told: bool = True) -> None:
        self._town: Any = company.town
        self._by: Any = by
        self._told = told
        self._slack = company.where.startswith("slack")
        self._matrix = Homeserver(company.town, by) if isinstance(company.town, MatrixTown) else None

    def _happens(self, room: str, change: str, **what: Any) -> None:
        if self._told:
            self._town.server.happens("room_changed", by=self._by.external, room=room, change=change, **what)

    def _channel(self, room: str) -> Any:
        return self._town.server.workspace.channels[room]

    async def rename(self, room: str, name: str) -> None:
        """Give a room another name."""
        if self._matrix:
            await self._matrix.put(room, "m.room.name", {"name": name})
        elif self._slack:
            channel = self._channel(room)
            channel.name = name
            if self._told:
                self._town.server.events.renamed(channel)
        else:
            self._town.server.rooms[room].slug = name
            self._happens(room, "renamed", name=name)

    async def archive(self, room: str) -> None:
        """Close a room. Matrix has no archive: nobody may write there any more."""
        if self._matrix:
            await self._matrix.let_write(room, 100)
        elif self._slack:
            self._town.server.archive(self._channel(room), self._by.person.user)
        else:
            self._town.server.rooms[room].archived = True
            self._happens(room, "archived")

    async def reopen(self, room: str) -> None:
        """Open a closed room again, as a person may."""
        if self._matrix:
            await self._matrix.let_write(room, 0)
        elif self._slack:
            self._town.server.unarchive(self._channel(room), self._by.person.user)
        else:
            self._town.server.rooms[room].archived = False
            self._happens(room, "reopened")

    async def delete(self, room: str) -> None:
        """Remove a room for good. On Matrix the homeserver's administrator can, and no room tells of it."""
        if self._matrix:
            await self._matrix.delete(room)
        elif self._slack:
            self._town.server.delete_channel(self._channel(room), self._by.person.user)
        else:
            del self._town.server.rooms[room]
            self._happens(room, "deleted")

    async def hide(self, room: str) -> None:
        """Make a public room private. Slack sends no event for it."""
        if self._matrix:
            await self._matrix.put(room, "m.room.join_rules", {"join_rule": "invite"})
        elif self._slack:
            self._channel(room).kind = "group"
        else:
            self._town.server.rooms[room].private = True
            self._happens(room, "made_private")

    async def removes_bot(self, room: str) -> None:
        """Remove the bot from a room, as somebody who may."""
        if self._matrix:
            await self._matrix.removes_bot(room)
        elif self._slack:
            server = self._town.server
            bot = server.workspace.users[BOT_USER_ID]
            posting.leave(server, self._channel(room), bot, by=self._by.person.user)
        else:
            self._town.server.rooms[room].members.remove(BOT)
            self._happens(room, "put_out")

    async def put_out(self, room: str) -> None:
        """Have the bot's own account leave a room, by other hands than the bot's. Nothing tells that it was put out."""
        if self._matrix:
            await self._matrix.put_out(room)
        elif self._slack and self._told:
            server = self._town.server
            posting.leave(server, self._channel(room), server.workspace.users[BOT_USER_ID])
        elif self._slack:
            self._channel(room).members.remove(BOT_USER_ID)
        else:
            self._town.server.rooms[room].members.remove(BOT)

    async def lets_in(self, room: str) -> None:
        """Invite the bot again."""
        if self._matrix:
            await self._matrix.lets_in(room)
        elif self._slack:
            posting.join(self._town.server, self._channel(room), self._town.server.workspace.users[BOT_USER_ID])
        else:
            self._town.server.rooms[room].members.append(BOT)

    async def upgrade(self, room: str, newer: str) -> str:
        """Replace a room by a newer one; its id. newer: its name, where that is to be made by hand.

        Slack has no such thing.
        """
        if self._matrix:
            return await self._matrix.upgrade(room)
        successor = await self.make(newer)
        for _ in range(2):  # a server that doubts tells it twice
            self._town.server.happens("room_changed", room=room, change="upgraded", successor=successor)
        return successor

    async def make(self, name: str) -> str:
        """Make a public room."""
        if self._matrix:
            room, human = await self._matrix.town.room(name, [self._by]), cast("Any", self._by)

            async def listed() -> bool:
                wanted = {"filter": {"generic_search_term": name}, "limit": 50}
                found = (await human.calls("POST", "/publicRooms", wanted)).get("chunk", [])
                return any((one["room_id"], one.get("name")) == (room, name) for one in found)

            await eventually(listed, "the server names it in its list, a moment after it was made")
            return room
        if self._slack:
            channel = await self._by.person.create_channel(name)
            return str(channel.id)
        return str(self._town.server.open_room(name, [self._by.external]))

    async def leaves_company(self, who: Human) -> None:
        """Somebody's account is deactivated."""
        human: Any = who
        if self._matrix:
            await self._matrix.deactivates(human.external)
            return
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


class Homeserver:
    """The same on Matrix: in a room by whom its maker gave the power, around it by the server's administrator."""

    def __init__(self, town: MatrixTown, by: Human) -> None:
        self.town = town
        self._by: Any = by
        self._token = ""

    async def put(self, room: str, kind: str, content: Json) -> None:
        """Change a room's state as this person."""
        await self._empower(room)
        await self._well(self._by.calls("PUT", f"/rooms/{room}/state/{kind}/", content))

    async def let_write(self, room: str, level: int) -> None:
        """From which power level people may write."""
        await self._empower(room)
        levels = await self._levels(room)
        await self.put(room, "m.room.power_levels", {**levels, "events_default": level})

    async def put_out(self, room: str) -> None:
        """By the bot's own account, at another client: nobody has power over whoever made a room."""
        await self._well(self._bot("POST", f"/rooms/{room}/leave", {}))

    async def removes_bot(self, room: str) -> None:
        """By whoever made the room: nobody has power over them."""
        await self._well(self._by.calls("POST", f"/rooms/{room}/kick", {"user_id": self.town.bot.user_id}))

    async def lets_in(self, room: str) -> None:
        """The bot accepts by itself."""
        bot = self.town.bot.user_id
        await self._well(self._by.calls("POST", f"/rooms/{room}/invite", {"user_id": bot}))

        async def accepted() -> bool:
            found = await self._well(self._by.calls("GET", f"/rooms/{room}/state/m.room.member/{bot}"))
            return bool(found["membership"] == "join")

        await eventually(accepted, "the bot accepts")

    async def upgrade(self, room: str) -> str:
        """As clients do it: the server makes the newer room, and closes the former with a tombstone."""
        await self._empower(room)
        made = await self._well(self._by.calls("POST", f"/rooms/{room}/upgrade", {"new_version": "11"}))
        return str(made["replacement_room"])

    async def delete(self, room: str) -> None:
        """Everybody is put out, and nothing is left of it."""
        path = "/_synapse/admin/v2/rooms"
        asked = await self._administers("DELETE", f"{path}/{room}", {"purge": True, "force_purge": True})

        async def done() -> bool:
            found = await self._administers("GET", f"{path}/delete_status/{asked['delete_id']}")
            return bool(found["status"] == "complete")

        await eventually(done, "the server deleted the room")

    async def deactivates(self, account: str) -> None:
        """The account leaves every room, and may sign in no more. Its profile stays: nobody is told that it is gone."""
        await self._administers("POST", f"/_synapse/admin/v1/deactivate/{account}", {"erase": False})

    async def _empower(self, room: str) -> None:
        levels = await self._levels(room)
        if levels["users"].get(self._by.external, 0) < REPLACES:
            users = {**levels["users"], self._by.external: REPLACES}
            path = f"/rooms/{room}/state/m.room.power_levels/"
            await self._well(self._bot("PUT", path, {**levels, "users": users}))

    async def _levels(self, room: str) -> Json:
        return await self._well(self._bot("GET", f"/rooms/{room}/state/m.room.power_levels/"))

    async def _bot(self, method: str, path: str, body: Json | None = None) -> Json:
        return await self.town.synapse.call(method, CLIENT + path, body, token=self.town.bot.access_token)

    async def _administers(self, method: str, path: str, body: Json | None = None) -> Json:
        if not self._token:
            account = await self.town.synapse.register(f"root-{time.time_ns()}", admin=True)
            self._token = account.access_token
        return await self._well(self.town.synapse.call(method, path, body, token=self._token))

    async def _well(self, asked: Any) -> Json:
        answer: Json = await asked
        assert "errcode" not in answer, answer
        return answer
