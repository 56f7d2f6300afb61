"""What the company said where a paper leaves room for it: kept beside the papers, so that these can be written anew."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.cli import Wrong
from bot.cli.voice import Voice

_MARK = "<!-- parvis privacy: "
"""Begins the last line of a paper, which holds a digest of all that is above it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """name: of the file. said: question -> what the company said."""

    name: str = ""
    said: Mapping[str, str] | None = None

    def of(self, question: str) -> str:
        """What was said; "" for nothing yet."""
        return (self.said or {}).get(question, "").strip()


def read(folder: Path, voice: Voice, language: str) -> Answers:
    """What stands in a folder already. Raises Wrong: it cannot be read."""
    path = folder / f"answers.{language}.toml"
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Wrong(voice("privacy-answers-unreadable", file=str(path), reason=str(error))) from None
    for question, text in said.items():
        if not isinstance(text, str):
            raise Wrong(voice("privacy-answers-no-text", file=str(path), question=question))
    return Answers(path.name, said)


def check(said: Answers, questions: Mapping[str, str], voice: Voice) -> None:
    """Raise Wrong where something is answered that no paper asks."""
    unknown = sorted(set(said.said or {}) - set(questions))
    if unknown:
        raise Wrong(voice("privacy-answers-unknown", file=said.name, question=unknown[0]))


def blank(questions: Mapping[str, str], voice: Voice) -> str:
    """The file to be filled. questions: with what each asks."""
    asked = (f'# {text}\n{question} = ""' for question, text in questions.items())
    return "\n\n".join([f"# {voice('privacy-answers-how')}", *asked]) + "\n"


def sealed(text: str) -> str:
    """A paper with the line by which it is known that nobody changed it."""
    return f"{text}\n{_MARK}{sha256(text.encode()).hexdigest()} -->\n"


def is_ours(text: str) -> bool:
    """Whether a paper is as it was written."""
    body, mark, _ = text.rpartition(f"\n{_MARK}")
    return bool(mark) and sealed(body) == text
