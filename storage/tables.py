"""Every table there is, in one place: what migrations and tests compare the database with."""

from sqlmodel import SQLModel

from storage import (
    acts,
    audit,
    campaigns,
    changes,
    communities,
    contacts,
    counts,
    dialogues,
    erased,
    events,
    figures,
    joining,
    keeping,
    launch,
    live,
    mandates,
    outbox,
    people,
    profiles,
    pulse,
    releases,
    requests,
    roster,
    strays,
    visits,
    voice,
    wishes,
)
from storage.partial import complete

NOUNS = (
    figures,
    people,
    roster,
    audit,
    communities,
    changes,
    strays,
    contacts,
    counts,
    wishes,
    releases,
    dialogues,
    erased,
    events,
    joining,
    keeping,
    mandates,
    outbox,
    profiles,
    pulse,
    launch,
    campaigns,
    live,
    requests,
    visits,
    acts,
    voice,
)
"""The modules that define rows; a capability that remembers something adds its own here."""

METADATA = SQLModel.metadata
complete(METADATA)
