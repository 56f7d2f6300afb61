"""Which groups that overlap may be told of beside groups that everybody is in one of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.figures import Base, beside, told

K = 5


def base(number: int, people: Iterable[int], yes: int) -> Base:
    members = {person: at < yes for at, person in enumerate(people)}
    said = told(yes, len(members), K)
    assert said is not None
    return Base(number, f"={number}", said, yes, members)


def test_a_group_of_ten_is_told_of_where_departments_leave_it_open() -> None:
    sales, works = base(1, range(60), 30), base(2, range(60, 100), 30)
    groups = {"ten": range(50, 60), "nine": range(9), "wide": range(40, 80)}
    assert beside([sales, works], {1, 2}, groups, K) == ["wide", "ten"]
    assert beside([], (), groups, K) == ["wide", "ten"], "nothing is told that could be compared"


def test_nearly_a_department_is_not_told_of_beside_it() -> None:
    sales = base(1, range(20), 8)
    for few in range(1, K):
        assert beside([sales], {1}, {"most": range(few, 20)}, K) == []
        assert beside([sales], {1}, {"all and more": range(20 + few)}, K) == []
    assert beside([sales], {1}, {"half": range(10)}, K) == ["half"]


def test_two_departments_together_leave_a_community_no_room() -> None:
    """At most four of the one take part: ten in the community would be nearly all of its seven from the other."""
    sales, works = base(1, range(30), 4), base(2, range(30, 50), 9)
    groups = {"both": [*range(12), *range(30, 37)]}
    assert beside([works], {2}, groups, K) == ["both"]
    assert beside([sales, works], {1, 2}, groups, K) == []
    assert beside([sales, works], {2}, groups, K) == ["both"], "the figure of the first may have moved by four since"


def test_two_communities_together_leave_one_another_no_room() -> None:
    """At most four of either department take part, so that five in each community nearly settle who does."""
    works, sales = base(1, range(30), 4), base(2, range(30, 40), 4)
    groups = {"one": [*range(10, 25), *range(30, 40)], "two": [*range(14, 29), *range(30, 40)]}
    for name, some in groups.items():
        assert beside([works, sales], {1, 2}, {name: some}, K) == [name]
    assert beside([works, sales], {1, 2}, groups, K) == ["one"]
    assert beside([works, sales], {1, 2}, dict(reversed(groups.items())), K) == ["one"], "in whatever order"


def test_it_does_not_depend_on_who_takes_part() -> None:
    people = range(40)
    groups = {"one": range(5, 25), "two": range(20, 39)}
    first, second = base(1, people, 17), base(1, people, 16)
    assert first.told == second.told
    assert beside([first], {1}, groups, K) == beside([second], {1}, groups, K)


FOUR = [base(number, range(30 * number, 30 * number + 30), 4) for number in range(4)]
"""Departments of thirty, of each of which it is told that at most four take part."""
THREE = {str(each): [30 * of + 3 * each + place for of in range(4) for place in range(3)] for each in range(3)}
"""Communities of twelve, three of each department; nobody is in two."""


def test_three_communities_together_leave_nobody_else_room() -> None:
    """At most sixteen take part: were five to do so in each of the three, nearly nobody outside could."""
    names = {each.id for each in FOUR}
    for left_out in THREE:
        two = {name: some for name, some in THREE.items() if name != left_out}
        assert beside(FOUR, names, two, K) == sorted(two)
    assert beside(FOUR, names, THREE, K) == ["0", "1"]
    wide = [base(number, range(30 * number, 30 * number + 30), 12) for number in range(4)]
    assert beside(wide, names, THREE, K) == ["0", "1", "2"], "each has room for all of them"


def test_one_told_before_comes_first_and_is_compared_when_it_is_no_more() -> None:
    names = {each.id for each in FOUR}
    assert beside(FOUR, names, THREE, K, {"2": THREE["2"]}) == ["2", "0"]
    gone = {"8": THREE["1"], "9": THREE["2"]}
    assert beside(FOUR, names, {"0": THREE["0"]}, K, gone) == []
    assert beside(FOUR, names, {"0": THREE["0"]}, K, {"9": THREE["2"]}) == ["0"]
    small = {**THREE, "2": THREE["2"][:8]}
    assert beside(FOUR, names, small, K, {"2": THREE["2"], "1": THREE["1"]}) == ["1"], "it was told of, though no more"
