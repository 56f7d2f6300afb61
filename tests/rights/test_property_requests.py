"""Whatever people do, in whatever order, at once, and with the bot dying in between: what must never happen.

No community opens without as many entitled voices as it needs; the quota of private ones is passed by nobody without a
written reason; no request that was accepted is lost. What is expected is reckoned from what people did and were shown.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.chat import Event
from storage.database import Store
from tests.rights.house import CIRCLE, EMPLOYEES, FRESH, PEOPLE, House, one_each
from tests.servers.postgres import Postgres

PARIS = ZoneInfo("Europe/Paris")
PRIVATE = 1  # private communities that the settings allow
QUORUM = {"business": 2, "interest": 1}
SETTINGS = {
    "quorum_business": QUORUM["business"],
    "quorum_interest": QUORUM["interest"],
    "private_before": PRIVATE,
    "private_percent_from": 1000,
    "find_strays": False,
}
FROM, PERCENT = 3, 40  # with a share instead: from so many communities on, so much of them
SHARE = {"private_percent_from": FROM, "private_percent": PERCENT}
BEFORE = (
    ("ana", "Payroll", "business", "private", ""),
    ("bob", "Mediation", "interest", "private", ""),
    ("kim", "Canteen", "interest", "public", "lee"),
)
"""What was asked for when a story begins: who, name, kind, visibility, second lead."""
NAMES = ("Orchard", "Salaries", "Bicycle", "Choir", "Lighthouse", "Warehouse")
SHOWN = 10  # requests that are decided for good and still shown to who asked

whoever = st.sampled_from(PEOPLE)
asker = st.sampled_from(EMPLOYEES + CIRCLE[:1])
decider = st.sampled_from((*CIRCLE, *CIRCLE, "pam", "pam", "odi", "ana", "gil"))
lender = st.sampled_from((*CIRCLE, *CIRCLE, "pam", "bob", "dia"))
kind = st.sampled_from(tuple(QUORUM))
verb = st.sampled_from(("approve", "approve", "override", "refuse"))


@dataclass
class Vote:
    """A voice that the bot said it counted. voices: whose it may be: the person's own, or one that they were lent."""

    by: str
    verdict: str
    voices: frozenset[str]


@dataclass
class Asked:
    """A request that the bot said it accepted, as its people know it."""

    number: int
    owner: str
    name: str
    kind: str
    private: bool
    second: str
    at: datetime
    few: bool
    before: frozenset[str] = frozenset()
    state: str = "waiting"
    votes: list[Vote] = field(default_factory=list)
    refused_by: str = ""
    final_at: datetime | None = None

    def form(self, **changes: str) -> dict[str, str]:
        """What its form holds."""
        visibility = "private" if self.private else "public"
        return filled(self.name, kind=self.kind, visibility=visibility, second=self.second) | changes


def filled(name: str, *, kind: str, visibility: str, second: str = "") -> dict[str, str]:
    """The fields of a request."""
    values = {"name": name, "purpose": f"All about the {name.lower()} of ours", "work": "Plan the week together"}
    values |= {"kind": kind, "visibility": visibility, "second": second, "invitees": "", "review_on": "2027-05-24"}
    return values | ({"reason": "It names people"} if visibility == "private" else {})


