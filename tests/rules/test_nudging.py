"""The first wave, one message of several, and what a preview may tell."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attention import Verdict
from bot.attention.digest import Left, kinds_of, reduced, together
from bot.attention.ways import with_ways
from bot.nudge import Prospect
from bot.nudging import rules
from bot.nudging.preview import Candidate, Groups, Preview, counted, first, preview
from bot.nudging.rules import Draw, may_be_told, share, still_holds
from bot.say import Item, Line, Pick, Say

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SMALLEST = 5


def said(text: str, *actions: str) -> Say:
    picks = tuple(Pick(label="plain", action=action) for action in actions)
    return Say(lines=(Line(id="plain", args={"text": text}),), choices=picks)


# ---------------------------------------------------------------- the first wave


def drawn(percent: int, people: range, seed: str = "seed") -> set[int]:
    draw = Draw(percent)
    for each in people:
        draw.see(share(seed, each))
    return {each for each in people if may_be_told(rules.WAVE, draw.cut, share(seed, each))}


@pytest.mark.parametrize(("percent", "count", "least", "most"), [
    (5, 0, 0, 0), (5, 3, 3, 3), (5, 20, 5, 5), (5, 10_000, 400, 600), (100, 50, 50, 50),
])  # fmt: skip
def test_a_first_wave_is_a_share_of_people_and_a_few_at_least(percent: int, count: int, least: int, most: int) -> None:
    assert least <= len(drawn(percent, range(count))) <= most


def test_the_draw_is_stable_and_another_deployment_draws_others() -> None:
    assert drawn(5, range(1000)) == drawn(5, range(1000))
    assert drawn(5, range(1000)) != drawn(5, range(1000), "another")


def test_it_does_not_matter_in_which_order_people_go_by() -> None:
    people = [*range(300)]
    random.Random(7).shuffle(people)
    draw, other = Draw(1), Draw(1)
    for each in people:
        draw.see(share("seed", each))
    for each in sorted(people):
        other.see(share("seed", each))
    assert draw.cut == other.cut


@pytest.mark.parametrize(("stage", "cut", "told"), [
    ("", None, False), (rules.CONFIRMED, None, False), (rules.WAVE, None, False), (rules.WAVE, 0.4, False),
    (rules.WAVE, 0.5, True), (rules.WAITS, 0.9, False), (rules.ALL, None, True),
])  # fmt: skip
def test_who_is_told_at_which_stage(stage: str, cut: float | None, told: bool) -> None:
    assert may_be_told(stage, cut, 0.5) is told


@pytest.mark.parametrize(("seen", "now", "holds"), [
    (0, 0, True), (3, 5, True), (3, 6, False), (0, 3, False), (100, 110, True), (100, 112, False), (110, 100, True),
])  # fmt: skip
def test_a_preview_that_changed_by_more_than_a_little_is_looked_at_again(seen: int, now: int, holds: bool) -> None:
    assert still_holds(seen, now) is holds


# ---------------------------------------------------------------- one message


def test_what_is_alone_is_said_as_it_is() -> None:
    assert together([Item(kind="a", say=said("one", "a.b"))]) == said("one", "a.b")


def test_several_become_one_message_with_the_words_choices_reasons_and_ways_out_of_each() -> None:
    both = together([Item(kind="a.kind", say=said("one", "a.b", "x.y")), Item(kind="b", say=said("two", "x.y"))])
    assert [line.args.get("text", line.id) for line in both.lines[1:]] == [
        "one", "contact-a-kind.why", "two", "contact-b.why",
    ]  # fmt: skip
    assert [(pick.action, pick.value) for pick in both.choices] == [
        ("a.b", ""), ("x.y", ""), ("parvis.snooze", ""), ("parvis.stop-kind", "a.kind"), ("parvis.stop-kind", "b"),
        ("parvis.stop", ""),
    ]  # fmt: skip
    assert with_ways(both, "a.kind") == both


@pytest.mark.parametrize(("unwanted", "left"), [
    (set(), None), ({"a"}, ("b", "c")), ({"b", "c"}, ("a",)), ({"a", "b", "c"}, None), ({"d"}, None),
])  # fmt: skip
def test_what_is_not_wanted_any_more_is_left_out_of_a_message_of_several(
    unwanted: set[str], left: tuple[str, ...] | None
) -> None:
    items = [Item(kind=kind, say=said(kind, f"{kind}.b", "x.y"), asks=kind == "a") for kind in ("a", "b", "c")]
    body = together(items).model_dump_json()
    assert kinds_of("a", body) == ("a", "b", "c")
    found = reduced(body, lambda kind: kind not in unwanted)
    if left is None:
        assert found is None
        return
    rest = [each for each in items if each.kind in left]
    assert found == Left(left[0], with_ways(together(rest), left[0]).model_dump_json(), asks="a" in left)
    assert kinds_of(found.kind, found.body) == left
    assert all(f'"{kind}.b"' not in found.body for kind in unwanted)


def test_a_message_of_one_contact_is_not_taken_apart() -> None:
    body = with_ways(said('"of":[{'), "a").model_dump_json()
    assert kinds_of("a", body) == ("a",)
    assert reduced(body, lambda _kind: False) is None


def test_what_is_due_longest_is_said_first() -> None:
    old, new = (Prospect(person=1, say=said(each), key=each) for each in ("old", "new"))
    assert rules.first_of_each([old, new]) == {1: old}


# ---------------------------------------------------------------- the preview


def candidate(
    person: int, verdict: Verdict | None = None, kind: str = "watering", zone: str = "Europe/Paris"
) -> Candidate:
    prospect = Prospect(person=person, say=said("please"), key="1")
    return Candidate(kind, prospect, verdict or Verdict(NOW), f"name {person:03}", "acme", "Europe/Paris", "en")


def groups(of: Mapping[int, str], **more: int) -> Groups:
    sizes: dict[str, int] = dict(more)
    for department in of.values():
        sizes[department] = sizes.get(department, 0) + 1
    return Groups(of, sizes, SMALLEST)


def test_who_would_be_contacted_now_is_named_with_what_of() -> None:
    shown = preview([candidate(each) for each in range(6)], NOW, groups(dict.fromkeys(range(6), "sales")))
    assert [each.person for each in shown.named] == [*range(6)]
    assert (shown.people, shown.others, shown.zones) == (6, None, {"Europe/Paris": 6})
    assert [(each.kind, each.language) for each in shown.samples] == [("watering", "en")]


def test_the_words_shown_are_nobodys_own() -> None:
    mine = Prospect(person=1, say=said("yours"), key="1", sample=lambda: said("somebody's"))
    shown = preview([replace(candidate(1), prospect=mine)], NOW, groups(dict.fromkeys(range(7), "sales")))
    assert [each.say for each in shown.samples] == [said("somebody's")]


def test_nobody_of_a_small_department_is_named_nor_told_apart() -> None:
    of = {**dict.fromkeys(range(6), "sales"), **dict.fromkeys(range(6, 10), "legal")}
    with_them = preview([candidate(each) for each in range(10)], NOW, groups(of))
    without = preview([candidate(each) for each in range(6)], NOW, groups(of))
    assert with_them == without
    assert with_them.people == 6


@pytest.mark.parametrize("verdict", [
    Verdict(None, "stopped"), Verdict(None, "silent"), Verdict(NOW + timedelta(hours=1), "hours"),
    Verdict(NOW + timedelta(days=1), "snoozed"),
])  # fmt: skip
def test_why_somebody_is_not_told_makes_no_difference(verdict: Verdict) -> None:
    of = groups(dict.fromkeys(range(7), "sales"))
    everybody = [candidate(each) for each in range(6)]
    assert preview([*everybody, candidate(6, verdict)], NOW, of) == preview(everybody, NOW, of)


def test_who_left_or_was_never_met_is_not_named() -> None:
    assert not preview([candidate(99)], NOW, groups(dict.fromkeys(range(7), "sales"))).named


def test_others_are_counted_from_five_up() -> None:
    of = groups(dict.fromkeys(range(12), "sales"))
    assert preview([candidate(each) for each in range(7)], NOW, of).others == 5
    assert preview([candidate(each) for each in range(8)], NOW, of).others is None


def test_two_kinds_for_one_person_count_once() -> None:
    both = [candidate(each, kind=kind) for kind in ("feeding", "watering") for each in range(5)]
    shown = preview(both, NOW, groups(dict.fromkeys(range(5), "sales")))
    assert shown.people == 5
    assert shown.named[0].kinds == ("feeding", "watering")


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8), st.integers(5, 9))
def test_neither_a_count_nor_what_is_left_of_their_sum_is_small(counts: dict[str, int], smallest: int) -> None:
    shown = counted(counts, smallest)
    assert all(count >= smallest for count in shown.values())
    left = sum(counts.values()) - sum(shown.values())
    assert left == 0 or left >= smallest or not shown
    assert all(shown[key] == counts[key] for key in shown)


@given(st.integers(0, 60), st.integers(5, 9))
def test_the_names_left_out_of_the_chat_are_never_few(people: int, smallest: int) -> None:
    everybody = preview(
        [candidate(each) for each in range(people)], NOW, groups(dict.fromkeys(range(people), "sales"), sales=9)
    ).named
    shown, more = first(everybody, smallest)
    assert len(shown) + more == len(everybody)
    assert more == 0 or more >= smallest


@given(
    st.dictionaries(st.integers(1, 30), st.sampled_from(["", "sales", "legal", "board"]), min_size=1),
    st.sets(st.integers(1, 30)),
    st.sets(st.integers(1, 30)),
    st.randoms(use_true_random=False),
)
def test_whatever_becomes_of_those_not_named_the_preview_is_the_same(
    of: dict[int, str], ready: set[int], others: set[int], chance: random.Random
) -> None:
    """Nothing that changes with somebody who is not named, or is in a small department, shows."""
    who = groups(of)

    def shown(hidden: set[int]) -> Preview:
        due = [candidate(each) for each in sorted(ready & of.keys())]
        due += [candidate(each) for each in sorted(hidden) if who.sizes.get(of.get(each, "-"), 0) < SMALLEST]
        due += [candidate(each, Verdict(None, "x")) for each in sorted(hidden)]
        return preview(due, NOW, who)

    named = {each.person for each in shown(set()).named}
    assert named == {each for each in ready & of.keys() if who.sizes[of[each]] >= SMALLEST}
    assert shown(others - named) == shown(set(chance.sample(sorted(others), len(others) // 2)) - named)
