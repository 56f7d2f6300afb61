"""What capabilities add to the command line: known to help by name (`nudges.VERBS`), imported when it is typed."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nudges
from bot.cli import DEFAULT, FINE, FOUND, ConfigFile, Wrong
from bot.cli.voice import Voice, voice

if TYPE_CHECKING:
    from bot.cli.opening import Desk
    from bot.nudge import Nudge, Verb

Called = Callable[..., Awaitable[int]]


def helping(env: Mapping[str, str]) -> Voice:
    """The voice that says what each command does. env: the environment, which names the terminal's language."""
    folder = Path(nudges.__file__).parent
    return voice(env, more=[folder / owner / "locales" for owner in nudges.VERBS])


def named() -> Iterator[str]:
    """Every verb: "people gaps"."""
    for verbs in nudges.VERBS.values():
        yield from verbs


def function(path: str, typed: Sequence[str] | None, now: Callable[[], datetime]) -> Called:
    """What is called for a verb. typed: the line; None: any may come. now: the clock (UTC, aware).

    What the line does not hold is not imported, which would take half a second.
    """
    if typed is not None and not set(path.split()) <= set(typed):
        return _not_typed
    found = ((nudge, verb) for nudge in nudges.NUDGES for verb in nudge.verbs if " ".join(verb.path) == path)
    return calling(*next(found), now)


async def _not_typed() -> int:
    raise AssertionError("help alone was to know this verb")


def calling(nudge: Nudge, verb: Verb, now: Callable[[], datetime]) -> Called:
    """The same for a verb at hand: with the parameters of its handler, but for the terminal, and `config`."""

    async def called(*words: Any, config: Path = DEFAULT, **options: Any) -> int:
        from bot.cli.opening import desk  # noqa: PLC0415 - as in `bot.__main__`

        return await done(desk(config), nudge, verb, now, *words, **options)

    said = inspect.signature(verb.handler, eval_str=True)
    _, *own = said.parameters.values()
    named = inspect.Parameter.KEYWORD_ONLY
    taken = [*own, inspect.Parameter("config", named, default=DEFAULT, annotation=ConfigFile)]
    declared: Any = called
    declared.__signature__ = said.replace(parameters=taken, return_annotation=int)
    declared.__annotations__ = {each.name: each.annotation for each in taken}
    return called


async def done(desk: Desk, nudge: Nudge, verb: Verb, now: Callable[[], datetime], *words: Any, **options: Any) -> int:
    """Do what a verb does; the status to exit with. Raises Wrong with what it refuses.

    now: the clock (UTC, aware). words, options: what its handler takes besides the terminal.
    """
    from bot.cli.terminal import Terminal  # noqa: PLC0415 - as in `bot.__main__`
    from bot.nudge import Refused  # noqa: PLC0415
    from bot.nudge import Terminal as Port  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        at: Port = Terminal(desk, nudge, now, stack)
        try:
            found = await verb.handler(at, *words, **options)
        except Refused as refused:
            raise Wrong(desk.voice.line(refused.line)) from None
    return FOUND if found else FINE
