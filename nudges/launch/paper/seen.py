"""The sheet as a picture: who signs an announcement, or looks at its preview, sees what will be printed of it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot import people
from bot.chat import Picture
from bot.nudge import Context, Refused, Voice
from bot.paper import can_print, pictures
from bot.say import Drawing, Line
from nudges.launch.capability import nudge
from nudges.launch.paper.bundle import Announced, Way, sheet
from nudges.launch.paper.giving import ways
from storage.launch import Announcement, AnnouncementVersion

COARSE = 100
"""Points per inch: its codes can still be read."""


class Drawn(BaseModel):
    """What the picture is made from; see `Announced`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    version: int
    title: str
    text: str
    speaker: str
    ways: tuple[Way, ...] = ()


async def drawing(ctx: Context, made: Announcement, version: AnnouncementVersion) -> Drawing | None:
    """The picture of the sheet; None where nothing can be printed."""
    if not can_print():
        return None
    drawn = Drawn(
        number=made.id or 0,
        version=version.number,
        title=version.title,
        text=version.text,
        speaker=await people.name(ctx.session, made.speaker_id),
        ways=await ways(ctx),
    )
    return Drawing(by=f"{nudge.id}.sheet", of=drawn.model_dump_json())


@nudge.draws("sheet")
def draw(of: str, voice: Voice) -> Picture | None:
    """The sheet, on one page as long as it needs; the same words stand in the message."""
    drawn = Drawn.model_validate_json(of)
    announced = Announced(drawn.number, drawn.version, drawn.title, drawn.text, drawn.speaker, drawn.ways)
    try:
        (made,) = pictures(sheet(voice, announced), COARSE)
    except Refused:
        return None
    title = voice.line(Line(id="sheets-seen", args={"title": drawn.title}))
    return Picture(data=made, alt=title, title=title, name=f"{nudge.id}-{drawn.number}.png")
