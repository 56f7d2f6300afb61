"""What a run tells people while it goes on, and what is kept of it to go on later."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from tests.crash.batch import Outcome
from tests.crash.cells import Cell, Share
from tests.crash.ledger import Verdict
from tests.crash.steps import ALL
from tests.servers.process import ROOT

FEW = 8
"""Named steps that are told of by name, when nobody was killed at them."""

KEPT = ROOT / ".crash"
"""A file for each batch that ended; a batch is not run again while its file is there, and the code what it was."""

CODE = ("bot", "adapters", "nudges", "storage", "tests/crash", "tests/humans", "tests/servers", "locks")
READ = frozenset({".py", ".ftl", ".txt", ".json"})


def say(line: str) -> None:
    """For people, on standard error."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - it is what it is for


class Progress:
    """Kills done, their pace, the time left."""

    def __init__(self, kills: int, done: int) -> None:
        """kills: of the whole run. done: in batches that ended earlier."""
        self._kills = kills
        self._done = done
        self._here = 0
        self._began = time.monotonic()
        self._told = 0.0

    def killed(self) -> None:
        """One more; told of at most every five seconds."""
        self._done += 1
        self._here += 1
        now = time.monotonic()
        if now - self._told < 5 and self._done < self._kills:
            return
        self._told = now
        pace = (now - self._began) / self._here
        left = pace * (self._kills - self._done)
        say(f"{self._done} of {self._kills} kills, one every {pace:.1f} s, about {left / 60:.0f} min left")


@cache
def _code() -> str:
    """What tells this code from any other."""
    told = hashlib.sha256()
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.*") if path.suffix in READ):
        told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return told.hexdigest()[:12]


def _file(share: Share) -> Path:
    return KEPT / f"{share.name}-{_code()}.json"


def keep(share: Share, outcome: Outcome) -> None:
    """Write down how a batch ended."""
    KEPT.mkdir(exist_ok=True)
    path = _file(share)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(outcome), ensure_ascii=False, indent=1), "utf-8")
    fresh.replace(path)


def kept(share: Share) -> Outcome | None:
    """How a batch ended earlier, if it did."""
    path = _file(share)
    if not path.exists():
        return None
    found = json.loads(path.read_text("utf-8"))
    return Outcome(**{**found, "verdict": Verdict(**found["verdict"])})


def forget(shares: Iterable[Share]) -> None:
    """Let these batches be run again."""
    for share in shares:
        _file(share).unlink(missing_ok=True)


def result(cell: Cell, outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The line of a cell."""
    ended = list(outcomes)
    return {
        "platform": cell.platform,
        "engine": cell.engine,
        "replicas": cell.replicas,
        "kills": sum(each.kills for each in ended),
        "expected": sum(each.verdict.expected for each in ended),
        "seen_once": sum(each.verdict.seen_once for each in ended),
        "lost": sum(each.verdict.lost for each in ended),
        "doubled": sum(each.verdict.doubled for each in ended),
    }


def explain(share: Share, outcome: Outcome) -> None:
    """What was wrong in a batch, and how it is run again."""
    say(f"\n{share.name}: {outcome.verdict.lost} lost, {outcome.verdict.doubled} doubled")
    for line in outcome.verdict.differences:
        say(f"  {line}")
    words = f"CELL={share.cell.name} SEED={share.seed} BATCH={share.number} KILLS={share.kills}"
    say(f"  once more: make crash {words}")


def table(rows: Mapping[Cell, Mapping[str, Any]], unreached: Mapping[Cell, Collection[str]]) -> None:
    """All cells, for people."""
    columns = ("kills", "expected", "seen_once", "lost", "doubled")
    say(f"\n{'':22}" + "".join(f"{each:>11}" for each in columns))
    for cell, row in rows.items():
        say(f"{cell.name:22}" + "".join(f"{row[each]:>11}" for each in columns))
    for cell, steps in unreached.items():
        few = f", not at {', '.join(sorted(steps))}" if 0 < len(steps) <= FEW else ""
        say(f"{cell.name}: killed at {len(ALL) - len(steps)} of {len(ALL)} named steps{few}")
