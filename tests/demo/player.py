"""A person of the story: what they do is shown, and what they must see is waited for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.words import Reader, Words
from tests.demo.company import ZONE, Who
from tests.demo.script import ROLES
from tests.demo.stage import Seen, Stage, View
from tests.humans import Human, eventually

PATIENCE = 30.0  # seconds: a machine that does many things at once is no fault
CUT = "§"
Look = Callable[[Human, str | None], Awaitable[list[Seen]]]


@dataclass
class Player:
    """One person. look: reads what a person has in front of them. places: room -> what it is called on the stage.

    patience: seconds that they wait for what they should see. sign: what begins a command where they are.
    """

    who: Who
    human: Human
    language: str
    words: Words
    stage: Stage
    look: Look
    places: Mapping[str, str]
    patience: float = PATIENCE
    sign: str = "!"

    @property
    def name(self) -> str:
        """As colleagues call them."""
        return self.who.name

    def word(self, id: str, room: str | None = None, **args: str) -> str:
        """A sentence or label of the bot as this person reads it: in a room, in the room's language."""
        return self.words.text(Reader(self.language if room is None else self.stage.language, ZONE), id, args)

    def beginning(self, id: str, room: str | None = None, **args: str) -> str:
        """As `word`, up to the argument whose value is CUT."""
        return self.word(id, room, **args).partition(CUT)[0].rstrip(" ,")

    def view(self, room: str | None = None) -> View:
        """What is in front of them: a room, or their conversation with the bot."""

        async def entries() -> list[Seen]:
            return await self.look(self.human, room)

        return View(self.name, ROLES[self.stage.language][self.who.account], self.language, self._place(room), entries)

    async def writes(self, command: str, room: str | None = None) -> None:
        """Give a command."""
        await self.stage.does("writes", self.name, self._place(room), f"{self.sign}{command}")
        await self.human.types(command, room)

    async def says(self, text: str, room: str | None = None) -> None:
        """Say plain words: an answer to the bot, or something to colleagues."""
        await self.stage.does("writes", self.name, self._place(room), text)
        await self.human.says(text, room)

    async def sees(self, text: str, room: str | None = None, *, unlike: str = "") -> str:
        """Wait until something in front of them holds a text; return that message. Raises AssertionError.

        unlike: a message that does not count, being the one before.
        """
        self.stage.waits(self.name, text)
        found: list[str] = []

        async def there() -> bool:
            found[:] = [each.text for each in await self.look(self.human, room) if text in each.text]
            return bool(found) and found[-1] != unlike

        try:
            await eventually(there, f"{self.name}, {self._place(room)}, sees “{text}”", self.patience)
        except AssertionError as missing:
            seen = [each.text for each in await self.look(self.human, room)]
            missing.add_note("\n---\n".join(["in sight:", *seen[-5:]]))
            raise
        await self.stage.came(self.name, self._place(room), found[-1])
        return found[-1]

    async def presses(self, id: str, near: str, room: str | None = None, **args: str) -> None:
        """Take a choice. id, args: of its label in the catalogs; near: a piece of the message that offers it."""
        label = self.word(id, room, **args)
        await self.stage.does("presses", self.name, self._place(room), label)
        await self.human.presses(label, near, room)

    async def enters(self, room: str, name: str) -> None:
        """Go into a room that they were invited to, or may enter."""
        await self.stage.does("enters", self.name, self._place(None), name)
        await self.human.joins(room)

    async def comes_in(self, room: str) -> None:
        """Wait until they are in a room, or hold an invitation to it."""

        async def there() -> bool:
            return await self.human.is_in(room)

        await eventually(there, f"{self.name} is in the room {room}, or invited to it", self.patience)

    def _place(self, room: str | None) -> str:
        return self.places.get(room or "", room or "")
