"""What a capability declares, what its handlers receive, and how they refuse.

A handler is `async (event, ctx) -> Say | Ask | None`. It runs inside one database transaction together with the
mark that its event is handled: it reads and writes rows, plans promises with `ctx.outbox`, and never calls a platform.
What it returns is said to the person who acted, at once.

acting: roles, who acts, a clear no. context: what handlers receive. handling: commands, choices, forms, ticks,
sequences. contacts: what is said unasked. verbs: what administrators may type after `parvis`. pages: what is shown in a
browser. capability: all of it in one value, the nudge.
"""

from bot.nudge.acting import EVERYONE, Actor, Refused, Role
from bot.nudge.capability import Disclosed, Found, Gauged, Nudge
from bot.nudge.contacts import ContactSpec, Due, Prospect
from bot.nudge.context import (
    ON_A_MESSAGE,
    Asking,
    Context,
    Handed,
    HomeRoom,
    Planner,
    Priority,
    Recalled,
    To,
    Told,
    Trail,
    in_thread_of,
    nowhere,
)
from bot.nudge.handling import (
    Adding,
    Answer,
    Check,
    ChoiceSpec,
    CommandSpec,
    FieldErrors,
    FormSpec,
    Handler,
    Look,
    Overheard,
    SequenceSpec,
    Step,
    TickSpec,
    Wait,
)
from bot.nudge.pages import ActSpec, Browsed, File, Page, PageSpec
from bot.nudge.verbs import Terminal, Verb, Voice

__all__ = [
    "EVERYONE",
    "ON_A_MESSAGE",
    "ActSpec",
    "Actor",
    "Adding",
    "Answer",
    "Asking",
    "Browsed",
    "Check",
    "ChoiceSpec",
    "CommandSpec",
    "ContactSpec",
    "Context",
    "Disclosed",
    "Due",
    "FieldErrors",
    "File",
    "FormSpec",
    "Found",
    "Gauged",
    "Handed",
    "Handler",
    "HomeRoom",
    "Look",
    "Nudge",
    "Overheard",
    "Page",
    "PageSpec",
    "Planner",
    "Priority",
    "Prospect",
    "Recalled",
    "Refused",
    "Role",
    "SequenceSpec",
    "Step",
    "Terminal",
    "TickSpec",
    "To",
    "Told",
    "Trail",
    "Verb",
    "Voice",
    "Wait",
    "in_thread_of",
    "nowhere",
]
