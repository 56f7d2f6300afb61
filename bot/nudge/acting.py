"""Who acts, what they may, and a clear no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.say import Arg, Line


class Role(StrEnum):
    """Who may do what. A person has EMPLOYEE when their account is a member of the organisation."""

    EMPLOYEE = "employee"
    LEAD = "lead"
    ANIMATOR = "animator"
    COMMS = "comms"
    LEADER = "leader"
    ADMIN = "admin"


EVERYONE = frozenset({Role.EMPLOYEE})


class Refused(Exception):
    """A clear no, spoken as it is to the person who asked; everything done in the transaction is undone."""

    def __init__(self, id: str, /, **args: Arg) -> None:
        """id, args: a message of the catalogs."""
        super().__init__(id)
        self.line = Line(id=id, args=args)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts. account: its row's id; external: its id on the platform the event came from."""

    person: int
    account: int
    platform: str
    external: str
    name: str
    roles: frozenset[Role]
    language: str
    zone: str
