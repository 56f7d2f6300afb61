"""An ordinary message made into an announcement: the form, filled with what somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot import markdown, people
from bot.chat import Block, Command, NotAllowed, NotFound, PlatformError, Written, plain
from bot.nudge import Answer, Context, Refused, Role, in_thread_of
from bot.say import Line, Say
from nudges.launch import drafting, finding, showing
from nudges.launch.capability import WRITERS, nudge
from storage import people as people_rows
from storage import threads

SHORT = 80
"""Characters of a title that is made from the beginning of a text without a line of its own."""


@nudge.command(
    "announce this", by=WRITERS, aliases=["annonce ceci", "announce", "annonce"], shortcut="message", reads=True
)
async def this(event: Command, ctx: Context) -> Answer:
    """The form, filled with the message that this is said about; without one, what there is."""
    written = ctx.written
    if written is None:
        shown = await showing.listed(event, ctx)
        assert isinstance(shown, Say), "it asks nothing"
        note = Line(id="announce-this-how", kind="note")
        return shown.model_copy(update={"lines": (*shown.lines, note)})
    if isinstance(written, PlatformError):
        raise Refused(_unread(written))
    here = any((each.platform, each.room) == (event.platform, event.room) for each in ctx.rooms.get(Role.COMMS, ()))
    if not here and written.by != event.by:
        raise Refused("announce-not-here")
    text = markdown.write(await _with_names(ctx, event.platform, written))
    if not text:
        raise Refused("announce-message-empty")
    thread = in_thread_of(written.thread)
    made = await threads.about(ctx.session, event.platform, event.room, written.thread, thread) if here else None
    if made is not None:
        return await _further(ctx, str(made.id), "" if event.in_reply_to == written.thread else text)
    title, words = titled(text)
    if len(words) > finding.TEXT:
        raise Refused("announce-message-long", length=len(words), limit=finding.TEXT)
    lines = [Line(id="announce-left-out", args={"count": written.left_out})] if written.left_out else []
    meta = drafting.Meta(place=(event.platform, event.room, thread) if here else ())
    return drafting.form_of({"title": title, "text": words}, meta, lines)


async def _further(ctx: Context, number: str, text: str) -> Answer:
    """Its next version: what is written in the thread of one goes on with that one. text: "" for its own."""
    if len(text) > finding.TEXT:
        raise Refused("announce-message-long", length=len(text), limit=finding.TEXT)
    made, version = await finding.changeable(ctx, number)
    form = await drafting.filled(ctx, made, version, text)
    goes_on = Line(id="announce-goes-on", args={"number": number, "title": version.title})
    return form.model_copy(update={"lines": (goes_on, *form.lines)})


def titled(text: str) -> tuple[str, str]:
    """A title, and the text below it. text: Markdown, of at least one word."""
    first, _, rest = text.partition("\n")
    blocks = markdown.read(first).blocks
    line = plain(blocks).strip()
    if rest.strip() and len(blocks) == 1 and blocks[0].kind in {"paragraph", "heading"} and len(line) <= finding.TITLE:
        return line, rest.strip()
    words = " ".join(plain(markdown.read(text).blocks).split())
    short = words if len(words) <= SHORT else words[: SHORT - 1].rpartition(" ")[0] or words[: SHORT - 1]
    return (short if short == words else f"{short}…"), text


def _unread(error: PlatformError) -> str:
    """Why a message could not be read, in words."""
    if isinstance(error, NotFound):
        return "announce-message-gone"
    return "announce-message-hidden" if isinstance(error, NotAllowed) else "announce-message-later"


async def _with_names(ctx: Context, platform: str, written: Written) -> tuple[Block, ...]:
    """The words, with people's names where the message holds accounts; who was never met stays an account."""
    names = dict[str, str]()
    for external in written.named:
        account = await people_rows.account(ctx.session, platform, external)
        if account is not None:
            names[f"@{external}"] = await people.name(ctx.session, account.person_id)
    return tuple(_named(written.rich, names))


def _named(blocks: Sequence[Block], names: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        runs = tuple(run.model_copy(update={"text": names.get(run.text, run.text)}) for run in block.runs)
        yield block.model_copy(update={"runs": runs, "blocks": tuple(_named(block.blocks, names))})
