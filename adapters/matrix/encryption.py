"""Encryption of one device: matrix-nio's machine, driven by our own calls so that nothing leaves before it is kept.

nio's client does the same with a database file of its own and a picture of every room in memory. Here the keys stand in
our database, written in the same commit as the sync position: the server forgets a key that it delivered once the
position moves on, so a position without its keys would be a loss.
(https://spec.matrix.org/v1.15/client-server-api/#end-to-end-encryption)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import vodozemac
from nio.crypto import Olm, OlmAccount
from nio.events import MegolmEvent, ToDeviceEvent
from nio.exceptions import EncryptionError
from nio.responses import KeysClaimResponse, KeysUploadResponse, ToDeviceResponse

from adapters.matrix.calls import Calls
from adapters.matrix.keyring import ACCOUNT, OUTBOUND, SESSION, SHARED, Keeping, Keyring
from adapters.matrix.sealing import Seal, SealError
from bot.chat import LockedOut, Overloaded, PlatformError, RateLimited, Unreachable

Json = dict[str, Any]

MEGOLM = "m.megolm.v1.aes-sha2"
CURVE = "signed_curve25519"
DEVICE = "olm.device"

# What nio and vodozemac raise on what others made up.
BROKEN = (
    EncryptionError, vodozemac.DecodeException, vodozemac.KeyException, vodozemac.OlmDecryptionException,
    vodozemac.SessionCreationException, vodozemac.SignatureException, vodozemac.MegolmDecryptionException,
    AssertionError, AttributeError, KeyError, TypeError, ValueError,
)  # fmt: skip


class Encryption:
    """The keys of the bot's device at work.

    trouble: why it does not work ("" when it does): "starting", "other_key" (what is kept was sealed under another
    key), "keys_lost" (the server knows this device by keys that we do not have), "refused" (the server has no part in
    encryption). ready: a first sync told what changed.
    """

    def __init__(self, calls: Calls, seal: Seal, today: Callable[[], date]) -> None:
        """today: the date, UTC."""
        self.trouble = "starting"
        self.ready = asyncio.Event()
        self.letters = 0  # of other devices so far; any may have brought a key
        self.stale: set[str] = set()  # accounts whose devices changed since they were asked for
        self._calls = calls
        self._seal = seal
        self._today = today
        self._looked: date | None = None  # when unused keys were last looked for
        self._own: list[str] = []
        self._fallback = False
        self._keep: Keeping | None = None
        self.ring: Keyring
        self.olm: Any

    @property
    def device(self) -> str:
        """The bot's device."""
        return str(self._calls.client.device_id)

    @property
    def fingerprint(self) -> str:
        """The key by which people recognise this device, in groups of four as their clients show it."""
        key = str(self.olm.account.identity_keys["ed25519"])
        return " ".join(key[start : start + 4] for start in range(0, len(key), 4))

    async def start(self, kept: Mapping[str, bytes], keep: Keeping) -> None:
        """Take up the keys that were kept, or make new ones. keep: keeps what changed. Raises PlatformError."""
        self._keep = keep
        try:
            self.ring = Keyring(self._seal, kept, self._today)
        except SealError:
            self.trouble = "other_key"  # nothing is overwritten: the right key may come back
            return
        before = self.ring.found(DEVICE).get("", {})
        if str(before.get("id", "")).startswith(f"{self.device[:50]}-"):
            await self._calls.sign_in_as(before["id"])  # as which an earlier run had to begin anew
        if before.get("id") not in {None, self.device}:
            self._forget_device()
        try:
            lost = self.ring.load_account() is None and not await self._is_new()
        except (RateLimited, Unreachable, LockedOut):
            raise
        except PlatformError:
            self.trouble = "refused"
            return
        if lost:
            self.trouble = "keys_lost"
            return
        self._open(before.get("own", []))
        self.trouble = ""

    def _open(self, own: Sequence[str]) -> None:
        self.olm = Olm(self._calls.me, self.device, self.ring)
        self.olm.outbound_group_sessions = self.ring.load_outbound()
        mine = self.olm.account.identity_keys["curve25519"]
        self._own = [*(one for one in own if one != mine), mine]
        self.ring.mark(DEVICE, lambda: {"id": self.device, "own": self._own})

    def _forget_device(self) -> None:
        """Signed in as another device: what identified the former one is of no use; what it could read is."""
        for beginning in (ACCOUNT, SESSION, OUTBOUND, SHARED):
            self.ring.forget(beginning)

    async def _is_new(self) -> bool:
        """No keys of this device are published; where we sign in by ourselves, a new device is made otherwise."""
        if not await self.published():
            return True
        return await self._calls.sign_in_as(f"{self.device[:50]}-{uuid4().hex[:8]}")

    async def published(self) -> bool:
        """The server knows keys of this device. Raises PlatformError."""
        await self._calls.login()
        answer = await self._calls.request("POST", "keys", "query", body={"device_keys": {self._calls.me: []}})
        return self.device in answer.get("device_keys", {}).get(self._calls.me, {})

    # ------------------------------------------------------------ hearing

    def hear(self, batch: Json) -> None:
        """What a sync says of keys; to be called before its rooms are read."""
        if self.trouble:
            return
        for raw in batch.get("to_device", {}).get("events", []):
            if isinstance(raw, dict) and raw.get("type") in {"m.room.encrypted", "m.room_key_request"}:
                self._receive(raw)
        counts = batch.get("device_one_time_keys_count")
        if isinstance(counts, dict):
            self.olm.uploaded_key_count = counts.get(CURVE, 0)
        unused = batch.get("device_unused_fallback_key_types")
        if isinstance(unused, list):
            self._fallback = CURVE not in unused
        lists = batch.get("device_lists", {})
        self.stale |= {*lists.get("changed", []), *lists.get("left", [])}

    def _receive(self, raw: Json) -> None:
        self.letters += 1
        try:
            event = ToDeviceEvent.parse_event(raw)
            if event is not None:
                self.olm.handle_to_device_event(event)
        except BROKEN:
            return  # whoever made this up gets nothing from it

    def read(self, raw: Json, room: str) -> Json | None:
        """An encrypted event as what it was before; None: no key opens it."""
        content = raw.get("content")
        if self.trouble or not isinstance(content, dict) or content.get("algorithm") != MEGOLM:
            return None
        try:
            whole = self._complete(raw, content, room)
            event = MegolmEvent.from_dict(whole)
            found = self.olm.decrypt_megolm_event(event, room).source if isinstance(event, MegolmEvent) else {}
        except BROKEN:
            return None
        if not isinstance(found.get("content"), dict) or found.get("room_id", room) != room:
            return None  # a key of one room does not speak in another
        used = self.olm.inbound_group_store.get(room, whole["content"]["sender_key"], content.get("session_id"))
        if used is not None:
            self.ring.use(used)
        inner = {key: value for key, value in found["content"].items() if key != "m.relates_to"}
        relation = content.get("m.relates_to")
        # What an event relates to is what the server was told, too (spec, "Server behaviour" of relationships).
        return {**raw, "type": found.get("type"), "content": inner | ({"m.relates_to": relation} if relation else {})}

    def _complete(self, raw: Json, content: Json, room: str) -> Json:
        """With what newer clients leave out since version 1.3 of the specification."""
        key, session = content.get("sender_key"), content.get("session_id")
        if not key:
            senders = self.olm.inbound_group_store[room]
            key = next((sender for sender, sessions in senders.items() if session in sessions), "")
        whole = {**content, "sender_key": key or "unknown", "device_id": content.get("device_id") or "unknown"}
        return {**raw, "room_id": room, "content": whole}

    def shown(self, raw: Json, room: str) -> Json | None:
        """Anybody's event with its latest edit, both decrypted; None: no key opens it."""
        unsigned = raw.get("unsigned") or {}
        edit = (unsigned.get("m.relations") or {}).get("m.replace")
        if isinstance(edit, dict) and edit.get("type") == "m.room.encrypted":
            edit = self.read(edit, room)
            raw = {**raw, "unsigned": {**unsigned, "m.relations": {**unsigned["m.relations"], "m.replace": edit}}}
        return self.read(raw, room) if raw.get("type") == "m.room.encrypted" else raw

    def opened(self, raw: Json, room: str) -> Json:
        """An event of the bot itself with its latest edit, both decrypted; as it came where that cannot be done.

        Only what one of the bot's own devices encrypted: the server could have put anything under its name.
        """
        unsigned = raw.get("unsigned") or {}
        edit = unsigned.get("m.relations", {}).get("m.replace")
        if isinstance(edit, dict):
            edit = self._mine(edit, room)
            relations = {**unsigned["m.relations"], "m.replace": edit}
            raw = {**raw, "unsigned": {**unsigned, "m.relations": relations}}
        return self._mine(raw, room)

    def _mine(self, raw: Json, room: str) -> Json:
        if raw.get("type") != "m.room.encrypted" or self.trouble:
            return raw
        content = self._complete(raw, raw.get("content") or {}, room)["content"]
        if content["sender_key"] not in self._own:
            return raw
        return self.read(raw, room) or raw

    # ------------------------------------------------------------ keeping

    async def flush(self) -> None:
        """Keep what changed. Raises Unreachable: it could not be, so nothing may be sent."""
        if not self.ring.changed:
            return
        assert self._keep
        try:
            await self.ring.flush(self._keep)
        except Overloaded:
            raise Unreachable("not_kept") from None

    # ------------------------------------------------------------ chores

    async def chores(self) -> None:
        """What is to be told to the server after a sync. What cannot be done now is due again after the next one."""
        if self.trouble:
            return
        if self._looked != self._today():
            self._looked = self._today()
            self.ring.forget_unused(self.olm.inbound_group_store, self._own)
        try:
            if self.olm.should_upload_keys or self._fallback:
                await self._upload()
            self.olm.collect_key_requests()
            self.olm.key_request_from_untrusted.clear()  # nobody is given a key that was not meant for them
            if self.olm.wedged_devices or self.olm.key_request_devices_no_session:
                await self.claim(self.olm.get_users_for_key_claiming())
            for message in list(self.olm.outgoing_to_device_messages):
                await self.tell_devices(message.type, message.as_dict())
                self.olm.handle_response(ToDeviceResponse(message))
        except (RateLimited, Unreachable):
            return
        except PlatformError:
            self.trouble = "keys_lost" if not self.olm.account.shared else ""

    async def _upload(self) -> None:
        if self.olm.uploaded_key_count is None:
            self.olm.uploaded_key_count = 0
        content = self.olm.share_keys() if self.olm.should_upload_keys else {}
        if self._fallback:
            content["fallback_keys"] = self._fallback_keys(self.olm.account)
        self.olm.save_account()
        await self.flush()  # the private halves
        answer = await self._calls.request("POST", "keys", "upload", body=content)
        self._fallback = False
        self.olm.handle_response(KeysUploadResponse(0, answer.get("one_time_key_counts", {}).get(CURVE, 0)))
        await self.flush()

    def _fallback_keys(self, account: OlmAccount) -> Json:
        """A key for when all others are used up, as after a long time away (spec, "One-time and fallback keys")."""
        account._account.generate_fallback_key()  # noqa: SLF001 - nio does not know of them; vodozemac does
        keys: Json = {}
        for key_id, key in account._account.fallback_key.items():  # noqa: SLF001 - as above
            signed: Json = {"key": key.to_base64(), "fallback": True}
            signature = self.olm.sign_json(signed)
            signed["signatures"] = {self._calls.me: {f"ed25519:{self.device}": signature}}
            keys[f"{CURVE}:{key_id}"] = signed
        return keys

    async def claim(self, devices: Mapping[str, Sequence[str]]) -> None:
        """Open sessions with devices: account -> devices."""
        asked = {user: dict.fromkeys(ids, CURVE) for user, ids in devices.items()}
        answer = await self._calls.request("POST", "keys", "claim", body={"one_time_keys": asked, "timeout": 5000})
        for user, keys in answer.get("one_time_keys", {}).items():
            for device, key in keys.items():
                try:
                    self.olm.handle_response(KeysClaimResponse({user: {device: key}}, {}))
                except BROKEN:
                    continue  # a device that gives nonsense for a key is not written to

    async def tell_devices(self, kind: str, messages: Json) -> None:
        """Send to devices, once the ratchets that encrypted it are kept."""
        await self.flush()
        await self._calls.request("PUT", "sendToDevice", kind, uuid4().hex, body=messages)