class Requests(RuleBasedStateMachine):
    """People ask, decide, lend their right, come and go; the bot dies and lives again."""

    empty: Path | str
    folder: Path
    share = False

    @initialize()
    def moves_in(self) -> None:
        self.house = House(self.empty, self._own_folder(), SETTINGS | (SHARE if self.share else {}))
        self.asked: dict[int, Asked] = {}
        self.total = 0  # of communities after several decisions at once; 0: one at a time
        self.circle = set(CIRCLE)
        self.lent: dict[str, tuple[str, datetime]] = {}
        self.crash = 0
        for who, name, kind, visibility, second in BEFORE:
            values = filled(name, kind=kind, visibility=visibility, second=self.house.ids[second] if second else "")
            (shown,) = self._does(self.house.fills(who, "community.summary", values))
            self._accepted(shown, who, name, kind, visibility == "private", second)
        assert len(self.asked) == len(BEFORE)

    def _own_folder(self) -> Path:
        made = self.folder / f"house-{len(list(self.folder.iterdir()))}"
        made.mkdir()
        return made

    def teardown(self) -> None:
        if hasattr(self, "house"):
            try:
                self._is_well()
            finally:
                self.house.close()

    # ------------------------------------------------------------ what may be

    def _barred(self, asked: Asked) -> frozenset[str]:
        return asked.before | {asked.owner} | ({asked.second} if asked.second else set())

    def _voices(self, asked: Asked, who: str, *, escalated: bool = True) -> frozenset[str]:
        """Whose voice somebody may give on a request now; empty when they may not decide."""
        barred = self._barred(asked)
        if who in barred:
            return frozenset()
        if who in self.circle:
            return frozenset({who})
        lenders = {
            lender
            for lender, (deputy, until) in self.lent.items()
            if deputy == who and until > self.house.now and lender in self.circle and lender not in barred
        }
        waited = asked.few or self.house.now - asked.at >= timedelta(days=3)
        if not lenders and escalated and who == "odi" and waited:
            return frozenset({who})
        return frozenset(lenders)

    def _few(self, asked: Asked) -> bool:
        """Fewer voices than it needs could be given: it goes to the administrators at once."""
        able = [self._voices(asked, who, escalated=False) for who in (*PEOPLE, *FRESH)]
        return one_each(each for each in able if each) < QUORUM[asked.kind]

    # ------------------------------------------------------------ doing

    def _does(self, *events: Event) -> list[str]:
        fatal, self.crash = self.crash, 0
        self.total = 0
        self.died = bool(fatal)
        return self.house.does(self.house.ask(*events, fatal=fatal))

    def _pick(self, number: int) -> Asked:
        return list(self.asked.values())[number % len(self.asked)]

    @rule(at=st.integers(1, 6))
    def the_process_is_about_to_die(self, at: int) -> None:
        """In the middle of what is done next, before its commit number so-and-so."""
        self.crash = at

    @rule()
    def the_process_starts_anew(self) -> None:
        self.house.does(self.house.restart())

    @rule(
        who=asker,
        name=st.sampled_from(NAMES),
        kind=kind,
        visibility=st.sampled_from(("public", "private")),
        second=st.sampled_from(("", "", "", "lee", "bob")),
    )
    def asks(self, who: str, name: str, kind: str, visibility: str, second: str) -> None:
        values = filled(name, kind=kind, visibility=visibility, second=self.house.ids[second] if second else "")
        (shown,) = self._does(self.house.fills(who, "community.summary", values))
        self._accepted(shown, who, name, kind, visibility == "private", second)

    def _accepted(self, shown: str, who: str, name: str, kind: str, private: bool, second: str) -> None:
        if found := re.match(r"Your request (\d+) “", shown):
            new = Asked(int(found[1]), who, name, kind, private, second, self.house.now, few=False)
            new.few = self._few(new)
            assert new.number not in self.asked, "two requests have one number"
            self.asked[new.number] = new

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=whoever, kind=kind, visibility=st.sampled_from(("public", "private")))
    def corrects(self, number: int, who: str, kind: str, visibility: str) -> None:
        asked = self._pick(number)
        who = asked.owner if who in EMPLOYEES else who
        second = self.house.ids[asked.second] if asked.second else ""
        values = filled(asked.name, kind=kind, visibility=visibility, second=second)
        meta = json.dumps({"correct": asked.number, "seen": []})
        (shown,) = self._does(self.house.fills(who, "community.summary", values, meta))
        if "is corrected" in shown:
            assert who == asked.owner, "only who asked corrects"
            assert asked.state == "waiting"
            asked.kind, asked.private, asked.votes = kind, visibility == "private", []

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=whoever)
    def withdraws(self, number: int, who: str) -> None:
        asked = self._pick(number)
        who = asked.owner if who in EMPLOYEES else who
        (shown,) = self._does(self.house.presses(who, "withdraw", asked.number))
        if "is withdrawn" in shown:
            assert who == asked.owner, "only who asked withdraws"
            assert asked.state in {"waiting", "refusing"}
            asked.state = "withdrawn"

    @precondition(lambda self: self.asked)
    @rule(presses=st.lists(st.tuples(st.integers(0, 9), decider, verb), min_size=1, max_size=4), again=st.booleans())
    def decide(self, presses: list[tuple[int, str, str]], again: bool) -> None:
        for number, who, verb in presses:
            asked = self._pick(number)
            event = self._verdict(asked, who, verb)
            (shown,) = self._does(event)
            self._counted(asked, who, verb, shown)
            if again:
                self.house.does(self.house.again(event))

    @rule(by=st.permutations(CIRCLE), privates=st.sampled_from((True, True, False)))
    def all_that_is_private_or_public_is_approved(self, by: list[str], privates: bool) -> None:
        """Until the quota is full, and then on: without a reason."""
        for asked in [each for each in self.asked.values() if each.private is privates]:
            for who in by:
                (shown,) = self._does(self._verdict(asked, who, "approve"))
                self._counted(asked, who, "approve", shown)

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 9), by=st.permutations(CIRCLE), kind=kind)
    def corrected_between_two_voices(self, number: int, by: list[str], kind: str) -> None:
        asked = self._pick(number)
        for who in by[:2]:
            (shown,) = self._does(self._verdict(asked, who, "override"))
            self._counted(asked, who, "override", shown)
            self.corrects(number, asked.owner, kind, "private" if asked.private else "public")

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 9), by=st.permutations((*CIRCLE, "pam")), verb=verb)
    def several_decide_on_one(self, number: int, by: list[str], verb: str) -> None:
        for who in by[:3]:
            asked = self._pick(number)
            (shown,) = self._does(self._verdict(asked, who, verb))
            self._counted(asked, who, verb, shown)

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=decider, blank=st.sampled_from(("", " ", "   ")))
    def over_the_quota_without_a_word(self, number: int, who: str, blank: str) -> None:
        """Whoever says that the quota is to be passed says why, or nothing is counted."""
        asked = self._pick(number)
        (shown,) = self._does(self.house.presses(who, "override", f"{asked.number}{blank}"))
        assert "Done: request" not in shown, shown
        assert "Your voice is counted" not in shown, shown

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), other=st.integers(0, 99), who=decider, with_=decider, verb=verb, verb2=verb)
    def two_decide_at_once(self, number: int, other: int, who: str, with_: str, verb: str, verb2: str) -> None:
        """On one request, or on two that share the quota."""
        asked, second = self._pick(number), self._pick(other)
        self.crash = 0
        twice = who == with_ and asked is second  # a double press: of one thing
        events = [self._verdict(asked, who, verb), self._verdict(second, with_, verb if twice else verb2)]
        shown = self._does(*events)
        both = [(asked, who, verb, shown[0]), (second, with_, verb2, shown[1])][: 1 if twice else 2]
        both.sort(key=_counted_last)
        self.total = self._total(shown)
        for each in both:
            self._counted(*each)

    @precondition(lambda self: self.asked)
    @rule(
        presses=st.lists(
            st.tuples(st.integers(0, 9), decider, verb), min_size=3, max_size=6, unique_by=lambda each: each[:2]
        )
    )
    def many_decide_at_once(self, presses: list[tuple[int, str, str]]) -> None:
        """On some requests that share the quota, each person once on each."""
        wanted = {(self._pick(number).number, who): (self._pick(number), who, verb) for number, who, verb in presses}
        self._at_once(list(wanted.values()))

    @precondition(lambda self: self.asked)
    @rule()
    def all_approve_all_that_is_private_at_once(self) -> None:
        """The quota is passed by none of them, nor is one voice counted for another."""
        private = [each for each in self.asked.values() if each.private and each.state == "waiting"]
        self._at_once([(each, who, "approve") for each in private for who in CIRCLE])

    def _at_once(self, wanted: list[tuple[Asked, str, str]]) -> None:
        self.crash = 0
        shown = self._does(*[self._verdict(*each) for each in wanted])
        all_ = [(*each, told) for each, told in zip(wanted, shown, strict=True)]
        all_.sort(key=_counted_last)
        self.total = self._total(shown)
        for each in all_:
            self._counted(*each)

    def _verdict(self, asked: Asked, who: str, verb: str) -> Event:
        more = {"override": " The works council wants it", "refuse": " later", "approve": ""}[verb]
        return self.house.presses(who, verb, f"{asked.number}{more}")

    def _counted(self, asked: Asked, who: str, verb: str, shown: str) -> None:
        """What the bot says it counted must have been theirs to say."""
        verdict = "refuse" if verb == "refuse" else "approve"
        approved, refused = (
            f"Done: request {asked.number} " in shown,
            f"Request {asked.number} “{asked.name}” is refused" in shown,
        )
        counted = f"Your voice is counted for request {asked.number} " in shown
        if not (approved or refused or counted):
            return
        voices = self._voices(asked, who)
        assert asked.state == "waiting", f"{verb} counted on a request that is {asked.state}"
        assert voices, f"{who} may not decide on {asked}"
        asked.votes.append(Vote(who, verdict, voices))
        assert one_each(each.voices for each in asked.votes) == len(asked.votes), f"one voice counted twice: {asked}"
        same = sum(each.verdict == verdict for each in asked.votes)
        if counted:
            assert same < QUORUM[asked.kind], f"enough agree, and it is not decided: {asked}"
            return
        assert same >= QUORUM[asked.kind], f"decided by too few: {asked}"
        if refused:
            asked.state, asked.refused_by, asked.final_at = "refusing", who, self.house.now + timedelta(minutes=10)
            return
        assert verb == "override" or not asked.private or self._has_room(), f"over the quota without a reason: {asked}"
        asked.state = "approved"

    def _has_room(self) -> bool:
        """One more private community is within the quota. Of what was decided at once, the order is not known."""
        approved = [each.private for each in self.asked.values() if each.state == "approved"]
        if not self.share:
            return sum(approved) < PRIVATE
        few = len(approved) + 1 < FROM and sum(approved) < PRIVATE
        return few or (sum(approved) + 1) * 100 <= PERCENT * (self.total or len(approved) + 1)

    def _total(self, shown: list[str]) -> int:
        """Communities once all is counted that was said at once."""
        before = {each.number for each in self.asked.values() if each.state == "approved"}
        return len(before | {int(number) for one in shown for number in re.findall(r"Done: request (\d+) ", one)})

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=decider)
    def takes_a_refusal_back(self, number: int, who: str) -> None:
        asked = self._pick(number)
        (shown,) = self._does(self.house.presses(who, "revoke", asked.number))
        if "is taken back" in shown:
            assert (asked.state, asked.refused_by) == ("refusing", who)
            assert asked.final_at
            assert self.house.now < asked.final_at
            asked.state, asked.votes = "waiting", [each for each in asked.votes if each.by != who]

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=whoever)
    def appeals(self, number: int, who: str) -> None:
        asked = self._pick(number)
        who = asked.owner if who in EMPLOYEES else who
        (shown,) = self._does(self.house.presses(who, "appeal", f"{asked.number} Please look again"))
        found = re.search(r"it is now request (\d+) \(it was (\d+)\)", shown)
        if found:
            assert (int(found[2]), who) == (asked.number, asked.owner)
            assert asked.state == "refused"
            # Of a voice that may be one of several, it is not certain whose it was.
            before = {asked.votes[0].by for _ in asked.votes} | {each.by for each in asked.votes}
            before |= {name for each in asked.votes if len(each.voices) == 1 for name in each.voices}
            new = Asked(
                int(found[1]), who, asked.name, asked.kind, asked.private, asked.second, self.house.now,
                few=False, before=frozenset(before),
            )  # fmt: skip
            new.few = self._few(new)
            self.asked[new.number] = new

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99), who=decider)
    def asks_something_back(self, number: int, who: str) -> None:
        asked = self._pick(number)
        self._does(self.house.presses(who, "ask", f"{asked.number} Who is it for?"))
        self._does(self.house.presses(who, "take", asked.number))

    @precondition(lambda self: self.asked)
    @rule(number=st.integers(0, 99))
    def answers(self, number: int) -> None:
        asked = self._pick(number)
        self._does(self.house.presses(asked.owner, "answer", f"{asked.number} For all of us"))

    @rule(who=lender, to=st.sampled_from(("pam", "pam", "ana", "mo", "odi", "gil")), days=st.integers(0, 4))
    def lends_the_right(self, who: str, to: str, days: int) -> None:
        last = self.house.now.astimezone(PARIS).date() + timedelta(days=days)
        (shown,) = self._does(
            self.house.fills(who, "community.deputy", {"person": self.house.ids[to], "until": last.isoformat()})
        )
        if "may decide in your place" in shown:
            assert who in self.circle, "only one's own right is lent"
            assert to != "gil", "a guest decides for nobody"
            self.lent[who] = (to, _end(last))

    @rule(who=lender)
    def takes_the_right_back(self, who: str) -> None:
        (shown,) = self._does(self.house.types(who, "community deputy off"))
        if "nobody decides in your place any more" in shown:
            self.lent.pop(who, None)

    @rule(who=st.sampled_from((*CIRCLE, "pam", "gil")), inside=st.booleans())
    def enters_or_leaves_the_circle(self, who: str, inside: bool) -> None:
        self._does(self.house.moves(who, inside=inside))
        if who != "gil":
            (self.circle.add if inside else self.circle.discard)(who)

    @rule(how=st.sampled_from(({"minutes": 2}, {"minutes": 11}, {"days": 1}, {"days": 4})), away=st.booleans())
    def time_passes(self, how: dict[str, int], away: bool) -> None:
        self.house.does(self.house.passes(timedelta(**how), away=away))
        for lender in [each for each, (_, until) in self.lent.items() if until <= self.house.now]:
            del self.lent[lender]
        if not away:
            self._settled()

    def _settled(self) -> None:
        for asked in self.asked.values():
            if asked.state == "refusing" and asked.final_at and asked.final_at <= self.house.now:
                asked.state = "refused"
        # Who left the circle lends nothing any more, also when they come back.
        for lender in [each for each in self.lent if each not in self.circle]:
            del self.lent[lender]

    # ------------------------------------------------------------ at the end

    def _is_well(self) -> None:
        self.crash = 0
        self.house.does(self.house.restart())
        self.house.does(self.house.look())
        self._settled()
        self._rooms_are_those_approved()
        self._nobody_lost_a_request()
        self._whatever_waits_can_still_be_decided()

    def _rooms_are_those_approved(self) -> None:
        approved = [each.name for each in self.asked.values() if each.state == "approved"]
        assert self.house.opened() == dict.fromkeys(approved, 1), "one room for each approval, and no other"
        assert len(approved) == len(set(approved)), "no two communities of one name"

    def _nobody_lost_a_request(self) -> None:
        for who in dict.fromkeys(each.owner for each in self.asked.values()):
            (shown,) = self._does(self.house.types(who, "community mine"))
            theirs = [each for each in self.asked.values() if each.owner == who]
            recent = {each.number for each in sorted(theirs, key=lambda each: -each.number)[:SHOWN]}
            for each in theirs:
                is_open = each.state in {"waiting", "refusing"}
                line = next((one for one in shown.split("\n") if f"Request {each.number} “{each.name}”" in one), "")
                assert line or not (is_open or each.number in recent), f"{each} is not shown to who asked:\n{shown}"
                if line:
                    assert STANDS[each.state] in line.lower(), f"{each} reads: {line}"

    def _whatever_waits_can_still_be_decided(self) -> None:
        for who in FRESH:
            self._does(self.house.moves(who, inside=True))
            self.circle.add(who)
        self.house.does(self.house.passes(timedelta(minutes=11)))
        self._settled()
        for asked in self.asked.values():
            shown = ""
            for who in FRESH:
                if asked.state == "waiting":
                    (shown,) = self._does(self._verdict(asked, who, "override"))
                    self._counted(asked, who, "override", shown)
            taken = any(each.name == asked.name and each.state == "approved" for each in self.asked.values())
            assert asked.state != "waiting" or taken, f"two fresh animators cannot decide on {asked}: {shown}"
        self._rooms_are_those_approved()


