"""Who may be contacted, and when."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attention import SILENCE, Attention, Known, Limits, Past, Verdict, Wishes, is_silent, when_in_budget
from bot.attention.ways import words_of
from bot.calendar import Absence, WorkingTime
from bot.nudge import ContactSpec
from bot.words import Reader, Words
from nudges import NUDGES

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten in Paris
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LONG_AGO = MONDAY - 10 * WEEK
LIMITS = Limits()


def attention(limits: Limits = LIMITS) -> Attention:
    kinds = [
        ContactSpec("reminder"),
        ContactSpec("other"),
        ContactSpec("word", budget="announcement"),
        ContactSpec("alarm", budget="announcement", urgent=True),
        ContactSpec("notice", optional=False),
        ContactSpec(SILENCE, optional=False),
    ]
    return Attention(kinds, WorkingTime("Europe/Paris"), limits)


def sent(*days_ago: float, counts: bool = True, asks: bool = False, answered: bool = False) -> list[Past]:
    return [Past(MONDAY - days * DAY, counts, asks, answered) for days in days_ago]


# ---------------------------------------------------------------- the budget


def test_nothing_was_sent_so_one_may_go_now() -> None:
    assert when_in_budget(MONDAY, [], LONG_AGO, LIMITS) == MONDAY


def test_one_contact_a_week() -> None:
    assert when_in_budget(MONDAY, sent(3), LONG_AGO, LIMITS) == MONDAY + 4 * DAY
    assert when_in_budget(MONDAY, sent(7), LONG_AGO, LIMITS) == MONDAY


def test_what_does_not_count_takes_no_place() -> None:
    assert when_in_budget(MONDAY, sent(1, 2, counts=False), LONG_AGO, LIMITS) == MONDAY


def test_three_contacts_in_the_first_week() -> None:
    met = MONDAY - 2 * DAY
    assert when_in_budget(MONDAY, sent(1, 1), met, LIMITS) == MONDAY
    assert when_in_budget(MONDAY, sent(2, 1, 1), met, LIMITS) == MONDAY + 6 * DAY


def test_after_a_full_first_week_the_ordinary_budget_holds() -> None:
    met = MONDAY - 2 * DAY
    assert when_in_budget(MONDAY, sent(2, 1, 0), met, LIMITS) == MONDAY + WEEK


def test_who_never_met_the_bot_is_in_their_first_week_from_the_first_contact_on() -> None:
    assert when_in_budget(MONDAY, sent(1, 1), None, LIMITS) == MONDAY
    assert when_in_budget(MONDAY, sent(6, 2, 1), None, LIMITS) == MONDAY + 6 * DAY


def test_a_larger_allowance() -> None:
    assert when_in_budget(MONDAY, sent(5, 3), LONG_AGO, Limits(week=2)) == MONDAY + 2 * DAY


def test_an_allowance_of_nothing_is_nothing() -> None:
    assert when_in_budget(MONDAY, [], LONG_AGO, Limits(week=0)) is None
    assert when_in_budget(MONDAY, [], MONDAY, Limits(week=0, first_week=0)) is None
    assert when_in_budget(MONDAY, sent(1), MONDAY - DAY, Limits(week=0)) == MONDAY
    verdict = attention(Limits(week=0)).verdict("reminder", Known(since=LONG_AGO), MONDAY)
    assert (verdict.due, verdict.reason) == (None, "budget")


@given(
    st.lists(st.floats(0, 60), max_size=12),
    st.integers(1, 4),
    st.integers(1, 5),
    st.one_of(st.none(), st.floats(0, 60)),
)
def test_whatever_was_sent_the_budget_is_never_exceeded(
    days: list[float], week: int, first_week: int, met: float | None
) -> None:
    limits = Limits(week=week, first_week=max(week, first_week))
    since = None if met is None else MONDAY - met * DAY
    past = sent(*days)
    due = when_in_budget(MONDAY, past, since, limits)
    assert due is not None
    assert due >= MONDAY
    first = since or min((one.at for one in past), default=MONDAY)
    if due >= first + WEEK:
        assert sum(due - WEEK < one.at <= due for one in past) < limits.week
    else:
        assert sum(first <= one.at for one in past) < limits.first_week
    assert due <= MONDAY + 2 * WEEK


# ---------------------------------------------------------------- silence


def test_three_questions_without_a_response_are_enough() -> None:
    asked = sent(30, 20, 10, asks=True)
    assert is_silent(asked, LIMITS)
    assert not is_silent(asked[:2], LIMITS)
    assert not is_silent([*asked[:2], *sent(1, asks=True, answered=True)], LIMITS)
    assert not is_silent(sent(30, 20, 10, 5), LIMITS)


def test_the_silent_get_nothing_optional_but_what_waits_for_them() -> None:
    person = Known(since=LONG_AGO, past=sent(30, 20, 10, asks=True))
    assert attention().verdict("reminder", person, MONDAY).due is None
    assert attention().verdict("reminder", person, MONDAY).reason == "silent"
    assert attention().verdict("decision", person, MONDAY).due == MONDAY
    assert attention().verdict("notice", person, MONDAY).due == MONDAY


def test_who_stopped_the_bot_gets_nothing_optional() -> None:
    person = Known(since=LONG_AGO, wishes=Wishes(stopped=True))
    verdict = attention().verdict("reminder", person, MONDAY)
    assert (verdict.due, verdict.reason) == (None, "stopped")
    assert attention().verdict("decision", person, MONDAY).due == MONDAY
    assert attention().verdict("answer", person, MONDAY).due == MONDAY


# ---------------------------------------------------------------- hours


@pytest.mark.parametrize(
    ("at", "zone", "due"),
    [
        (MONDAY, "Europe/Paris", MONDAY),
        (MONDAY.replace(hour=20), "Europe/Paris", (MONDAY + DAY).replace(hour=8)),
        (MONDAY.replace(hour=6), "Europe/Paris", MONDAY.replace(hour=8)),
        (MONDAY - DAY, "Europe/Paris", MONDAY.replace(hour=8)),
        (MONDAY, "America/Montreal", MONDAY.replace(hour=14)),
        (MONDAY, "", MONDAY),
    ],
)
def test_a_decision_waits_for_the_persons_own_hours(at: datetime, zone: str, due: datetime) -> None:
    assert attention().verdict("decision", Known(zone=zone), at).due == due


def test_an_answer_waits_for_nothing() -> None:
    night = MONDAY.replace(hour=2)
    assert attention().verdict("answer", Known(past=sent(0, 0, 0)), night).due == night


def test_a_reminder_waits_for_the_budget_and_then_for_the_hours() -> None:
    """The budget allows it on a Sunday: it comes on Monday morning."""
    past = [Past(MONDAY - DAY - timedelta(hours=1), counts=True)]
    verdict = attention().verdict("reminder", Known(zone="Europe/Paris", since=LONG_AGO, past=past), MONDAY)
    assert verdict.due == (MONDAY + WEEK).replace(hour=8)
    assert verdict.reason == "budget"


def test_a_kind_that_nobody_declared_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="unheard-of"):
        attention().verdict("unheard-of", Known(), MONDAY)
    assert attention().counts("unheard-of")


# ---------------------------------------------------------------- what they wish


def test_who_stopped_a_kind_gets_the_others() -> None:
    person = Known(since=LONG_AGO, wishes=Wishes(kinds=frozenset({"reminder"})))
    assert attention().verdict("reminder", person, MONDAY) == Verdict(None, "stopped")
    assert attention().verdict("other", person, MONDAY).due == MONDAY


@pytest.mark.parametrize(("kind", "due"), [("reminder", MONDAY + 10 * DAY), ("other", MONDAY)])
def test_who_put_a_kind_off_gets_it_then(kind: str, due: datetime) -> None:
    person = Known(since=LONG_AGO, wishes=Wishes(snoozed={"reminder": MONDAY + 10 * DAY}))
    assert attention().verdict(kind, person, MONDAY).due == due


def test_who_put_everything_off_gets_it_in_the_first_hour_they_work_then() -> None:
    saturday = (MONDAY + 5 * DAY).replace(hour=20)
    person = Known(since=LONG_AGO, wishes=Wishes(snoozed={"": saturday, "reminder": MONDAY - DAY}))
    verdict = attention().verdict("reminder", person, MONDAY)
    assert (verdict.due, verdict.reason) == ((MONDAY + WEEK).replace(hour=8), "snoozed")
    assert attention().verdict("decision", person, MONDAY).due == MONDAY


def test_a_snooze_does_not_give_back_what_the_budget_took() -> None:
    person = Known(since=LONG_AGO, past=sent(1), wishes=Wishes(snoozed={"": MONDAY + 2 * DAY}))
    assert attention().verdict("reminder", person, MONDAY).due == (MONDAY + WEEK).replace(hour=8)  # not on Sunday


def test_who_asked_for_less_gets_one_in_a_month_from_their_first_day_on() -> None:
    person = Known(since=MONDAY - DAY, past=sent(1), wishes=Wishes(rarely=True))
    assert attention().verdict("reminder", person, MONDAY).due == MONDAY + 29 * DAY
    assert attention(Limits(week=0)).verdict("reminder", person, MONDAY).due is None


def test_announcements_have_a_limit_of_their_own() -> None:
    reminded = Known(since=LONG_AGO, past=sent(1, 2, 3, counts=False))
    assert attention().verdict("word", reminded, MONDAY).due == MONDAY
    told = Known(since=LONG_AGO, past=sent(1, 2))
    assert attention().verdict("word", told, MONDAY).due == (MONDAY + WEEK).replace(hour=8)  # not on Saturday
    assert attention(Limits(announcements=0)).verdict("word", reminded, MONDAY).due is None


def test_announcements_go_on_when_the_bot_fell_silent_and_stop_when_they_are_stopped() -> None:
    asked = sent(30, 20, 10, counts=False, asks=True)
    assert attention().verdict("word", Known(since=LONG_AGO, past=asked), MONDAY).due == MONDAY
    for wishes in (Wishes(stopped=True), Wishes(kinds=frozenset({"word"}))):
        assert attention().verdict("word", Known(since=LONG_AGO, wishes=wishes), MONDAY).due is None


# ---------------------------------------------------------------- hush, departure, absence


def test_while_all_is_hushed_nothing_optional_is_said_and_the_reason_is_no_secret() -> None:
    for wishes in (Wishes(), Wishes(stopped=True), Wishes(snoozed={"": MONDAY + DAY})):
        person = Known(since=LONG_AGO, hushed=MONDAY + 5 * DAY, wishes=wishes)
        assert attention().verdict("reminder", person, MONDAY).shown == "hush"
        assert attention().verdict("word", person, MONDAY).due is None
        assert attention().verdict("decision", person, MONDAY).due == MONDAY
        assert attention().verdict("notice", person, MONDAY).due == MONDAY
    assert attention().verdict("reminder", Known(since=LONG_AGO, hushed=MONDAY), MONDAY).due == MONDAY


def test_what_was_signed_is_said_in_a_hush_once_that_was_confirmed() -> None:
    person = Known(since=LONG_AGO, hushed=MONDAY + 5 * DAY, confirmed=True)
    assert attention().verdict("word", person, MONDAY) == Verdict(MONDAY)
    assert attention().verdict("word", replace(person, confirmed=False), MONDAY) == Verdict(None, "hush")


def test_what_is_urgent_comes_at_any_hour_and_over_budget_but_not_to_who_wants_none_of_it() -> None:
    night = MONDAY + timedelta(hours=14)
    away = ((MONDAY.date(), MONDAY.date() + 8 * DAY),)
    person = Known(since=LONG_AGO, zone="Europe/Paris", away=away, past=sent(1, 2, 3))
    assert attention().verdict("word", person, night).due != night
    assert attention().verdict("alarm", person, night) == Verdict(night)
    stopped = replace(person, wishes=Wishes(kinds=frozenset({"alarm"})))
    assert attention().verdict("alarm", stopped, night) == Verdict(None, "stopped")
    later = replace(person, wishes=Wishes(snoozed={"": night + DAY}))
    assert attention().verdict("alarm", later, night) == Verdict(night + DAY, "snoozed")


def test_who_left_hears_only_what_they_ask_for() -> None:
    person = Known(since=LONG_AGO, left=True)
    for kind in ("reminder", "word", "decision", "notice", SILENCE):
        assert attention().verdict(kind, person, MONDAY) == Verdict(None, "left")
    assert attention().verdict("answer", person, MONDAY).due == MONDAY


@pytest.mark.parametrize("kind", ["reminder", "word", "decision", "notice"])
def test_all_but_answers_waits_until_they_are_back(kind: str) -> None:
    away = ((MONDAY.date(), MONDAY.date() + 8 * DAY),)
    person = Known(since=LONG_AGO, zone="Europe/Paris", away=away)
    assert attention().verdict(kind, person, MONDAY).due == (MONDAY + 9 * DAY).replace(hour=8)
    assert attention().verdict("answer", person, MONDAY).due == MONDAY


def test_a_holiday_in_montreal_is_none_in_noumea() -> None:
    """Thursday, 24 June 2027: Quebec's own day. Nine in the morning in Montréal, and midnight in Nouméa."""
    now = datetime(2027, 6, 24, 13, 0, tzinfo=UTC)
    for zone, country, due in (
        ("America/Montreal", "CA-QC", datetime(2027, 6, 25, 13, 0, tzinfo=UTC)),
        ("America/Montreal", "", now),
        ("Pacific/Noumea", "NC", datetime(2027, 6, 24, 22, 0, tzinfo=UTC)),
    ):
        person = Known(since=LONG_AGO, zone=zone, country=country)
        assert attention().verdict("reminder", person, now).due == due, zone


