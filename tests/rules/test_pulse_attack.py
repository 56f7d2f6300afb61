"""Somebody asks for whatever there is, and compares: what they learn of a group under five, by trying it.

Of what happened in communities, every number that is told is a sum of numbers of days and communities. Each of these is
made another power of two here, so that a sum says what is in it; then it is tried whether any sums and differences of
what was told are what happened among fewer than five people.

Of people, it is tried whether all states that agree with everything told agree on somebody's.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.figures import Base, Told, beside, told
from nudges.pulse import days, summing
from nudges.pulse.report import Period
from nudges.pulse.rules import OWN, spans
from nudges.pulse.summing import Known
from storage.charted import Place, Sum
from storage.pulse import COUNTED, PulseDay

K = 5
START = date(2026, 3, 6)
"""A Friday: three days of it are in one week, the others in the next."""
DAYS = 4
NOW = datetime(2026, 1, 1, tzinfo=UTC)
COMMUNITIES = range(1, 6)
Members = Mapping[int, Collection[int]]
Cell = tuple[int, int]
"""A community and a day."""
Vector = tuple[int, ...]

Dated = tuple[date, Sum]
CELLS = [(community, day) for day in range(DAYS) for community in COMMUNITIES]
LATER = CELLS[: 2 * len(COMMUNITIES)]
"""Of which it is learned later that more happened; no more of them, since a number of a column has 31 bits."""


# ---------------------------------------------------------------- what happened


def more(cell: Cell) -> int:
    """How much more happened there than was told at first."""
    return 1 << len(CELLS) + LATER.index(cell)


def rows_of(members: Members, day: int, communities: Iterable[int]) -> list[PulseDay]:
    """What is frozen of a day, of these communities at once; each number another power of two."""
    rows = [
        PulseDay(
            community_id=each, day=START + timedelta(days=day), posts=1 << CELLS.index((each, day)), told_at=NOW,
            phase="pilot" if each % 2 else "active", objective="ab"[each % 2],
        )
        for each in communities
    ]  # fmt: skip
    return list(days.arranged(rows, members, K))


def dated(rows: Iterable[PulseDay]) -> list[Dated]:
    return [
        (
            each.day,
            Sum(0, each.community_id, each.shown, each.phase, 1, 1, 1, each.posts, 0, 0, 0, 0, "", each.objective),
        )
        for each in rows
    ]  # fmt: skip


def frozen(members: Members, day: int, communities: Iterable[int]) -> list[Dated]:
    """What is told of them."""
    return dated(rows_of(members, day, communities))


def corrected(rows: Sequence[PulseDay], by_day: Sequence[Members], late: set[Cell]) -> list[PulseDay]:
    """What is told once it is known of what more happened."""
    told = {(each.community_id, each.day): each for each in rows}
    for number, members in enumerate(by_day):
        day = START + timedelta(days=number)
        counts = {
            key: {**dict.fromkeys(COUNTED, 0), "posts": 1 << CELLS.index((key[0], number))}
            for key in told
            if key[1] == day
        }
        for cell in late:
            if cell[1] == number:
                counts[cell[0], day]["posts"] += more(cell)
        for each in days.corrections(told, counts, members, K):
            told[each.community_id, day] = each
    return list(told.values())


def known(rows: Sequence[Dated], period: Period) -> Known:
    places = {each: Place(each, f"c{each}", "acme", "active", False, NOW, None) for each in COMMUNITIES}
    last = START + timedelta(days=DAYS - 1)
    every = spans(period, START, last)
    sums = [
        told._replace(at=at)
        for day, told in rows
        for at, each in enumerate(every)
        if each.since <= day <= each.until
    ]  # fmt: skip
    return Known(every, START, last, sums, [], [], places, dict.fromkeys(places, START), {}, ())


def asked(rows: Sequence[Dated]) -> Iterator[int]:
    """Every number that anybody is told, whatever they ask for."""
    for period, kind in itertools.product(("day", "week", "month"), ("all", "community", "phase", "objective")):
        groups = [*map(str, COMMUNITIES)] if kind == "community" else []
        for only in ["", *groups]:
            for each in summing.series(known(rows, period), ["posts"], kind, only):  # type: ignore[arg-type]
                yield from (point.count for point in each.points if point.count is not None)


def vector(number: int) -> Vector:
    return tuple(number >> place & 1 for place in range(len(CELLS) + len(LATER)))


def wanted(some: Collection[Cell]) -> list[Vector]:
    """What somebody wants to know of these: what was told of them first, what was learned later, and both."""
    first, then = sum(1 << CELLS.index(each) for each in some), sum(more(each) for each in some if each in LATER)
    return [vector(each) for each in {first, then, first + then} - {0}]


class Space:
    """What can be made of some sums by adding and taking away."""

    def __init__(self, sums: Iterable[Vector]) -> None:
        self.rows: list[list[Fraction]] = []
        for each in sums:
            rest = self._rest(each)
            if any(rest):
                self.rows.append(rest)

    def _rest(self, sum_: Vector) -> list[Fraction]:
        rest = [Fraction(each) for each in sum_]
        for row in self.rows:
            at = next(place for place, each in enumerate(row) if each)
            if rest[at]:
                factor = rest[at] / row[at]
                rest = [mine - factor * theirs for mine, theirs in zip(rest, row, strict=True)]
        return rest

    def __contains__(self, sum_: Vector) -> bool:
        return not any(self._rest(sum_))


def secrets(by_day: Sequence[Members]) -> Iterator[set[Cell]]:
    """What happened among fewer than five people, on a day or on several."""
    for day, members in enumerate(by_day):
        for number in range(1, len(COMMUNITIES) + 1):
            for some in itertools.combinations(COMMUNITIES, number):
                if len({person for each in some for person in members[each]}) < K:
                    yield {(each, day) for each in some}
    for community in COMMUNITIES:
        small = [day for day, members in enumerate(by_day) if len(members[community]) < K]
        for number in range(2, len(small) + 1):
            yield from ({(community, day) for day in some} for some in itertools.combinations(small, number))


def learned(rows_at: Iterable[Sequence[Dated]], by_day: Sequence[Members]) -> list[set[Cell]]:
    """What is learned by whoever asks for everything, each time that something more is told."""
    space = Space(sorted({vector(each) for rows in rows_at for each in asked(rows)}))
    return [each for each in secrets(by_day) if any(one in space for one in wanted(each))]


PEOPLE = st.sets(st.integers(1, 12), max_size=8)
WORLDS = st.lists(st.fixed_dictionaries(dict.fromkeys(COMMUNITIES, PEOPLE)), min_size=DAYS, max_size=DAYS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, st.lists(st.sets(st.sampled_from(COMMUNITIES)), min_size=DAYS, max_size=DAYS))
def test_no_sums_and_differences_tell_of_fewer_than_five(by_day: list[Members], late: list[set[int]]) -> None:
    """Some communities are frozen later than the others: whoever asks before and after compares."""
    first = [
        row
        for day, some in enumerate(by_day)
        for row in frozen(some, day, [c for c in COMMUNITIES if c not in late[day]])
    ]
    later = [row for day, some in enumerate(by_day) for row in frozen(some, day, sorted(late[day]))]
    assert learned([first, first + later], by_day) == []


LATE = st.sets(st.sampled_from(LATER))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, LATE, LATE)
def test_no_corrections_tell_of_fewer_than_five(by_day: list[Members], late: set[Cell], later: set[Cell]) -> None:
    """Some of it is learned one night, some another: whoever asks before and after compares."""
    first = [row for day, some in enumerate(by_day) for row in rows_of(some, day, COMMUNITIES)]
    then = corrected(first, by_day, late)
    last = corrected(then, by_day, late | later)
    assert learned([dated(first), dated(then), dated(last)], by_day) == []


SMALL: Members = {1: range(9), 2: range(9, 18), 3: range(18, 21), 4: range(21, 24), 5: range(24, 27)}


def test_others_are_corrected_once_more_of_them_differ() -> None:
    """Three communities of three people each are told of together."""
    first = rows_of(SMALL, 0, COMMUNITIES)
    one = corrected(first, [SMALL], {(1, 0), (3, 0)})
    assert {each.community_id: each.version for each in one} == {1: 2, 2: 1, 3: 1, 4: 1, 5: 1}
    two = {each.community_id: each for each in corrected(one, [SMALL], {(1, 0), (3, 0), (5, 0)})}
    assert {each: row.version for each, row in two.items()} == {1: 2, 2: 1, 3: 2, 4: 1, 5: 2}
    assert two[3].posts == (1 << CELLS.index((3, 0))) + more((3, 0))
    alike = {**SMALL, 5: SMALL[3]}
    assert [each.version for each in corrected(first, [alike], {(3, 0), (5, 0)})] == [1] * 5, "they are the same people"


def test_each_number_of_others_is_corrected_for_itself() -> None:
    """More messages came to one community, more answers to two: of messages nothing is told."""
    told = {(each.community_id, each.day): each for each in rows_of(SMALL, 0, (3, 4, 5))}
    counts = {key: {**dict.fromkeys(COUNTED, 0), "posts": row.posts} for key, row in told.items()}
    counts[3, START] |= {"posts": told[3, START].posts + 1, "replies": 2}
    counts[4, START] |= {"replies": 3}
    before = told[3, START].posts
    found = {each.community_id: (each.posts, each.replies) for each in days.corrections(told, counts, SMALL, K)}
    assert found == {3: (before, 2), 4: (told[4, START].posts, 3)}


def test_the_attack_finds_what_a_careless_correction_tells() -> None:
    first = dated(rows_of(SMALL, 0, COMMUNITIES))
    careless = [(day, each._replace(posts=each.posts + more((3, 0)) * (each.community == 3))) for day, each in first]
    assert {(3, 0)} in learned([first, careless], [SMALL])


def test_the_attack_finds_what_a_careless_total_tells() -> None:
    members = {1: range(9), 2: range(9), 3: range(9), 4: range(9), 5: range(4)}
    told = frozen(members, 0, COMMUNITIES)
    rows = [(day, each._replace(shown=OWN if each.community < 5 else "*")) for day, each in told]
    assert {(5, 0)} in learned([rows], [members, *[dict.fromkeys(COMMUNITIES, range(9))] * 3])


# ---------------------------------------------------------------- people

Inside = frozenset[int]
"""In which communities somebody is."""
Range = tuple[int, int]


def ways(cells: Mapping[Inside, Range], low: int, high: int) -> set[tuple[int, int, int]]:
    """How many of a department may take part who are in the first community alone, in the second alone, in both.

    cells: in which communities -> how many of these people take part, at least and at most.
    """
    one, two, both, none = (
        cells.get(frozenset(each), (0, 0)) for each in ([0], [1], [0, 1], [])
    )  # fmt: skip
    return {
        (a, b, c)
        for a in range(one[0], one[1] + 1)
        for b in range(two[0], two[1] + 1)
        for c in range(both[0], both[1] + 1)
        if a + b + c + none[0] <= high and a + b + c + none[1] >= low
    }


def agrees(
    departments: Sequence[tuple[Mapping[Inside, Range], Told]], told_inside: Sequence[Told | None], *, only_here: bool
) -> bool:
    """Whether any states agree with all that is told. only_here: who is in these communities, and takes part, does so
    in one of them; else they may do so elsewhere.
    """
    sums = {(0, 0, 0)}
    for cells, said in departments:
        some = ways(cells, said.low, said.high)
        sums = {(a + d, b + e, c + f) for a, b, c in sums for d, e, f in some}
    (low, high), (low_too, high_too) = ((each.low, each.high) if each else (0, 1_000) for each in told_inside)
    if not only_here:
        return any(a + c >= low and b + c >= low_too for a, b, c in sums)
    return any(
        max(low - a, 0) <= min(high - a, c)
        and max(low_too - b, 0) <= min(high_too - b, c)
        and min(high - a, c) + min(high_too - b, c) >= c
        for a, b, c in sums
    )


def certain(
    departments: Sequence[Mapping[int, bool]],
    communities: Sequence[Collection[int]],
    said: Sequence[Told],
    inside: Sequence[Told | None],
    spy: int,
    *,
    only_here: bool = False,
) -> list[int]:
    """Of whom it is certain, to somebody who knows their own state, whether they take part."""
    kinds: dict[tuple[int, Inside], list[int]] = {}
    states = {person: state for some in departments for person, state in some.items()}
    for number, some in enumerate(departments):
        for person in some:
            if person != spy:
                where = frozenset(each for each, theirs in enumerate(communities) if person in theirs)
                kinds.setdefault((number, where), []).append(person)
    own = (
        next(number for number, some in enumerate(departments) if spy in some),
        frozenset(each for each, theirs in enumerate(communities) if spy in theirs),
    )
    found: list[int] = []
    for key, people in kinds.items():
        for state in (0, 1):
            parts: list[dict[Inside, Range]] = [{} for _ in departments]
            for (number, where), theirs in kinds.items():
                size = len(theirs) - ((number, where) == key)
                plus = (state if (number, where) == key else 0) + (states[spy] if (number, where) == own else 0)
                parts[number][where] = (plus, size + plus)
            if own not in kinds:
                parts[own[0]][own[1]] = (int(states[spy]), int(states[spy]))
            if not agrees(list(zip(parts, said, strict=True)), inside, only_here=only_here):
                found += people
    return found


def world(
    sizes: Sequence[int], active: Sequence[int], communities: Sequence[Collection[int]], share: int
) -> tuple[list[dict[int, bool]], list[Told], dict[str, Told]]:
    """Departments of people, the first of each taking part; what is told of them and may be told of communities.

    share: of a hundred of those who take part, how many do so in a community they are in.
    """
    departments, begin = [], 0
    for size, yes in zip(sizes, active, strict=True):
        departments.append({person: person - begin < yes for person in range(begin, begin + size)})
        begin += size
    said = [told(sum(each.values()), len(each), K) for each in departments]
    assert all(said)
    sure = [each for each in said if each]
    bases = [Base(number, f"={number}", each, 0, departments[number]) for number, each in enumerate(sure)]
    may = beside(bases, {each.id for each in bases}, {str(n): some for n, some in enumerate(communities)}, K)
    states = {person: state for some in departments for person, state in some.items()}
    found = {}
    for each in may:
        theirs = [person for person in communities[int(each)] if states[person]]
        fresh = told(len(theirs) * share // 100, len(communities[int(each)]), K)
        if fresh:
            found[each] = fresh
    return departments, sure, found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([100, 100, 90, 50]))
def test_what_is_told_of_communities_makes_nobody_certain(data: st.DataObject, share: int) -> None:
    sizes = data.draw(st.lists(st.integers(5, 14), min_size=1, max_size=3))
    everybody = range(sum(sizes))
    active = [data.draw(st.integers(0, size)) for size in sizes]
    communities = [
        set(data.draw(st.lists(st.sampled_from(everybody), max_size=24))) | set(range(*sorted(data.draw(PAIRS))))
        for _ in range(2)
    ]
    communities = [{each for each in some if each in everybody} for some in communities]
    departments, said, found = world(sizes, active, communities, share)
    if found:
        spy = data.draw(st.sampled_from(everybody))
        inside = [found.get(str(number)) for number in range(2)]
        alone = certain(departments, communities, said, [None, None], spy)
        assert certain(departments, communities, said, inside, spy) == alone == []
        if share == 100:
            assert certain(departments, communities, said, inside, spy, only_here=True) == []


PAIRS = st.tuples(st.integers(0, 42), st.integers(0, 42))


@pytest.mark.parametrize(
    ("sizes", "active", "community", "low"),
    [
        # At most six of one department and four of another take part: if ten do here, nobody else of the other does.
        ([9, 20], [6, 4], [*range(19)], 10),
        # All but one of a department.
        ([11], [4], [*range(10)], 0),
    ],
)
def test_the_attack_finds_what_a_careless_community_tells(
    sizes: list[int], active: list[int], community: list[int], low: int
) -> None:
    departments, said, found = world(sizes, active, [community, []], 100)
    assert found == {}, "it is not told"
    careless = told(sum(active) if low else 4, len(community), K)
    assert careless is not None
    assert careless.low == low
    spy = sum(sizes) - 1
    assert bool(certain(departments, [community, []], said, [careless, None], spy)) == bool(low)


# ---------------------------------------------------------------- people, by several communities at once


def reached(cells: Mapping[Inside, Range], said: Told, lows: Sequence[int]) -> set[Vector]:
    """How many of a department may take part who are in each community, as far as that matters. lows: how many do there
    at least, as it is told.
    """
    sums: set[Vector] = {(0,) * (1 + len(lows))}
    for where, (least, most) in cells.items():
        steps = [(yes, *(yes * (at in where) for at in range(len(lows)))) for yes in range(least, most + 1)]
        sums = {_up_to((said.high + 1, *lows), one, step) for one in sums for step in steps}
    return {one[1:] for one in sums if said.low <= one[0] <= said.high}


def _up_to(most: Sequence[int], one: Vector, other: Vector) -> Vector:
    return tuple(min(limit, a + b) for limit, a, b in zip(most, one, other, strict=True))


def sure(
    departments: Sequence[Mapping[int, bool]],
    communities: Sequence[Collection[int]],
    said: Sequence[Told],
    lows: Sequence[int],
    spy: int,
) -> list[int]:
    """Of whom it is certain, to somebody who knows their own state, whether they take part; by all communities at once.
    Who takes part may do so anywhere.
    """
    kinds: dict[tuple[int, Inside], list[int]] = {}
    for number, some in enumerate(departments):
        for person in some:
            where = frozenset(each for each, theirs in enumerate(communities) if person in theirs)
            kinds.setdefault((number, where), []).append(person)
    found: list[int] = []
    for key, people in kinds.items():
        for state in (0, 1):
            sums: set[Vector] = {(0,) * len(lows)}
            for number, theirs in enumerate(departments):
                cells: dict[Inside, Range] = {}
                for (of, where), those in kinds.items():
                    if of == number:
                        fixed = [int(theirs[spy])] if spy in those else []
                        fixed += [state] if (of, where) == key and set(those) != {spy} else []
                        cells[where] = (sum(fixed), sum(fixed) + len(those) - len(fixed))
                ways_here = reached(cells, said[number], lows)
                sums = {_up_to(lows, one, other) for one in sums for other in ways_here}
            if tuple(lows) not in sums:
                found += [person for person in people if person != spy]
    return found


def lows_of(found: Mapping[str, Told], number: int) -> list[int]:
    """How many take part in each community at least, as it is told; 0 where nothing is."""
    return [found[str(each)].low if str(each) in found else 0 for each in range(number)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_is_told_of_several_communities_makes_nobody_certain(data: st.DataObject) -> None:
    """Few take part, and where they do is split among several communities: where these leave least open together."""
    size, communities = data.draw(st.sampled_from([20, 30])), [set[int](), set[int](), set[int]()]
    active, more = [4, 4, 4, 4], data.draw(st.integers(0, 5))
    spy = 3 * size + 3  # takes part, and is in none of them
    for of in range(4):
        begin, twice = size * of, data.draw(st.integers(0, 2))
        # Of those who take part, the first four, one or two are in each; and as many others that each has three.
        for person, each in enumerate([0, 1, 2, twice] if of < 3 else [0, 1, 2]):
            communities[each].add(begin + person)
        for each, some in enumerate(communities):
            there = sum(begin <= person < begin + size for person in some)
            some |= {begin + 4 + 3 * each + at for at in range(3 - there + (each == more))}
    lives, said, found = world([size] * 4, active, communities, 100)
    alone = sure(lives, communities, said, [0] * 3, spy)
    assert sure(lives, communities, said, lows_of(found, 3), spy) == alone == []


def test_the_attack_finds_what_three_communities_tell_together() -> None:
    """Four departments of thirty, four of each taking part; three communities of twelve, five taking part in each."""
    departments = [{30 * of + each: False for each in range(30)} for of in range(4)]
    communities = [[30 * of + 3 * each + place for of in range(4) for place in range(3)] for each in range(3)]
    for of, row in enumerate([(2, 1, 1), (1, 2, 1), (1, 1, 2), (1, 1, 1)]):
        for each, yes in enumerate(row):
            departments[of] |= {30 * of + 3 * each + place: True for place in range(yes)}
    spy = 110
    departments[3][spy] = True
    said = [told(4, 30, K)] * 4
    assert said[0] is not None
    some = [each for each in said if each]
    assert sure(departments, communities, some, [5, 5, 5], spy) == [
        person for person in range(120) if not any(person in each for each in communities) and person != spy
    ]
    assert sure(departments, communities, some, [5, 5, 0], spy) == []
