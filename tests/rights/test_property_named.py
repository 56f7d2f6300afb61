"""Whatever people do, in whatever order, where a process names who decides: what must never happen.

Nobody decides but who is named or holds their mandate that day; only on the version that they saw; never once it was
too late. Who may, can. Whatever is changed voids what was decided, and each decision has one result, also where a press
comes twice. What is expected is reckoned from what people did and were shown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.rights.house import House
from tests.scenarios.signing import Letters

PARIS = ZoneInfo("Europe/Paris")
LEADERS = ("dia", "lee")
WRITERS = ("ana", "bob", "dia")

decider = st.sampled_from(("signer", "signer", "holder", "holder", "lee", "ana", "odi"))
lent = st.sampled_from(("holder", "holder", "signer", "signer", "ana"))
verb = st.sampled_from(("approve", "approve", "amend", "refuse"))
holder = st.sampled_from(("ana", "pam", "lee"))
by_mandate = st.sampled_from(("dia", "dia", "lee"))
few = st.integers(0, 1)
whoever = st.sampled_from(("dia", "dia", "lee", "ana", "bob", "pam", "odi", "kim"))
number = st.integers(0, 99)


@dataclass
class Letter:
    """A letter as its people know it."""

    number: int
    owner: str
    signer: str
    needed_by: datetime | None
    text: str = "Hello"
    version: int = 1
    state: str = "waiting"
    refused_by: str = ""
    final_at: datetime | None = None


class Signing(RuleBasedStateMachine):
    """People have letters signed, change them, give mandates, and let time go by."""

    empty: Path
    folder: Path

    @initialize()
    def moves_in(self) -> None:
        made = self.folder / f"house-{len(list(self.folder.iterdir()))}"
        made.mkdir()
        self.capability = Letters()
        self.became: Counter[str] = Counter()
        nudge = self.capability.nudge()
        self.house = House(self.empty, made, {"find_strays": False}, leaders=LEADERS, more=[nudge])
        self.letters: dict[int, Letter] = {}
        self.mandates: dict[tuple[str, str], tuple[date, date]] = {}
        self.writes("ana", "dia", 0)

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.close()

    @invariant()
    def each_decision_had_its_result_once(self) -> None:
        if hasattr(self, "house"):
            assert Counter(self.capability.happened) == self.became

    # ------------------------------------------------------------ what may be

    @property
    def today(self) -> date:
        return self.house.now.astimezone(PARIS).date()

    def _may(self, letter: Letter, who: str) -> bool:
        days = self.mandates.get((letter.signer, who))
        return who == letter.signer or (days is not None and days[0] <= self.today <= days[1])

    def _waits(self, letter: Letter) -> bool:
        return letter.state == "waiting" and (letter.needed_by is None or self.house.now < letter.needed_by)

    def _pick(self, number: int) -> Letter:
        return list(self.letters.values())[number % len(self.letters)]

    def _presses(self, who: str, action: str, value: object) -> str:
        event = self.house.presses(who, f"letter.{action}", value)
        (shown,) = self.house.does(self.house.ask(event))
        self.house.does(self.house.again(event))
        assert shown, "everybody hears something"
        return shown

    # ------------------------------------------------------------ doing

    @rule(who=st.sampled_from(WRITERS), signer=st.sampled_from(LEADERS), hours=st.sampled_from((0, 0, 3, 30)))
    def writes(self, who: str, signer: str, hours: int) -> None:
        by = self.house.now + timedelta(hours=hours) if hours else None
        line = f"letter {self.house.ids[signer]}{f' by {by.isoformat()}' if by else ''} Hello"
        (shown,) = self.house.does(self.house.ask(self.house.types(who, line)))
        found = re.search(r"Letter (\d+) waits", shown)
        assert found, shown
        self.letters[int(found[1])] = Letter(int(found[1]), who, signer, by)

    @rule(number=number, who=whoever, owns=st.booleans())
    def rewrites(self, number: int, who: str, owns: bool) -> None:
        letter = self._pick(number)
        who = letter.owner if owns else who
        text = f"Hello {letter.version}"
        line = f"letter rewrite {letter.number} {text}"
        (shown,) = self.house.does(self.house.ask(self.house.types(who, line)))
        late = letter.needed_by is not None and self.house.now >= letter.needed_by
        may = who == letter.owner and letter.state in {"waiting", "approved"} and not late
        assert ("is changed" in shown) is may, shown
        if may:
            self.became[f"voided {text}"] += letter.state == "approved"
            letter.text, letter.version, letter.state = text, letter.version + 1, "waiting"

    def _who(self, letter: Letter, who: str) -> str:
        """Whose name is under it, or who holds a mandate of theirs, in force or not; or somebody."""
        if who == "holder":
            return next((holder for giver, holder in self.mandates if giver == letter.signer), "pam")
        return letter.signer if who == "signer" else who

    @rule(number=number, who=decider, verb=verb, old=st.booleans())
    def decides(self, number: int, who: str, verb: str, old: bool) -> None:
        letter = self._pick(number)
        who = self._who(letter, who)
        seen = max(1, letter.version - old)
        changed = f"Changed {letter.version} by {who}"
        if verb == "amend":
            meta, values = f"{letter.number} v{seen}", {"text": changed}
            (shown,) = self.house.does(self.house.ask(self.house.fills(who, "letter.amend", values, meta)))
        else:
            shown = self._presses(
                who, verb, f"{letter.number} later" if verb == "refuse" else f"{letter.number} v{seen}"
            )
        may = self._may(letter, who) and self._waits(letter) and (verb == "refuse" or seen == letter.version)
        done = "is approved" in shown or "will not be told before" in shown
        assert done is may, f"{who} {verb}: {shown}"
        if not self._may(letter, who):
            assert "Hello" not in shown or "that time" in shown, "its words are not for others"
        if may and verb == "refuse":
            letter.state, letter.refused_by = "refusing", who
            letter.final_at = self.house.now + timedelta(minutes=10)
        elif may:
            letter.state = "approved"
            if verb == "amend":
                letter.version, letter.text = letter.version + 1, changed
                self.became[f"amended {changed}"] += 1
            self.became[f"signed {letter.text}"] += 1

    @rule(number=number, signed=st.booleans(), who=lent, verb=verb)
    def is_rewritten_while_it_is_looked_at(self, number: int, signed: bool, who: str, verb: str) -> None:
        """Before or after it was signed."""
        if signed:
            self.decides(number, "signer", "approve", False)
        self.rewrites(number, "", True)
        self.decides(number, who, verb, True)
        self.decides(number, who, verb, False)

    @rule(signer=by_mandate, who=lent, verb=verb, days=few, first=few, on=st.sampled_from((0, 1, 2, 2)))
    def decides_by_mandate(self, signer: str, who: str, verb: str, days: int, first: int, on: int) -> None:
        """Before it begins, while it lasts, or when it is over and the bot has not looked yet; or it is another's."""
        self.gives_a_mandate("dia", "pam", first, days)
        self.writes("bob", signer, 0)
        if on:
            self.time_passes(24 * on, True)
        self.decides(len(self.letters) - 1, who, verb, False)

    @rule(who=lent, verb=verb, hours=st.sampled_from((2, 3, 3)), away=st.booleans())
    def decides_at_the_last_moment(self, who: str, verb: str, hours: int, away: bool) -> None:
        self.writes("bob", "lee", 3)
        self.time_passes(hours, away)
        self.decides(len(self.letters) - 1, who, verb, False)

    @rule(number=number, who=whoever)
    def takes_a_refusal_back(self, number: int, who: str) -> None:
        letter = self._pick(number)
        shown = self._presses(who, "revoke", letter.number)
        in_time = letter.final_at is not None and self.house.now < letter.final_at
        may = letter.state == "refusing" and who == letter.refused_by and in_time and self._may(letter, who)
        assert ("is taken back" in shown) is may, shown
        letter.state = "waiting" if may else letter.state

    @rule(giver=whoever, holder=holder, first=st.integers(-1, 2), days=st.integers(-1, 2))
    def gives_a_mandate(self, giver: str, holder: str, first: int, days: int) -> None:
        on = self.today + timedelta(days=first)
        until = on + timedelta(days=days)
        values = {"person": self.house.ids[holder], "on": on.isoformat(), "until": until.isoformat()}
        (shown,) = self.house.does(self.house.ask(self.house.fills(giver, "letter.mandate", values)))
        may = giver in LEADERS and giver != holder and first >= 0 and days >= 0
        assert ("may decide in your place" in shown) is may, shown
        if may:
            self.mandates[giver, holder] = (on, until)

    @rule(mandate=st.integers(1, 4), who=st.sampled_from((*LEADERS, "kim")))
    def ends_a_mandate(self, mandate: int, who: str) -> None:
        shown = self._presses(who, "mandate-end", mandate)
        ended = re.search(r"mandate between (\w+) and you is ended", shown)
        if ended:
            pair = (who, ended[1]) if (who, ended[1]) in self.mandates else (ended[1], who)
            assert self.mandates.pop(pair)[1] >= self.today, "it was somebody's, and not over"

    @rule(hours=st.sampled_from((0.1, 0.2, 1, 3, 14, 24)), away=st.booleans())
    def time_passes(self, hours: float, away: bool) -> None:
        self.house.does(self.house.passes(timedelta(hours=hours), away=away))
        for letter in [] if away else self.letters.values():
            if letter.state == "refusing" and letter.final_at and letter.final_at <= self.house.now:
                letter.state = "refused"
                self.became[f"refused {letter.text}"] += 1
            if letter.state == "waiting" and not self._waits(letter):
                letter.state = "undecided"
                self.became[f"undecided {letter.text}"] += 1

    @precondition(lambda self: len(self.letters) > 1)
    @rule()
    def the_process_starts_anew(self) -> None:
        self.house.does(self.house.restart())


