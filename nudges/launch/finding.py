"""Which announcement is meant, and whether its words fit."""

from __future__ import annotations

from collections.abc import Mapping

from bot import markdown
from bot.decide import split_number
from bot.nudge import Context, Refused
from bot.say import Line
from bot.sheets import cells
from nudges.launch.video import wrong
from storage import launch as rows
from storage import launching
from storage.launch import Announcement, AnnouncementVersion

TITLE, TEXT = 150, 3000
"""Characters; a form of Slack takes no more in one field (docs: reference/block-kit/block-elements)."""
LONGEST = 200
"""Characters of a title that the form takes, so that what is too long can be corrected instead of being cut."""


async def found(ctx: Context, text: str) -> tuple[Announcement, AnnouncementVersion]:
    """The announcement of that number. Raises Refused: there is none."""
    number, _ = split_number(text)
    row = await rows.get(ctx.session, number) if number is not None else None
    if row is None:
        raise Refused("announce-unknown", number=str(number or ""))
    return row


async def changeable(ctx: Context, text: str) -> tuple[Announcement, AnnouncementVersion]:
    """The same, while it can still be changed. Raises Refused."""
    made, version = await found(ctx, text)
    if made.state not in rows.OPEN:
        raise over(made, version)
    return made, version


async def alive(ctx: Context, text: str) -> tuple[Announcement, AnnouncementVersion]:
    """The same, unless it was given up or stopped. Raises Refused."""
    made, version = await found(ctx, text)
    if made.state == rows.CANCELLED:
        raise over(made, version)
    return made, version


def over(made: Announcement, version: AnnouncementVersion) -> Refused:
    """Why it can change no more: it is on its way, was sent, recalled or stopped, or it was given up. Pure."""
    if made.state in launching.UNDER_WAY:
        how = "-on-its-way"
    elif made.state == rows.CANCELLED:
        how = "-stopped" if made.begun_at is not None else ""
    else:
        how = f"-{made.state}"
    return Refused(f"announce-over{how}", number=str(made.id), title=version.title)


def unfit(values: Mapping[str, str]) -> dict[str, Line]:
    """What is wrong with a title and a text, field by field."""
    errors: dict[str, Line] = {}
    title, text = values.get("title", ""), values.get("text", "")
    for name, said, most in (("title", title, TITLE), ("text", text, TEXT)):
        if len(said.strip()) > most:
            errors[name] = Line(id="announce-long", args={"limit": most, "length": len(said.strip())})
        elif not said.strip():
            errors[name] = Line(id=f"announce-no-{name}")
    if "text" not in errors and (video := wrong(text)) is not None:
        errors["text"] = video
    if "text" not in errors and (url := leads_nowhere(text)):
        errors["text"] = Line(id="announce-link", args={"url": url})
    if "title" not in errors and title_of(title) is None:
        errors["title"] = Line(id="announce-title-odd")
    return errors


def leads_nowhere(text: str) -> str:
    """The first address in a text that is written as a link, and is none; "" for none."""
    return next((each.what for each in markdown.read(text).lost if each.kind == "link"), "")


def title_of(text: str) -> str | None:
    """A title on one line; None: it is none."""
    try:
        return cells.clean(text) or None
    except cells.Unfit:
        return None