def test_an_absence_without_an_end_is_waited_for() -> None:
    person = Known(since=LONG_AGO, away=((MONDAY.date(), date(2199, 12, 31)),))
    assert attention().verdict("decision", person, MONDAY).due == datetime(2200, 1, 1, 8, 0, tzinfo=UTC)


# ---------------------------------------------------------------- nobody else's affair


def test_no_private_reason_is_told_from_another() -> None:
    spared = [
        Known(since=LONG_AGO, wishes=Wishes(stopped=True)),
        Known(since=LONG_AGO, wishes=Wishes(kinds=frozenset({"reminder"}))),
        Known(since=LONG_AGO, wishes=Wishes(snoozed={"": MONDAY + 9 * DAY})),
        Known(since=LONG_AGO, wishes=Wishes(snoozed={"reminder": MONDAY + 9 * DAY})),
        Known(since=LONG_AGO, wishes=Wishes(rarely=True), past=sent(10)),
        Known(since=LONG_AGO, past=sent(30, 20, 10, asks=True)),
        Known(since=LONG_AGO, past=sent(1)),
    ]
    verdicts = [attention().verdict("reminder", person, MONDAY) for person in spared]
    assert {each.shown for each in verdicts} == {"not_now"}
    assert all(each.private and each.due != MONDAY for each in verdicts)
    assert attention().verdict("reminder", Known(since=LONG_AGO), MONDAY.replace(hour=3)).shown == "hours"


