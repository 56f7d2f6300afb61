"""A bare matrix-nio client that sends messages, ten in flight. Arguments: the homeserver's URL, how many.

It begins when it reads a line, and again at each further one.
"""

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig

from bench.matrix_side import ME, room

IN_FLIGHT = 10


async def main() -> None:
    """Send them all at each line read."""
    client = AsyncClient(sys.argv[1], ME, config=AsyncClientConfig(encryption_enabled=False))
    client.restore_login(ME, "BENCH", "token")
    turn = 0
    while await asyncio.to_thread(sys.stdin.readline):
        turn += 1
        left = iter(range(int(sys.argv[2])))

        async def sender(left: object = left, turn: int = turn) -> None:
            for number in left:  # type: ignore[attr-defined]
                content = {"msgtype": "m.text", "body": f"Message {number}"}
                await client.room_send(room(number), "m.room.message", content, tx_id=f"{turn}-{number}")

        await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
    await client.close()


if __name__ == "__main__":
    asyncio.run(main())
