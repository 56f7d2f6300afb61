"""What the privacy papers say of profiles: every field, where it is from, what for and who sees it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nudge import Disclosed
from bot.say import Term
from nudges.profiles import rules, words
from nudges.profiles.capability import nudge
from nudges.profiles.rules import Source
from nudges.profiles.settings import OWN, PLATFORM, Settings


def discloses(settings: Settings) -> Sequence[Disclosed]:
    """Every field that the settings ask for."""
    return tuple(
        Disclosed(
            what=words.label(each),
            why=words.why(each),
            sources=tuple(_from(source) for source in rules.sources(each)),
            seen_by=Term(term="profile-paper-seen"),
            is_required=each.name in settings.required(),
        )
        for each in settings.fields
    )


def _from(source: Source) -> Term:
    if source.kind == OWN:
        return Term(term="profile-paper-own")
    if source.kind == PLATFORM:
        return Term(term="profile-paper-platform", args={"name": f"`{source.name}`"})
    if source.kind == "custom":
        return Term(term="profile-paper-custom", args={"name": f"`{source.name}`", "platform": source.platform})
    return Term(term="profile-paper-roster", args={"name": f"`{source.name}`"})


nudge.discloses = discloses
