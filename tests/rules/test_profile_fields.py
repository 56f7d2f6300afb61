"""What platforms' profiles say besides a name: the job and a picture, where there are any."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.people import described
from adapters.slack.directory import profile
from adapters.slack.inbound import Me

ME = Me(team="T1", user="UBOT", bot="B1")


@pytest.mark.parametrize(
    ("about", "fields"),
    [
        ({"title": "Head of R&amp;D", "is_custom_image": True}, {"title": "Head of R&D", "picture": "yes"}),
        ({"title": "", "is_custom_image": False}, {}),
        ({}, {}),
    ],
)
def test_slack_tells_the_title_and_whether_a_picture_was_chosen(about: dict[str, Any], fields: dict[str, str]) -> None:
    found = profile({"id": "U1", "team_id": "T1", "profile": {"display_name": "ana", **about}}, ME)
    assert dict(found.fields) == fields


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"avatar_url": "mxc://home/abc", "fr.parvis.title": "Acheteuse"}, {"title": "Acheteuse", "picture": "yes"}),
        ({"m.title": "Buyer", "fr.parvis.title": "Acheteuse"}, {"title": "Buyer"}),
        ({"avatar_url": "", "m.title": ["Buyer"]}, {}),
        ({"m.title": "x" * 9000}, {"title": "x" * 255}),
    ],
)
def test_matrix_tells_what_people_wrote_down_and_no_more(said: dict[str, Any], fields: dict[str, str]) -> None:
    assert dict(described("@ana:home", said, "member").fields) == fields
