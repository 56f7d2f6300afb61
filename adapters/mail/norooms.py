"""What e-mail does not have: rooms, messages that change, windows, lists of people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from bot.chat import Event, Form, Message, NewRoom, NotAllowed, NotFound, Past, Profile, Room, Written


class NoRooms:
    """`bot.chat.Rooms`, where there are none."""

    async def create(self, new: NewRoom, *, name: str) -> str:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def adopt(self, room: str) -> Room:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def invite(self, room: str, people: Sequence[str]) -> dict[str, str]:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def lead(self, room: str, people: Sequence[str]) -> None:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def topic(self, room: str, text: str) -> None:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def rename(self, room: str, slug: str, title: str) -> None:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def archive(self, room: str) -> None:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def reopen(self, room: str) -> None:
        """Refused."""
        raise NotAllowed("no_rooms")

    async def room(self, room: str) -> Room:
        """There is none."""
        raise NotFound("no_rooms")

    async def rooms(self) -> AsyncIterator[Room]:
        """None."""
        for each in tuple[Room, ...]():
            yield each

    async def members(self, room: str) -> list[str]:
        """There is none."""
        raise NotFound("no_rooms")

    async def last_spoke(self, room: str) -> datetime | None:
        """Nobody can tell."""
        return None

    async def history(self, room: str, *, since: datetime, until: datetime, position: str = "") -> Past:
        """There is none."""
        raise NotFound("no_rooms")


class Addressees:
    """`bot.chat.People`, where an address is all that is known of somebody."""

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:
        """Whose an address is, the company's list knows."""
        raise NotFound("no_profiles")

    async def people(self) -> AsyncIterator[Profile]:
        """None: nobody has a list of all addresses."""
        for each in tuple[Profile, ...]():
            yield each

    async def details(self, person: str) -> Mapping[str, str]:
        """Unknown."""
        raise NotFound("no_profiles")

    async def group(self, group: str) -> list[str]:
        """There are none."""
        raise NotFound("no_groups")

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:
        """Mail waits until it is read."""
        return None


class Unchanging:
    """The part of `bot.chat.Messages` that changes what was said, or shows something beside it."""

    async def edit(self, room: str, posted: str, message: Message, *, name: str) -> None:
        """What was sent stays as it is."""
        raise NotAllowed("no_edits")

    async def delete(self, room: str, posted: str, *, name: str) -> None:
        """What was sent stays where it is."""
        raise NotAllowed("no_edits")

    async def pin(self, room: str, posted: str) -> None:
        """There is nothing to pin it to."""
        raise NotAllowed("no_rooms")

    async def direct(self, person: str) -> str:
        """Where somebody is written to: their address."""
        return person

    async def whisper(self, event: Event, message: Message) -> bool:
        """Nobody speaks to the bot here."""
        return False

    async def open_form(self, event: Event, form: Form) -> bool:
        """Nobody speaks to the bot here."""
        return False

    async def read(self, room: str, posted: str) -> Written:
        """Letters that people write are not read."""
        raise NotAllowed("no_rooms")

    async def show_home(self, person: str, message: Message) -> bool:
        """There are no pages."""
        return False
