"""Working time on the clocks of a zone, the nights they change included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import WorkingTime, read_absences, read_day, read_days, wall

PARIS = WorkingTime("Europe/Paris", holidays_country="FR")
NIGHT = WorkingTime("Europe/Paris", time(1), time(6), frozenset(range(7)))
ZONES = ["Europe/Paris", "America/Montreal", "Pacific/Noumea", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"]


def at(text: str, zone: str = "Europe/Paris", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


# Spring 2026: Sunday 29 March, 02:00 becomes 03:00. Autumn: Sunday 25 October, 03:00 becomes 02:00 again.


def test_an_hour_that_never_happens_is_the_first_instant_after_it() -> None:
    assert wall(date(2026, 3, 29), time(2, 30), "Europe/Paris") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert wall(date(2026, 3, 29), time(2, 0), "Europe/Paris") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert wall(date(2026, 3, 29), time(3, 0), "Europe/Paris") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert wall(date(2026, 3, 29), time(1, 59), "Europe/Paris") == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    # Montréal: Sunday 8 March 2026.
    assert wall(date(2026, 3, 8), time(2, 45), "America/Montreal") == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    # Lord Howe moves by half an hour: 4 October 2026, 02:00 becomes 02:30.
    assert wall(date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe") == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)


def test_an_hour_that_happens_twice_is_the_first() -> None:
    assert wall(date(2026, 10, 25), time(2, 30), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall(date(2026, 10, 25), time(2, 30, fold=1), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall(date(2026, 11, 1), time(1, 30), "America/Montreal") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_nine_is_nine_before_and_after_the_clocks_change() -> None:
    assert wall(date(2026, 3, 28), time(9), "Europe/Paris") == datetime(2026, 3, 28, 8, tzinfo=UTC)
    assert wall(date(2026, 3, 29), time(9), "Europe/Paris") == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert wall(date(2026, 10, 26), time(9), "Europe/Paris") == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert wall(date(2026, 10, 26), time(9), "Pacific/Noumea") == datetime(2026, 10, 25, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-11-24T08:59:59", False),
        ("2026-11-24T09:00:00", True),
        ("2026-11-24T17:59:59", True),
        ("2026-11-24T18:00:00", False),
        ("2026-11-28T10:00:00", False),  # a Saturday
        ("2026-11-11T10:00:00", False),  # Armistice Day, a Wednesday
        ("2026-12-25T10:00:00", False),
    ],
)
def test_when_people_work(instant: str, is_open: bool) -> None:
    assert PARIS.is_open(at(instant)) is is_open


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-11-24T10:30:00", "2026-11-24T10:30:00"),
        ("2026-11-24T07:00:00", "2026-11-24T09:00:00"),
        ("2026-11-24T18:00:00", "2026-11-25T09:00:00"),
        ("2026-11-27T18:30:00", "2026-11-30T09:00:00"),  # Friday evening: Monday
        ("2026-11-10T20:00:00", "2026-11-12T09:00:00"),  # over a holiday
        ("2026-12-24T19:00:00", "2026-12-28T09:00:00"),  # Christmas, a Friday
        ("2026-03-28T12:00:00", "2026-03-30T09:00:00"),  # over the night of spring
    ],
)
def test_the_next_time_people_work(instant: str, opening: str) -> None:
    assert PARIS.next_open(at(instant)) == at(opening)


def test_each_place_has_its_own_morning_and_holidays() -> None:
    noon = at("2026-09-24T12:00:00", "UTC")
    caledonia = WorkingTime("Pacific/Noumea", holidays_country="NC")  # 24 September: Citizenship Day
    assert caledonia.next_open(at("2026-09-24T10:00:00", "Pacific/Noumea")) == at(
        "2026-09-25T09:00:00", "Pacific/Noumea"
    )
    assert PARIS.in_zone("America/Montreal").next_open(noon) == at("2026-09-24T09:00:00", "America/Montreal")
    quebec = WorkingTime("America/Montreal", holidays_country="CA-QC")  # 24 June: Saint-Jean-Baptiste
    assert not quebec.works_on(date(2026, 6, 24))
    assert WorkingTime("America/Toronto", holidays_country="CA-ON").works_on(date(2026, 6, 24))


@pytest.mark.parametrize(
    ("instant", "hours", "then"),
    [
        ("2026-11-24T10:00:00", 4, "2026-11-24T14:00:00"),
        ("2026-11-24T16:00:00", 4, "2026-11-25T11:00:00"),
        ("2026-11-24T16:00:00", 2, "2026-11-24T18:00:00"),
        ("2026-11-27T17:30:00", 1, "2026-11-30T09:30:00"),
        ("2026-11-28T12:00:00", 0.5, "2026-11-30T09:30:00"),
        ("2026-11-24T07:00:00", 27, "2026-11-26T18:00:00"),
        ("2026-11-28T12:00:00", 0, "2026-11-28T12:00:00"),
    ],
)
def test_hours_of_work(instant: str, hours: float, then: str) -> None:
    assert PARIS.add_hours(at(instant), hours) == at(then)


def test_hours_of_a_night_shift_are_those_that_pass() -> None:
    # In spring the shift from 1 to 6 lasts four hours, in autumn six.
    assert NIGHT.add_hours(at("2026-03-29T01:00:00"), 4) == at("2026-03-29T06:00:00")
    assert NIGHT.add_hours(at("2026-03-29T01:00:00"), 4.5) == at("2026-03-30T01:30:00")
    assert NIGHT.add_hours(at("2026-10-25T01:00:00"), 2) == at("2026-10-25T02:00:00", fold=1)
    assert NIGHT.add_hours(at("2026-10-25T01:00:00"), 6) == at("2026-10-25T06:00:00")


def test_a_shift_that_begins_in_the_hour_that_never_happens() -> None:
    early = WorkingTime("Europe/Paris", time(2, 30), time(6), frozenset(range(7)))
    assert early.next_open(at("2026-03-29T00:00:00")) == at("2026-03-29T03:00:00")
    assert early.is_open(at("2026-03-29T03:00:00"))
    twice = early.next_open(at("2026-10-25T00:00:00"))
    assert twice == at("2026-10-25T02:30:00", fold=0)
    assert early.is_open(at("2026-10-25T02:10:00", fold=1))  # it has begun already, and goes on


@pytest.mark.parametrize(
    ("instant", "days", "then"),
    [
        ("2026-11-24T10:00:00", 3, "2026-11-27T10:00:00"),
        ("2026-11-26T10:00:00", 3, "2026-12-01T10:00:00"),
        ("2026-11-28T12:00:00", 3, "2026-12-03T09:00:00"),
        ("2026-11-09T16:00:00", 2, "2026-11-12T16:00:00"),  # 11 November is not worked
        ("2026-03-27T10:00:00", 1, "2026-03-30T10:00:00"),  # the same hour on the wall over the night of spring
        ("2026-10-23T10:00:00", 1, "2026-10-26T10:00:00"),
        ("2026-11-24T20:00:00", 0, "2026-11-25T09:00:00"),
    ],
)
def test_days_of_work(instant: str, days: int, then: str) -> None:
    assert PARIS.add_days(at(instant), days) == at(then)


@pytest.mark.parametrize(
    ("then", "now", "days"),
    [
        ("2026-11-24T10:00:00", "2026-11-24T18:00:00", 0),
        ("2026-11-24T10:00:00", "2026-11-25T09:59:00", 0),
        ("2026-11-24T10:00:00", "2026-11-25T10:00:00", 1),
        ("2026-11-27T17:00:00", "2026-11-30T10:00:00", 0),
        ("2026-11-27T17:00:00", "2026-11-30T17:00:00", 1),
        ("2026-11-26T17:00:00", "2026-11-28T12:00:00", 1),
        ("2026-11-28T12:00:00", "2026-11-29T12:00:00", 0),
        ("2026-11-25T10:00:00", "2026-11-24T10:00:00", 0),
    ],
)
def test_age_in_working_days(then: str, now: str, days: int) -> None:
    assert PARIS.age(at(now), at(then)) == days


INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(INSTANTS, st.sampled_from(ZONES))
def test_the_next_opening_is_open_and_not_before(now: datetime, zone: str) -> None:
    working = WorkingTime(zone, holidays_country="FR")
    opening = working.next_open(now)
    assert opening >= now
    assert opening.tzinfo is UTC
    assert working.is_open(opening)
    assert opening == now or not working.is_open(now)
    assert opening == now or not working.is_open(opening - timedelta(seconds=1))


@given(INSTANTS, st.sampled_from(ZONES), st.floats(0, 60), st.floats(0, 60))
def test_hours_add_up(now: datetime, zone: str, first: float, second: float) -> None:
    working = WorkingTime(zone)
    once, twice = working.add_hours(now, first + second), working.add_hours(working.add_hours(now, first), second)
    # The end of one day and the start of the next are the same in working time.
    assert abs(working.next_open(once) - working.next_open(twice)) < timedelta(milliseconds=1) or abs(
        once - twice
    ) < timedelta(milliseconds=1)


@given(INSTANTS, st.sampled_from(ZONES), st.integers(0, 30))
def test_age_counts_what_add_days_adds(then: datetime, zone: str, days: int) -> None:
    working = WorkingTime(zone, holidays_country="FR")
    due = working.add_days(then, days)
    assert working.age(due, then) == days
    assert days == 0 or working.age(due - timedelta(seconds=1), then) == days - 1


@pytest.mark.parametrize(
    "wrong", [{"start": time(18), "end": time(9)}, {"days": frozenset()}, {"days": frozenset({7})}]
)
def test_a_calendar_that_never_opens_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"working time ends|weekdays are numbers"):
        WorkingTime("UTC", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        # Five in the afternoon in Los Angeles, when it is tomorrow in UTC; a morning in Auckland, when it is yesterday.
        ("America/Los_Angeles", datetime(2026, 11, 25, 1, tzinfo=UTC), date(2026, 11, 24)),
        ("Pacific/Auckland", datetime(2026, 11, 24, 19, tzinfo=UTC), date(2026, 11, 25)),
        ("UTC", datetime(2026, 11, 24, 19, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_which_day_it_is(zone: str, now: datetime, today: date) -> None:
    assert WorkingTime(zone).today(now) == today


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2030-09-05", date(2030, 9, 5)),
        (" 2030-9-5 ", date(2030, 9, 5)),
        ("05/09/2030", date(2030, 9, 5)),
        ("5.9.2030", date(2030, 9, 5)),
        ("5 septembre 2030", date(2030, 9, 5)),
        ("1er août 2030", date(2030, 8, 1)),
        ("5 sept. 2030", date(2030, 9, 5)),
        ("September 5, 2030", date(2030, 9, 5)),
        ("5 September 2030", date(2030, 9, 5)),
        ("2030-02-30", None),
        ("30 février 2030", None),
        ("5 jui 2030", None),
        ("5 septembre", None),
        ("next year", None),
        ("", None),
    ],
)
def test_a_day_as_people_write_it(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 novembre", date(2026, 11, 20)),
        ("7 décembre", date(2026, 12, 7)),
        ("January 5", date(2027, 1, 5)),
        ("29 février", None),
        ("20 novembre 2020", date(2020, 11, 20)),
    ],
)
def test_a_day_without_a_year_is_the_closest_one(text: str, day: date | None) -> None:
    assert read_day(text, date(2026, 11, 30)) == day


# ---------------------------------------------------------------- one person's own


def test_an_absence_is_whole_days_of_ones_own_calendar() -> None:
    away = PARIS.of(away=((date(2026, 9, 21), date(2026, 9, 25)),))
    assert away.next_open(at("2026-09-20T12:00:00")) == at("2026-09-28T09:00:00")
    assert away.next_open(at("2026-09-18T17:59:00")) == at("2026-09-18T17:59:00")
    assert not away.is_open(at("2026-09-25T17:59:00"))
    noumea = PARIS.of(zone="Pacific/Noumea", away=((date(2026, 9, 22), date(2026, 9, 22)),))
    # Ten in Paris on Monday is Monday evening there; their Tuesday is gone before Paris's begins at nine.
    assert noumea.next_open(at("2026-09-21T10:00:00")) == at("2026-09-23T09:00:00", "Pacific/Noumea")


def test_absences_that_overlap_and_follow_one_another_are_one() -> None:
    away = PARIS.of(away=((date(2026, 9, 21), date(2026, 9, 24)), (date(2026, 9, 23), date(2026, 10, 2)),
                          (date(2026, 10, 3), date(2026, 10, 6))))  # fmt: skip
    assert away.next_open(at("2026-09-21T12:00:00")) == at("2026-10-07T09:00:00")


@pytest.mark.parametrize(("last", "back"), [("2031-01-01", "2031-01-02"), ("9999-12-31", "2200-01-01")])
def test_an_absence_of_years_is_no_mistake(last: str, back: str) -> None:
    away = PARIS.of(away=read_absences(f'[["2026-09-21", "{last}"]]'))
    assert away.next_open(at("2026-09-22T12:00:00")) == at(f"{back}T09:00:00")


def test_someones_days_zone_and_holidays_are_their_own() -> None:
    montreal = PARIS.of("America/Montreal", frozenset({0, 1, 2}), "CA-QC")
    # The 24th of June is a holiday in Quebec alone; in 2026 a Wednesday, and the last of their days.
    assert montreal.next_open(at("2026-06-23T20:00:00", "America/Montreal")) == at(
        "2026-06-29T09:00:00", "America/Montreal"
    )
    assert PARIS.of().next_open(at("2026-06-24T10:00:00")) == at("2026-06-24T10:00:00")
    assert PARIS.of(country="nowhere").works_on(date(2026, 7, 14)), "of which no holidays are known"


def test_at_half_past_two_on_the_nights_when_clocks_change() -> None:
    night = WorkingTime("Europe/Paris", time(2, 30), time(3, 30), frozenset(range(7)))
    # In March half past two never comes: it opens with the first instant after the gap.
    assert night.next_open(at("2026-03-29T00:00:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert night.is_open(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    # In October it comes twice: it opens with the first of the two, and the second lies within.
    assert night.next_open(at("2026-10-25T00:00:00")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert night.is_open(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "[]", "{}", "[[]]", "null", '[["2026-02-30", "2026-03-01"]]', "[[1, 2]]", "away"])
def test_what_is_no_absence_is_none(text: str) -> None:
    assert read_absences(text) == ()


def test_days_and_absences_as_they_are_kept() -> None:
    assert read_days("mon wed sun") == frozenset({0, 2, 6})
    assert read_days("") is None
    assert read_days("someday") is None
    assert read_absences('[["2026-12-01", "2026-12-15"], ["2026-12-20", "2026-12-18"]]') == (
        (date(2026, 12, 1), date(2026, 12, 15)),
    )


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31"), timezones=st.just(UTC)),
    st.sampled_from(["Pacific/Noumea", "America/Montreal", "Europe/Paris", "Asia/Kathmandu", "Pacific/Apia"]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["", "FR", "CA-QC", "NC"]),
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60)), max_size=3),
)
def test_whoever_it_is_the_next_opening_is_open_and_nothing_before_is(
    now: datetime, zone: str, days: frozenset[int], country: str, away: list[tuple[date, int]]
) -> None:
    theirs = PARIS.of(zone, days, country, tuple((first, first + timedelta(days=more)) for first, more in away))
    opens = theirs.next_open(now)
    assert opens >= now
    assert theirs.is_open(opens)
    local = opens.astimezone(ZoneInfo(zone))
    assert local.weekday() in days
    assert time(9) <= local.time() < time(18)
    assert not any(first <= local.date() <= first + timedelta(days=more) for first, more in away)
    assert opens == now or not any(theirs.is_open(now + (opens - now) * part / 7) for part in range(7))


@pytest.mark.parametrize(
    ("then", "hours", "expected"),
    [
        ("2026-11-25 11:00", 4, "2026-11-24 16:00"),  # two hours that day, two the day before
        ("2026-11-25 15:00", 4, "2026-11-25 11:00"),
        ("2026-11-23 09:00", 4, "2026-11-20 14:00"),  # over a week-end
        ("2026-11-22 12:00", 4, "2026-11-20 14:00"),  # from within one
        ("2026-11-25 21:30", 4, "2026-11-25 14:00"),
        ("2026-11-25 18:00", 9, "2026-11-25 09:00"),
        ("2026-11-25 11:00", 0, "2026-11-25 11:00"),
    ],
)
def test_hours_of_work_are_counted_back(then: str, hours: float, expected: str) -> None:
    calendar = WorkingTime("Europe/Paris")
    end, begin = (datetime.fromisoformat(each).replace(tzinfo=ZoneInfo("Europe/Paris")) for each in (then, expected))
    assert calendar.hours_before(end, hours) == begin
    assert calendar.add_hours(begin, hours) <= end


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("2026-11-12T11:00:00", "2026-11-10T16:00:00"),  # over Armistice Day
        ("2026-11-11T11:00:00", "2026-11-10T14:00:00"),  # from within it
        ("2026-12-28T09:00:00", "2026-12-24T14:00:00"),  # over Christmas and a week-end
        ("2026-04-07T10:00:00", "2026-04-03T15:00:00"),  # over Easter Monday
        ("2027-01-04T10:00:00", "2026-12-31T15:00:00"),  # over the end of a year
        ("2026-03-30T10:00:00", "2026-03-27T15:00:00"),  # over the night of spring: hours on the wall
        ("2026-10-26T10:00:00", "2026-10-23T15:00:00"),  # over the night of autumn
        ("2026-11-24T14:00:00", "2026-11-24T10:00:00"),  # noon is an hour like any other
    ],
)
def test_four_hours_of_work_before_pass_over_what_is_not_worked(then: str, expected: str) -> None:
    assert PARIS.hours_before(at(then), 4) == at(expected)


def test_hours_of_a_night_shift_are_counted_back_as_they_pass() -> None:
    assert NIGHT.hours_before(at("2026-03-29T06:00:00"), 4) == at("2026-03-29T01:00:00")
    assert NIGHT.hours_before(at("2026-03-30T01:30:00"), 4.5) == at("2026-03-29T01:00:00")
    assert NIGHT.hours_before(at("2026-10-25T06:00:00"), 4) == at("2026-10-25T02:00:00", fold=1)
    assert NIGHT.hours_before(at("2026-10-25T06:00:00"), 6) == at("2026-10-25T01:00:00")


def test_hours_before_pass_over_an_absence() -> None:
    away = PARIS.of(away=((date(2026, 11, 23), date(2026, 11, 24)),))
    assert away.hours_before(at("2026-11-25T11:00:00"), 4) == at("2026-11-20T16:00:00")
    assert away.hours_before(at("2026-11-24T11:00:00"), 4) == at("2026-11-20T14:00:00")


@given(INSTANTS, st.sampled_from(ZONES), st.floats(0.25, 60))
def test_so_many_hours_after_the_hours_before_it_is_that_time(then: datetime, zone: str, hours: float) -> None:
    working = WorkingTime(zone, holidays_country="FR")
    begin = working.hours_before(then, hours)
    assert working.is_open(begin)
    again = working.add_hours(begin, hours)
    # Where nobody works then, it is the end of the hours before it.
    assert again <= then + timedelta(milliseconds=1)
    late = timedelta(milliseconds=1)
    assert again >= then - late or not working.is_open(then) or working.next_open(again + late) >= then - 2 * late
