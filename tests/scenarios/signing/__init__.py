"""A small capability whose process names who decides: a letter is signed by whose name is under it, and by nobody else.

letter SIGNER[,SIGNER] [by 2026-11-25T10:00Z] TEXT
letter rewrite NUMBER TEXT
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot import people
from bot.chat import Command
from bot.decide import Amends, Process, Terms, correct, fields_of, install, number_of, split_number, submit
from bot.lookup import account_ids
from bot.nudge import Answer, Context, Nudge, Refused, Role
from bot.say import Line, Question, Say, say
from storage.requests import Request

FOLDER = Path(__file__).parent


@dataclass
class Letters:
    """The capability, and what became of letters. sent: it is too late to change what was signed."""

    happened: list[str] = field(default_factory=list)
    sent: bool = False
    quorum: int = 1

    def process(self) -> Process:
        """How letters are signed."""
        return Process(
            id="letter",
            entitled=frozenset({Role.LEADER}),
            superiors=frozenset(),
            terms=lambda _settings: Terms(reasons={"later": ("occupée",), "other": ()}),
            quorum=lambda _fields, _settings: self.quorum,
            subject=lambda fields: str(fields["text"]).split(maxsplit=1)[0],
            card=_card,
            guard=_guard,
            outcome=self._signed,
            ended=self._ended,
            named=lambda fields: frozenset(fields["signers"]),
            mandates=True,
            oneself=True,
            amends=Amends(questions=_questions, fields=_amended, done=self._amended),
            voids=self._voids,
            voided=self._voided,
            watchers=frozenset({Role.COMMS}),
            nouns=("lettre",),
            words={"mandate": ("mandat",), "mandates": ("mandats",)},
        )

    def nudge(self) -> Nudge:
        """All of it."""
        nudge = Nudge(id="letters", catalogs=FOLDER, settings=BaseModel)
        process = self.process()

        async def write(event: Command, ctx: Context) -> Answer:
            signers, by, text = re.match(r"(\S*)(?: by (\S+))? ?(.*)", event.text, re.DOTALL).groups()  # type: ignore[union-attr]
            ids = [await people.find(ctx.session, event.platform, each, ctx.now) for each in account_ids(signers)]
            if not ids or not text:
                raise Refused("letter-how")
            needed_by = datetime.fromisoformat(by) if by else None
            made = await submit(ctx, process, {"signers": ids, "text": text}, needed_by=needed_by)
            return say("letter-asked", number=str(number_of(made)))

        async def rewrite(event: Command, ctx: Context) -> Answer:
            number, text = split_number(event.text)
            before = await self.of(ctx, number)
            await correct(ctx, process, number or 0, {**before, "text": text})
            return say("letter-rewritten", number=str(number))

        nudge.command("letter")(write)
        nudge.command("letter rewrite")(rewrite)
        install(nudge, process)
        return nudge

    async def of(self, ctx: Context, number: int | None) -> Mapping[str, Any]:
        """What a letter says."""
        found = await ctx.session.get(Request, number or 0)
        if found is None or found.process != "letter":
            raise Refused("decide-unknown", number=str(number))
        return fields_of(found)

    async def _signed(self, request: Request, _ctx: Context) -> None:
        self.happened.append(f"signed {fields_of(request)['text']}")

    async def _ended(self, request: Request, _ctx: Context) -> None:
        self.happened.append(f"{request.state} {fields_of(request)['text']}")

    async def _amended(self, request: Request, _ctx: Context) -> None:
        self.happened.append(f"amended {fields_of(request)['text']}")

    async def _voids(self, _request: Request, _ctx: Context) -> bool:
        return not self.sent

    async def _voided(self, request: Request, _ctx: Context) -> None:
        self.happened.append(f"voided {fields_of(request)['text']}")


async def _card(request: Request, _ctx: Context) -> Say:
    return Say(lines=(Line(id="plain", args={"text": fields_of(request)["text"]}, kind="quote"),))


async def _guard(request: Request, _verdict: str, override: str, _ctx: Context) -> Say | None:
    if "forbidden" in fields_of(request)["text"] and not override:
        return Say(lines=(Line(id="plain", args={"text": "such words need a written reason"}),))
    return None


async def _questions(request: Request, _ctx: Context) -> tuple[Question, ...]:
    return (Question(name="text", kind="long", max_length=3000, value=fields_of(request)["text"]),)


async def _amended(request: Request, values: Mapping[str, str], _ctx: Context) -> Mapping[str, Any]:
    if not values.get("text", "").strip():
        raise Refused("decide-empty")
    return {**fields_of(request), "text": values["text"].strip()}
