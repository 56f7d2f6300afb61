"""The company whose fates are known is what its settings say, the same each time, and says no fate by what is heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import fmean

import pytest

from tests.simulate.fates import PRESETS, Boosts, Company, Fate, Settings, Stepped, Wrote, found, heard, numbers, truth
from tests.simulate.fates.founding import Community
from tests.simulate.fates.weeks import BOT

SMALL = Settings(people=800, communities=60)


@pytest.fixture(scope="module")
def company() -> Company:
    return found(SMALL, 7)


@pytest.fixture(scope="module")
def messages(company: Company) -> list[tuple[int, Wrote]]:
    return [(week, each) for week in range(SMALL.weeks) for each in heard(company, week) if isinstance(each, Wrote)]


def of(company: Company, fate: Fate) -> list[Community]:
    return [each for each in company.communities if each.fate is fate]


def by(messages: list[tuple[int, Wrote]], one: Community, wanted: Callable[[int], bool]) -> list[Wrote]:
    return [each for week, each in messages if each.community == one.number and wanted(week)]


def test_each_fate_is_there_as_often_as_the_settings_say() -> None:
    whole = Counter(each.fate for each in found(Settings(), 1).communities)
    assert whole == Counter(Settings().fates)
    assert sum(Counter(each.fate for each in found(SMALL, 2).communities).values()) == SMALL.communities


@pytest.mark.parametrize("preset", PRESETS)
def test_the_same_seed_gives_the_same_company_and_another_one_another(preset: str) -> None:
    settings = replace(PRESETS[preset], people=300, communities=12)
    assert heard(found(settings, 1), 60) == heard(found(settings, 1), 60)
    assert heard(found(settings, 1), 60) != heard(found(settings, 2), 60)


def test_what_is_done_to_one_community_changes_nothing_that_is_heard_of_another(company: Company) -> None:
    boosted = max(of(company, Fate.LIVELY), key=lambda each: (each.founded < 0, each.rate)).number
    plain, other = heard(company, 45), heard(company, 45, Boosts(size=5.0, at={boosted: 44}))
    assert [each for each in plain if each.community != boosted] == [
        each for each in other if each.community != boosted
    ]
    assert len(other) > len(plain)


def test_nothing_is_heard_of_a_community_before_it_is_opened(
    company: Company, messages: list[tuple[int, Wrote]]
) -> None:
    for each in company.communities:
        assert not by(messages, each, lambda week, each=each: week < each.founded)  # type: ignore[misc]
        assert truth(company, each, each.founded - 1).usual == 0


def test_a_fate_shows_in_what_is_heard(company: Company, messages: list[tuple[int, Wrote]]) -> None:
    for each in of(company, Fate.FADING) + of(company, Fate.MOVED) + of(company, Fate.LEAD_GONE):
        begun = each.since or 0
        before = len(by(messages, each, lambda week, begun=begun: begun - 15 <= week < begun))  # type: ignore[misc]
        after = len(by(messages, each, lambda week, begun=begun: begun + 9 <= week < begun + 24))  # type: ignore[misc]
        assert after < before / 2, each
    for each in of(company, Fate.ONE_VOICE):
        late = Counter(one.person for one in by(messages, each, lambda week, e=each: week > e.since + 9))  # type: ignore[misc]
        assert late.most_common(1)[0][0] == each.loud
    for each in of(company, Fate.BOT_ONLY):
        assert Counter(one.person for one in by(messages, each, lambda _: True)).most_common(1)[0][0] == BOT


def test_questions_are_answered_until_they_are_not(company: Company, messages: list[tuple[int, Wrote]]) -> None:
    def share(asked: list[Wrote], every: list[Wrote]) -> float:
        answers = {each.thread for each in every if each.thread}
        return fmean(each.number in answers for each in asked)

    before, after = [], []
    for one in of(company, Fate.UNANSWERED):
        every = by(messages, one, lambda _: True)
        began = one.since or 0
        questions = [(week, each) for week, each in messages if each.community == one.number and each.question]
        before.append(share([each for week, each in questions if week < began], every))
        after.append(share([each for week, each in questions if week > began + 12], every))
    assert fmean(before) > 0.7
    assert fmean(after) < 0.25


def test_who_led_it_goes_once(company: Company) -> None:
    gone = [each for week in range(SMALL.weeks) for each in heard(company, week) if isinstance(each, Stepped)]
    assert sorted(each.community for each in gone) == [each.number for each in of(company, Fate.LEAD_GONE)]
    assert {each.person for each in gone} == {each.lead for each in of(company, Fate.LEAD_GONE)}


def test_the_truth_is_what_is_expected_of_what_is_drawn(company: Company) -> None:
    drawn = [sum(numbers(company, week, Boosts())) for week in range(20, 80)]
    expected = [sum(truth(company, each, week).expected for each in company.communities) for week in range(20, 80)]
    assert fmean(drawn) == pytest.approx(fmean(expected), rel=0.05)


def test_a_boost_does_what_it_is_said_to_do_and_none_does_nothing(company: Company) -> None:
    every = dict.fromkeys(range(SMALL.communities), 40)
    assert (numbers(company, 41, Boosts(1.0, at=every)) == numbers(company, 41, Boosts())).all()
    assert Boosts(1.6, 8.0, every).factor(3, 41) == pytest.approx(1.6)
    assert Boosts(1.6, 8.0, every).factor(3, 49) == pytest.approx(1.3)
    assert Boosts(1.6, 8.0, every).factor(3, 40) == 1.0
