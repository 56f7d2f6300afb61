"""Every platform that tests run on, by one name each: the one place to add another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from tests.humans import Town
from tests.servers.synapse import Synapse

# "lines" is the memory platform without forms: all is typed, as on Matrix, which every run tries as well.
EVERYWHERE = [
    pytest.param("memory"),
    pytest.param("lines", marks=pytest.mark.slow),
    pytest.param("slack"),
    pytest.param("matrix", marks=pytest.mark.matrix),
]


# Scenarios: what "lines" would find, Matrix finds as well.
SCENARIOS = [
    pytest.param("memory"),
    pytest.param("lines", marks=pytest.mark.slow),
    pytest.param("slack"),
    pytest.param("matrix", marks=pytest.mark.matrix),
]


@asynccontextmanager
async def open_town(where: str, name: str, now: Callable[[], datetime], synapse: Synapse | None) -> AsyncIterator[Town]:
    """A server with nobody on it. where: one of EVERYWHERE; name: the platform's configured name; now: UTC."""
    if where == "slack":
        from tests.humans import slack

        async with slack.town(name, now) as town:
            yield town
    elif where == "matrix":
        from tests.humans import matrix

        assert synapse, "the Matrix town stands on a Synapse"
        async with matrix.town(name, now, synapse) as town:
            yield town
    else:
        from tests.humans import memory

        async with memory.town(name, now, forms=where == "memory") as town:
            yield town


def synapse_for(request: pytest.FixtureRequest) -> Synapse | None:
    """The run's Synapse when this test is parametrised with "matrix" (a fixture's body, not a test's)."""
    where = request.node.callspec.params.get("where")
    return request.getfixturevalue("synapse") if where == "matrix" else None
