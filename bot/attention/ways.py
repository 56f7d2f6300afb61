"""What every optional message carries: why it came, and three ways to be spared the next. Pure."""

from __future__ import annotations

from bot.say import Line, Pick, Say
from bot.words import slug


def words_of(kind: str) -> str:
    """The message of the catalogs that says what contacts of a kind are; its attribute `.why` says why they come."""
    return f"contact-{slug(kind)}"


def with_ways(say: Say, kind: str) -> Say:
    """The message with its reason, and with ways to have it later, none of its kind, or nothing unasked at all.

    One that has them already stays as it is.
    """
    if any((pick.action, pick.value) == ("parvis.stop-kind", kind) for pick in say.choices):
        return say
    why = Line(id=f"{words_of(kind)}.why", kind="note")
    ways = (
        Pick(label="attention-later", action="parvis.snooze", value=kind),
        Pick(label="attention-no-more", action="parvis.stop-kind", value=kind),
        Pick(label="attention-nothing", action="parvis.stop"),
    )
    return say.model_copy(update={"lines": (*say.lines, why), "choices": (*say.choices, *ways)})
