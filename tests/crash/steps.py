"""The named steps at which a bot kills itself when asked to: all of them, as `test_kills` finds them in the source."""

from __future__ import annotations

from nudges import NUDGES

OPEN = "community.open"
MOMENTS = ("before", "acted", "after")
INTAKE = ("intake.received", "intake.recorded", "intake.handled")
OUTBOX = ("outbox.claimed", "outbox.attempted", "outbox.posted", "outbox.settled")
OPENING = tuple(
    f"{OPEN}.{step.name}.{moment}"
    for nudge in NUDGES
    if OPEN in nudge.sequences
    for step in nudge.sequences[OPEN].steps
    for moment in MOMENTS
)
ALL = (*INTAKE, *OUTBOX, *OPENING)
