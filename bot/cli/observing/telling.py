"""A picture in words, or as data; and how far the looking is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot.cli.observing.looking import Tick
from bot.cli.observing.picture import Picture, figure
from bot.cli.voice import Voice


def lines(picture: Picture, voice: Voice, days: int) -> Iterator[str]:
    """What administrators read. days: of silence, after which a room counts as quiet."""
    rooms = picture.communities
    yield voice("observe-rooms", rooms=rooms, archived=picture.archived)
    if rooms:
        yield _list(voice, "size", picture.sizes)
        yield _list(voice, "age", picture.ages)
        yield voice("observe-strays", count=picture.strays, share=_share(picture.strays, rooms))
        yield voice("observe-private", count=picture.private, share=_share(picture.private, rooms))
        yield voice("observe-shared", count=picture.shared)
        yield _quiet(picture, voice, days)
    kinds = [voice(f"observe-kind-{kind}", count=_people(number, voice)) for kind, number in picture.kinds.items()]
    yield voice("observe-people", kinds=", ".join(kinds)) if kinds else voice("observe-nobody")
    yield from _gaps(picture, voice)


def _quiet(picture: Picture, voice: Voice, days: int) -> str:
    if not picture.measured:
        return voice("observe-quiet-unmeasured")
    share = _share(picture.quiet, picture.measured)
    left = picture.communities - picture.measured
    said = voice("observe-quiet", count=picture.quiet, measured=picture.measured, share=share, number=days)
    return f"{said} {voice('observe-quiet-left', rooms=left)}" if left else said


def _gaps(picture: Picture, voice: Voice) -> Iterator[str]:
    if not picture.gaps:
        yield voice("observe-profile-unknown")
        return
    shown = []
    for name, number in picture.gaps.items():
        known = figure(number, picture.members)
        told = voice("observe-few") if known is None else _share(known, picture.members)
        word = voice(f"observe-field-{name}") if voice.has(f"observe-field-{name}") else name
        shown.append(voice("observe-gap", field=word, share=told))
    yield voice("observe-profiles", gaps=", ".join(shown))


def _list(voice: Voice, what: str, counts: Mapping[str, int]) -> str:
    each = ", ".join(f"{voice(f'observe-{what}-{name}')} {number}" for name, number in counts.items())
    return voice(f"observe-{what}s", list=each)


def _people(number: int, voice: Voice) -> str:
    known = figure(number, number)
    return voice("observe-fewer") if known is None and number else str(number)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}"


def data(picture: Picture) -> dict[str, object]:
    """For scripts: what would tell of a few people is null."""
    return {
        "rooms": picture.communities, "archived": picture.archived, "private": picture.private,
        "shared": picture.shared, "strays": picture.strays, "quiet": picture.quiet if picture.measured else None,
        "measured": picture.measured, "sizes": dict(picture.sizes), "ages": dict(picture.ages),
        "people": {kind: figure(number, number) for kind, number in picture.kinds.items()},
        "profile_gaps": {name: figure(number, picture.members) for name, number in picture.gaps.items()},
    }  # fmt: skip


@contextmanager
def progress(voice: Voice) -> Iterator[Tick]:
    """How far it is, on standard error; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _whole: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is shown
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def tick(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(voice(f"observe-progress-{what}"), total=None)
            bars.update(tasks[what], completed=done, total=whole or None)  # type: ignore[arg-type]

        yield tick
