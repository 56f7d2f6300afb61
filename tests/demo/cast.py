"""Who plays in the story, and where."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.demo.company import ANIMATORS, COMMS
from tests.demo.player import Player
from tests.demo.stage import Stage
from tests.humans import Human


def _unknown(_human: Human) -> Mapping[str, str]:
    return {}


async def _never() -> bool:
    return False


def _stands(_until: datetime) -> None:
    raise AssertionError("this clock is nobody's to put forward")


@dataclass
class Cast:
    """Who plays, and where. animators, comms: the ids of their rooms. places: room -> what it is called on the stage.

    in_space: whether a room is listed in the company's space (always true where there are no spaces). forward: puts the
    bot's clock forward to an instant. rooms: the rooms that somebody sees, id -> name; busy: whether the bot is at
    something (both for acting as them once the story is over).
    """

    players: dict[str, Player]
    animators: str
    places: dict[str, str]
    stage: Stage
    in_space: Callable[[str], Awaitable[bool]]
    rooms: Callable[[Human], Mapping[str, str]] = _unknown
    busy: Callable[[], Awaitable[bool]] = _never
    forward: Callable[[datetime], None] = _stands
    comms: str = ""

    @property
    def rooms_of(self) -> Mapping[str, str]:
        """The rooms that the bot is told of."""
        return {ANIMATORS: self.animators, COMMS: self.comms}

    def __getattr__(self, account: str) -> Player:
        try:
            return self.players[account]
        except KeyError:
            raise AttributeError(account) from None

    async def scene(self, text: str, *looks: tuple[Player, str | None]) -> None:
        """A scene begins. looks: at whom, and where, those that matter most first."""
        await self.stage.scene(text, *(player.view(room) for player, room in looks))
