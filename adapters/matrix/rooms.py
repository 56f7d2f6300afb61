"""Rooms on Matrix: communities, and the company space they stand in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from adapters.matrix import aliases
from adapters.matrix.calls import Calls
from adapters.matrix.direct import account_data
from adapters.matrix.inbound import ARCHIVED_LEVEL, OPEN_RULES, server
from adapters.matrix.view import ARCHIVED, MADE, Known, View, described, slug
from bot.chat import NameTaken, NewRoom, NotAllowed, NotFound, PlatformError, RateLimited, Room, Unreachable

Json = dict[str, Any]

LOOKS, LOOK_AGAIN = 4, 0.5  # times, and seconds between, to see whether a room whose alias is taken is our own
PAGES_BACK = 10  # of history, of a hundred events each, looked through for the last message of a person
LEAD_LEVEL = 50  # moderates, invites, renames (spec, "Power levels": the default for state)


class MatrixRooms:
    """The Rooms part of the port."""

    _calls: Calls
    _view: View
    _via: tuple[str, ...]
    _servers: frozenset[str]
    _space: str
    _room_version: str

    async def create(self, new: NewRoom, *, name: str) -> str:
        """Create a room under its alias, which is the key: asked again with the same name, it is the same room."""
        space = await self._company_space()
        body = self._new(new, name, space)
        try:
            room = await self._create(body)
        except NameTaken:
            room = await self._made_already(new.slug, name)
            room = room or await self._create(body)
        if space:
            await self._enter_space(space, room)
        await self._learn(room)
        return room

    async def adopt(self, room: str) -> Room:
        """Enter a room, by id or alias: a public one, or one the bot was invited to."""
        answer = await self._calls.request("POST", "join", room, body={})
        return (await self._learn(str(answer["room_id"]))).room()

    async def invite(self, room: str, people: Sequence[str]) -> dict[str, str]:
        """Invite accounts. An account of the company's servers is looked up first: Synapse invites anyone."""
        state = await self._calls.state(room)
        here = {
            event["state_key"] for event in state
            if event.get("type") == "m.room.member" and event["content"].get("membership") in {"join", "invite"}
        }  # fmt: skip
        refused: dict[str, str] = {}
        for person in people:
            if person in here:
                continue
            try:
                await self._invite_one(room, person)
            except (RateLimited, Unreachable):
                raise  # not an answer about this person; those invited already are skipped next time
            except PlatformError as error:
                refused[person] = error.reason
        return refused

    async def lead(self, room: str, people: Sequence[str]) -> None:
        """Give accounts the power level of a moderator."""
        levels = await self._calls.state_event(room, "m.room.power_levels")
        creators = await self._creators(room)
        users = dict(levels.get("users", {}))
        for person in people:
            # In version 12 creators are above all levels, and may not be listed.
            if person not in creators and users.get(person, 0) < LEAD_LEVEL:
                users[person] = LEAD_LEVEL
        if users != levels.get("users", {}):
            await self._calls.put_state(room, "m.room.power_levels", {**levels, "users": users})

    async def topic(self, room: str, text: str) -> None:
        """Set the topic."""
        await self._calls.put_state(room, "m.room.topic", {"topic": text})

    async def rename(self, room: str, slug: str, title: str) -> None:
        """Set the name, and the alias; the former alias still leads here, until another room is given that name."""
        alias = self._alias(slug)
        if await self._resolve(alias) not in {"", room} and not await aliases.free(self._calls, alias):
            raise NameTaken("M_ROOM_IN_USE")
        if not await self._resolve(alias):
            await self._calls.request("PUT", "directory", "room", alias, body={"room_id": room})
        kept = await self._calls.state_event(room, "m.room.canonical_alias")
        former = [one for one in [kept.get("alias"), *kept.get("alt_aliases", [])] if one and one != alias]
        content = {"alias": alias, **({"alt_aliases": former} if former else {})}
        await self._calls.put_state(room, "m.room.canonical_alias", content)
        await self._calls.put_state(room, "m.room.name", {"name": title})

    async def archive(self, room: str) -> None:
        """Close a room without deleting anything: nobody writes or enters, and it leaves directory and space."""
        levels = await self._calls.state_event(room, "m.room.power_levels")
        if levels.get("events_default", 0) != ARCHIVED_LEVEL:
            before = {
                "events_default": levels.get("events_default", 0),
                "join_rules": await self._calls.state_event(room, "m.room.join_rules"),
            }
            await self._calls.put_state(room, ARCHIVED, before)
        await self._calls.put_state(room, "m.room.join_rules", {"join_rule": "invite"})
        await self._publish(room, "private")
        space = await self._company_space()
        if space:
            await self._in_space(space, room, {})
        await self._calls.put_state(room, "m.room.power_levels", {**levels, "events_default": ARCHIVED_LEVEL})

    async def reopen(self, room: str) -> None:
        """Undo `archive`."""
        before = await self._calls.state_event(room, ARCHIVED)
        levels = await self._calls.state_event(room, "m.room.power_levels")
        rules = before.get("join_rules") or {"join_rule": "invite"}
        await self._calls.put_state(room, "m.room.join_rules", rules)
        if rules.get("join_rule") in OPEN_RULES:
            await self._publish(room, "public")
        space = await self._company_space()
        if space:
            await self._in_space(space, room, {"via": list(self._via)})
        events_default = before.get("events_default", 0)
        await self._calls.put_state(room, "m.room.power_levels", {**levels, "events_default": events_default})

    async def room(self, room: str) -> Room:
        """A room the bot is in, or a public one.

        Of one it was in, the server goes on showing the state in which it left ("GET /rooms/{roomId}/state" in the
        spec). That tells what a summary does not: that it was closed; and its name, which Synapse may be late with.
        """
        await self._calls.login()
        known = await self._state_of(room)
        if known and known.inside:
            return known.room()
        seen = await self._from_outside(room)
        if known is None:
            return seen
        then = known.room()
        name = then.name if seen.name == seen.id else seen.name
        return seen.model_copy(update={"archived": then.archived, "name": name})

    async def rooms(self) -> AsyncIterator[Room]:
        """The rooms the bot is in, except direct ones and spaces, then the public ones it is not in."""
        seen = set()
        await self._acquaint()
        for known in list(self._view.rooms.values()):
            seen.add(known.id)
            if known.listed and not known.direct_mark and not self._view.direct_with(known.id):
                # Not told by a resumed sync.
                known.joined = known.joined or len(await self._calls.joined(known.id))
                yield known.room()
        async for listed in self._directory():
            if listed.id not in seen:
                yield listed

    async def members(self, room: str) -> list[str]:
        """The accounts in a room, the bot itself left out. Raises NotAllowed when the bot is not in it."""
        there = await self._calls.joined(self._view.current(room))
        return sorted(person for person in there if person != self._calls.me)

    async def last_spoke(self, room: str) -> datetime | None:
        """From the history of a room the bot is in."""
        token, only = "", {"types": ["m.room.message", "m.room.encrypted"], "not_senders": [self._calls.me]}
        for _ in range(PAGES_BACK):
            try:
                page = await self._calls.messages(room, start=token, only=only)
            except (NotAllowed, NotFound):
                return None
            for event in page.get("chunk", []):
                return datetime.fromtimestamp(event["origin_server_ts"] / 1000, UTC)
            token = page.get("end", "")
            if not token:
                return None
        return None

    async def _from_outside(self, room: str) -> Room:
        """What may be seen of a room, by id or alias, without being in it (spec v1.15, "Room summary")."""
        try:
            return _listed(await self._calls.request("GET", "room_summary", room, base="/_matrix/client/v1"))
        except (RateLimited, Unreachable):
            raise
        except PlatformError as error:
            raise NotFound(error.reason) from None

    async def _acquaint(self) -> None:
        """Know the rooms the bot is in where nothing runs that would hear of them."""
        if self._view.rooms:
            return
        await self._calls.login()
        self._view.mark_direct(await account_data(self._calls))
        for room in (await self._calls.request("GET", "joined_rooms")).get("joined_rooms", []):
            with suppress(NotAllowed, NotFound):  # left meanwhile
                await self._learn(str(room))

    async def _learn(self, room: str) -> Known:
        """Know a room just entered, without waiting for the sync to tell of it."""
        known = described(room, self._calls.me, await self._calls.state(room))
        return self._view.rooms.setdefault(room, known)

    def _new(self, new: NewRoom, name: str, space: str) -> Json:
        state: list[Json] = [{"type": MADE, "state_key": "", "content": {"name": name}}]
        if space:
            state.append({"type": "m.space.parent", "state_key": space, "content": {"via": list(self._via)}})
            if not new.private:
                # Spec, "Restricted rooms": whoever is in the company space may enter.
                allow = [{"type": "m.room_membership", "room_id": space}]
                rule = {"join_rule": "restricted", "allow": allow}
                state.append({"type": "m.room.join_rules", "state_key": "", "content": rule})
        body: Json = {
            "preset": "private_chat" if new.private else "public_chat",
            "visibility": "private" if new.private else "public",
            "room_alias_name": new.slug,
            "name": new.title,
            "topic": new.topic,
            "initial_state": state,
        }
        return {**body, **({"room_version": self._room_version} if self._room_version else {})}

    async def _create(self, body: Json) -> str:
        return str((await self._calls.request("POST", "createRoom", body=body))["room_id"])

    async def _made_already(self, slug: str, name: str) -> str:
        """The room of this alias, if it is the one made under this name; "" if it is free now. Raises NameTaken.

        Synapse takes the alias first and writes the room's events later: when the call that made it was cut off, or a
        former process died during it, the room may still be in the making, so there is a second look, and a third.
        """
        for look in range(LOOKS):
            await asyncio.sleep(LOOK_AGAIN if look else 0)
            room = await self._resolve(self._alias(slug))
            known = await self._state_of(room) if room else None
            if known and known.creator == self._calls.me and known.made == name:
                return room
            if known and (known.creator != self._calls.me or known.made):
                break
        if await aliases.free(self._calls, self._alias(slug)):
            return ""
        raise NameTaken("M_ROOM_IN_USE")

    async def _state_of(self, room: str) -> Known | None:
        """What a room is, as far as the bot may know."""
        try:
            return described(room, self._calls.me, await self._calls.state(room))
        except (NotAllowed, NotFound):
            return None

    async def _company_space(self) -> str:
        """The id of the configured space, "" without one."""
        if self._space.startswith("#"):
            self._space = await self._resolve(self._space)
            if not self._space:
                raise NotFound("company_space")
        return self._view.current(self._space)

    async def _enter_space(self, space: str, room: str) -> None:
        await self._in_space(space, room, {"via": list(self._via)})
        await self._calls.put_state(room, "m.space.parent", {"via": list(self._via)}, space)

    async def _in_space(self, space: str, room: str, content: Json) -> None:
        """List a room in the space, or with {} no longer.

        The bot may lack the power there: the room is open all the same, so this is not refused.
        """
        try:
            await self._calls.put_state(space, "m.space.child", content, room)
        except (NotAllowed, NotFound):
            return

    async def _publish(self, room: str, visibility: str) -> None:
        """List in the server's directory, or not. Synapse refuses by default: the room itself is open all the same."""
        try:
            await self._calls.request("PUT", "directory", "list", "room", room, body={"visibility": visibility})
        except (NotAllowed, NotFound):
            return

    async def _invite_one(self, room: str, person: str) -> None:
        if server(person) in self._servers:
            await self._calls.request("GET", "profile", person)
        await self._calls.request("POST", "rooms", room, "invite", body={"user_id": person})

    async def _creators(self, room: str) -> set[str]:
        event = next((e for e in await self._calls.state(room) if e.get("type") == "m.room.create"), {})
        content = event.get("content", {})
        version = str(content.get("room_version", "1"))
        if version.isdigit() and int(version) < 12:
            return set()
        return {event.get("sender", ""), *content.get("additional_creators", [])}

    async def _resolve(self, alias: str) -> str:
        return await aliases.resolve(self._calls, alias)

    async def _directory(self) -> AsyncIterator[Room]:
        query = {"limit": "100"}
        while True:
            page = await self._calls.request("GET", "publicRooms", query=query)
            for one in page.get("chunk", []):
                if one.get("room_type") != "m.space":
                    yield _listed(one)
            if not page.get("next_batch"):
                return
            query["since"] = page["next_batch"]

    def _alias(self, slug: str) -> str:
        return f"#{slug}:{server(self._calls.me)}"


def _listed(one: Json) -> Room:
    room = str(one["room_id"])
    return Room(
        id=room, name=slug(one.get("canonical_alias") or "") or one.get("name") or room, topic=one.get("topic") or "",
        private=one.get("join_rule", "public") not in OPEN_RULES, members=one.get("num_joined_members", 0),
        inside=False,
    )  # fmt: skip
