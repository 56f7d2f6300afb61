"""What may be told about groups of people, and what somebody learns who tries, by trying everything."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import NO_DEPARTMENT, OTHERS, Base, Told, arrange, department, following, told, total
from bot.figures.rules import steps

K = 5
States = Mapping[int, bool]
Seen = tuple[str, int, int, int, bool]
"""What everybody sees of a group in a week: its name, what is told of how many, and whether it is of this week."""


# ---------------------------------------------------------------- how a count is told


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 5, 0, 2), (3, 5, 3, 5), (5, 5, 3, 5), (3, 7, 3, 4), (7, 7, 5, 7), (0, 10, 0, 4), (9, 12, 5, 12),
     (12, 12, 5, 12), (7, 20, 5, 9), (14, 20, 10, 14), (20, 20, 15, 20), (9_999, 10_000, 9_995, 10_000)],
)  # fmt: skip
def test_a_count_is_told_in_steps(count: int, of: int, low: int, high: int) -> None:
    assert told(count, of, K) == Told(low, high, of)


def test_nothing_is_told_about_fewer() -> None:
    assert [told(count, of, K) for of in range(K) for count in range(of + 1)] == [None] * 15


@pytest.mark.parametrize("of", range(K, 80))
def test_steps_cover_every_count_once_and_never_tell_of_everybody(of: int) -> None:
    every = [count for each in steps(of, K) for count in range(each.low, each.high + 1)]
    assert every == list(range(of + 1))
    for each in (steps(of, K)[0], steps(of, K)[-1]):
        assert each.high - each.low + 1 >= (K if of >= 2 * K else 3), "none and all are told with others"


def test_a_total_is_the_sum_of_what_is_shown() -> None:
    parts = [Told(0, 4, 12), Told(10, 14, 30)]
    assert total(parts) == Told(10, 18, 42)
    assert (total(parts).percent(), total(parts).about) == ((23, 43), 14)


# ---------------------------------------------------------------- which groups are shown


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": "a", "b": "b"}),
        ({"a": 9, "b": 3, "c": 2}, {"a": "a", "b": OTHERS, "c": OTHERS}),
        ({"a": 9, "b": 6, "c": 4}, {"a": "a", "b": OTHERS, "c": OTHERS}),
        ({"a": 6, "b": 1}, {"a": OTHERS, "b": OTHERS}),
        ({"a": 2, "b": 2}, {}),
        ({"a": 4, "b": 0}, {}),
        ({}, {}),
    ],
)
def test_groups_too_small_to_be_shown_are_put_together(sizes: dict[str, int], shown: dict[str, str]) -> None:
    assert arrange(sizes, K) == shown


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=8))
def test_whatever_is_shown_has_at_least_five_people_and_nobody_is_left_over(sizes: dict[str, int]) -> None:
    names = arrange(sizes, K)
    of: dict[str, int] = {}
    for group, name in names.items():
        of[name] = of.get(name, 0) + sizes[group]
    assert all(size >= K for size in of.values())
    assert sum(of.values()) == sum(sizes.values()) or (not of and sum(sizes.values()) < K)


def test_who_has_no_department_is_in_a_group_of_its_own() -> None:
    assert (department(" Sales "), department("  "), department("*")) == ("=Sales", NO_DEPARTMENT, "=*")


# ---------------------------------------------------------------- week after week


def weekly(weeks: Iterable[Mapping[str, States]]) -> Iterator[tuple[Seen, ...]]:
    """What is seen each week, of groups that are shown under these names."""
    bases: dict[int, Base] = {}
    for groups in weeks:
        found = following(list(bases.values()), groups, K)
        for name, each in found.items():
            row = each.base.id if each.base else max(bases, default=0) + 1
            count = each.count if each.count is not None or each.base is None else each.base.count
            assert count is not None
            bases[row] = Base(row, name, each.told, count, each.members, each.nobody)
        yield tuple(
            (name, each.told.low, each.told.high, each.told.of, each.count is not None)
            for name, each in sorted(found.items())
        )


def seen(*weeks: Mapping[str, States]) -> list[tuple[Seen, ...]]:
    return list(weekly(weeks))


def some(people: Iterable[int], yes: int) -> dict[int, bool]:
    """People of whom the first ones say yes."""
    return {person: number < yes for number, person in enumerate(people)}


def test_a_figure_stays_until_five_changed() -> None:
    team = range(20)
    weeks = seen(*({"=Sales": some(team, yes)} for yes in (4, 5, 8, 9, 9, 5, 4)))
    assert [(each[0][1], each[0][2], each[0][4]) for each in weeks] == [
        (0, 4, True), (0, 4, False), (0, 4, False), (5, 9, True), (5, 9, False), (5, 9, False), (0, 4, True),
    ]  # fmt: skip


def test_newcomers_wait_for_one_another() -> None:
    weeks = seen({"=Sales": some(range(10), 6)}, {"=Sales": some(range(14), 6)}, {"=Sales": some(range(15), 6)})
    assert [each[0][3] for each in weeks] == [10, 10, 15]


def test_who_left_is_counted_as_they_were_until_five_did() -> None:
    full = some(range(20), 12)
    weeks = seen({"=Sales": full}, {"=Sales": some(range(1, 20), 11)}, {"=Sales": some(range(5, 20), 7)})
    assert [each[0][1:4] for each in weeks] == [(10, 14, 20), (10, 14, 20), (5, 9, 15)]


def test_another_name_is_no_way_around() -> None:
    """A department renamed, in the same week in which one person left it."""
    weeks = seen({"=Sales": some(range(10), 5)}, {"=Trade": some(range(1, 10), 4)})
    assert weeks[1] == (("=Trade", 5, 10, 10, False),), "what was told goes on under the new name"


def test_two_groups_that_exchange_their_names_keep_what_was_told_of_their_people() -> None:
    one, two = some(range(10), 4), some(range(10, 20), 9)
    weeks = seen({"=A": one, "=B": two}, {"=A": two, "=B": {**one, 9: True}})
    assert weeks[1] == (("=A", 5, 10, 10, False), ("=B", 0, 4, 10, False))


def test_a_group_that_became_too_small_is_shown_no_more() -> None:
    assert seen({"=Sales": some(range(5), 2)}, {"=Sales": some(range(4), 2)}, {}) == [
        (("=Sales", 0, 2, 5, True),),
        (),
        (),
    ]


def test_states_of_people_whose_data_was_erased_are_counted_until_five_left() -> None:
    base = Base(1, "=Sales", Told(10, 14, 20), 12, some(range(1, 20), 11), nobody=(True,))
    again = following([base], {"=Sales": some(range(1, 20), 11)}, K)["=Sales"]
    assert (again.told, again.count, again.nobody) == (Told(10, 14, 20), None, (True,))
    fewer = following([base], {"=Sales": some(range(5, 20), 7)}, K)["=Sales"]
    assert (fewer.told, fewer.nobody) == (Told(5, 9, 15), ())


# ---------------------------------------------------------------- nobody's change is seen


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Mapping[int, str]], list[set[int]]]:
    """Where people are, week by week, and who changes their state in which week; fewer than five do anything."""
    people = range(draw(st.integers(10, 30)))
    where = {person: draw(st.sampled_from("AAABC")) for person in people}
    restless = draw(st.lists(st.sampled_from(list(people)), max_size=K - 1, unique=True))
    weeks, flips = [dict(where)], [{person for person in people if draw(st.booleans())}]
    for _ in range(draw(st.integers(1, 5))):
        now = dict(weeks[-1])
        flipped = set()
        for person in restless:
            match draw(st.sampled_from(["stay", "flip", "flip", "move", "leave"])):
                case "flip":
                    flipped.add(person)
                case "move":
                    now[person] = draw(st.sampled_from("ABC"))
                case "leave":
                    now.pop(person, None)
        weeks.append(now)
        flips.append(flipped)
    return list(weeks), flips


def groups(where: Mapping[int, str], yes: set[int]) -> dict[str, dict[int, bool]]:
    """The groups as they are shown, with their people's states."""
    sizes: dict[str, int] = {}
    for name in where.values():
        sizes[name] = sizes.get(name, 0) + 1
    names = arrange(sizes, K)
    found: dict[str, dict[int, bool]] = {}
    for person, name in where.items():
        if name in names:
            found.setdefault(names[name], {})[person] = person in yes
    return found


