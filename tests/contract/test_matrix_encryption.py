"""Encrypted rooms on a real Matrix server: people's clients are matrix-nio's own, with keys of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import vodozemac
from nio.crypto import decrypt_attachment

from adapters.matrix.platform import MatrixPlatform
from adapters.matrix.roomkeys import RoomKeys
from adapters.matrix.waiting import PATIENCE
from bot.chat import (
    Command,
    Joined,
    Message,
    Overloaded,
    Part,
    Picture,
    PlatformError,
    Press,
    Spoke,
    Unreachable,
    Unreadable,
)
from tests.contract.test_platform import NO, YES, Recorder, Site, before, fresh, said
from tests.humans import eventually
from tests.humans.matrix import SECRET, MatrixHuman, MatrixTown, town, words
from tests.humans.matrix_device import Device
from tests.servers.synapse import Synapse

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
async def place(synapse: Synapse) -> AsyncIterator[MatrixTown]:
    async with town("acme", lambda: datetime.now(UTC), synapse, encrypted=True) as opened:
        yield opened


class Shutting(Recorder):
    """A door that may not keep anything for a while."""

    closed = False

    async def keep(self, platform: str, things: Mapping[str, bytes | None]) -> None:
        if self.closed:
            raise Overloaded
        await super().keep(platform, things)


@pytest.fixture
def door() -> Shutting:
    return Shutting()


@pytest.fixture
async def site(place: MatrixTown, door: Shutting) -> AsyncIterator[Site]:
    site = Site(place)
    site.door = door
    await site.start()
    yield site
    await site.stop()


async def takes_over(site: Site) -> None:
    """Another process, which has only what is kept in the database, goes on."""
    await site.stop()
    site.bot = site.town.platform()
    await site.start()


async def test_an_answer_in_an_encrypted_direct_room(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    command = await site.door.hears(Command, ana.external)
    assert (command.text, command.direct) == ("community mine", True)
    room = await site.bot.direct(ana.external)
    assert room == command.room
    await site.bot.post(room, said("You lead none."), name=fresh("d"))
    assert await ana.is_told("You lead none.") == "You lead none."
    raw = await ana.calls("GET", f"/rooms/{room}/messages?dir=b&limit=50")
    assert "You lead" not in str(raw)
    assert "community mine" not in str(raw)


async def test_the_direct_room_that_the_bot_opens_is_encrypted(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await site.bot.direct(ana.external)
    await site.bot.post(room, said("Hello"), name=fresh("d"))
    await ana.is_told("Hello")
    assert (await ana._state(room, "m.room.encryption"))["algorithm"] == "m.megolm.v1.aes-sha2"
    await ana.says("hello you")
    assert (await site.door.hears(Command, ana.external)).text == "hello you"


async def test_a_press_on_an_encrypted_card(site: Site, place: MatrixTown) -> None:
    ana, bob = await place.person("ana"), await place.person("bob")
    room = await place.room(fresh("animators"), [ana, bob], private=True)
    posted = await site.bot.post(room, said("Shall we?", YES, NO), name=fresh("card"))
    await bob.presses("Yes", near="Shall we?", room=room)
    press = await site.door.hears(Press, bob.external)
    assert (press.action, press.value, press.on) == ("community.approve", "12", posted)
    await site.bot.edit(room, posted, said("In charge: Bob", NO), name=fresh("edit"))
    await takes_over(site)
    await ana.presses("No", near="In charge", room=room)
    assert (await site.door.hears(Press, ana.external)).action == "community.refuse"


async def test_a_delivery_in_an_encrypted_room_is_found_by_its_name(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("animators"), [ana], private=True)
    name = fresh("promise")
    posted = await site.bot.post(room, said("once", YES), name=name)
    await takes_over(site)
    assert await site.bot.find(room, name, before()) == posted
    assert await site.bot.post(room, said("once", YES), name=name) == posted
    assert len([text for text in await ana.reads(room) if "once" in text]) == 1


async def test_who_is_in_a_room_is_asked_once_and_again_when_somebody_enters(site: Site, place: MatrixTown) -> None:
    ana, bob = await place.person("ana"), await place.person("bob")
    room = await place.room(fresh("animators"), [ana], private=True)

    async def says(text: str) -> int:
        await site.bot.post(room, said(text), name=fresh("d"))
        await ana.is_told(text, room)
        await eventually(lambda: heard(text), "the bot heard itself")
        return sum(line.endswith("/members") for line in place.gate.lines)

    async def heard(text: str) -> bool:
        shown = next(each["event_id"] for each in await ana.sees(room) if text in words(each["content"]))
        return shown in place.gate.seen

    await says("zero")  # now the bot has heard of its own arrival too
    asked = await says("one")
    assert await says("two") == await says("three") == asked
    await ana.calls("POST", f"/rooms/{room}/invite", {"user_id": bob.external})
    await bob.joins(room)
    await eventually(lambda: told_of(place, bob), "the bot heard of bob")
    assert await says("four") > asked
    await bob.is_told("four", room)


async def told_of(place: MatrixTown, human: MatrixHuman) -> bool:
    return any(human.external in batch.decode() for batch in place.gate.told) and not place.gate.telling


async def test_whoever_enters_while_the_server_says_who_is_there_is_not_left_out() -> None:
    here = ["@ana:acme.test"]

    class Server:
        async def request(self, *_: Any, **__: Any) -> dict[str, Any]:
            said = [{"state_key": each, "content": {"membership": "join"}} for each in here]
            if len(here) == 1:  # and a sync tells of it before this answer comes
                here.append("@bob:acme.test")
                keys.moved("!r:acme.test")
            return {"chunk": said}

    keys = RoomKeys(cast("Any", Server()), cast("Any", None))
    await keys._in("!r:acme.test")
    assert await keys._in("!r:acme.test") == set(here)


async def test_another_process_reads_and_writes_with_what_was_kept(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    room = await site.bot.direct(ana.external)
    await site.bot.post(room, said("first"), name=fresh("d"))
    await ana.is_told("first")
    await site.stop()
    await ana.says("community list")
    site.bot = place.platform()
    await site.start()
    assert (await site.door.hears(Command, ana.external, count=2)).text == "community list"
    await site.bot.post(room, said("second"), name=fresh("d"))
    await ana.is_told("second")
    assert "no key" not in "".join(await ana.reads())


async def test_who_leaves_reads_no_more_and_who_comes_reads_from_then_on(site: Site, place: MatrixTown) -> None:
    ana, bob, eve = await place.person("ana"), await place.person("bob"), await place.person("eve")
    room = await place.room(fresh("animators"), [ana, eve], private=True)
    await site.bot.post(room, said("one"), name=fresh("d"))
    await eve.is_told("one", room)
    first = {event["content"]["session_id"] for event in await raw_messages(ana, room, place.bot.user_id)}
    await eve.leaves(room)
    await ana.calls("POST", f"/rooms/{room}/invite", {"user_id": bob.external})
    await bob.joins(room)
    await site.door.hears(Joined, bob.external)
    await site.bot.post(room, said("two"), name=fresh("d"))
    await bob.is_told("two", room)
    await ana.is_told("two", room)
    second = {event["content"]["session_id"] for event in await raw_messages(ana, room, place.bot.user_id)} - first
    assert len(second) == 1
    assert "one" not in "".join(await bob.reads(room))


@pytest.mark.slow
async def test_a_new_device_of_a_person_is_given_the_key(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    room = await site.bot.direct(ana.external)
    await site.bot.post(room, said("one"), name=fresh("d"))
    await ana.is_told("one")
    account = await place.synapse.login(ana.account.user_id, ana.account.password)
    ana.account, former = account, ana.device
    ana.device = Device(place.synapse.url, account, place.now, encrypted=True)
    ana._since = ""
    await ana.device.enter()
    await ana.says("community list")
    await site.door.hears(Command, ana.external, count=2)
    await site.bot.post(room, said("two"), name=fresh("d"))
    await ana.is_told("two")
    await former.close()


async def test_what_no_key_opens_is_counted_and_told(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    site.bot = await replaced(site, place, patience=timedelta())
    await forged(ana, await site.bot.direct(ana.external))
    unread = await site.door.hears(Unreadable, ana.external)
    assert unread.direct
    assert site.door.parked == ["m.room.encrypted:undecryptable"]
    square = await place.room(fresh("animators"), [ana], private=True)
    await forged(ana, square)
    assert (await site.door.hears(Spoke, ana.external)).room == square
    assert len(site.door.parked) == 2


async def test_a_key_that_comes_late_is_waited_for_even_by_another_process(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    place.gate.withheld = True  # the messages from device to device
    ana.device.client.invalidate_outbound_session(ana._direct)
    await ana.says("community list")

    async def held() -> bool:
        return any(key.startswith("olm.waiting.") for key in site.door.things)

    await eventually(held, "the message is kept until its key comes")
    await takes_over(site)
    assert not [event for event in site.door.events if isinstance(event, Unreadable)]
    place.gate.withheld = False
    await site.bot.post(await site.bot.direct(ana.external), said("hello"), name=fresh("d"))  # so that there is a sync
    assert (await site.door.hears(Command, ana.external, count=2)).text == "community list"
    await eventually(lambda: negated(held), "it is kept no longer")
    assert site.door.parked == []


async def test_nothing_leaves_before_its_keys_are_kept(site: Site, place: MatrixTown, door: Shutting) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("animators"), [ana], private=True)
    door.closed = True
    with pytest.raises(Unreachable):
        await site.bot.post(room, said("too early"), name="early")
    assert await raw_messages(ana, room, place.bot.user_id) == []
    door.closed = False
    await site.bot.post(room, said("now"), name="now")
    await ana.is_told("now", room)


@pytest.mark.parametrize("nth", [n if n in {2, 5} else pytest.param(n, marks=pytest.mark.slow) for n in range(1, 7)])
async def test_a_crash_between_any_two_steps_loses_nothing(site: Site, place: MatrixTown, nth: int) -> None:
    """Cut off at its nth call; then another process, with what was kept, says it again under the same name."""
    ana = await place.person("ana")
    room = await place.room(fresh("animators"), [ana], private=True)
    place.gate.dies_at(nth)
    with suppress(PlatformError):
        await site.bot.post(room, said("once", YES), name="once")
    place.gate.dies_at(0)
    await takes_over(site)
    found = await site.bot.find(room, "once", before())
    posted = found or await site.bot.post(room, said("once", YES), name="once")
    await ana.presses("Yes", near="once", room=room)
    assert (await site.door.hears(Press, ana.external)).on == posted
    shown = [text for text in await ana.reads(room) if "once" in text or "no key" in text]
    assert shown == ["once\n✅ Yes — !community approve 12"]


@pytest.mark.slow
async def test_a_gap_of_more_than_a_hundred_encrypted_events(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("0")
    await site.door.hears(Command, ana.external)
    room = await site.bot.direct(ana.external)
    await site.stop()
    for start in range(1, 121, 20):
        say = (ana.device.send(room, "m.room.message", body(f"{n}")) for n in range(start, start + 20))
        await asyncio.gather(*say)
    site.bot = place.platform()
    await site.start()
    await site.door.hears(Command, ana.external, count=121)
    heard = [event.text for event in site.door.events if isinstance(event, Command)]
    assert sorted(map(int, heard)) == list(range(121))


async def test_another_secret_reads_nothing_and_spoils_nothing(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    kept = dict(site.door.things)
    site.bot = await replaced(site, place, secret="mistyped")
    await ana.says("community list")
    await site.door.hears(Unreadable, ana.external)
    assert site.door.things == kept
    findings = {(one.code, one.state, one.evidence) for one in await site.bot.examine()}
    assert ("encryption", "wrong", "other_key") in findings


@pytest.mark.slow
async def test_keys_lost_are_replaced_by_signing_in_anew(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    site.door.things.clear()
    site.bot = await replaced(site, place)  # with a token there is no other device
    findings = {(one.code, one.state, one.evidence) for one in await site.bot.examine()}
    assert ("encryption", "wrong", "keys_lost") in findings
    site.bot = await replaced(site, place, password=place.bot.password)
    await ana.says("community list")
    assert (await site.door.hears(Command, ana.external, count=2)).text == "community list"
    device = str(site.bot._calls.client.device_id)
    assert device != place.bot.device_id
    site.bot = await replaced(site, place, password=place.bot.password)
    assert site.bot._calls.client.device_id == device
    await site.bot.post(await site.bot.direct(ana.external), said("back"), name=fresh("d"))
    await ana.is_told("back")


async def test_a_long_message_fits_when_it_is_encrypted_too(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("animators"), [ana], private=True)
    posted = await site.bot.post(room, said("é🌱" * 20_000, YES), name=fresh("d"))
    await site.bot.edit(room, posted, said("🌱é" * 20_000, NO), name=fresh("e"))
    await ana.is_told("🌱é" * 100, room)
    await ana.presses("No", near="🌱é" * 100, room=room)
    assert (await site.door.hears(Press, ana.external)).action == "community.refuse"


@pytest.mark.slow
async def test_a_picture_is_encrypted_too(site: Site, place: MatrixTown) -> None:
    ana = await place.person("ana")
    room = await place.room(fresh("animators"), [ana], private=True)
    message = Message(parts=(Part(text="The week"),), picture=Picture(data=PNG, alt="12 people wrote"))
    await site.bot.post(room, message, name=fresh("d"))
    await ana.is_told("The week", room)
    file = (await ana._events(room))[-2]["content"]["file"]
    address = file["url"].removeprefix("mxc://")
    answer = await ana.device.client.download(file["url"])
    assert address
    assert decrypt_attachment(answer.body, file["key"]["k"], file["hashes"]["sha256"], file["iv"]) == PNG


@pytest.mark.parametrize("device", ["", "ANOTHER"])
async def test_the_account_vouches_for_its_device(site: Site, place: MatrixTown, device: str) -> None:
    ana = await place.person("ana")
    if device:  # keys are kept, and the device is a new one
        await vouched(ana, place.bot.user_id, place.bot.device_id)
        site.bot = await replaced(site, place, password=place.bot.password, device=device)
    await vouched(ana, place.bot.user_id, device or place.bot.device_id)
    assert [one.state for one in await site.bot.examine() if one.code == "encryption"] == ["fine"]


# ---------------------------------------------------------------- helpers


async def replaced(
    site: Site,
    place: MatrixTown,
    *,
    secret: str = SECRET,
    patience: timedelta = PATIENCE,
    password: str = "",
    device: str = "",
) -> MatrixPlatform:
    """The site goes on with another platform object, which runs."""
    await site.stop()
    site.bot = bot = MatrixPlatform(
        "acme", homeserver=place.gate.url, user=place.bot.user_id, password=password,
        access_token="" if password else place.bot.access_token, device_id=device or place.bot.device_id,
        encryption_key=secret, key_patience=patience, now=lambda: datetime.now(UTC),
    )  # fmt: skip
    await site.start()
    return bot


async def raw_messages(human: MatrixHuman, room: str, by: str) -> list[dict[str, Any]]:
    """The encrypted events of an account, as the server has them."""
    page = await human.calls("GET", f"/rooms/{room}/messages?dir=b&limit=100")
    return [event for event in page["chunk"] if event["type"] == "m.room.encrypted" and event["sender"] == by]


async def forged(human: MatrixHuman, room: str) -> None:
    """Something encrypted under a key that nobody is given."""
    content = {
        "algorithm": "m.megolm.v1.aes-sha2", "sender_key": "c" * 43, "device_id": "X", "session_id": "s" * 43,
        "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
    }  # fmt: skip
    answer = await human.calls("PUT", f"/rooms/{room}/send/m.room.encrypted/{fresh('t')}", content)
    assert "event_id" in answer, answer


def body(text: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": text}


async def negated(question: Callable[[], Awaitable[bool]]) -> bool:
    return not await question()


async def vouched(human: MatrixHuman, user: str, device: str) -> None:
    """What a client of somebody else checks: the account's key signs one that signs the device."""

    async def chain() -> bool:
        answer = await human.calls("POST", "/keys/query", {"device_keys": {user: []}})
        master, signing = (answer.get(f"{usage}_keys", {}).get(user) for usage in ("master", "self_signing"))
        payload = answer["device_keys"][user].get(device)
        return bool(
            master and signing and payload and is_signed(signing, user, master) and is_signed(payload, user, signing)
        )

    await eventually(chain, "the device is vouched for")


def is_signed(payload: dict[str, Any], user: str, by: dict[str, Any]) -> bool:
    """Whether an object bears the good signature of a key."""
    ((name, public),) = by["keys"].items()
    signature = payload.get("signatures", {}).get(user, {}).get(name)
    if not signature:
        return False
    plain = {key: value for key, value in payload.items() if key not in {"signatures", "unsigned"}}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    key = vodozemac.Ed25519PublicKey.from_base64(public)
    key.verify_signature(text, vodozemac.Ed25519Signature.from_base64(signature))
    return True
