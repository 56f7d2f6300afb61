"""The keys of one device, in memory, and what of them is to be kept before anything else happens.

To matrix-nio's machine (`nio.crypto.Olm`) this is its store. It writes nothing by itself: what changed is marked, and
handed out sealed by `flush`, which the sync loop calls with the position and the sender before a ciphertext leaves.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from nio.crypto import (
    DeviceStore,
    GroupSessionStore,
    InboundGroupSession,
    OlmAccount,
    OlmDevice,
    OutboundGroupSession,
    OutgoingKeyRequest,
    Session,
    SessionStore,
    TrustState,
)

from adapters.matrix.sealing import Seal

Json = dict[str, Any]
Keeping = Callable[[Mapping[str, bytes | None]], Awaitable[None]]

# What is kept begins with one of these. Sealed twice: by vodozemac's pickles, and as everything else here.
ACCOUNT = "olm.account"
SESSION = "olm.session."
INBOUND = "olm.inbound."
OUTBOUND = "olm.outbound."
SHARED = "olm.shared."
DEVICES = "olm.devices."
REQUESTS = "olm.requests"
STALE = "olm.stale"
WAITING = "olm.waiting."
SIGNING = "olm.signing"


KEPT = timedelta(days=30)
"""How long the key of what people wrote is kept after it was last of use: clients begin a new one each week."""

OWN_KEPT = timedelta(days=365)
"""The same for what the bot wrote: what a card offers is read again when somebody reacts to it."""


def _named(session: InboundGroupSession) -> str:
    return f"{INBOUND}{session.room_id}.{session.sender_key}.{session.id}"


class Keyring:
    """What matrix-nio calls a store."""

    def __init__(self, seal: Seal, kept: Mapping[str, bytes], today: Callable[[], date]) -> None:
        """kept: what an earlier run kept. today: the date, UTC. Raises SealError: it was sealed under another key."""
        self._seal = seal
        self._today = today
        self._used: dict[str, date] = {}  # keys of rooms -> when they last came, or opened something
        self._found: dict[str, Json] = {
            key: json.loads(seal.open(key, value)) for key, value in kept.items() if key.startswith("olm.")
        }
        self._changed: dict[str, Callable[[], Json | None]] = {}
        self._flushing = asyncio.Lock()
        self._trust: dict[tuple[str, str], TrustState] = {}
        self._requests: dict[str, OutgoingKeyRequest] = {}

    # ------------------------------------------------------------ keeping

    @property
    def changed(self) -> bool:
        """Something is to be kept."""
        return bool(self._changed)

    def mark(self, key: str, value: Callable[[], Json | None]) -> None:
        """This is to be kept. value: asked when it is; None forgets it."""
        self._changed[key] = value

    def found(self, beginning: str) -> dict[str, Json]:
        """What an earlier run kept under keys that begin so: the rest of the key -> value."""
        return {key[len(beginning) :]: value for key, value in self._found.items() if key.startswith(beginning)}

    async def flush(self, keep: Keeping, gone: Iterable[str] = ()) -> None:
        """Hand what changed to `keep`; it stays marked when that fails. One after another, or old would follow new.

        gone: keys to be forgotten by this very call, and by no other that comes between.
        """
        async with self._flushing:
            taken, self._changed = self._changed, {}
            try:
                things = {key: self._sealed(key, value()) for key, value in taken.items()}
                await keep({**things, **dict.fromkeys(gone, None)})
            except BaseException:
                self._changed = {**taken, **self._changed}
                raise

    def forget(self, beginning: str) -> None:
        """Nothing under keys that begin so is kept any longer, or was found."""
        for key in [key for key in self._found if key.startswith(beginning)]:
            del self._found[key]
            self.mark(key, lambda: None)

    def loaded(self) -> None:
        """Everything was read: what was found need not stay in memory."""
        self._found = {}

    def _sealed(self, key: str, value: Json | None) -> bytes | None:
        return None if value is None else self._seal.close(key, json.dumps(value).encode())

    # ------------------------------------------------------------ this device

    def load_account(self) -> OlmAccount | None:
        """The keys of this device."""
        kept = self._found.get(ACCOUNT)
        return OlmAccount.from_pickle(kept["pickle"].encode(), "", kept["shared"]) if kept else None

    def save_account(self, account: OlmAccount) -> None:
        """Its one-time keys changed."""
        self.mark(ACCOUNT, lambda: {"pickle": account.pickle("").decode(), "shared": account.shared})

    # ------------------------------------------------------------ sessions

    def load_sessions(self) -> SessionStore:
        """Sessions with other devices."""
        store = SessionStore()
        for one in self.found(SESSION).values():
            made, used = (datetime.fromisoformat(one[when]) for when in ("made", "used"))
            store.add(one["key"], Session.from_pickle(one["pickle"].encode(), made, "", used))
        return store

    def save_session(self, curve_key: str, session: Session) -> None:
        """A message more went through it."""

        def value() -> Json:
            made, used = session.creation_time.isoformat(), session.use_time.isoformat()
            return {"key": curve_key, "pickle": session.pickle("").decode(), "made": made, "used": used}

        self.mark(f"{SESSION}{curve_key}.{session.id}", value)

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        """The keys of what is read in rooms."""
        store = GroupSessionStore()
        for one in self.found(INBOUND).values():
            session = InboundGroupSession.from_pickle(
                one["pickle"].encode(), one["signing"], one["sender"], one["room"], "", one["chain"]
            )
            store.add(session)
            if "used" in one:
                self._used[_named(session)] = date.fromisoformat(one["used"])
            else:  # kept by a version that did not count days
                self.save_inbound_group_session(session)
        return store

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """A key was received, or was of use today."""
        used = self._used[_named(session)] = self._today()

        def value() -> Json:
            return {
                "pickle": session.pickle("").decode(), "signing": session.ed25519, "sender": session.sender_key,
                "room": session.room_id, "chain": session.forwarding_chain, "used": used.isoformat(),
            }  # fmt: skip

        self.mark(_named(session), value)

    def use(self, session: InboundGroupSession) -> None:
        """A key opened something: noted once a day."""
        if self._used.get(_named(session)) != self._today():
            self.save_inbound_group_session(session)

    def forget_unused(self, store: GroupSessionStore, own: Collection[str]) -> int:
        """Keys that were of no use for long are kept no longer; say how many. own: the keys of the bot's own devices.

        Whoever has them, and what the server keeps, could read what people wrote; the bot has read it.
        """
        gone = [each for each in store if self._is_over(each, OWN_KEPT if each.sender_key in own else KEPT)]
        for each in gone:
            del store[each.room_id][each.sender_key][each.id]
            del self._used[_named(each)]
            self.mark(_named(each), lambda: None)
        return len(gone)

    def _is_over(self, session: InboundGroupSession, kept: timedelta) -> bool:
        return self._used[_named(session)] + kept < self._today()

    def load_outbound(self) -> dict[str, OutboundGroupSession]:
        """Room -> the key under which this device writes there."""
        shared = self.found(SHARED)
        sessions = {}
        for room, one in self.found(OUTBOUND).items():
            session = OutboundGroupSession.from_pickle(one["pickle"].encode(), "")
            session.creation_time = datetime.fromisoformat(one["made"])
            session.message_count = one["count"]
            with_whom = shared.get(room, {})
            if with_whom.get("session") == session.id:
                session.users_shared_with = {(user, device) for user, device in with_whom["with"]}
            sessions[room] = session
        return sessions

    def save_outbound(self, room: str, session: OutboundGroupSession) -> None:
        """A message more is written under it."""

        def value() -> Json:
            made = session.creation_time.isoformat()
            return {"pickle": session.pickle("").decode(), "made": made, "count": session.message_count}

        self.mark(f"{OUTBOUND}{room}", value)

    def save_shared(self, room: str, session: OutboundGroupSession) -> None:
        """It was given to more devices; apart from the key itself, which changes with every message."""
        self.mark(f"{SHARED}{room}", lambda: {"session": session.id, "with": sorted(session.users_shared_with)})

    # ------------------------------------------------------------ other devices

    def load_device_keys(self) -> DeviceStore:
        """The devices of people that this one writes to."""
        store = DeviceStore()
        for user, devices in self.found(DEVICES).items():
            for device, one in devices.items():
                store.add(OlmDevice(user, device, one["keys"], one["name"], one["deleted"]))
        return store

    def save_device_keys(self, changed: Mapping[str, Mapping[str, OlmDevice]]) -> None:
        """Devices were learned; the machine hands in those that changed, `save_devices` all of a person."""

    def save_devices(self, user: str, devices: Mapping[str, OlmDevice] | None) -> None:
        """All devices of a person; None: nothing is known of them any more."""

        def value() -> Json | None:
            if devices is None:
                return None
            return {
                each.id: {"keys": dict(each.keys), "name": each.display_name or "", "deleted": each.deleted}
                for each in devices.values()
            }

        self.mark(f"{DEVICES}{user}", value)

    # ------------------------------------------------------------ requests for keys

    def load_outgoing_key_requests(self) -> dict[str, OutgoingKeyRequest]:
        """Keys asked for."""
        kept = self._found.get(REQUESTS, {})
        self._requests = {each: OutgoingKeyRequest(*one) for each, one in kept.items()}
        return dict(self._requests)

    def add_outgoing_key_request(self, request: OutgoingKeyRequest) -> None:
        """A key was asked for."""
        self._requests[request.request_id] = request
        self._mark_requests()

    def remove_outgoing_key_request(self, request: OutgoingKeyRequest) -> None:
        """It came."""
        self._requests.pop(request.request_id, None)
        self._mark_requests()

    def _mark_requests(self) -> None:
        def value() -> Json:
            return {
                each: [one.request_id, one.session_id, one.room_id, one.algorithm]
                for each, one in self._requests.items()
            }

        self.mark(REQUESTS, value)

    # ------------------------------------------------------------ trust

    # Nobody verifies devices by hand for a bot: all devices that an account has are written to, as people's clients do.

    def ignore_devices(self, devices: Iterable[OlmDevice]) -> None:
        """They are written to without having been verified."""
        for device in devices:
            self._set(device, TrustState.ignored)

    def verify_device(self, device: OlmDevice) -> bool:
        """Somebody compared its keys."""
        return self._set(device, TrustState.verified)

    def is_device_verified(self, device: OlmDevice) -> bool:
        """Whether somebody compared its keys."""
        return self._trust.get((device.user_id, device.id)) is TrustState.verified

    def is_device_blacklisted(self, device: OlmDevice) -> bool:  # noqa: ARG002 - the signature of nio's store
        """Never: whoever may not read is removed from the room."""
        return False

    def is_device_ignored(self, device: OlmDevice) -> bool:
        """Whether it is written to without having been verified."""
        return self._trust.get((device.user_id, device.id)) is TrustState.ignored

    def _set(self, device: OlmDevice, trust: TrustState) -> bool:
        device.trust_state = trust
        before = self._trust.get((device.user_id, device.id))
        self._trust[device.user_id, device.id] = trust
        return before is not trust
