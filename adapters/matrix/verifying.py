"""Verification that people's clients ask the bot for: declined, so that nobody waits, and answered in words.

To verify is to have two persons compare the same few pictures on two screens. A program that said yes to whatever it is
shown would vouch for what nobody looked at, so the bot shows none; what vouches for its session is the chain of
signatures (`adapters.matrix.signing`), and the key that an administrator reads to people.
(https://spec.matrix.org/v1.15/client-server-api/#key-verification-framework)
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from adapters.matrix.calls import Calls
from adapters.matrix.inbound import VERIFICATION, instant
from adapters.matrix.secrecy import ENCRYPTED, Secrecy
from adapters.matrix.timeline import events
from adapters.matrix.view import View
from bot.chat import Event, PlatformError, VerificationAsked

Json = dict[str, Any]
CANCEL = "m.key.verification.cancel"
WHY = {"code": "m.unknown_method", "reason": "This is a program: it cannot compare pictures with you."}


class Verifying:
    """What is asked for between devices, and in rooms (`adapters.matrix.inbound`); both are declined here."""

    def __init__(self, name: str, calls: Calls, view: View, secrecy: Secrecy) -> None:
        """name: of the platform."""
        self._name = name
        self._calls = calls
        self._view = view
        self._secrecy = secrecy
        self._devices: dict[str, tuple[str, str, str]] = {}  # event -> account, its device, transaction

    def asked(self, batch: Json) -> list[VerificationAsked]:
        """What a sync brings from devices; what does not have the specified shape is nobody's question."""
        found = []
        for raw in events(batch.get("to_device", {})):
            content, by = raw.get("content"), raw.get("sender")
            if raw.get("type") != VERIFICATION or not isinstance(content, dict) or by == self._calls.me:
                continue
            device, transaction = content.get("from_device"), content.get("transaction_id")
            at = instant(content.get("timestamp"))
            if at and isinstance(by, str) and isinstance(device, str) and isinstance(transaction, str):
                key = f"verify:{by}:{transaction}"[:255]
                self._devices[key] = (by, device, transaction)
                found.append(VerificationAsked(key=key, platform=self._name, by=by, at=at, direct=True))
        return found

    async def decline(self, heard: Iterable[Event]) -> None:
        """Tell the clients of those who asked, at most once: who is not told hears it from the bot all the same."""
        for event in heard:
            if isinstance(event, VerificationAsked):
                with suppress(PlatformError):
                    await (self._in_room(event.room, event.key) if event.room else self._to_device(event.key))

    async def _to_device(self, key: str) -> None:
        if key not in self._devices:
            return  # asked twice in one sync, and declined already
        account, device, transaction = self._devices.pop(key)
        body = {"messages": {account: {device: {**WHY, "transaction_id": transaction}}}}
        await self._calls.request("PUT", "sendToDevice", CANCEL, uuid4().hex, body=body)

    async def _in_room(self, room: str, event: str) -> None:
        content: Json = {**WHY, "m.relates_to": {"rel_type": "m.reference", "event_id": event}}
        kind, known = CANCEL, self._view.rooms.get(room)
        if known is not None and known.hidden:
            kind, content = ENCRYPTED, await self._secrecy.write(room, CANCEL, content)
        await self._calls.send(room, kind, content, f"decline-{event}")
