"""Writing in encrypted rooms: the key of a room is given to the devices of those who are in it, then used.

Each time something is said the devices that should have the key are compared with those that have it. A device that is
new gets it; when one is gone, the next message has a new key. So nothing needs to be told when rooms or devices change,
except that they did.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from nio.responses import KeysQueryResponse

from adapters.matrix.calls import Calls
from adapters.matrix.encryption import BROKEN, Encryption
from adapters.matrix.keyring import DEVICES, STALE
from bot.chat import PlatformError, Unreachable

Json = dict[str, Any]

ASK_AGAIN = 600.0  # seconds before a device that gave no key, or a server that did not answer, is asked again
ASKED_AT_ONCE = 200  # accounts in one question for devices


class RoomKeys:
    """The keys under which the bot writes."""

    def __init__(self, calls: Calls, encryption: Encryption) -> None:
        self._calls = calls
        self._encryption = encryption
        self._members: dict[str, frozenset[str]] = {}
        self._moves: Counter[str] = Counter()  # how often somebody entered or left a room
        self._locks: dict[str, asyncio.Lock] = {}
        self._known: set[str] = set()
        self._noted: set[str] = set()
        self._silent: dict[tuple[str, str], float] = {}

    def loaded(self, *, anew: bool) -> None:
        """The keyring was read. anew: the server will not tell whose devices changed meanwhile."""
        ring = self._encryption.ring
        self._known = set(ring.found(DEVICES))
        self._noted = set(ring.found(STALE).get("", {}).get("accounts", []))
        self._encryption.stale |= self._noted | (self._known if anew else set())
        ring.loaded()

    def moved(self, room: str) -> None:
        """Someone entered or left."""
        self._members.pop(room, None)
        self._moves[room] += 1

    def note_stale(self) -> None:
        """Those whose devices changed are kept with the position after which the server does not tell it again."""
        stale = self._encryption.stale
        stale &= self._known
        if stale != self._noted:
            self._noted = set(stale)
            self._encryption.ring.mark(STALE, lambda: {"accounts": sorted(self._encryption.stale)})

    async def write(self, room: str, kind: str, content: Json) -> Json:
        """The content of an `m.room.encrypted` that says this; its key is kept. Raises PlatformError."""
        await self._usable()
        async with self._locks.setdefault(room, asyncio.Lock()):
            session = await self._shared(room)
            olm, ring = self._encryption.olm, self._encryption.ring
            written: Json = olm.group_encrypt(room, {"type": kind, "content": content})
            ring.save_outbound(room, session)
            await self._encryption.flush()
        if "m.relates_to" in content:
            written["m.relates_to"] = content["m.relates_to"]
        return written

    async def meet(self) -> None:
        """Ask for the devices of those who sent what could not be read: a session may have to be opened anew."""
        strangers = set(self._encryption.olm.users_for_key_query)
        with suppress(PlatformError):
            await self._learn(strangers)
            self._encryption.olm.users_for_key_query -= strangers

    async def has_devices(self, person: str) -> bool:
        """Whether anything written to this account now could be read."""
        await self._usable()
        await self._learn([person])
        return any(True for _ in self._encryption.olm.device_store.active_user_devices(person))

    async def _usable(self) -> None:
        try:
            async with asyncio.timeout(self._calls.timeout):
                await self._encryption.ready.wait()
        except TimeoutError:
            raise Unreachable("not_synced") from None
        if self._encryption.trouble:
            raise Unreachable(f"encryption_{self._encryption.trouble}")  # an administrator may still repair it

    async def _shared(self, room: str) -> Any:
        """The session of a room, given to all devices that should have it."""
        olm, ring = self._encryption.olm, self._encryption.ring
        members = await self._in(room)
        await self._learn(members)
        should = {
            (user, device.id) for user in members for device in olm.device_store.active_user_devices(user)
            if device.id != self._encryption.device
        }  # fmt: skip
        session = olm.outbound_group_sessions.get(room)
        if session is None or session.expired or session.users_shared_with - should:
            olm.create_outbound_group_session(room)
            session = olm.outbound_group_sessions[room]
        missing = should - session.users_shared_with
        if missing:
            await self._share(room, session, missing)
            ring.save_shared(room, session)
        session.shared = True
        return session

    async def _share(self, room: str, session: Any, devices: set[tuple[str, str]]) -> None:
        olm, ring = self._encryption.olm, self._encryption.ring
        await self._sessions(devices)
        session.shared = False  # or nio would begin another one
        ring.save_outbound(room, session)
        people = sorted({user for user, _ in devices})
        for given, messages in olm.share_group_session_parallel(room, people, ignore_unverified_devices=True):
            await self._encryption.tell_devices("m.room.encrypted", messages)
            session.users_shared_with |= given

    async def _sessions(self, devices: set[tuple[str, str]]) -> None:
        """Open a session with each device that has none."""
        olm, now = self._encryption.olm, time.monotonic()
        wanted: dict[str, list[str]] = {}
        for user, ids in olm.get_missing_sessions(sorted({user for user, _ in devices})).items():
            for device in ids:
                if now - self._silent.get((user, device), -ASK_AGAIN) >= ASK_AGAIN:
                    wanted.setdefault(user, []).append(device)
                    self._silent[user, device] = now
        if wanted:
            await self._encryption.claim(wanted)

    async def _in(self, room: str) -> frozenset[str]:
        """Who is in a room or invited to it: an invitation shows them what is written from now on."""
        known = self._members.get(room)
        if known is None:
            moves = self._moves[room]
            answer = await self._calls.request("GET", "rooms", room, "members", query={"not_membership": "leave"})
            known = frozenset(
                event["state_key"] for event in answer.get("chunk", [])
                if event.get("content", {}).get("membership") in {"join", "invite"}
            )  # fmt: skip
            if self._moves[room] == moves:  # what moved while the server answered may not be in its answer
                self._members[room] = known
        return known

    async def _learn(self, people: Iterable[str]) -> None:
        """Ask for the devices of those whose devices are not known, or changed."""
        stale = self._encryption.stale
        wanted = sorted(person for person in people if person not in self._known or person in stale)
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            await self._ask(wanted[start : start + ASKED_AT_ONCE])

    async def _ask(self, people: list[str]) -> None:
        stale = self._encryption.stale
        again = stale & set(people)
        stale -= again  # whoever changes while we ask is asked again
        try:
            body = {"device_keys": {person: [] for person in people}, "timeout": 5000}
            answer = await self._calls.request("POST", "keys", "query", body=body)
        except BaseException:
            stale |= again
            raise
        away = tuple(f":{server}" for server in answer.get("failures", {}))
        for person in people:
            if not person.endswith(away):
                self._take(person, answer.get("device_keys", {}).get(person) or {})
        self.note_stale()

    def _take(self, person: str, devices: Json) -> None:
        """The devices of one account; one that is malformed is left out, and does not hide the others."""
        olm, ring = self._encryption.olm, self._encryption.ring
        sound = {each: one for each, one in devices.items() if _is_sound(person, each, one)}
        try:
            olm.handle_response(KeysQueryResponse({person: sound}, {}))
        except BROKEN:
            return
        self._known.add(person)
        for key in [key for key in self._silent if key[0] == person]:
            del self._silent[key]
        ring.save_devices(person, olm.device_store[person])


def _is_sound(person: str, device: str, payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and payload.get("user_id") == person
        and payload.get("device_id") == device
        and isinstance(payload.get("keys"), dict)
        and isinstance(payload.get("signatures"), dict)
    )
