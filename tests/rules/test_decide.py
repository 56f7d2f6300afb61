"""Who may decide, when it is decided, and what is typed instead of pressed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.deciding import rules
from bot.deciding.process import Process, Terms
from bot.deciding.rules import Refusal, Standing
from bot.nudge import Role
from bot.say import Say

ANIMATORS = frozenset({Role.ANIMATOR})
REASONS = {"duplicate": ("doublon", "existe"), "not-work": ("hors sujet",), "other": ("autre",)}
NOON = datetime(2030, 3, 5, 12, tzinfo=UTC)


def standing(**changes: object) -> Standing:
    return Standing(**{"state": "waiting", "requester": 1, "entitled": ANIMATORS, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "person", "roles", "code"),
    [
        (standing(), 2, {Role.ANIMATOR}, ""),
        (standing(), 1, {Role.ANIMATOR}, "own"),
        (standing(), 1, {Role.ADMIN}, "own"),
        (standing(), 2, {Role.EMPLOYEE}, "not-yet-yours"),
        (standing(), 2, set(), "not-yet-yours"),
        (standing(), 2, {Role.ADMIN}, "not-yet-yours"),
        (standing(escalated_to=Role.ADMIN), 2, {Role.ADMIN}, ""),
        (standing(escalated_to=Role.ADMIN), 2, {Role.LEADER}, "not-yet-yours"),
        (standing(escalated_to=Role.ADMIN), 1, {Role.ADMIN}, "own"),
        (standing(conflicts=frozenset({2})), 2, {Role.ANIMATOR}, "conflict"),
        (standing(deciders_before=frozenset({2})), 2, {Role.ANIMATOR}, "decided-before"),
        (standing(deciders_before=frozenset({2})), 3, {Role.ANIMATOR}, ""),
        (standing(voters=frozenset({2})), 2, {Role.ANIMATOR}, "voted"),
        (standing(voters=frozenset({2})), 3, {Role.ANIMATOR}, ""),
        (standing(lenders={2: frozenset({3})}), 2, {Role.ANIMATOR}, ""),
        (standing(lenders={2: frozenset({1})}), 2, {Role.ANIMATOR}, "lent"),
        (standing(lenders={2: frozenset({1, 3})}), 2, {Role.ANIMATOR}, ""),
        (standing(lenders={2: frozenset({3})}, conflicts=frozenset({3})), 2, {Role.ANIMATOR}, "lent"),
        (standing(lenders={2: frozenset({3})}, deciders_before=frozenset({3})), 2, {Role.ANIMATOR}, "lent"),
        (standing(lenders={2: frozenset({3})}, voters=frozenset({3})), 2, {Role.ANIMATOR}, "voted-lent"),
        (standing(lenders={2: frozenset({3, 4})}, voters=frozenset({3})), 2, {Role.ANIMATOR}, ""),
        (standing(lenders={2: frozenset({3})}, voters=frozenset({2, 3})), 2, {Role.ANIMATOR}, "voted"),
        (standing(state="approved"), 2, {Role.ANIMATOR}, "approved"),
        (standing(state="refusing"), 2, {Role.ANIMATOR}, "refusing"),
        (standing(state="withdrawn"), 1, {Role.ANIMATOR}, "withdrawn"),
    ],
)
def test_who_may_decide(at: Standing, person: int, roles: set[Role], code: str) -> None:
    assert rules.objection(at, person, frozenset(roles)) == code


@pytest.mark.parametrize(
    ("lenders", "persons", "voices"),
    [
        ({}, [1], 0),
        ({}, [1, 2, 3], 2),
        ({3: {2}}, [2, 3], 1),
        ({3: {2}}, [3], 1),
        ({3: {1}}, [2, 3], 1),
        ({3: {4, 5}}, [3], 1),
        ({3: {4, 5}}, [3, 4, 5], 2),
        ({3: {2}, 4: {5}}, [2, 3, 4], 2),
    ],
)
def test_who_lends_a_right_and_who_borrows_it_have_one_voice(
    lenders: dict[int, set[int]], persons: list[int], voices: int
) -> None:
    at = standing(lenders={person: frozenset(of) for person, of in lenders.items()})
    assert rules.voices(at, persons) == voices


@pytest.mark.parametrize(
    ("votes", "quorum", "decided"),
    [
        ([], 1, ""),
        (["approve"], 1, "approve"),
        (["refuse"], 1, "refuse"),
        (["approve"], 2, ""),
        (["approve", "refuse"], 2, ""),
        (["approve", "refuse", "refuse"], 2, "refuse"),
        (["refuse", "approve", "approve"], 2, "approve"),
        (["approve", "approve", "refuse", "refuse"], 3, ""),
    ],
)
def test_enough_who_agree_decide(votes: list[str], quorum: int, decided: str) -> None:
    assert rules.verdict(votes, quorum) == decided


@pytest.mark.parametrize(
    ("offers", "escalated", "todo"),
    [(1, False, "offer"), (2, False, "escalate"), (3, True, "offer"), (9, True, "offer"), (1, True, "offer")],
)
def test_silence_offers_again_then_escalates_and_never_refuses(offers: int, escalated: bool, todo: str) -> None:
    assert rules.next_look(offers, escalated) == todo


@pytest.mark.parametrize(
    ("now", "final_at", "late"),
    [
        (NOON, NOON + timedelta(seconds=1), False),
        (NOON, NOON, True),
        (NOON + timedelta(hours=1), NOON, True),
        (NOON, None, True),
    ],
)
def test_a_refusal_can_be_taken_back_until_it_is_told(now: datetime, final_at: datetime | None, late: bool) -> None:
    assert rules.too_late(now, final_at) is late


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("12", 12, ""),
        (" 12 because", 12, "because"),
        ("12: because", 12, "because"),
        ("#12 because", 12, "because"),
        ("n°12 parce que", 12, "parce que"),
        ("12 three\nlines\nlong", 12, "three\nlines\nlong"),
        ("because", None, "because"),
        ("", None, ""),
        ("12because", None, "12because"),
        ("9999999999999999999999", None, "9999999999999999999999"),
    ],
)
def test_a_number_and_what_follows(typed: str, number: int | None, rest: str) -> None:
    assert rules.split_number(typed) == (number, rest)


@pytest.mark.parametrize(
    ("typed", "code", "text", "alternative"),
    [
        ("duplicate: there is one", "duplicate", "there is one", ""),
        ("duplicate", "duplicate", "", ""),
        ("Doublon : il en existe une", "duplicate", "il en existe une", ""),
        ("duplicate there is one", "duplicate", "there is one", ""),
        ("hors sujet: rien à voir", "not-work", "rien à voir", ""),
        ("not convinced, really", "other", "not convinced, really", ""),
        ("note: two things", "other", "note: two things", ""),
        ("existe: déjà là --alternative Rejoindre Jardin", "duplicate", "déjà là", "Rejoindre Jardin"),
        ("existe: déjà là —alternative « Jardin »", "duplicate", "déjà là", "Jardin"),
        ("--alternative join Garden", "other", "", "join Garden"),
        ("", "other", "", ""),
    ],
)
def test_a_refusal_typed_on_one_line(typed: str, code: str, text: str, alternative: str) -> None:
    assert rules.read_refusal(typed, REASONS) == Refusal(code, text, alternative)


def test_a_card_is_named_after_its_room_which_the_name_does_not_tell() -> None:
    here, there = (rules.card_name(12, "acme", room, 0) for room in ("!secret-room:example.org", "!other:example.org"))
    assert here.startswith("card:12:acme:")
    assert "secret" not in here
    assert len({here, there, rules.card_name(12, "acme", "!secret-room:example.org", 1)}) == 3


async def test_every_verb_can_be_typed_in_french() -> None:
    async def card(*_: object) -> Say:
        return Say(lines=())

    async def nothing(*_: object) -> None:
        return None

    process = Process(
        id="loan",
        entitled=ANIMATORS,
        terms=lambda _: Terms(),
        quorum=lambda *_: 1,
        subject=lambda _: "",
        card=card,
        outcome=nothing,
        nouns=("pret", "emprunt"),
        words={"approve": ("accorder",)},
    )
    assert process.aliases("approve") == ("pret accorder", "emprunt accorder")
    assert process.aliases("refuse") == ()
    assert process.deciders == {Role.ANIMATOR, Role.ADMIN, Role.LEADER}