# ---------------------------------------------------------------- silence, said once


def test_that_the_bot_is_silent_is_said_to_whom_it_is_and_in_their_hours() -> None:
    silent = Known(since=LONG_AGO, past=sent(30, 20, 10, asks=True))
    assert attention().verdict(SILENCE, silent, MONDAY).due == MONDAY
    assert attention().verdict(SILENCE, silent, MONDAY.replace(hour=20)).due == (MONDAY + DAY).replace(hour=8)


@pytest.mark.parametrize(
    "person",
    [
        Known(past=sent(30, 20, asks=True)),  # they responded meanwhile
        Known(past=sent(30, 20, 10, asks=True), wishes=Wishes(stopped=True)),
        Known(past=sent(30, 20, 10, asks=True), wishes=Wishes(snoozed={"": MONDAY + DAY})),
        Known(past=sent(30, 20, 10, asks=True), hushed=MONDAY + DAY),
    ],
)
def test_that_the_bot_is_silent_is_not_said_to_others(person: Known) -> None:
    assert attention().verdict(SILENCE, person, MONDAY).due is None


# ---------------------------------------------------------------- whatever happens


@dataclass
class Life:
    """One person, and what they were sent: (instant, kind, asks), as they see it."""

    zone: str
    days: frozenset[int]
    away: tuple[Absence, ...]
    met: datetime
    rules: Attention
    past: list[Past] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    planned: list[tuple[datetime, str, bool]] = field(default_factory=list)
    stopped: bool = False
    none_of: set[str] = field(default_factory=set)
    snoozed: dict[str, datetime] = field(default_factory=dict)
    rarely: bool = False
    hushed: datetime | None = None

    def known(self, kind: str) -> Known:
        counts = {"reminder": {"reminder", "other"}, "other": {"reminder", "other"}, "word": {"word"}}.get(kind, set())
        past = [replace(one, counts=of in counts) for one, of in zip(self.past, self.kinds, strict=True)]
        wishes = Wishes(self.stopped, frozenset(self.none_of), dict(self.snoozed), self.rarely)
        return Known(self.zone, self.met, wishes, past, "FR", self.days, self.away, hushed=self.hushed)

    def verdict(self, kind: str, now: datetime) -> Verdict:
        return self.rules.verdict(kind, self.known(kind), now)

    def passes(self, now: datetime) -> None:
        """What was planned and is due is asked about again, and said or not."""
        for one in sorted(self.planned):
            due, kind, asks = one
            if due > now:
                continue
            self.planned.remove(one)
            again = self.verdict(kind, now)
            if again.due == now:
                self.said(now, kind, asks)
            elif again.due is not None:
                self.planned.append((again.due, kind, asks))

    def said(self, now: datetime, kind: str, asks: bool) -> None:
        """Judged by what a person would say of it, not by the rules."""
        local = now.astimezone(ZoneInfo(self.zone))
        assert 9 <= local.hour < 18, local
        assert local.weekday() in self.days
        assert local.date() not in HOLIDAYS
        assert not any(first <= local.date() <= last for first, last in self.away)
        if kind in {"reminder", "other", "word"}:
            assert not self.stopped
            assert kind not in self.none_of
            assert all(until <= now for of, until in self.snoozed.items() if of in {"", kind})
            assert self.hushed is None or self.hushed <= now
        if kind in {"reminder", "other"}:
            assert sum(one.asks and not one.answered for one in self.past) < 3
            within = timedelta(days=30 if self.rarely else 7)
            optional = [one.at for one, of in zip(self.past, self.kinds, strict=True) if of in {"reminder", "other"}]
            most = 3 if now < self.met + WEEK and not self.rarely else 1
            assert sum(at > now - within for at in optional) < most
        if kind == "word":
            words = [one.at for one, of in zip(self.past, self.kinds, strict=True) if of == "word"]
            assert sum(at > now - WEEK for at in words) < 2
        self.past.append(Past(now, counts=False, asks=asks))
        self.kinds.append(kind)