@given(histories())
def test_what_fewer_than_five_do_is_seen_nowhere(history: tuple[list[Mapping[int, str]], list[set[int]]]) -> None:
    """Two companies: in the one somebody changes now and then, in the other nobody does. All see the same.

    Until other groups are shown than at first: what is told of a group for the first time is of that day.
    """
    weeks, flips = history
    yes, restless, still = set(flips[0]), [], []
    for number, where in enumerate(weeks):
        yes ^= flips[number] if number else set()
        if groups(where, yes).keys() != groups(weeks[0], yes).keys():
            break
        restless.append(groups(where, yes))
        still.append(groups(where, flips[0]))
    assert seen(*restless) == seen(*still)


# ---------------------------------------------------------------- somebody who works it out

Course = tuple[int, ...]
STILL: tuple[Course, ...] = ((1, 1), (0, 0))
"""Nobody's state changes."""
GROWING: tuple[Course, ...] = ((1, 1), (0, 1), (0, 0))
"""A complete profile stays complete."""
ANY: tuple[Course, ...] = ((1, 1), (0, 1), (0, 0), (1, 0))


def worlds(stayed: int, courses: Sequence[Course]) -> Iterator[list[Course]]:
    """Every way in which people who stayed may have fared, as far as counts tell them apart."""
    for cut in itertools.combinations_with_replacement(range(stayed + 1), len(courses) - 1):
        counts = [end - begin for begin, end in zip((0, *cut), (*cut, stayed), strict=True)]
        yield [course for course, count in zip(courses, counts, strict=True) for _ in range(count)]


