"""What is wrong with the settings, before it has a language: messages of the catalogs with their arguments.

The command line says them (`bot.cli.opening`), in the language of whoever reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.say import Arg, Line


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    file: "" for the environment. key: "platforms.acme.kind", or a variable of the environment; "" for the whole file.
    wrong: the end of a sentence that begins with the key. write: what to do.
    """

    file: str
    key: str
    wrong: Line
    write: Line


class ConfigError(Exception):
    """The settings cannot be used.

    As a text, for tracebacks, it has a line per problem: file, key, and the ids of its messages with their arguments.
    """

    def __init__(self, problems: Sequence[Problem], language: str = "") -> None:
        """problems: at least one. language: the default one of the file, as far as it could be read; "" for none."""
        super().__init__("\n".join(_traced(problem) for problem in problems))
        self.problems = tuple(problems)
        self.language = language


class WrongValueError(ValueError):
    """A value of a setting that cannot be used; what the models' validators raise."""

    def __init__(self, id: str, write: str | list[str] = "", /, *, how: str = "settings-write", **args: Arg) -> None:
        """A refusal in the words of the catalogs: the spine's, or those of the capability whose setting it is.

        id, args: a message, the end of a sentence that begins with the setting's key. write: a value that can be used,
        or "" when none can be guessed. how: a message that says so, with `$what` (port = 80).
        """
        super().__init__(id)
        self.line = Line(id=id, args=args)
        self.write = write
        self.how = how

    def writing(self, write: str | list[str]) -> WrongValueError:
        """The same refusal, of a value that is written otherwise where it stands."""
        return WrongValueError(self.line.id, write, how=self.how, **self.line.args)


def message(id: str, /, **args: Arg) -> Line:
    """A message of the catalogs with its arguments."""
    return Line(id=id, args=args)


def quoted(value: object) -> str:
    """A value as it stands in the file."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _traced(problem: Problem) -> str:
    wrong, write = (
        " ".join([line.id, *(f"{name}={arg!r}" for name, arg in line.args.items())])
        for line in (problem.wrong, problem.write)
    )
    return ": ".join(part for part in (problem.file or "environment", problem.key, f"{wrong}; {write}") if part)
