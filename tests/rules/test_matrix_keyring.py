from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nio.crypto import InboundGroupSession, OlmAccount, OlmDevice, OutboundGroupSession, Session

from adapters.matrix.keyring import Keyring
from adapters.matrix.sealing import Seal, SealError

ANA = "@ana:acme.test"
SEAL = Seal("a secret")
TODAY = date(2026, 11, 24)


class Box:
    """A database that keeps."""

    def __init__(self) -> None:
        self.things: dict[str, bytes] = {}
        self.away = False

    async def keep(self, things: Mapping[str, bytes | None]) -> None:
        if self.away:
            raise ConnectionError
        self.things |= {key: value for key, value in things.items() if value is not None}
        for key in [key for key, value in things.items() if value is None]:
            self.things.pop(key, None)


@given(st.text(), st.binary(), st.text(min_size=1))
def test_what_is_sealed_opens_under_its_name_and_its_secret_only(name: str, value: bytes, other: str) -> None:
    sealed = SEAL.close(name, value)
    assert SEAL.open(name, sealed) == value
    assert sealed != SEAL.close(name, value)
    for seal, called, what in (
        (Seal("another"), name, sealed),
        (SEAL, name + other, sealed),
        (SEAL, name, sealed[:-1]),
        (SEAL, name, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (SEAL, name, b""),
    ):
        with pytest.raises(SealError):
            seal.open(called, what)


async def test_everything_comes_back_from_what_was_kept() -> None:
    box, ring = Box(), Keyring(SEAL, {}, lambda: TODAY)
    account, other = OlmAccount(), OlmAccount()
    account.shared = True
    other.generate_one_time_keys(1)
    key = next(iter(other.one_time_keys["curve25519"].values()))
    session = Session(account.create_outbound_session(other.identity_keys["curve25519"], key))
    outbound = OutboundGroupSession()
    outbound.shared = True
    outbound.users_shared_with = {(ANA, "PHONE")}
    inbound = InboundGroupSession(outbound.session_key, "signing", "sender", "!room")
    before = outbound.encrypt("hello")
    ring.save_account(account)
    ring.save_session("curve", session)
    ring.save_inbound_group_session(inbound)
    ring.save_outbound("!room", outbound)
    ring.save_shared("!room", outbound)
    ring.save_devices(ANA, {"PHONE": OlmDevice(ANA, "PHONE", {"ed25519": "e", "curve25519": "c"}, "Phone")})
    await ring.flush(box.keep)

    again = Keyring(SEAL, box.things, lambda: TODAY)
    restored = again.load_account()
    assert restored
    assert restored.shared
    assert restored.identity_keys == account.identity_keys
    assert [one.id for one in again.load_sessions()["curve"]] == [session.id]
    kept = again.load_outbound()["!room"]
    assert (kept.id, kept.message_count, kept.users_shared_with) == (outbound.id, 1, {(ANA, "PHONE")})
    kept.shared = True
    reading = again.load_inbound_group_sessions().get("!room", "sender", outbound.id)
    assert reading
    assert reading.decrypt(before) == ("hello", 0)
    assert reading.decrypt(kept.encrypt("next")) == ("next", 1)  # the ratchet went on, and not back
    assert again.load_device_keys()[ANA]["PHONE"].display_name == "Phone"


async def test_nothing_that_is_kept_can_be_read_in_the_database() -> None:
    box, ring = Box(), Keyring(SEAL, {}, lambda: TODAY)
    ring.save_devices(ANA, {"PHONE": OlmDevice(ANA, "PHONE", {"ed25519": "public-key", "curve25519": "c"}, "Phone")})
    ring.save_account(OlmAccount())
    await ring.flush(box.keep)
    assert b"public-key" not in b"".join(box.things.values())
    assert b"pickle" not in b"".join(box.things.values())
    with pytest.raises(SealError):
        Keyring(Seal("another"), box.things, lambda: TODAY)


async def test_what_could_not_be_kept_stays_to_be_kept() -> None:
    box, ring = Box(), Keyring(SEAL, {}, lambda: TODAY)
    ring.save_account(OlmAccount())
    box.away = True
    with pytest.raises(ConnectionError):
        await ring.flush(box.keep)
    still = ring.changed
    box.away = False
    await ring.flush(box.keep)
    assert (still, ring.changed) == (True, False)
    assert list(box.things) == ["olm.account"]


async def test_what_is_forgotten_is_kept_no_longer() -> None:
    box, ring = Box(), Keyring(SEAL, {}, lambda: TODAY)
    ring.save_account(OlmAccount())
    await ring.flush(box.keep)
    again = Keyring(SEAL, box.things, lambda: TODAY)
    again.forget("olm.account")
    assert again.load_account() is None
    await again.flush(box.keep)
    assert box.things == {}


async def test_what_goes_with_the_position_does_not_go_with_anything_before_it() -> None:
    box, ring = Box(), Keyring(SEAL, {}, lambda: TODAY)
    ring.mark("olm.waiting.$1", lambda: {"until": "later"})
    await ring.flush(box.keep)
    ring.save_account(OlmAccount())
    await ring.flush(box.keep)  # a message is sent between reading the event and recording it
    assert set(box.things) == {"olm.waiting.$1", "olm.account"}
    await ring.flush(box.keep, ["olm.waiting.$1"])
    assert set(box.things) == {"olm.account"}


async def test_keys_of_rooms_are_forgotten_once_they_were_of_no_use_for_long() -> None:
    """Those of what people wrote after thirty days, those of the bot's own words after a year; use counts anew."""
    day = [TODAY]
    box, ring = Box(), Keyring(SEAL, {}, lambda: day[0])
    theirs, mine, used = [InboundGroupSession(OutboundGroupSession().session_key, "s", key, "!room")
                          for key in ("theirs", "mine", "used")]  # fmt: skip
    for session in (theirs, mine, used):
        ring.save_inbound_group_session(session)
    await ring.flush(box.keep)

    async def left(days: int) -> set[str]:
        """Whose keys another run finds so many days later, once it has looked."""
        day[0] = TODAY + timedelta(days=days)
        again = Keyring(SEAL, box.things, lambda: day[0])
        store = again.load_inbound_group_sessions()
        if days == 20:
            again.use(next(each for each in store if each.sender_key == "used"))
        again.forget_unused(store, {"mine"})
        await again.flush(box.keep)
        assert {each.sender_key for each in store} == {key.split(".")[3] for key in box.things}
        return {each.sender_key for each in store}

    assert await left(20) == {"theirs", "mine", "used"}
    assert await left(30) == {"theirs", "mine", "used"}
    assert await left(31) == {"mine", "used"}
    assert await left(50) == {"mine", "used"}
    assert await left(51) == {"mine"}
    assert await left(366) == set()


async def test_a_key_kept_before_days_were_counted_is_counted_from_now_on() -> None:
    day = [TODAY]
    box, ring = Box(), Keyring(SEAL, {}, lambda: day[0])
    session = InboundGroupSession(OutboundGroupSession().session_key, "s", "theirs", "!room")
    ring.save_inbound_group_session(session)
    await ring.flush(box.keep)
    (name,) = box.things
    kept = json.loads(SEAL.open(name, box.things[name]))
    del kept["used"]
    box.things[name] = SEAL.close(name, json.dumps(kept).encode())
    for days, there in ((100, 1), (130, 1), (131, 0)):
        day[0] = TODAY + timedelta(days=days)
        again = Keyring(SEAL, box.things, lambda: day[0])
        again.forget_unused(again.load_inbound_group_sessions(), set())
        await again.flush(box.keep)
        assert len(box.things) == there
