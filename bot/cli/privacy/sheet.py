"""A paper in Markdown, put together from messages of the catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cli.privacy.answers import Answers
from bot.cli.voice import Voice
from bot.say import Arg


class Sheet:
    """One paper in one language. questions: what only the company can say, as they were asked."""

    def __init__(self, voice: Voice, said: Answers) -> None:
        self.voice = voice
        self.questions: dict[str, str] = {}
        self._said = said
        self._blocks: list[str] = []

    @property
    def text(self) -> str:
        """The whole of it."""
        return "\n\n".join(self._blocks) + "\n"

    def title(self, id: str, level: int = 2, **args: Arg) -> None:
        """A heading. level: 1 for the paper's own."""
        self._blocks.append(f"{'#' * level} {self.voice(id, **args)}")

    def says(self, id: str, **args: Arg) -> None:
        """A paragraph."""
        self._blocks.append(self.voice(id, **args))

    def lists(self, lines: Iterable[str]) -> None:
        """A list."""
        self._blocks.append("\n".join(f"- {line}" for line in lines))

    def asks(self, *ids: str) -> None:
        """What only the company can say: marked, or as it was said. ids: "privacy-fill-QUESTION"."""
        self._blocks.append("\n>\n".join(map(self._asked, ids)))

    def _asked(self, id: str) -> str:
        question, text = id.removeprefix("privacy-fill-"), self.voice(id)
        self.questions[question] = text
        if said := self._said.of(question):
            lines = said.splitlines()
            return "\n".join([f"> **{self.voice('privacy-said')}** {text}", ">", *(f"> {line}" for line in lines)])
        return f"> **{self.voice('privacy-fill')}** {text} (`{question}`)"

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """columns: ids of their headings."""
        lines = [
            [self.voice(id) for id in columns],
            ["---"] * len(columns),
            *([_cell(each) for each in row] for row in rows),
        ]
        self._blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
