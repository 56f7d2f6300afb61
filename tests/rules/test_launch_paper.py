"""Announcements on paper, and videos that nobody needs to hear: what is checked, and what stands on the sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.voice import voice
from bot.markdown import read
from bot.paper import Document, Sheet, pictures, typeset
from bot.say import Line, Moment
from nudges.launch import video
from nudges.launch.paper.bundle import Announced, bundle
from tests.printed import PPI, about, codes, pages, words

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CATALOGS = Path(__file__).resolve().parents[2] / "nudges" / "launch" / "locales"
FILM = "https://video.example.org/12?x=1"
GOOD = f"Hello.\n\n[Video: The director’s welcome]({FILM})\n\n> Good morning to all of you.\n\nEnd."


# ---------------------------------------------------------------- videos


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, ""),
        (GOOD.replace("Video:", "Vidéo\u00a0:"), ""),
        (GOOD.replace("\n\n>", "\n>"), ""),
        (f"[Video: A]({FILM})\n> said\n\n[Video: B]({FILM})", "announce-video-transcript"),
        (GOOD.replace("> ", ""), "announce-video-transcript"),
        (GOOD.replace("> Good morning to all of you.", ">\n> …"), "announce-video-transcript"),
        (f"[VIDEO : A]({FILM})", "announce-video-transcript"),
        (f"![Video: A]({FILM})", "announce-video-transcript"),
        (GOOD.replace("https://", "http://"), "announce-video-link"),
        (GOOD.replace(FILM, "javascript:alert(1)"), "announce-video-link"),
        (GOOD.replace(FILM, "https://"), "announce-video-link"),
        (GOOD.replace(FILM, ""), "announce-video-link"),
        (GOOD.replace("The director’s welcome", ""), "announce-video-title"),
        (f"See the [video: A]({FILM}) first.", ""),  # a link like others
        ("Video: none", ""),
        ("", ""),
    ],
)
def test_a_video_has_a_title_a_link_and_what_is_said_in_it(text: str, found: str) -> None:
    line = video.wrong(text)
    assert (line.id if line else "") == found
    if line is not None:
        for language in ("en", "fr"):
            assert voice({"LANG": language}, more=[CATALOGS]).line(line)


def test_a_video_is_found_again_where_it_stands() -> None:
    parts = list(video.parted(read(GOOD).blocks))
    assert [type(each) for each in parts] == [tuple, video.Video, tuple]
    assert parts[1] == video.Video("Video: The director’s welcome", FILM)


@given(st.text(alphabet="[]()Video: é>!\n ahtps/.x<", max_size=200))
def test_whatever_is_written_is_looked_at(text: str) -> None:
    video.wrong(text)
    list(video.parted(read(text).blocks))


# ---------------------------------------------------------------- sheets

COUNTS = {"Quay": 12, "Kitchen": 7, "Attic": 4, "Cellar": 3, "": 1}


def printed(counts: dict[str, int] = COUNTS, language: str = "en", **more: object) -> Document:
    announced = Announced(
        3, 2, "It opens #import", GOOD, "Diane", (("Garden", "https://chat.example.org/garden"), ("Tea", "")),
        Line(id="sheets-not-before", args={"at": Moment(at=AT, zone="Europe/Paris")}),
    )  # fmt: skip
    return bundle(voice({"LANG": language}, more=[CATALOGS]), announced, counts, 5)


def test_each_team_has_its_sheet_and_small_ones_stand_together_without_names() -> None:
    made = typeset(printed(), AT)
    cover, *sheets = pages(made)
    assert "Not to be handed out before Tuesday 24 November 2026, 10:00 (Europe/Paris)" in cover
    for each in ("Kitchen: 7 copies", "Quay: 12 copies", "other teams: 8 copies", "27 copies in all"):
        assert each in cover
    assert [each.rpartition("for ")[2] for each in sheets] == [
        "Kitchen: 7 copies 1", "Quay: 12 copies 1", "other teams: 8 copies 1",
    ]  # fmt: skip
    for each in sheets:
        assert "It opens #import from Diane, relayed by Parvis Hello." in each
        assert "In the chat, look for “Tea”." in each
    said = words(made)
    assert "Attic" not in said
    assert "Cellar" not in said


def test_a_video_is_a_code_with_its_transcript() -> None:
    document = printed({"Quay": 12})
    one = Document(title="x", language="en", sheets=document.sheets[1:2])
    assert sorted(codes(pictures(one, PPI))) == ["https://chat.example.org/garden", FILM]
    assert f"Video: The director’s welcome {FILM} Good morning to all of you." in words(typeset(one, AT))


def test_the_sheets_speak_french() -> None:
    made = typeset(printed({"Quai": 1, "Cuisine": 12}, "fr"), AT)
    assert about(made)[1] == "fr"
    assert "de la part de Diane, relayé par Parvis" in words(made)
    assert "autres équipes\u00a0: 13 copies" in " ".join(
        piece.text for sheet in printed({"Quai": 1, "Cuisine": 12}, "fr").sheets for piece in sheet.pieces
    )


def test_nobody_is_named_anywhere() -> None:
    """What the sheets are made from holds departments and numbers alone: there is no way for a name to come in."""
    sheet = printed().sheets[0]
    assert isinstance(sheet, Sheet)
    assert set(Announced.__dataclass_fields__) == {"number", "version", "title", "text", "speaker", "ways", "when"}
