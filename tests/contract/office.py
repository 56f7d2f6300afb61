"""The office where meeting rooms are lent: three keepers who decide, somebody who asks, somebody above them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.decide import Process
from bot.nudge import Role
from storage.database import Store
from tests.contract.loans import GARDENERS, KEEPERS, Desk, Rules, asks, loans


@dataclass
class Office:
    """A desk where rooms are lent, and its people."""

    desk: Desk
    process: Process
    done: list[str]
    ana: int
    kim: int
    lee: int
    mo: int
    boss: int

    async def asked_for(self, room: str = "attic", **fields: object) -> int:
        number = await self.desk.does(self.ana, asks(self.process, room, **fields))
        assert isinstance(number, int)
        return number

    async def state(self, number: int) -> str:
        return (await self.desk.request(number)).state


async def opened(store: Store) -> Office:
    """An office with nothing asked for yet."""
    nudge, process, done = loans()
    desk = Desk(store, nudge, Rules(), {Role.COMMS: [KEEPERS, GARDENERS]})
    ana = await desk.person("ana")
    kim, lee, mo = [await desk.person(name, Role.COMMS) for name in ("kim", "lee", "mo")]
    boss = await desk.person("boss", Role.ADMIN)
    return Office(desk, process, done, ana, kim, lee, mo, boss)
