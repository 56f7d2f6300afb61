"""After the story inside this process: act as one of the people, one line at a time."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tests.demo.cast import Cast
from tests.demo.player import PATIENCE, Player
from tests.demo.script import PHRASES, TYPING
from tests.demo.stage import MARGIN, Seen
from tests.humans import POLL

_LINE = re.compile(
    r"(?P<verb>as|look)\s+(?P<who>\w+)(?:\s+in\s+(?P<room>[^:]+?))?\s*(?:(?P<do>:|press\b)\s*(?P<text>.*))?$",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"^\[(.+)\]$", re.MULTILINE)
LAST = 6  # so many of the choices in sight are named, where none goes by what was typed
SILENCE = 0.5  # seconds without anything new, or under way, after which no more is awaited


class Acting:
    """Reads lines, does what they say, and shows what that changed for anybody."""

    def __init__(self, cast: Cast, console: Console, *, quiet: bool = True) -> None:
        """cast: the people one may be. quiet: until `run`, nothing new is shown: the story showed it."""
        self._cast = cast
        self._console = console
        self._phrases = TYPING[cast.stage.language]
        self._shown: dict[tuple[str, str | None], list[Seen]] = {}
        self._quiet = quiet

    async def run(self) -> None:
        """Until "quit", or the end of what is typed."""
        self._help()
        await self._changes()
        self._quiet = False
        lines = _typed()
        while (line := await self._next(lines)) not in {"quit", "exit", "q"}:
            await self.do(line)

    async def _next(self, lines: asyncio.Queue[str | None]) -> str:
        self._console.print("> ", end="")
        line = await lines.get()
        return "quit" if line is None else line.strip()

    async def do(self, line: str) -> None:
        """Do what one line says, and show what came of it."""
        if line in {"", "help", "?"}:
            self._help()
            return
        found = _LINE.fullmatch(unicodedata.normalize("NFC", line))
        if found is None or (found["verb"].lower() == "as" and not found["do"]):
            self._tell("unclear")
            return
        player = self._player(found["who"])
        if player is None:
            self._tell("nobody", name=found["who"])
            return
        room = self._room(player, found["room"])
        if found["room"] and room is None:
            seen = ", ".join(self._cast.rooms(player.human).values()) or "–"
            self._tell("no-room", who=player.name, name=found["room"], rooms=seen)
        elif found["verb"].lower() == "look":
            await self._look(player, room)
        else:
            await self._act(player, room, found["do"].lower(), found["text"].strip())

    async def _act(self, player: Player, room: str | None, do: str, text: str) -> None:
        if do == "press":
            label = await self._offered(player, room, text)
            if not label:
                await self._elsewhere(player, room, text)
                return
            await player.human.presses(label, room=room)
        elif text[:1] in {"/", "!"}:
            await player.human.types(text[1:], room)
        else:
            await player.human.says(text, room)
        await self._heard()

    async def _heard(self) -> None:
        """Show what comes of it, until the bot has nothing left to do; how long that takes is up to the machine."""
        began = heard = time.monotonic()
        while time.monotonic() - heard < SILENCE and time.monotonic() - began < PATIENCE:
            busy = await self._cast.busy()
            if await self._changes() or busy:
                heard = time.monotonic()
            await asyncio.sleep(POLL)

    async def _offered(self, player: Player, room: str | None, typed: str) -> str:
        """The label, as it is written there, of the latest choice that goes by what was typed; "" for none."""
        wanted = plain(typed.strip("[]"))
        return next((label for label in reversed(await self._offers(player, room)) if plain(label) == wanted), "")

    async def _offers(self, player: Player, room: str | None) -> list[str]:
        """The labels of all choices in sight, the latest last."""
        return [label for each in await player.look(player.human, room) for label in _CHOICE.findall(each.text)]

    async def _elsewhere(self, player: Player, room: str | None, typed: str) -> None:
        """Say where the choice is that is not here, and what to type to take it."""
        for other in await self._places(player):
            if other != room and (label := await self._offered(player, other, typed)):
                place, where = self._place(player, other), self._where(player, other)
                self._tell("elsewhere", who=player.name, name=label, place=place, where=where)
                return
        offers = await self._offers(player, room)
        shown = ", ".join(dict.fromkeys(reversed(offers[-LAST:])))
        which = "no-choice-but" if offers else "no-choice"
        self._tell(which, who=player.name, name=typed, where=self._where(player, room), offers=shown)

    async def _look(self, player: Player, room: str | None) -> None:
        seen = await player.look(player.human, room)
        if not seen:
            self._print(self._cast.stage.say("nothing"))
        for each in seen:
            self._print(f"{each.by}:", "bold")
            self._quote(each.text)

    async def _changes(self) -> bool:
        """Show what is new, or reads differently, for anybody anywhere; what they said themselves they know."""
        changed = False
        for player in self._cast.players.values():
            for room in await self._places(player):
                changed |= await self._news(player, room)
        return changed

    async def _places(self, player: Player) -> Sequence[str | None]:
        """Their conversation with the bot, and the rooms they are in."""
        return [None, *[room for room in self._cast.rooms(player.human) if await player.human.is_in(room)]]

    async def _news(self, player: Player, room: str | None) -> bool:
        now = [each for each in await player.look(player.human, room) if not each.mine]
        before = self._shown.get((player.name, room), [])
        self._shown[player.name, room] = now
        new = [each for each in now if each not in before]  # by id and text: an answer may be given twice
        for each in [] if self._quiet else new:
            place = self._place(player, room)
            self._print(self._cast.stage.say("sees", who=player.name, where=place), "bold")
            self._quote(each.text)
        return bool(new)

    def _player(self, name: str) -> Player | None:
        players = self._cast.players.values()
        return next((each for each in players if plain(name) in {each.who.account, plain(each.name)}), None)

    def _room(self, player: Player, name: str | None) -> str | None:
        seen = self._cast.rooms(player.human).items() if name else ()
        return next((room for room, title in seen if plain(title) == plain(name or "")), None)

    def _place(self, player: Player, room: str | None) -> str:
        """What a room is called in a sentence."""
        known = self._cast.places.get(room or "")
        named = PHRASES[self._cast.stage.language]["in-community"]
        return known or named.format(name=self._cast.rooms(player.human)[room or ""])

    def _where(self, player: Player, room: str | None) -> str:
        """What a line begins with after its verb."""
        account = player.who.account
        return f"{account} in {self._cast.rooms(player.human)[room]}" if room else account

    def _help(self) -> None:
        people = ", ".join(self._cast.players)
        self._console.print()
        self._print(self._phrases["help"].format(people=people, rooms=self._rooms()))

    def _rooms(self) -> str:
        everyones = [self._cast.rooms(player.human) for player in self._cast.players.values()]
        return ", ".join(dict.fromkeys(name for rooms in everyones for name in rooms.values()))

    def _tell(self, phrase: str, **args: str) -> None:
        people = ", ".join(self._cast.players)
        self._print(self._phrases[phrase].format(people=people, **args), "yellow")

    def _quote(self, text: str) -> None:
        for line in text.splitlines():
            self._print(f"{MARGIN}{line}")

    def _print(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style), soft_wrap=True)


def plain(text: str) -> str:
    """A text without what people leave out when they type: capitals, accents, quotation marks, curved apostrophes."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).strip('“”«»" ').split())


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
