"""After the story inside this process: act as one of the people, one line at a time."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import time

from rich.console import Console
from rich.text import Text

from tests.demo.player import Player
from tests.demo.script import NAME, TYPING
from tests.demo.stage import MARGIN
from tests.demo.story import Cast
from tests.humans import POLL

_LINE = re.compile(
    r"(?P<verb>as|look)\s+(?P<who>\w+)(?:\s+in\s+(?P<room>[^:]+?))?\s*(?:(?P<do>:|press\b)\s*(?P<text>.*))?$"
)
SILENCE = 0.5  # seconds without anything new after which no more is awaited


class Acting:
    """Reads lines, does what they say, and shows what that changed for anybody."""

    def __init__(self, cast: Cast, console: Console) -> None:
        """cast: the people one may be."""
        self._cast = cast
        self._console = console
        self._phrases = TYPING[cast.stage.language]
        self._shown: dict[tuple[str, str | None], list[str]] = {}
        self._quiet = True  # what the story showed is not shown again

    async def run(self) -> None:
        """Until "quit", or the end of what is typed."""
        self._help()
        await self._changes()
        self._quiet = False
        lines = _typed()
        while (line := await self._next(lines)) not in {"quit", "exit", "q"}:
            await self._do(line)

    async def _next(self, lines: asyncio.Queue[str | None]) -> str:
        self._console.print("> ", end="")
        line = await lines.get()
        return "quit" if line is None else line.strip()

    async def _do(self, line: str) -> None:
        if line in {"", "help", "?"}:
            self._help()
            return
        found = _LINE.fullmatch(line)
        if found is None or (found["verb"] == "as" and not found["do"]):
            self._tell("unclear")
            return
        player = self._cast.players.get(found["who"].lower())
        if player is None:
            self._tell("nobody", name=found["who"])
            return
        room = await self._room(player, found["room"])
        if found["room"] and room is None:
            self._tell("no-room", who=player.name, name=found["room"])
        elif found["verb"] == "look":
            await self._look(player, room)
        else:
            await self._act(player, room, found["do"], found["text"].strip())

    async def _act(self, player: Player, room: str | None, do: str, text: str) -> None:
        if do == "press" and not await self._offered(player, room, text):
            self._tell("no-choice", who=player.name, name=text, account=player.who.account)
            return
        if do == "press":
            await player.human.presses(text, room=room)
        elif text[:1] in {"/", "!"}:
            await player.human.types(text[1:], room)
        else:
            await player.human.says(text, room)
        heard = time.monotonic()
        while time.monotonic() - heard < SILENCE:
            if await self._changes():
                heard = time.monotonic()
            await asyncio.sleep(POLL)

    async def _offered(self, player: Player, room: str | None, label: str) -> bool:
        return any(f"[{label}]" in each.text for each in await player.look(player.human, room))

    async def _look(self, player: Player, room: str | None) -> None:
        for each in await player.look(player.human, room):
            self._print(f"{each.by}:", "bold")
            self._quote(each.text)

    async def _changes(self) -> bool:
        """Show what is new, or reads differently, for anybody anywhere; what they said themselves they know."""
        changed = False
        for player in self._cast.players.values():
            for room in (None, *(place for place in self._cast.places if place)):
                if room is None or await player.human.is_in(room):
                    changed |= await self._news(player, room)
        return changed

    async def _news(self, player: Player, room: str | None) -> bool:
        now = [each.text for each in await player.look(player.human, room) if not each.mine]
        before = self._shown.get((player.name, room), [])
        self._shown[player.name, room] = now
        new = [text for text in now if text not in before]
        for text in [] if self._quiet else new:
            place = self._cast.places[room or ""]
            self._print(self._cast.stage.say("sees", who=player.name, where=place), "bold")
            self._quote(text)
        return bool(new)

    async def _room(self, player: Player, name: str | None) -> str | None:
        return await player.human.room_named(name.strip()) if name else None

    def _help(self) -> None:
        people = ", ".join(self._cast.players)
        self._console.print()
        self._print(self._phrases["help"].format(people=people, rooms=self._rooms()))

    def _rooms(self) -> str:
        return f"animators, {NAME}"

    def _tell(self, phrase: str, **args: str) -> None:
        people = ", ".join(self._cast.players)
        self._print(self._phrases[phrase].format(people=people, rooms=self._rooms(), **args), "yellow")

    def _quote(self, text: str) -> None:
        for line in text.splitlines():
            self._print(f"{MARGIN}{line}")

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style), soft_wrap=True)


def _typed() -> asyncio.Queue[str | None]:
    """What is typed, line by line, and None at its end. A thread reads it, which ends with the program."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
