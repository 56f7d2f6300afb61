"""What is told of a simulated year: the claims for programs, the distribution for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.measure import Claim, Figure
from tests.simulate.judge import CLAIMS, Breach, Judge, Record
from tests.simulate.people import Doing, Person

_SHOWN = 20  # breaches told in words
_STEPS = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 6), (7, 12), (13, 26), (27, 52), (53, 10**9))


def claims(judge: Judge) -> list[Claim]:
    """Messages that should not have come, each kind of wrong beside none."""
    count = Counter(breach.claim for breach in judge.breaches)
    return [
        Claim(
            name=claim,
            unit="breaches",
            target=0,
            better="lower",
            ours=[Figure(count[claim])],
            reference=[Figure(0)],
        )
        for claim in CLAIMS
    ]


def tell(console: Console, judge: Judge, people: Sequence[Person]) -> None:
    """Tables for people: how often whom, how series of contacts ended, what people answered."""
    records = [judge.records[each.facts.number] for each in people]
    console.print(_table("messages", ["about", "how many"], Counter(judge.received).most_common()))
    console.print(_table("contacts that took a place in the budget", ["each", "people"], _spread(records)))
    console.print(_table("how series ended", ["end", "how many"], endings(records).most_common()))
    answers = sum((record.answers for record in records), Counter[Doing]())
    console.print(_table("what people did", ["deed", "how many"], answers.most_common()))
    console.print(_tempers(people, judge.records))
    _breaches(console, judge.breaches)


def endings(records: Iterable[Record]) -> Counter[str]:
    """How series of contacts that wanted a response ended; a series is what came since the last response."""
    ends: Counter[str] = Counter()
    for record in records:
        ends.update(f"a response after {length}" for length in record.series)
        if record.open:
            stopped = "stopped" if record.stopped else "left" if record.gone else "none"
            ends[f"{record.open} without a response, {stopped if stopped != 'none' else 'as it stands'}"] += 1
    return ends


def _spread(records: Sequence[Record]) -> list[tuple[str, int]]:
    numbers = Counter(len(record.contacts) for record in records)
    rows = []
    for low, high in _STEPS:
        people = sum(count for number, count in numbers.items() if low <= number <= high)
        name = str(low) if low == high else f"{low} and more" if high > 10**6 else f"{low} to {high}"
        rows.append((name, people))
    return rows


def _tempers(people: Sequence[Person], records: Mapping[int, Record]) -> Table:
    table = Table("temper", "people", "contacts each", "responses each", title="by temper", title_justify="left")
    by_name: dict[str, list[Record]] = {}
    for person in people:
        by_name.setdefault(person.temper.name, []).append(records[person.facts.number])
    for name, theirs in sorted(by_name.items()):
        contacts = sum(len(record.contacts) for record in theirs) / len(theirs)
        responses = sum(record.answers.total() for record in theirs) / len(theirs)
        table.add_row(name, str(len(theirs)), f"{contacts:.1f}", f"{responses:.1f}")
    return table


def _table(title: str, heads: Sequence[str], rows: Iterable[tuple[Any, int]]) -> Table:
    table = Table(*heads, title=title, title_justify="left")
    for name, count in rows:
        table.add_row(str(name), f"{count:,}")
    return table


def _breaches(console: Console, breaches: Sequence[Breach]) -> None:
    for breach in breaches[:_SHOWN]:
        console.print(f"{breach.claim}: person {breach.person}, {breach.at:%Y-%m-%d %H:%M} UTC: {breach.why}")
    if len(breaches) > _SHOWN:
        console.print(f"… and {len(breaches) - _SHOWN} more")
