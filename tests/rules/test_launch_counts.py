"""What may be told of whom an announcement reaches, and what changed; when it comes, on whose clocks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.calendar import WorkingTime
from bot.say import Moment
from nudges.launch import moment
from nudges.launch.counts import PAPER, Counts, copies, counts, difference, kept
from nudges.launch.moment import When, read_value
from nudges.launch.reaching import when
from storage.launch import Announcement

K = 5


def ids(before: Counts, now: Counts) -> list[str]:
    return [each.id for each in difference(before, now, K)]


def test_media_are_told_in_steps_and_small_zones_not_at_all() -> None:
    told = counts(
        40, ["acme"] * 23 + ["mail"] * 12 + [PAPER] * 5, ["Europe/Paris"] * 30 + ["Asia/Tokyo"] * 8 + ["UTC"] * 2, K
    )
    assert told.people == 40
    assert told.media == {"acme": (20, 24, 40), "mail": (10, 14, 40), PAPER: (5, 9, 40)}
    assert told.zones == {"Europe/Paris": 30}, "what is left must be five or more"
    assert kept(told.text()) == told
    assert kept("nothing") is None


def test_of_fewer_than_five_nothing_is_told() -> None:
    assert counts(3, ["acme", "mail", PAPER], ["UTC"] * 3, K) == Counts(people=3)


def test_whoever_signs_in_is_not_seen_in_a_difference() -> None:
    before, now = ["acme"] * 24 + ["mail"] * 16, ["acme"] * 25 + ["mail"] * 15
    assert ids(counts(40, before, [], K), counts(40, now, [], K)) == []


def test_of_a_few_people_it_is_not_said_how_many() -> None:
    assert ids(Counts(people=40), Counts(people=43)) == ["counts-few-more"]
    assert ids(Counts(people=40), Counts(people=39)) == ["counts-few-fewer"]
    assert ids(Counts(people=40), Counts(people=60)) == ["counts-more"]
    assert ids(Counts(people=40), Counts(people=40)) == []


def test_media_that_came_went_or_changed_are_told() -> None:
    before = Counts(people=40, media={"acme": (20, 24, 40), "mail": (10, 14, 40)})
    now = Counts(people=40, media={"acme": (30, 34, 40), PAPER: (5, 9, 40)})
    assert ids(before, now) == ["counts-medium", "counts-medium-gone", "counts-medium-new"]


def test_copies_are_rounded_up_and_small_departments_are_one() -> None:
    sizes = {"Sales": 20, "Finance": 12, "Board": 2, "": 4}
    assert copies({"Sales": 7, "Board": 1}, sizes, K) == {"": 2, "Finance": 4, "Sales": 9}
    assert copies({}, sizes, K) == {}
    assert copies({"Board": 1}, {"Board": 2}, K) == {"": 5}


def test_the_value_of_a_choice_comes_back() -> None:
    said = When(3, datetime(2026, 11, 25, 8, 0, tzinfo=UTC), "Europe/Paris", each=True, window=90)
    assert said.text() == "3 2026-11-25T08:00Z Europe/Paris each 90"
    assert read_value(said.text()) == said
    assert f"{said.local:%H:%M}" == "09:00"


@pytest.mark.parametrize(
    "text",
    ["", "3", "3 tomorrow Europe/Paris each 60", "3 2026-11-25T08:00 Europe/Paris each 60",
     "3 2026-11-25T08:00Z Paris each 60", "3 2026-11-25T08:00Z Europe/Paris never 60",
     "x 2026-11-25T08:00Z UTC each 60"],
)  # fmt: skip
def test_what_is_no_such_value_is_refused(text: str) -> None:
    assert read_value(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("60", 60), (" 5 min ", 5), ("4", None), ("9999", None), ("an hour", None), ("-60", None),
                           ("", None)]
)  # fmt: skip
def test_minutes_of_a_window(text: str, number: int | None) -> None:
    assert moment.minutes(text) == number


def made(local: str = "2027-03-28T02:30", *, each: bool = True) -> Announcement:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return Announcement(
        id=1, owner_id=1, speaker_id=2, at=now, local=local, zone="Europe/Paris", each_local=each,
        created_at=now, changed_at=now,
    )  # fmt: skip


def test_the_same_hour_comes_to_each_on_their_own_clocks() -> None:
    nine = made("2026-12-01T09:00")
    assert when(nine, "Europe/Paris") == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert when(nine, "Asia/Tokyo") == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    assert when(nine, "Asia/Kathmandu") == datetime(2026, 12, 1, 3, 15, tzinfo=UTC)
    assert when(made(each=False), "Asia/Tokyo") == made().at
    unsaid = made()
    unsaid.at = None
    assert when(unsaid, "Asia/Tokyo") is None


def test_an_hour_that_never_happens_or_twice_is_the_first_one_after_or_of_both() -> None:
    assert when(made(), "Europe/Paris") == datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "clocks show 03:00 then"
    assert when(made("2026-10-25T02:30"), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_is_outside_working_hours_is_said() -> None:
    said = When(1, datetime(2026, 11, 29, 8, 0, tzinfo=UTC), "Europe/Paris")
    assert [each.id for each in moment.about(said, WorkingTime())] == ["timing-at", "timing-late", "timing-not-worked"]
    assert [each.id for each in moment.about(said)] == ["timing-at", "timing-late"]


def test_the_same_hour_for_each_is_said_as_it_was_meant() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    nine = made("2026-11-25T09:00")
    nine.at = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)  # it begins in the east
    assert moment.said_at(nine, now) == Moment(at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC), zone="Europe/Paris")
    nine.at = None
    assert moment.said_at(nine, now).at == now
