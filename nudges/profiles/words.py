"""How fields and values are said; pure."""

from __future__ import annotations

from bot.say import Line, Pick, Term
from nudges.profiles.rules import Source, Stands
from nudges.profiles.settings import OWN, PLATFORM, FieldSettings

SHOWN = 50
"""Characters of a label that a button has room for."""


def label(asked: FieldSettings) -> Term:
    """What a field is called, in its reader's language."""
    return Term(term="profile-words", args={**asked.label}) if asked.label else Term(term=f"profile-field-{asked.name}")


def why(asked: FieldSettings) -> Term:
    """What a field is good for."""
    return Term(term="profile-words", args={**asked.why}) if asked.why else Term(term=f"profile-why-{asked.name}")


def value(stand: Stands) -> Term | str:
    """What a field holds."""
    return Term(term="profile-there") if stand.field.kind == "picture" else stand.value


def where(source: Source, own_state: str = "") -> Term:
    """Where a value is from. own_state: of a value of the own directory."""
    if source.kind == OWN:
        return Term(term="profile-source-confirmed" if own_state == "confirmed" else "profile-source-own")
    if source.kind == "custom":
        return Term(term="profile-source-custom", args={"platform": source.platform})
    return Term(term="profile-source-platform" if source.kind == PLATFORM else "profile-source-roster")


def fill(stand: Stands) -> Pick:
    """The way to fill a field here."""
    return Pick(
        label="profile-fill-named",
        action="profile.edit",
        value=stand.field.name,
        style="plain" if stand.offer else "primary",
        args={"field": label(stand.field)},
    )


def confirm(stand: Stands) -> Pick:
    """Accept what the roster says, in one tap."""
    return Pick(label="profile-confirm", action="profile.confirm", value=stand.field.name, style="primary")


def decline(stand: Stands) -> Pick:
    """They prefer not to say."""
    return Pick(label="profile-prefer-not", action="profile.prefer-not", value=stand.field.name)


def picks(stand: Stands) -> tuple[Pick, ...]:
    """What one may do about a field that is missing."""
    offered = (confirm(stand),) if stand.offer and stand.here else ()
    return (*offered, *((fill(stand),) if stand.here else ()), decline(stand))


def offer(stand: Stands) -> tuple[Line, ...]:
    """What the roster says of a field, to be confirmed; nothing where it says nothing."""
    if not (stand.offer and stand.here):
        return ()
    return (Line(id="profile-offer"), Line(id="plain", args={"text": stand.offer}, kind="quote"))


def only_there(stand: Stands) -> bool:
    """Whether the platform alone can hold a field."""
    return not stand.here and bool(stand.there)