def _counted_last(each: tuple[Asked, str, str, str]) -> tuple[bool, bool]:
    """In whatever order they came: voices are counted before what they decide, and an override was the last."""
    _, _, verb, shown = each
    return "is counted" not in shown, verb == "override"


STANDS = {
    "waiting": "wait",
    "refusing": "wait",
    "approved": "open",
    "refused": "was refused",
    "withdrawn": "was withdrawn",
}


def _end(last: date) -> datetime:
    """The end of a day in Paris."""
    return datetime.combine(last + timedelta(days=1), time(), PARIS)


def tried(empty: Path | str, folder: Path, examples: int, steps: int, *, share: bool = False) -> None:
    class Here(Requests):
        pass

    Here.share = share
    Here.empty, Here.folder = empty, folder
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_people_do(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=12, steps=25)


def test_whatever_people_do_where_the_quota_is_a_share(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=6, steps=25, share=True)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_whatever_people_do_where_the_quota_is_a_share_for_long(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=200, steps=60, share=True)


@pytest.fixture
def shared(postgres: Postgres) -> Iterator[str]:
    """A database with all tables, for two bots at once. Examples are tried in loops of their own."""
    loop = asyncio.new_event_loop()
    made = postgres.database()
    url = loop.run_until_complete(made.__aenter__())
    loop.run_until_complete(_furnished(url))
    yield url
    loop.run_until_complete(made.__aexit__(None, None, None))
    loop.close()