Step = tuple[str, Any, Any]
HOLIDAYS = frozenset({date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 8)})
KINDS = ["reminder", "other", "word", "notice", "decision"]
PLANNED = st.tuples(st.just("plan"), st.sampled_from(["reminder", "other", *KINDS]), st.booleans())
TIME = st.tuples(st.just("wait"), st.sampled_from([0.5, 5.0, 24.0, 100.0, 170.0]), st.none())
SAID = st.one_of(
    st.tuples(st.just("stop"), st.sampled_from(["", *KINDS[:3]]), st.booleans()),
    st.tuples(st.just("snooze"), st.sampled_from(["", *KINDS[:3]]), st.integers(1, 40)),
    st.tuples(st.just("less"), st.booleans(), st.none()),
    st.tuples(st.just("hush"), st.integers(0, 20), st.none()),
    st.tuples(st.just("answer"), st.none(), st.none()),
)
# Now and then somebody says something; mostly the bot has something to say, and time goes by.
STEPS = st.lists(
    st.tuples(PLANNED, st.one_of(TIME, TIME, TIME, SAID), st.one_of(PLANNED, TIME)), min_size=8, max_size=25
)


@given(
    st.datetimes(datetime.fromisoformat("2026-10-20"), datetime.fromisoformat("2027-05-01"), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Paris", "America/Montreal", "Pacific/Noumea", "Australia/Lord_Howe"]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 40),
    STEPS,
)
def test_nobody_is_contacted_over_budget_outside_hours_or_after_they_said_no(
    start: datetime, zone: str, days: frozenset[int], away: int, steps: list[tuple[Step, ...]]
) -> None:
    first = (start + 10 * DAY).date()
    absence = ((first, first + (away - 1) * DAY),) if away else ()
    life = Life(zone, days, absence, start, attention())
    now = start
    for what, which, how in (step for three in steps for step in three):
        if what == "wait":
            until = now + timedelta(hours=which)
            while now < until:  # the sender looks whenever something falls due, and late at times
                now = min(until, max(now + timedelta(minutes=7), min((due for due, *_ in life.planned), default=until)))
                life.passes(now)
            continue
        _lives(life, what, which, how, now)
        life.passes(now)


def _lives(life: Life, what: str, which: Any, how: Any, now: datetime) -> None:
    match what:
        case "plan":
            verdict = life.verdict(which, now)
            if verdict.due is not None:
                life.planned.append((verdict.due, which, how))
        case "stop" if which:
            (life.none_of.add if how else life.none_of.discard)(which)
        case "stop":
            life.stopped = how
        case "snooze":
            life.snoozed[which] = now + how * DAY
        case "less":
            life.rarely = which
        case "hush":
            life.hushed = now + which * DAY if which else None
        case "answer":
            life.past = [replace(one, answered=True) for one in life.past]


# ---------------------------------------------------------------- what kinds are called


@pytest.mark.parametrize("language", ["en", "fr"])
def test_kinds_are_known_by_the_words_that_people_are_shown(language: str) -> None:
    kinds = [each for nudge in NUDGES for each in nudge.contacts]
    known = Attention(kinds, WorkingTime())
    words = Words([nudge.catalogs for nudge in NUDGES], "en", "UTC", lambda: MONDAY)
    for kind in known.optional():
        assert known.kind_of(words.text(Reader(language), words_of(kind), {})) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("rappels", "profile.reminder"),
        ("Reminders", "profile.reminder"),
        ("profile.reminder", "profile.reminder"),
        ("invitations", "community.invitation"),
        ("Indicateurs", "pulse.digest"),
        ("community.monday", ""),
        ("foo", ""),
        ("", ""),
    ],
)
def test_kinds_have_short_names(said: str, kind: str) -> None:
    assert Attention([each for nudge in NUDGES for each in nudge.contacts], WorkingTime()).kind_of(said) == kind
