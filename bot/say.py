"""What a capability wants said, before it has a language: ids of the catalogs with their arguments.

Kept in rows until it is sent (a promise is rendered when sent, in the reader's language), hence plain JSON.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class _Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Moment(_Word):
    """An argument that is an instant, written in the reader's language and zone.

    style: "day" is a calendar day rather than an instant: the date that `at` has, the same in every zone. zone: IANA,
    whose clocks show it to every reader, where that matters more than the reader's own.
    """

    at: AwareDatetime
    zone: str = ""
    style: Literal["date", "datetime", "time", "ago", "day"] = "datetime"


class Term(_Word):
    """An argument that is itself a message of the catalogs, with arguments of its own."""

    term: str
    args: dict[str, Term | Moment | str | int] = {}


class Names(_Word):
    """An argument that is a list, joined as the reader's language joins lists: "a, b and c", or "a, b or c"."""

    names: tuple[Term | str, ...]
    style: Literal["and", "or"] = "and"


Arg = Annotated[Term | Moment | Names | str | int | float, Field(union_mode="smart")]


class Line(_Word):
    """One piece of a message. id: a message of the catalogs; `plain` ("{ $text }") carries what a person wrote.

    kind: as `bot.chat.Part`. A "fact" takes its label from the message's `.label` attribute; what a "rich" or a
    "paste" line says is read as Markdown (`bot.markdown`).
    room: the external id of a room, for kind "room". account: that of an account, for kind "profile". url: for "link".
    """

    id: str
    args: dict[str, Arg] = {}
    kind: Literal["title", "text", "fact", "quote", "item", "note", "room", "profile", "link", "rich", "paste"] = "text"
    room: str = ""
    account: str = ""
    url: str = ""


class Pick(_Word):
    """A choice offered. label: a message of the catalogs. action: "capability.verb"; value: its arguments.

    Every pick can also be typed: "community.approve" with value "12" is the command `community approve 12`.
    """

    label: str
    action: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    args: dict[str, Arg] = {}


class Drawing(_Word):
    """A picture before it has a language. by: what draws it, as a capability declares it ("pulse.charts"); of: what it
    is made from, as JSON. Whatever it tells, the lines of its message tell too.
    """

    by: str
    of: str


class Say(_Word):
    """A message before it has a language.

    of: what it is put together from, where that is several contacts in one message.
    """

    lines: tuple[Line, ...]
    choices: tuple[Pick, ...] = ()
    picture: Drawing | None = None
    v: int = 1
    of: tuple[Item, ...] = ()


class Item(_Word):
    """One of several contacts in one message, as it would be said alone. kind: of contact.

    asks: it wants a response.
    """

    kind: str
    say: Say
    asks: bool = True


class Question(_Word):
    """One question of a form.

    Its words are `field-FORM-NAME` with attributes `.label` and, where wanted, `.hint`; FORM being the form's id with
    "." replaced by "-". options: values; their labels are `option-VALUE` of the catalogs, unless `labels` gives texts.
    args: what its label and hint are said with.
    """

    name: str
    kind: Literal["text", "long", "choice", "person", "people", "date"] = "text"
    options: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    required: bool = True
    max_length: int = 300
    value: str = ""
    args: dict[str, Term | str | int] = {}


class Ask(_Word):
    """A form before it has a language. Its words are `form-ID` with attributes `.title`, `.submit` and `.cancel`.

    id: "capability.form"; lines, choices: shown above; review: all is filled, to be corrected or accepted.
    """

    id: str
    questions: tuple[Question, ...]
    lines: tuple[Line, ...] = ()
    choices: tuple[Pick, ...] = ()
    review: bool = False
    meta: str = ""


def plain(text: str, kind: Literal["text", "quote", "item", "note", "title", "rich", "paste"] = "text") -> Line:
    """A line that carries a text as it is."""
    return Line(id="plain", args={"text": text}, kind=kind)


def say(id: str, /, *choices: Pick, **args: Arg) -> Say:
    """A message of one line."""
    return Say(lines=(Line(id=id, args=args),), choices=choices)
