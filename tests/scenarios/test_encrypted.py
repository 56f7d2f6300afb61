"""What only encrypted conversations bring."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from storage.events import Recorded
from storage.keeping import Kept
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixHuman, MatrixTown
from tests.scenarios.company import Company

pytestmark = [pytest.mark.matrix, pytest.mark.parametrize("where", ["matrix-encrypted"])]
UNKNOWN = {
    "algorithm": "m.megolm.v1.aes-sha2", "sender_key": "c" * 43, "device_id": "X", "session_id": "s" * 43,
    "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
}  # fmt: skip


async def test_who_wrote_what_cannot_be_read_is_told_once_in_their_language_and_what_to_do(
    ana: Human, company: Company, fresh: Callable[[str], str]
) -> None:
    assert isinstance(ana, MatrixHuman)
    await ana.says("parvis")
    await ana.is_told("Bonjour, je suis Parvis")
    room = ana._direct
    for _ in range(2):
        await ana.calls("PUT", f"/rooms/{room}/send/m.room.encrypted/{fresh('t')}", UNKNOWN)

    async def held() -> bool:
        waiting = [kept for kept in await company.rows(Kept) if kept.key.startswith("olm.waiting.")]
        return len(waiting) == 2

    await eventually(held, "both wait for their key")
    company.clock.advance(minutes=1)  # and none comes
    await ana.says("parvis me")
    told = await ana.is_told("sans sa clé")
    assert "Écrivez-le de nouveau" in told
    await company.settled()
    assert len([text for text in await ana.reads() if "sans sa clé" in text]) == 1
    parked = await company.rows(Recorded, state="parked")
    assert [row.error for row in parked] == ["m.room.encrypted:undecryptable"] * 2


REQUEST, CANCEL = "m.key.verification.request", "m.key.verification.cancel"


async def test_who_wants_to_verify_the_bot_is_not_left_waiting_and_hears_what_to_do(
    ana: Human, company: Company, fresh: Callable[[str], str]
) -> None:
    """As clients ask: of a device, between devices, and of a person, in the encrypted room that they share."""
    assert isinstance(ana, MatrixHuman)
    assert isinstance(company.town, MatrixTown)
    await ana.says("parvis")
    await ana.is_told("Bonjour, je suis Parvis")
    bot = company.town.bot
    asked = {
        "from_device": ana.account.device_id, "methods": ["m.sas.v1"], "transaction_id": fresh("v"),
        "timestamp": time.time_ns() // 10**6,  # as the server dates what is said in rooms
    }  # fmt: skip
    body = {"messages": {bot.user_id: {bot.device_id: asked}}}
    position = [ana._since]  # of this test's own look: the same is answered from a cache
    await ana.calls("PUT", f"/sendToDevice/{REQUEST}/{fresh('t')}", body)

    async def declined() -> bool:
        seen = await ana.calls("GET", f"/sync?since={position[-1]}&timeout=500")
        position.append(seen["next_batch"])
        told = [each["content"] for each in seen.get("to_device", {}).get("events", []) if each["type"] == CANCEL]
        return [each["transaction_id"] for each in told] == [asked["transaction_id"]]

    await eventually(declined, "the device is told that it is declined")
    told = await ana.is_told("Je suis un programme")
    assert "comparez la clé de ma session" in told

    await ana.device.send(ana._direct, "m.room.message", {
        "msgtype": REQUEST, "body": "Ana asks to verify you", "to": bot.user_id, "from_device": ana.account.device_id,
        "methods": ["m.sas.v1"],
    })  # fmt: skip

    async def cancelled() -> bool:
        page = await ana.calls("GET", f"/rooms/{ana._direct}/messages?dir=b&limit=20")
        plain = [ana.device.opened(each, ana._direct) for each in page["chunk"] if each["sender"] == bot.user_id]
        return [each["content"]["code"] for each in plain if each["type"] == CANCEL] == ["m.unknown_method"]

    await eventually(cancelled, "the room is told that it is declined")
    await company.settled()
    assert len([text for text in await ana.reads() if "Je suis un programme" in text]) == 1, "once a day"
    assert not [text for text in await ana.reads() if "Je ne connais pas" in text], "it is no command"
