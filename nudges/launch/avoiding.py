"""Words to avoid, shown to whoever writes them, once; that they were kept is in the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.nudge import Context
from bot.say import Line
from nudges.launch import vocabulary
from nudges.launch.settings import Settings
from nudges.launch.vocabulary import Found


def avoided(values: Mapping[str, str], settings: Settings) -> list[Found]:
    """Those of a title and a text."""
    return vocabulary.found(f"{values.get('title', '')}\n{values.get('text', '')}", settings.avoid)


def avoided_lines(found: Sequence[Found]) -> list[Line]:
    """What is said of words to avoid: a warning, with what to say instead."""
    lines = [Line(id="announce-avoid", args={"count": len(found)})]
    for each in found:
        args = {"words": each.written, "instead": each.avoided.instead}
        lines.append(
            Line(id="announce-avoid-instead" if args["instead"] else "announce-avoid-words", kind="item", args={**args})
        )
    return lines


async def trace(ctx: Context, number: int, action: str, kept: Sequence[Found]) -> None:
    """Leave a trace of what was done with an announcement. kept: words to avoid that stand in it all the same."""
    words = {"words": ", ".join(each.written for each in kept)} if kept else {}
    await ctx.audit.append(
        ctx.session,
        now=ctx.now,
        actor=ctx.actor.person,
        action=f"announce.{action}",
        subject=f"announcement:{number}",
        after={"avoided": str(len(kept))} if kept else {},
        texts=words,
    )
