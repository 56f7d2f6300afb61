"""What a file would change in the roster, and whether so many may leave at once. Nothing is written here.

Of each line that there is, a digest of its columns is kept while comparing, and of each row of the file what is to be
done with it: the columns themselves, of two hundred thousand people, would be hundreds of megabytes.
"""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.roster.reading import Row, Sheet
from storage import roster as rows
from storage.roster import Stamp

SHARE = 5
"""One in so many may leave by one file; more must be said."""

NEW, SAME = 0, -1
"""What is to be done with a row, where it is not the number of the line to change."""

_DIGEST = struct.Struct(f"{len(Row._fields)}q")


class TooManyLeave(Exception):
    """More would leave than may by accident. leaving: how many; here: of how many; said: what was said instead."""

    def __init__(self, leaving: int, here: int, said: int | None) -> None:
        super().__init__(f"{leaving} of {here} would leave")
        self.leaving = leaving
        self.here = here
        self.said = said


@dataclass(slots=True)
class Plan:
    """What a file changes. stamp: of the roster that it was compared with. all: lines that a service pushed are the
    file's as well. here: lines of people here that are the file's.

    todo: for each block of rows, what to do with each. fields: column -> in how many lines it changes. returned: of
    those changed, who had left. left: numbers of lines of those who are not in the file. pushed: rows left alone, since
    a provisioning service looks after them; where all are taken over, lines that it looked after.
    """

    sheet: Sheet
    stamp: Stamp
    all: bool = False
    here: int = 0
    todo: list[array[int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)
    new: int = 0
    changed: int = 0
    returned: int = 0
    unchanged: int = 0
    pushed: int = 0

    def blocks(self) -> Iterator[tuple[list[Row], list[tuple[int, Row]]]]:
        """For each block of rows: the new ones, and the others with the number of the line that they change."""
        for block, todo in zip(self.sheet.rows(), self.todo, strict=True):
            both = list(zip(todo, block, strict=True))
            yield [row for do, row in both if do == NEW], [(do, row) for do, row in both if do > NEW]


class _Known(NamedTuple):
    """A line that there is. digest: of its columns, see `digest`."""

    id: int
    digest: bytes
    is_here: bool


def digest(columns: Sequence[str]) -> bytes:
    """Tells columns apart, one by one. columns: as `Row` has them."""
    return _DIGEST.pack(*map(hash, columns))


def differing(before: bytes, after: Row, fields: Collection[str]) -> list[str]:
    """The columns that change. before: the digest of what was. fields: those that the file has, besides the key."""
    if before == (now := digest(after)):
        return []
    pairs = zip(Row._fields, _DIGEST.unpack(before), _DIGEST.unpack(now), strict=True)
    return [name for name, was, will_be in pairs if was != will_be and (name in fields or name == "key")]


def allowed(leaving: int, here: int, said: int | None) -> bool:
    """Whether so many may leave. here: before. said: how many were said to leave, None for nothing."""
    return leaving == said if said is not None else leaving * SHARE <= here


@dataclass(slots=True)
class Roster:
    """The lines that there are. all: those that a service pushed are the file's as well. by_key: the file's. pushed:
    keys and addresses of the others. taken: lines that a service pushed and are the file's now; by_email: of these,
    address -> key.
    """

    stamp: Stamp
    all: bool = False
    by_key: dict[str, _Known] = field(default_factory=dict)
    pushed: set[str] = field(default_factory=set)
    by_email: dict[str, str] = field(default_factory=dict)
    taken: int = 0


async def learn(session: AsyncSession, *, all_: bool = False) -> Roster:
    """Read the roster. Compared with a file it is afterwards: a database does not wait for long in the middle.

    all_: lines that a provisioning service pushed are the file's from now on.
    """
    roster = Roster(await rows.stamp(session), all_)
    after = 0
    while page := await rows.page(session, after):
        for line in page:
            key, email = line.row[0], line.row[1]
            known = _Known(line.id, digest(line.row), line.state == "here")
            if line.source == "csv" or all_:
                roster.by_key[key] = known
                if line.source != "csv":
                    roster.taken += 1
                    roster.by_email |= {email: key} if email and (known.is_here or email not in roster.by_email) else {}
            else:
                roster.pushed.update((key, email))
        after = page[-1].id
    return roster


def compare(sheet: Sheet, roster: Roster) -> Plan:
    """What a file that has no fault changes. Pure."""
    known, renamed = roster.by_key, set[int]()
    plan = Plan(sheet, roster.stamp, roster.all, here=sum(line.is_here for line in known.values()))
    plan.pushed = roster.taken
    for block in sheet.rows():
        plan.todo.append(array("q", [_todo(plan, row, roster, renamed) for row in block]))
    plan.left = [
        line.id for key, line in known.items() if line.is_here and key not in sheet.keys and line.id not in renamed
    ]
    return plan


def _todo(plan: Plan, row: Row, roster: Roster, renamed: set[int]) -> int:
    if row.key in roster.pushed or (row.email and row.email in roster.pushed):
        plan.pushed += 1
        return SAME
    line = roster.by_key.get(row.key)
    if line is None and (line := _by_address(plan.sheet, row, roster)):
        renamed.add(line.id)
    if line is None:
        plan.new += 1
        return NEW
    names = differing(line.digest, row, plan.sheet.fields)
    if line.is_here and not names:
        plan.unchanged += 1
        return SAME
    plan.fields.update(names)
    plan.returned += not line.is_here
    plan.changed += 1
    return line.id


def _by_address(sheet: Sheet, row: Row, roster: Roster) -> _Known | None:
    """The line of a row whose key is new: one known by the address alone, or by what a service called them."""
    if not row.email or row.email in sheet.keys:
        return None
    key = roster.by_email.get(row.email, row.email)
    return roster.by_key.get(key) if key not in sheet.keys else None
