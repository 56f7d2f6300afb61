"""Indicators: what is counted without being read, and shown so that nobody is found in it.

`counting` hears what happens in communities and adds it up; `days` freezes what is told of a day once it is over;
`past` counts what happened before the bot came. `rules` says what each indicator is, and `report` is the one answer
that every view is made of; both are pure. `reading` makes a report from rows, by way of `bot.figures`. `drawing` makes
charts of it, `page` the web page, `asking` what is said in the chat, `digest` what is
said of a month, `export` files, `imported` takes other tools'
numbers. Each hangs what it declares on the capability.
"""

from nudges.pulse import (  # noqa: F401 - they declare it all
    asking,
    counting,
    days,
    digest,
    forgetting,
    gauging,
    health,
    inside,
    marking,
    page,
    past,
    publishing,
    reading,
    status,
    verbs,
)
from nudges.pulse.capability import nudge

asking.declare(nudge, reading.of)
page.declare(nudge, reading.of)
digest.declare(nudge, reading.of)

__all__ = ["nudge"]
