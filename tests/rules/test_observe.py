"""A picture of a workspace: what counts as what, and what is not told because it would tell of a few."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat import Profile, Room
from bot.cli.observing.picture import Look, Picture, drawn, figure, is_quiet
from bot.cli.observing.telling import data, lines
from bot.cli.voice import voice

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
MONTH = timedelta(days=30)


def room(name: str, members: int = 10, **more: object) -> Room:
    return Room.model_validate({"id": name, "name": name, "members": members, **more})


def member(name: str, fields: Mapping[str, str] | None = None, kind: str = "member") -> Profile:
    return Profile.model_validate({"id": name, "name": name, "kind": kind, "fields": fields or {}})


def picture(*rooms: Room, people: tuple[Profile, ...] = (), **spoke: datetime | None) -> Picture:
    return drawn(Look(rooms, people, spoke), {"known"}, {"home"}, NOW, MONTH)


def test_rooms_are_counted_by_size_and_age_and_the_rooms_of_roles_are_not() -> None:
    seen = picture(
        room("known", 1, created_at=NOW - timedelta(days=3)),
        room("a", 4, created_at=NOW - timedelta(days=100), private=True),
        room("b", 5, created_at=NOW - timedelta(days=1000), shared=True),
        room("c", 100),
        room("home", 3),
        room("old", archived=True),
    )
    assert (seen.communities, seen.archived, seen.private, seen.shared, seen.strays) == (4, 1, 1, 1, 3)
    assert seen.sizes == {"one": 1, "few": 1, "some": 1, "crowd": 1}
    assert seen.ages == {"month": 1, "half": 1, "older": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("spoke", "quiet"), [(None, True), (NOW - MONTH - timedelta(hours=1), True), (NOW - MONTH, False), (NOW, False)]
)
def test_a_room_is_quiet_after_a_month_without_a_word(spoke: datetime | None, quiet: bool) -> None:
    assert is_quiet(spoke, NOW, MONTH) is quiet


def test_what_was_not_asked_about_is_not_quiet_but_not_measured() -> None:
    seen = picture(room("a"), room("b"), room("c"), a=None, b=NOW)
    assert (seen.quiet, seen.measured) == (1, 2)
    said = list(lines(seen, voice({}), 30))
    assert (
        "1 of 2 is quiet (50%): nobody has written for 30 days (1 room is not measured: the bot is not in it)" in said
    )
    assert data(picture(room("a")))["quiet"] is None


@pytest.mark.parametrize(
    ("number", "whole", "told"),
    [(0, 4, None), (4, 4, None), (0, 10, 0), (1, 10, None), (4, 10, None), (5, 10, 5), (6, 10, None), (10, 10, 10)],
)
def test_no_figure_is_of_a_few_people(number: int, whole: int, told: int | None) -> None:
    assert figure(number, whole) == told


def test_profiles_are_looked_at_for_what_members_left_empty() -> None:
    people = [member(f"m{i}", {"picture": "yes"} if i < 6 else {}) for i in range(12)]
    people += [member("g", kind="guest"), member("b", kind="bot")]
    seen = picture(people=tuple(people))
    assert (seen.members, seen.gaps) == (12, {"picture": 6, "title": 12})
    said = list(lines(seen, voice({"LANG": "fr"}), 30))
    assert "Membres sans\u00a0: photo (50%), fonction (100%)" in said
    assert "Personnes\u00a0: membres\u00a0: 12, invités\u00a0: moins de 5, programmes\u00a0: moins de 5" in said
    assert data(seen)["people"] == {"member": 12, "guest": None, "bot": None}
