"""How the story is shown: each person's view side by side in a terminal, or line by line where there is none."""

from __future__ import annotations

import asyncio
import re
import textwrap
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.layout import Layout
from rich.live import Live
from rich.panel import Panel
from rich.spinner import Spinner
from rich.text import Text

from tests.demo.script import PHRASES

Pace = Literal["fast", "readable"]
COLUMN = 46  # characters: narrower, and a request no longer reads as one
MARGIN = "    | "
LOOK = 0.7  # seconds between two looks at everybody's views, while there is time to read
MOMENT = 0.4  # seconds to notice that something is done, at a readable pace
# A sentence of the story is read whole; what Parvis says is looked over, as in a chat. Words in a second, and seconds.
STORY = (9.0, 1.5, 3.0)
CHAT = (24.0, 0.6, 1.8)
_KEYCAP = re.compile("([0-9])\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}")


@dataclass(frozen=True)
class Seen:
    """Something in front of a person. by: who said it; mine: they did; reply: it stands in a thread.

    id: tells it from another that reads the same ("" where nobody asks).
    """

    by: str
    text: str
    mine: bool = False
    reply: bool = False
    id: str = ""


@dataclass(frozen=True)
class View:
    """One person looking at one place. role: in the language of the story."""

    name: str
    role: str
    language: str
    place: str
    entries: Callable[[], Awaitable[list[Seen]]]


@dataclass
class Times:
    """Where the seconds went: what -> seconds, in order."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Count what happens inside."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.add(what, time.monotonic() - began)

    def add(self, what: str, seconds: float) -> None:
        """Count so many seconds."""
        self.spent[what] = self.spent.get(what, 0.0) + seconds

    def line(self, language: str) -> str:
        """Them in one line: the whole, and its parts; time to read is no part of it."""
        parts = {what: self.spent.get(what, 0.0) for what in ("installing", "starting", "playing")}
        point = PHRASES[language]["point"]
        seconds = {
            what: f"{spent:.1f}".replace(".", point) for what, spent in {**parts, "total": sum(parts.values())}.items()
        }
        return PHRASES[language]["ready"].format(**seconds)


class Stage(ABC):
    """What every stage does. A scene begins, things are done and come, and there is time to read."""

    def __init__(self, console: Console, language: str, pace: Pace, times: Times) -> None:
        """console: where to. language: of the narration. pace: "readable" leaves time to read."""
        self.console = console
        self.language = language
        self.times = times
        self.title = ""
        self.number = 0
        self.total = 0
        self.narration = ""
        self.told: list[str] = []
        self._readable = pace == "readable"

    def say(self, phrase: str, **args: object) -> str:
        """A phrase of the demo in its language."""
        return PHRASES[self.language][phrase].format(**args)

    def who(self, view: View) -> str:
        """Who looks, in a few words: "Ana, employee, reads French"."""
        return f"{view.name}, {view.role}, {self.say(f'reads-{view.language}')}"

    async def scene(self, text: str, *views: View) -> None:
        """A scene begins. text: what happens, in one sentence; views: who to look at, those that matter most first."""
        self.number += 1
        self.narration = text
        self.told.append(text)
        await self.begin()
        await self.turn(*views)
        await self.rest(text, STORY)

    async def rest(self, text: str, kind: tuple[float, float, float]) -> None:
        """Leave time to read a text, at a readable pace. kind: STORY or CHAT."""
        speed, least, most = kind
        if self._readable:
            await self.wait(min(most, max(least, len(text.split()) / speed)))

    async def moment(self) -> None:
        """Leave time to notice, at a readable pace."""
        if self._readable:
            await self.wait(MOMENT)

    async def wait(self, seconds: float) -> None:
        """Let the reader read; what arrives meanwhile is shown."""
        with self.times.of("reading-time"):
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                await asyncio.sleep(min(left, LOOK))
                if left > LOOK:
                    await self.refresh()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The stage while the story plays."""
        yield

    def chapter(self, title: str, total: int) -> None:
        """A part of the story begins. title: a key of the phrases; total: how many scenes it has."""
        self.title, self.number, self.total = self.say(title), 0, total

    @abstractmethod
    async def begin(self) -> None:
        """Say the scene's sentence."""

    @abstractmethod
    async def turn(self, *views: View) -> None:
        """Look at these, those that matter most first."""

    @abstractmethod
    async def does(self, verb: str, who: str, place: str, text: str) -> None:
        """Somebody is about to do something. verb: a key of the phrases; place: where."""

    @abstractmethod
    def waits(self, who: str, text: str) -> None:
        """The story goes on when this person sees this."""

    @abstractmethod
    async def came(self, who: str, place: str, message: str) -> None:
        """It came."""

    @abstractmethod
    async def refresh(self) -> None:
        """Show what is new."""


