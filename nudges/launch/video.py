"""Videos in a text: a link on a line of its own whose words say so, and below it a quote, what is said in the video.

    [Video: The director’s welcome](https://video.example.org/12)

    > Good morning to all of you. …

A chat, a letter and paper show it like any other link and quote; nobody needs to hear or to open it to know what it
says. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat import Block
from bot.markdown.reading import may_lead
from bot.say import Line

_WRITTEN = re.compile(
    r"^ {0,3}!?\[\s*vid[eé]o\s*:\s*(?P<title>.*?)\s*\]\(\s*<?(?P<url>[^\s>]*?)>?(?:\s[^)]*)?\)\s*$", re.IGNORECASE
)
_SAID = re.compile(r"\s*vid[eé]o\s*:\s*(?P<title>\S.*?)\s*", re.IGNORECASE | re.DOTALL)
_WORDS = re.compile(r"\w")
SHOWN = 80
"""Characters of an address that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Video:
    """A video that a text leads to. title: with what its words begin ("Video: …")."""

    title: str
    url: str


def wrong(text: str) -> Line | None:
    """What is wrong with the first video of a text that is not as it should be."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = _WRITTEN.match(line)
        if found is None:
            continue
        if not found["title"]:
            return Line(id="announce-video-title")
        if not found["url"].startswith("https://") or not may_lead(found["url"]):
            return Line(id="announce-video-link", args={"url": found["url"][:SHOWN]})
        if not _WORDS.search(_quote(lines[number + 1 :])):
            return Line(id="announce-video-transcript", args={"title": found["title"][:SHOWN]})
    return None


def _quote(lines: Sequence[str]) -> str:
    """The quote with which some lines begin, if they do."""
    said = []
    for line in lines:
        if line.lstrip().startswith(">"):
            said.append(line.lstrip()[1:])
        elif line.strip() or said:
            break
    return " ".join(said)


def parted(blocks: Sequence[Block]) -> Iterator[Video | tuple[Block, ...]]:
    """A text in pieces: what leads to a video, and what stands between."""
    kept: list[Block] = []
    for block in blocks:
        found = _video(block)
        if found is None:
            kept.append(block)
            continue
        if kept:
            yield tuple(kept)
        kept = []
        yield found
    if kept:
        yield tuple(kept)


def _video(block: Block) -> Video | None:
    urls = {run.url for run in block.runs}
    if block.kind != "paragraph" or len(urls) != 1 or not (url := urls.pop()) or not _SAID.fullmatch(block.text):
        return None
    return Video(" ".join(block.text.split()), url)
