"""Communities: asked for, decided on, opened, found again."""

from nudges.communities.capability import nudge

__all__ = ["nudge"]
