"""What only encrypted conversations bring."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.events import Recorded
from storage.keeping import Kept
from tests.humans import Human, eventually
from tests.humans.matrix import MatrixHuman
from tests.scenarios.company import Company

pytestmark = [pytest.mark.encrypted, pytest.mark.matrix, pytest.mark.parametrize("where", ["matrix-encrypted"])]
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
