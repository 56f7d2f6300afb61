"""A person's device on a Matrix server: a matrix-nio client, with keys of its own where rooms are encrypted."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from nio import AsyncClient, AsyncClientConfig, DownloadResponse, RoomSendResponse, SyncResponse
from nio.crypto import decrypt_attachment
from nio.events import MegolmEvent
from nio.exceptions import EncryptionError
from nio.store import SqliteMemoryStore

from tests.servers.synapse import Account

Json = dict[str, Any]
UNREADABLE = "** this device has no key for this message **"
ROTATED = timedelta(weeks=1)
"""After it, clients write under another key (Matrix client-server spec, m.room.encryption, rotation_period_ms)."""


class Device:
    """A client that is fed what its person's syncs tell."""

    def __init__(self, url: str, account: Account, now: Callable[[], datetime], *, encrypted: bool) -> None:
        """url: of the server. now: the clock. encrypted: it has keys; without, encrypted rooms are closed to it."""
        self.encrypted = encrypted
        self._now = now
        self._keyed: dict[str, datetime] = {}  # room -> since when it writes there under one key
        how: Json = {"store": SqliteMemoryStore, "pickle_key": "a person's"} if encrypted else {}
        config = AsyncClientConfig(encryption_enabled=encrypted, request_timeout=30, **how)
        self.client = AsyncClient(url, account.user_id, device_id=account.device_id, config=config)
        self.client.restore_login(account.user_id, account.device_id, account.access_token)

    async def enter(self) -> None:
        """Publish its keys, so that people can write to it before it is used."""
        if self.encrypted:
            await self.client.keys_upload()

    async def take(self, synced: Json) -> None:
        """What a sync told."""
        if not self.encrypted:
            return
        response = SyncResponse.from_dict(deepcopy(synced))  # it takes it apart
        assert isinstance(response, SyncResponse), response
        await self.client.receive_response(response)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        await self.client.send_to_device_messages()

    def opened(self, raw: Json, room: str) -> Json:
        """An event as its person sees it."""
        if not self.encrypted or raw.get("type") != "m.room.encrypted" or not raw.get("content"):
            return raw
        event = MegolmEvent.from_dict({**raw, "room_id": room})
        try:
            found = self.client.decrypt_event(event).source
        except EncryptionError:
            return {**raw, "type": "m.room.message", "content": {"msgtype": "m.text", "body": UNREADABLE}}
        return {**raw, "type": found["type"], "content": found["content"]}

    async def send(self, room: str, kind: str, content: Json) -> str:
        """Say something; encrypted where the room is."""
        now = self._now()
        # The library's own clock is that of the machine.
        if self.encrypted and now - self._keyed.setdefault(room, now) >= ROTATED:
            self.client.invalidate_outbound_session(room)
            self._keyed[room] = now
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        return str(answer.event_id)

    async def fetch(self, shown: Json) -> bytes:
        """The bytes of a picture, from the content of the event that shows it."""
        secret = shown.get("file")
        answer = await self.client.download(secret["url"] if secret else shown["url"])
        assert isinstance(answer, DownloadResponse), answer
        if secret is None:
            return bytes(answer.body)
        return bytes(decrypt_attachment(answer.body, secret["key"]["k"], secret["hashes"]["sha256"], secret["iv"]))

    def knows(self, room: str) -> bool:
        """A sync told of the room, so it can write there as it is to be written there."""
        return not self.encrypted or room in self.client.rooms

    async def close(self) -> None:
        """Let go of connections."""
        await self.client.close()
