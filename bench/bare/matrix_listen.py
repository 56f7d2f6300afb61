"""A bare matrix-nio client that hears messages and does nothing with them. Argument: the homeserver's URL."""

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, MatrixRoom, RoomMessageText

from bench.matrix_side import BATCH, ME


async def heard(room: MatrixRoom, event: RoomMessageText) -> None:
    """Nothing to do."""


async def main() -> None:
    """Listen until killed."""
    client = AsyncClient(sys.argv[1], ME, config=AsyncClientConfig(encryption_enabled=False))
    client.restore_login(ME, "BENCH", "token")
    client.add_event_callback(heard, RoomMessageText)
    await client.sync_forever(30_000, {"room": {"timeline": {"limit": BATCH}}}, full_state=True)


if __name__ == "__main__":
    asyncio.run(main())
