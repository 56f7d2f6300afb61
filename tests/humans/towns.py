"""Every platform that tests run on, by one name each: the one place to add another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from tests.humans import Town, matrix, memory, slack


@dataclass(frozen=True)
class Where:
    """Where people live. town: as a file here gives it. server: the fixture that it stands on, its third argument.

    marks: of every test there.
    """

    town: Callable[..., AbstractAsyncContextManager[Town]]
    server: str = ""
    marks: tuple[pytest.MarkDecorator, ...] = ()


# "lines" is the memory platform without forms: all is typed, as on Matrix, which every run tries as well.
TOWNS: Mapping[str, Where] = {
    "memory": Where(memory.town),
    "lines": Where(partial(memory.town, forms=False), marks=(pytest.mark.slow,)),
    "slack": Where(slack.town),
    "slack-http": Where(partial(slack.town, http=True)),
    "matrix": Where(matrix.town, server="synapse", marks=(pytest.mark.matrix,)),
    "matrix-encrypted": Where(partial(matrix.town, encrypted=True), server="synapse", marks=(pytest.mark.matrix,)),
}
ON_SLACK = [name for name in TOWNS if name.startswith("slack")]
"""Told by Socket Mode, and over HTTP."""
ON_MATRIX = [pytest.param(name, marks=where.marks) for name, where in TOWNS.items() if name.startswith("matrix")]
"""In plain rooms; where direct and private ones are encrypted."""
RARE = frozenset({"slack-http", "matrix-encrypted"})
"""The same platforms, less plainly: Slack calls us, instead of us it; messages are encrypted."""
EVERYWHERE = [pytest.param(name, marks=where.marks) for name, where in TOWNS.items()]
"""For stories about what the way in, or ciphertext on the wire, may change: what people type, press and fill, and rooms
that are opened, entered and left.
"""


def plainly(*names: str) -> list[Any]:
    """These, but what is rare in the long run alone."""
    return [
        pytest.param(name, marks=(*TOWNS[name].marks, *([pytest.mark.slow] if name in RARE else []))) for name in names
    ]


PLAINLY = plainly(*TOWNS)
"""For all other stories: the usual platforms of a story."""

AT_EASE = [
    pytest.param(name, marks=(*where.marks, *([pytest.mark.slow] if name in RARE or where.server else [])))
    for name, where in TOWNS.items()
]
"""As PLAINLY, and a real server in the long run alone: for stories on roads that others try there each time."""

FIRST_IN_MEMORY = [
    pytest.param(name, marks=(*where.marks, *([] if name == "memory" else [pytest.mark.slow])))
    for name, where in TOWNS.items()
]
"""In each run in memory; everywhere else in the long one, for stories of weeks and months."""

FIRST_PLAINLY = [each for each in FIRST_IN_MEMORY if each.values[0] in {"memory", "slack", "matrix"}]
"""As FIRST_IN_MEMORY, without what is rare."""
IN_WINDOWS = FIRST_PLAINLY[:2]
"""Of these, without a real Matrix server: for stories of what stands beside a field of a form, and for those whose
zones, absences or figures are arranged in ways that only these two servers have so far.
"""


def open_town(where: str, name: str, now: Callable[[], datetime], *server: Any) -> AbstractAsyncContextManager[Town]:
    """A server with nobody on it. where: one of TOWNS; name: the platform's configured name; now: UTC.

    server: as `server_for` gives it.
    """
    return TOWNS[where].town(name, now, *server)


def server_for(request: pytest.FixtureRequest, where: str) -> tuple[Any, ...]:
    """The server of the run that people live on there; none for most (a fixture's body, not a test's)."""
    needed = TOWNS[where].server
    return (request.getfixturevalue(needed),) if needed else ()