class Lines(Stage):
    """One thing after the other, for logs and pipes."""

    def chapter(self, title: str, total: int) -> None:
        super().chapter(title, total)
        self._print(f"\n{self.title}", style="bold")

    async def begin(self) -> None:
        step = self.say("step", number=self.number, total=self.total)
        self._print(f"\n{step}. {self.narration}", style="bold")

    async def turn(self, *views: View) -> None:
        """Nothing: what each person sees is printed as it comes."""

    async def does(self, verb: str, who: str, place: str, text: str) -> None:
        self._print(f"  > {self.say(verb, who=who, text=text)}", style="green")
        await self.moment()

    def waits(self, who: str, text: str) -> None:
        """Nothing to show: a log is not watched."""

    async def came(self, who: str, place: str, message: str) -> None:
        self._print(f"  {self.say('sees', who=who, where=place)}")
        for line in message.strip().splitlines():
            self._print(textwrap.fill(line, self.console.width, initial_indent=MARGIN, subsequent_indent=MARGIN))
        await self.rest(message, CHAT)

    async def refresh(self) -> None:
        """Nothing: what came was printed."""

    def _print(self, text: str, style: str = "") -> None:
        self.console.print(Text(text, style), soft_wrap=True)


class SideBySide(Stage):
    """Everyone's view next to the others', as many as the terminal is wide enough for."""

    def __init__(self, console: Console, language: str, pace: Pace, times: Times) -> None:
        """As a stage."""
        super().__init__(console, language, pace, times)
        self._views: Sequence[View] = ()
        self._seen: list[list[Seen]] = []
        self._status = ""
        self._doing = ("", "", "")  # who, where, what
        self._spinner = Spinner("dots")
        self._live = Live(console=console, screen=True, auto_refresh=True, refresh_per_second=8)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        with self._live:
            yield

    async def begin(self) -> None:
        """Nothing yet: the sentence appears together with the views that go with it."""

    async def turn(self, *views: View) -> None:
        self._views, self._doing, self._status = views, ("", "", ""), ""
        await self.refresh()

    async def does(self, verb: str, who: str, place: str, text: str) -> None:
        self._doing = (who, place, self.say(verb, who=who, text=text))
        self._status = ""
        await self.refresh()
        await self.moment()

    def waits(self, who: str, text: str) -> None:
        self._status = self.say("waits", who=who, text=text)
        self._draw()

    async def came(self, who: str, place: str, message: str) -> None:
        self._doing, self._status = ("", "", ""), ""
        await self.refresh()
        await self.rest(message, CHAT)

    async def refresh(self) -> None:
        self._seen = [await view.entries() for view in self._in_sight()]
        self._draw()

    def _in_sight(self) -> Sequence[View]:
        return self._views[: max(1, self.console.width // COLUMN)]

    def _draw(self) -> None:
        step = self.say("step", number=self.number, total=self.total)
        lines = folded(self.narration, self.console.width - 4)
        told = Panel(Text("\n".join(lines), "bold"), title=self.title, subtitle=step, border_style="cyan")
        columns = Layout()
        columns.split_row(
            *(Layout(self._panel(view, seen)) for view, seen in zip(self._in_sight(), self._seen, strict=False))
        )
        page = Layout()
        page.split_column(Layout(told, size=2 + len(lines)), columns, Layout(self._foot(), size=1))
        self._live.update(page)

    def _panel(self, view: View, seen: Sequence[Seen]) -> Panel:
        doing = self._doing[2] if self._doing[:2] == (view.name, view.place) else ""
        chat = Chat(seen, doing, self.say("nothing"))
        return Panel(chat, title=self.who(view), subtitle=view.place, border_style="green" if doing else "white")

    def _foot(self) -> Text | Spinner:
        if not self._status:
            return Text(" ")
        self._spinner.update(text=Text(self._status, style="dim", overflow="ellipsis", no_wrap=True))
        return self._spinner


@dataclass
class Chat:
    """What a person has in front of them, the latest at the bottom, cut to the height there is."""

    seen: Sequence[Seen]
    doing: str
    nothing: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As rich asks for it."""
        width, height = options.max_width, options.height or options.max_height
        foot = [Text(line, "bold green") for line in folded(f"▸ {self.doing}", width)] if self.doing else []
        left = height - len(foot)
        blocks = [self._block(each, width) for each in self.seen[-12:]]
        lines = self._fitting(blocks, left) if blocks else [Text(self.nothing, style="dim")]
        yield Group(*lines, *[Text("")] * (left - len(lines)), *foot)

    def _block(self, one: Seen, width: int) -> list[Text]:
        style = "bold green" if one.mine else "bold blue" if one.by == "Parvis" else "bold magenta"
        head = Text(("↳ " if one.reply else "") + one.by, style=style)
        return [head, *(Text(line) for line in folded(one.text, width)), Text("")]

    def _fitting(self, blocks: Sequence[list[Text]], height: int) -> list[Text]:
        last = blocks[-1][:-1]
        if len(last) > height:  # the beginning says what it is, the end what can be done
            tail = height // 3
            return [*last[: height - tail - 1], Text("⋮", style="dim"), *last[-tail:]]
        lines = [line for block in blocks for line in block][:-1]
        if len(lines) <= height:
            return lines
        return [Text("⋮", style="dim"), *lines[-(height - 1) :]] if height > 1 else lines[-height:]


def folded(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns, empty ones left out; a space that must not break does not."""
    lines = []
    for line in _KEYCAP.sub(r"[\1]", text).splitlines():  # terminals do not agree how wide a keycap is
        wide = cell_len(line) - len(line)  # signs of two columns
        lines += textwrap.wrap(line, max(10, width - wide), break_on_hyphens=False)
    return lines


def stage_for(console: Console, language: str, pace: Pace, times: Times) -> Stage:
    """The stage that suits where it is shown."""
    kind = SideBySide if console.is_terminal else Lines
    return kind(console, language, pace, times)
