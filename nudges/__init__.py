"""What people can name: the table of contents of the capabilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.nudge import Nudge

    NUDGES: tuple[Nudge, ...]

VERBS: Mapping[str, tuple[str, ...]] = {
    "launch": ("launch plan", "launch print"),
    "profiles": ("people completeness", "people gaps"),
    "pulse": ("pulse export", "pulse import", "pulse mark", "pulse show", "pulse status"),
}
"""What they add to the command line, by the capability's id: known before any of them is imported."""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> tuple[Nudge, ...]:
        """NUDGES, imported when it is first asked for: it takes half a second, for which help must not wait."""
        if name != "NUDGES":
            raise AttributeError(name)
        from nudges import communities, launch, profiles, pulse  # noqa: PLC0415 - see above

        return (communities.nudge, profiles.nudge, pulse.nudge, launch.nudge)
