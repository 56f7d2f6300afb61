"""The road of one press, from the socket to the database to the reply: counted, so that it stays short.

Counted are the functions that an engineer steps through with a debugger between three places: where the event becomes
durable, where the decision does, and where the reply goes on the wire. That is, the functions of ours that stand on the
stack at one of those places. What they call and leave again (a rule, a translation, a query) is beside the road; it is
counted apart.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from adapters.slack.calls import Calls
from bot.intake import Intake
from storage import events, requests
from storage.requests import Request
from tests.humans import Human, eventually
from tests.scenarios.company import Company
from tests.scenarios.test_communities import Fresh, asks

ROOT = Path(__file__).parents[2]
OURS = tuple(str(ROOT / folder) + "/" for folder in ("bot", "adapters", "nudges", "storage"))
FUNCTIONS, FILES = 14, 8


class Road:
    """Functions of ours that were entered, and those that stood on the stack at a milestone."""

    def __init__(self) -> None:
        self.entered: set[CodeType] = set()
        self.crossed: dict[CodeType, str] = {}
        self.reached: set[str] = set()
        self._milestones = {
            Intake.record.__code__: "the event is handed in",
            events.record.__code__: "the event is durable",
            requests.move.__code__: "the decision is durable",
            Calls.respond.__code__: "the reply is on the wire",
        }

    def look(self, frame: FrameType, event: str, _argument: Any) -> None:
        """What sys.setprofile calls at each call and return."""
        if event != "call":
            return
        if frame.f_code.co_filename.startswith(OURS):
            self.entered.add(frame.f_code)
        milestone = self._milestones.get(frame.f_code)
        if milestone:
            self._stand(frame, milestone)

    def _stand(self, frame: FrameType, milestone: str) -> None:
        self.reached.add(milestone)
        at: FrameType | None = frame
        while at is not None:
            if at.f_code.co_filename.startswith(OURS):
                self.crossed.setdefault(at.f_code, milestone)
            at = at.f_back

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Look while inside."""
        sys.setprofile(self.look)
        try:
            yield
        finally:
            sys.setprofile(None)

    def told(self) -> str:
        """The functions crossed, as a list to read."""
        lines = [
            f"{Path(code.co_filename).relative_to(ROOT)}:{code.co_qualname} ({milestone})"
            for code, milestone in self.crossed.items()
        ]
        return "\n".join([*lines, f"{len(lines)} crossed, {len(self.files)} files, {len(self.entered)} entered in all"])

    @property
    def files(self) -> set[str]:
        """Where they are."""
        return {code.co_filename for code in self.crossed}


@pytest.mark.parametrize("where", ["slack"])
async def test_one_press_crosses_few_functions_in_few_files(
    ana: Human, alice: Human, company: Company, fresh: Fresh
) -> None:
    name = fresh("potager")
    number = await asks(ana, name, company)
    await alice.types("parvis me")  # she is known, and was greeted
    await company.settled()
    road = Road()
    with road.followed():
        await alice.presses("Take in charge", near=name, room=company.animators)
        await company.settled()

    async def taken() -> bool:
        return (await company.rows(Request, id=int(number)))[0].assignee_id is not None

    await eventually(taken, "somebody has it")
    assert len(road.reached) == 4, road.reached
    assert len(road.crossed) <= FUNCTIONS, road.told()
    assert len(road.files) <= FILES, road.told()
