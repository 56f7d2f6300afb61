"""How far the release is, as rows say it: informed, confirmed, and each kind's stage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.nudging import rules
from bot.nudging.looking import Kind
from storage import releases
from storage.releases import KindRelease, Release

Next = Literal["inform", "preview", "wave", "wait", "go", "resume", ""]
"""What somebody has to do next; "wait": the first wave is under way; "resume": all that is left is paused; "": nothing.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The rows. kinds: those that capabilities declare, the most urgent first."""

    release: Release
    rows: Mapping[str, KindRelease]
    kinds: Sequence[Kind]

    def stage(self, kind: str) -> str:
        """As `storage.releases.KindRelease`; "" before its preview was confirmed."""
        row = self.rows.get(kind)
        return row.stage if row else ""

    def is_paused(self, kind: str) -> bool:
        """Whether nothing of that kind is sent until somebody resumes it."""
        row = self.rows.get(kind)
        return row is not None and row.paused

    def is_open(self, kind: str) -> bool:
        """Whether anybody may be sent that kind now."""
        is_sent = self.stage(kind) in {rules.WAVE, rules.ALL}
        return bool(self.release.informed_on) and is_sent and not self.is_paused(kind)

    def lets(self, kind: str, person: int) -> bool:
        """Whether that kind may be promised to this person now."""
        row = self.rows.get(kind)
        if row is None or not self.is_open(kind):
            return False
        return rules.may_be_told(row.stage, row.cut, rules.share(self.release.seed, person))

    def at(self, stage: str) -> list[Kind]:
        """The kinds at one stage."""
        return [each for each in self.kinds if self.stage(each.spec.kind) == stage]

    @property
    def paused(self) -> list[Kind]:
        """The kinds that are paused."""
        return [each for each in self.kinds if self.is_paused(each.spec.kind)]

    @property
    def next(self) -> Next:
        """What somebody has to do next."""
        if not self.release.informed_on:
            return "inform"
        steps: tuple[tuple[str, Next], ...] = (
            ("", "preview"), (rules.CONFIRMED, "wave"), (rules.WAVE, "wait"), (rules.WAITS, "go"),
        )  # fmt: skip
        found = (step for stage, step in steps if any(not self.is_paused(each.spec.kind) for each in self.at(stage)))
        return next(found, "resume" if self.paused else "")

    @property
    def recorded(self) -> Sequence[tuple[str, str]]:
        """On which days staff were informed, and how, as it was recorded before the last time; the oldest first."""
        before = self.release.informed_before
        return [(str(on), str(how)) for on, how in json.loads(before)] if before else []


async def read(session: AsyncSession, kinds: Sequence[Kind]) -> Standing:
    """How far it is now. kinds: as `Standing`."""
    release, rows = await releases.load(session)
    return Standing(release, rows, kinds)
