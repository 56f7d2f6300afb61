"""What a capability shows in a browser: pages to read, at /ID/ of the public listener; what can be done by a link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.nudge.acting import Role
from bot.nudge.context import Context
from bot.nudge.verbs import Voice
from bot.say import Say


@dataclass(frozen=True, slots=True)
class Browsed:
    """A page that is asked for. rest: what follows the declared path, where that ends with "/". query: as it came, by
    name. voice: in the language of who reads; zone: theirs.
    """

    rest: str
    query: Mapping[str, str]
    voice: Voice
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a template of the capability's folder `templates`, which may extend `layout.html` of the spine, and what
    it is filled with.

    Whatever is put into it is text, and never markup. What it may use besides: `t(id, …)`, a message of the catalogs;
    `at(path)`, the address of a path; `static(name)`, that of a file of its folder `static`. Nothing comes from
    elsewhere, and scripts and styles are files: browsers refuse all else.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file: a picture, an export. kind: its content type. name: under which it is saved; "" where it is shown."""

    body: bytes
    kind: str
    name: str = ""


PageHandler = Callable[[Browsed, Context], Awaitable[Page | File]]


ActHandler = Callable[[str, Context], Awaitable[Say]]


@dataclass(frozen=True, slots=True)
class ActSpec:
    """What one person may do, once, by a link that they were sent, without the chat. id: "capability.verb".

    handler: `async (of, ctx) -> Say`: what the link shows, `of` being what it is about. It only reads; `ctx.who` is
    whom the link was made for. Its choices are the buttons, and whoever presses one does the same as in the chat, with
    the same rights. Raises Refused: there is nothing to do any more.
    """

    id: str
    handler: ActHandler


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page. path: below /ID/, "" for the first one; one that ends with "/" stands for all below it.

    handler: it only reads, and who reads is `ctx.who`. by: the roles entitled; having one of them suffices.
    Its capability's words say what its pages are called, `page-ID`, and how they are opened: `page-ID.ask`.
    """

    path: str
    handler: PageHandler
    by: frozenset[Role]
