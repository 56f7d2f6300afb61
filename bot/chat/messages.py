"""What the bot says: messages and forms. Texts are final: in the reader's language, and plain."""

from __future__ import annotations

from typing import Literal

from bot.chat.rich import Block
from bot.chat.word import Word


class Part(Word):
    """One piece of a message, in plain text.

    kind: "title" (one line), "text" (a paragraph), "fact" (label and value), "quote" (what a person wrote),
    "item" (of a list), "note" (small print), "room" (a link to a room, `room` being its external id), "profile" (a link
    to where the platform shows somebody's profile, `account` being their external id; it calls nobody), "link" (to a
    page of the bot, `url` being its address), "rich" (a text with headings, lists and links: `rich` are its pieces,
    `text` is the same as plain text), "paste" (the same, for its reader to copy and post: `text` is Markdown; each
    platform shows it so that it is as it was meant once it is pasted there).
    """

    kind: Literal["title", "text", "fact", "quote", "item", "note", "room", "profile", "link", "rich", "paste"] = "text"
    text: str
    label: str = ""
    room: str = ""
    account: str = ""
    url: str = ""
    rich: tuple[Block, ...] = ()


class Choice(Word):
    """Something a reader may do about a message.

    action, value: come back unchanged in a `Press`. typed: the command that does the same ("community approve 12").
    """

    label: str
    action: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    typed: str = ""


class Picture(Word):
    """An image and the words that say the same, for who cannot see it, or has no place that shows images.

    data: PNG bytes. alt: these words. title: one line that platforms may put above it. name: of the file, when somebody
    keeps it.
    """

    data: bytes
    alt: str
    title: str = ""
    name: str = "picture.png"


class Message(Word):
    """What people read. stop: where a reader's own program ends further messages of its kind, with one request (RFC
    8058); "" where it does not come unasked.
    """

    parts: tuple[Part, ...]
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None
    stop: str = ""


class Written(Word):
    """A message as somebody wrote it, with its latest changes. by: their account's external id.

    thread: the external id of its thread's first message; its own where it stands alone. rich: its words, in which a
    mention is a name, or "@" and the external id of an account where the message holds no name; these are `named`.
    left_out: how many files and pictures came with it.
    """

    by: str
    thread: str
    rich: tuple[Block, ...] = ()
    named: tuple[str, ...] = ()
    left_out: int = 0


class Option(Word):
    """One possible answer to a field."""

    value: str
    label: str


class FormField(Word):
    """One question.

    kind: "text" (one line), "long" (several lines), "choice" (one of `options`), "person", "people" (accounts), "date".
    max_length: characters. value: what it holds already.
    """

    name: str
    label: str
    hint: str = ""
    kind: Literal["text", "long", "choice", "person", "people", "date"] = "text"
    options: tuple[Option, ...] = ()
    required: bool = True
    max_length: int = 300
    value: str = ""


class Form(Word):
    """Questions asked together.

    parts: shown above the questions. choices: other ways out ("join instead").
    review: all of it is filled already, and the reader corrects or accepts it.
    meta: comes back in the `Submission` (at most 2,000 characters).
    """

    id: str
    title: str
    fields: tuple[FormField, ...]
    submit: str
    cancel: str
    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()
    review: bool = False
    meta: str = ""


class Errors(Word):
    """What is wrong with a submission: field name -> a sentence for the person who filled it."""

    fields: dict[str, str]


Checked = Errors | Form | None  # refused beside the fields | asked further | accepted
