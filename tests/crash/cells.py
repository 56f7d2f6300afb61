"""What is tried: a platform, an engine, a number of replicas. And how the kills of a run are shared out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ENOUGH = 62
"""Kills of a batch of one process within which each named step is struck: half of its lives are armed with the next."""

MOST = 84
"""Kills of one batch. A batch begins with an empty database and new people, and is what a run is resumed after."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the result."""

    platform: Literal["slack", "matrix"]
    engine: Literal["sqlite", "postgresql"]
    replicas: int

    @property
    def name(self) -> str:
        """As CELL= takes it."""
        return f"{self.platform}-{self.engine}-{self.replicas}"


CELLS = (
    Cell("slack", "sqlite", 1),
    Cell("matrix", "sqlite", 1),
    Cell("slack", "postgresql", 1),
    Cell("matrix", "postgresql", 1),
    Cell("slack", "postgresql", 3),
    Cell("matrix", "postgresql", 3),
)


@dataclass(frozen=True, slots=True)
class Share:
    """One batch of a cell. seed: of the run. number: which batch of the cell, from 0."""

    cell: Cell
    seed: int
    number: int
    kills: int

    @property
    def name(self) -> str:
        """By which it is written down, and found again when a run is resumed."""
        return f"{self.cell.name}-seed{self.seed}-batch{self.number}-kills{self.kills}"


def cell_named(name: str) -> Cell:
    """Raises LookupError, with the names there are."""
    for cell in CELLS:
        if cell.name == name:
            return cell
    raise LookupError(f"there is no cell {name!r}; there are {', '.join(cell.name for cell in CELLS)}")


def shares(kills: int, seed: int, cells: Sequence[Cell] = CELLS) -> list[Share]:
    """The batches of a run: kills shared out evenly, the first cells of the list taking what is left over."""
    found: list[Share] = []
    for index, cell in enumerate(cells):
        mine = kills // len(cells) + (index < kills % len(cells))
        batches = -(-mine // MOST)
        found += [Share(cell, seed, each, mine // batches + (each < mine % batches)) for each in range(batches)]
    return found
