"""An announcement as those see it who are asked to sign it: what goes with it, then each of its renderings."""

from __future__ import annotations

from bot import people
from bot.chat import letter, weight
from bot.markdown import read
from bot.nudge import Context
from bot.say import Line, Names, Say, plain
from nudges.launch import facts
from nudges.launch.paper import seen
from nudges.launch.wording import in_chat, say_of
from storage.launch import Announcement, AnnouncementVersion

PIECE = 2500
"""Characters of one piece; a platform may show 3,000 of one."""
LONG = 5000
"""How much room a text takes (`bot.chat.weight`) that may be shortened in the chat beside its letter."""


async def about(ctx: Context, made: Announcement, version: AnnouncementVersion) -> list[Line]:
    """Which announcement it is, whose words, who wrote them, whom it is for and when it is sent."""
    args = {
        "number": str(made.id),
        "title": version.title,
        "version": version.number,
        "speaker": await people.name(ctx.session, made.speaker_id),
        "owner": await people.name(ctx.session, made.owner_id),
        "by": await people.name(ctx.session, version.by_id),
    }
    lines = [
        Line(id="announcement-card", kind="title", args={**args}),
        Line(id="announcement-voice-own" if made.own_name else "announcement-voice", args={**args}),
        Line(id="announce-owner", kind="fact", args={**args}),
        Line(id="announcement-version", kind="fact", args={**args}),
        *await facts.about(ctx, made),
    ]
    if made.counted is not None:
        lines.append(Line(id="announcement-counted", kind="fact", args={"count": made.counted}))
    else:
        lines.append(Line(id="announcement-counted-not", kind="fact"))
    return lines


async def renderings(ctx: Context, made: Announcement, version: AnnouncementVersion) -> list[Line]:
    """As it looks in the chat, and as a letter, whose first words are its subject.

    The letter, whose words are always whole, comes first where a platform may have to shorten what is long.
    """
    said = await say_of(ctx, made, version)
    reading = read(version.text)
    relayed = next(each for each in said.lines if each.id == "announcement-relayed")
    chats = Names(names=tuple(sorted(set(ctx.platforms) - set(ctx.addressed))))
    chat = [
        Line(id="announcement-in-chat", args={"chats": chats}),
        *(await in_chat(ctx, made, version)).lines,
    ]
    mail = [
        Line(id="announcement-in-mail"),
        Line(id="announcement-subject", kind="fact", args={"title": version.title}),
        relayed.model_copy(update={"kind": "quote"}),
        *(plain(each, "quote") for each in in_pieces(letter(reading.blocks)[0])),
    ]
    return [*mail, *chat] if weight(reading.blocks) > LONG else [*chat, *mail]


async def on_paper(ctx: Context, made: Announcement, version: AnnouncementVersion) -> Say:
    """As it is printed: the picture of its sheet, or that there is none."""
    drawing = await seen.drawing(ctx, made, version)
    line = Line(id="announcement-on-paper" if drawing is not None else "announcement-on-paper-unseen")
    return Say(lines=(line,), picture=drawing)


def in_pieces(text: str, most: int = PIECE) -> list[str]:
    """A text in pieces that are shown whole, cut between its lines where that can be. most: characters of a piece."""
    pieces, piece = list[str](), ""
    for line in text.split("\n"):
        for begin in range(0, max(1, len(line)), most):
            part = line[begin : begin + most]
            if piece and len(piece) + 1 + len(part) > most:
                pieces.append(piece)
                piece = part
            else:
                piece = f"{piece}\n{part}" if piece else part
    return [*pieces, piece] if piece else pieces