def certain(stayed: int, left: int, came: int, courses: Sequence[Course], known: Sequence[Course]) -> set[int]:
    """Everything that can be seen in two weeks of one group, worked out: how many people one may be certain of.

    The attacker knows who stayed, left and came, how `known` of those who stayed fared, and which courses there are.
    """
    possible: dict[object, list[tuple[int, ...]]] = {}
    for others in worlds(stayed - len(known), courses):
        for gone, new in itertools.product(range(left + 1), range(came + 1)):
            first = {n: bool(each[0]) for n, each in enumerate([*others, *known])}
            second = {n: bool(each[1]) for n, each in enumerate([*others, *known])}
            first |= {100 + n: n < gone for n in range(left)}
            second |= {200 + n: n < new for n in range(came)}
            told_of = tuple(weekly([{"=A": first}, {"=A": second}]))
            counts = (sum(each[0] for each in others), sum(each[1] for each in others), gone, new)
            possible.setdefault(told_of, []).append(counts)
    sizes = (stayed - len(known), stayed - len(known), left, came)
    found = set()
    for counts_of in possible.values():
        for size, values in zip(sizes, zip(*counts_of, strict=True), strict=True):
            if size and (set(values) == {0} or set(values) == {size}):
                found.add(size)
    return found


@pytest.mark.parametrize("courses", [STILL, GROWING], ids=["still", "growing"])
@pytest.mark.parametrize("known", [(), ((1, 1),), ((0, 0),)], ids=["outside", "complete", "incomplete"])
@pytest.mark.parametrize("stayed", [5, 7, 10])
def test_who_works_it_out_is_certain_of_nobody(stayed: int, known: Sequence[Course], courses: Sequence[Course]) -> None:
    for left, came in [(0, 0), (1, 0), (0, 1), (1, 4), (4, 1), (5, 0), (0, 5), (6, 0), (5, 6), (7, 2)]:
        assert not certain(stayed, left, came, courses, known), (left, came)


@pytest.mark.parametrize("known", [(), ((0, 1),)], ids=["outside", "changing"])
def test_nor_where_complete_profiles_may_become_incomplete(known: Sequence[Course]) -> None:
    for stayed, left, came in [(5, 0, 0), (6, 1, 1), (7, 2, 1), (8, 0, 0), (8, 1, 0)]:
        assert not certain(stayed, left, came, ANY, known), (stayed, left, came)
