"""What is going on before the story begins, and for how many seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from tests.demo.script import AFTER, PHRASES
from tests.demo.stage import Times


class Progress:
    """Tells each step as it begins, and how long it took."""

    def __init__(self, console: Console, language: str, times: Times) -> None:
        """times: where "starting" is counted."""
        self._console = console
        self._phrases = {**PHRASES[language], **AFTER[language]}
        self._times = times

    @contextmanager
    def step(self, phrase: str, counted: str = "starting") -> Iterator[None]:
        """One step. phrase: a key of the phrases; counted: under what its seconds go."""
        began, text = time.monotonic(), self._phrases[phrase]
        if not self._console.is_terminal:
            self._console.print(f"{text} …", highlight=False)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with (
            self._times.of(counted),
            Bars(*columns, console=self._console, transient=True, disable=not self._console.is_terminal) as bars,
        ):
            bars.add_task(text, total=None)
            yield
        self._console.print(f"[green]✓[/] {text}, {time.monotonic() - began:.1f} s", highlight=False)
