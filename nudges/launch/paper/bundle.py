"""The sheets of an announcement: how many copies each team needs, then the page that is copied for each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.markdown import read
from bot.nudge import Voice
from bot.paper import Document, Piece, Sheet
from bot.paper.sheets import together
from bot.say import Line
from nudges.launch import video

Way = tuple[str, str]
"""A community and where a browser opens it; "" where none does."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What is printed. number, version: of the announcement. speaker: whose words they are. ways: where one goes on.

    when: what is said of its time; None where it has none.
    """

    number: int
    version: int
    title: str
    text: str
    speaker: str
    ways: tuple[Way, ...] = ()
    when: Line | None = None


def copies(counts: Mapping[str, int], smallest: int) -> list[tuple[str, int]]:
    """Teams and their copies; those of fewer people than `smallest` stand together, under "", at the end."""
    named, others = together(counts.items(), smallest)
    return [*named, ("", others)] if others else named


def bundle(voice: Voice, announced: Announced, counts: Mapping[str, int], smallest: int) -> Document:
    """The sheets: first how many copies of which are needed, then one for each team. counts: department -> people."""
    teams = copies(counts, smallest)
    cover = Sheet(pieces=tuple(_cover(voice, announced, teams)), foot=_foot(voice, announced))
    sheets = [
        Sheet(
            pieces=tuple(_page(voice, announced)),
            foot=voice("sheets-for", team=_team(voice, team), count=count, number=str(announced.number)),
        )
        for team, count in teams
    ]
    return Document(title=announced.title, language=voice.language, sheets=(cover, *sheets))


def sheet(voice: Voice, announced: Announced) -> Document:
    """What each of those who get it reads, to be looked at."""
    page = Sheet(pieces=tuple(_page(voice, announced)), foot=_foot(voice, announced))
    return Document(title=announced.title, language=voice.language, sheets=(page,), endless=True)


def _cover(voice: Voice, announced: Announced, teams: Iterable[tuple[str, int]]) -> Iterable[Piece]:
    yield Piece(kind="title", text=voice("sheets-cover", title=announced.title))
    if announced.when is not None:
        yield Piece(kind="text", text=voice.line(announced.when))
    yield Piece(kind="text", text=voice("sheets-how"))
    lines = [voice("sheets-copies", team=_team(voice, team), count=count) for team, count in teams]
    yield Piece(kind="text", text="\n".join(lines))
    yield Piece(kind="note", text=voice("sheets-total", count=sum(count for _, count in teams)))


def _page(voice: Voice, announced: Announced) -> Iterable[Piece]:
    yield Piece(kind="title", text=announced.title)
    yield Piece(kind="text", text=voice("announcement-relayed", speaker=announced.speaker))
    for part in video.parted(read(announced.text).blocks):
        if isinstance(part, video.Video):
            yield Piece(kind="code", text=part.title, url=part.url)
        else:
            yield Piece(kind="rich", rich=part)
    if announced.ways:
        yield Piece(kind="heading", text=voice("sheets-ways"))
        for name, url in announced.ways:
            found = Piece(kind="text", text=voice("guide-community-find", name=name))
            yield Piece(kind="code", text=name, url=url) if url else found


def _team(voice: Voice, team: str) -> str:
    return team or voice("sheets-others")


def _foot(voice: Voice, announced: Announced) -> str:
    return voice("sheets-foot", number=str(announced.number), version=announced.version)
