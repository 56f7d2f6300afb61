"""Pages from templates: everything put into them is text, and a name that is not known is an error."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.say import Arg, Line
from bot.words import Reader, Words

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Static:
    """A file that pages use. mark: of what is in it."""

    body: bytes
    kind: str
    mark: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """The catalogs in the language of who reads. Implements `bot.nudge.Voice`."""

    words: Words
    reader: Reader

    def __call__(self, id: str, /, **args: Arg) -> str:
        """A message. Raises WordsError as `Words.text` does."""
        return self.words.text(self.reader, id, args)

    @property
    def language(self) -> str:
        """The catalogs' language that it speaks."""
        return self.words.match(self.reader.language)

    def line(self, line: Line) -> str:
        """A message that came with its arguments."""
        return self.words.text(self.reader, line.id, line.args)


class Templates:
    """The templates and files of the spine, and those of each capability that shows pages."""

    def __init__(self, folders: Mapping[str, Path], root: str, name: str) -> None:
        """folders: id of a capability -> its folder. root: what stands before each path in an address ("" mostly).

        name: of the bot.
        """
        self._folders = folders
        self._root = root
        self._name = name
        self._environment: Environment | None = None
        self.files = {f"/static/{path.name}": _static(path) for path in sorted((HERE / "static").iterdir())}
        for id, folder in folders.items():
            found = sorted((folder / "static").glob("*"))
            self.files |= {f"/{id}/static/{path.name}": _static(path) for path in found}

    def at(self, path: str) -> str:
        """The address of a path, as browsers are given it."""
        return f"{self._root}{path}"

    def page(self, of: str, template: str, voice: Spoken, values: Mapping[str, Any]) -> bytes:
        """A page. of: whose template it is, "" for the spine's. Takes its time: call it in a thread."""
        environment = self._environment or self._made()
        self._environment = environment

        def static(name: str) -> str:
            path = f"/{of}/static/{name}" if f"/{of}/static/{name}" in self.files else f"/static/{name}"
            return f"{self.at(path)}?v={self.files[path].mark}"

        usual = {"t": voice, "language": voice.language, "at": self.at, "static": static, "name": self._name}
        return environment.get_template(f"{of}/{template}" if of else template).render({**usual, **values}).encode()

    def _made(self) -> Environment:
        from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined  # noqa: PLC0415 - takes 50 ms

        own = FileSystemLoader(HERE / "templates")
        theirs = {id: FileSystemLoader(folder / "templates") for id, folder in self._folders.items()}
        return Environment(
            loader=ChoiceLoader([own, PrefixLoader(theirs)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def _static(path: Path) -> Static:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Static(body, f"{kind}; charset=utf-8", sha256(body).hexdigest()[:16])