def tried(empty: Path, folder: Path, *, examples: int, steps: int) -> None:
    class Machine(Signing):
        pass

    Machine.empty, Machine.folder = empty, folder
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=how)


def test_at_each_edge_of_a_mandate_a_time_and_a_version_who_may_decides(empty: Path, tmp_path: Path) -> None:
    """What sequences at random come to now and then, once each."""

    class Machine(Signing):
        pass

    Machine.empty, Machine.folder = empty, tmp_path
    walk = Machine()
    walk.moves_in()
    try:
        for verb, first, days, on in (
            ("approve", 1, 0, 0),  # the day before
            ("approve", 0, 0, 0),
            ("amend", 0, 0, 1),  # the day after
            ("refuse", 0, 1, 1),  # the last day
            ("approve", 0, 1, 2),
        ):
            walk.decides_by_mandate("dia", "holder", verb, days, first, on)
        walk.decides_by_mandate("lee", "pam", "approve", 1, 0, 0)  # that of somebody else
        for verb, hours, away in (("approve", 2, True), ("approve", 3, True), ("amend", 3, False)):
            walk.decides_at_the_last_moment("signer", verb, hours, away)
        walk.writes("ana", "lee", 0)
        walk.is_rewritten_while_it_is_looked_at(len(walk.letters) - 1, True, "signer", "approve")
        walk.each_decision_had_its_result_once()
    finally:
        walk.teardown()


def test_whatever_people_do_who_is_named_decides(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=3, steps=15)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_whatever_people_do_who_is_named_decides_for_long(empty: Path, tmp_path: Path) -> None:
    tried(empty, tmp_path, examples=200, steps=50)