async def _furnished(url: str) -> None:
    await (await Store.open(url)).close()


def test_whatever_people_do_with_two_bots_over_one_database(shared: str, tmp_path: Path) -> None:
    tried(shared, tmp_path, examples=3, steps=10)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_whatever_people_do_with_two_bots_over_one_database_for_long(shared: str, tmp_path: Path) -> None:
    tried(shared, tmp_path, examples=150, steps=40)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_whatever_people_do_for_long(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=400, steps=60)


# ---------------------------------------------------------------- found by hand, beside what is found at random


@pytest.mark.parametrize("how", ["its day is over", "who lent it has the right no more"])
def test_a_lent_right_ends_by_itself_also_while_the_bot_is_away(empty: Path, tmp_path: Path, how: str) -> None:
    """Whoever decides before the bot has looked at its deadlines, as when it has just been started."""
    house = House(empty, tmp_path, SETTINGS)
    try:
        values = filled("Canteen", kind="interest", visibility="public")
        house.does(house.ask(house.fills("ana", "community.summary", values)))
        lent = {"person": house.ids["pam"], "until": "2026-11-24"}
        (shown,) = house.does(house.ask(house.fills("kim", "community.deputy", lent)))
        assert "may decide in your place" in shown
        if how == "its day is over":
            house.does(house.passes(timedelta(days=1), away=True))
        else:
            house.does(house.ask(house.moves("kim", inside=False)))
        (shown,) = house.does(house.ask(house.presses("pam", "approve", 1)))
        assert "Done" not in shown
        assert shown
        (shown,) = house.does(house.ask(house.presses("pam", "ask", "1 Who is it for?")))
        assert "Your question" not in shown
        (shown,) = house.does(house.ask(house.presses("lee", "approve", 1)))
        assert "Done" in shown
    finally:
        house.close()


def test_who_asks_for_much_still_sees_all_that_waits(empty: Path, tmp_path: Path) -> None:
    house = House(empty, tmp_path, SETTINGS)
    names = [f"{one}{two}" for one in ("Bee", "Tea", "Jam", "Oak") for two in ("makers", "tellers", "hunters")]
    try:
        for name in names:
            values = filled(name, kind="interest", visibility="public")
            meta = json.dumps({"seen": [f"r{number}" for number in range(20)]})
            (shown,) = house.does(house.ask(house.fills("ana", "community.summary", values, meta)))
            assert "handed to the people who decide" in shown, shown
        (shown,) = house.does(house.ask(house.types("ana", "community mine")))
        assert [name for name in names if name not in shown] == []
    finally:
        house.close()
