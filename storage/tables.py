"""Every table there is, in one place: what migrations and tests compare the database with."""

from sqlmodel import SQLModel

from storage import audit, communities, contacts, dialogues, events, keeping, outbox, people, requests

NOUNS = (people, audit, communities, contacts, dialogues, events, keeping, outbox, requests)
"""The modules that define rows; a capability that remembers something adds its own here."""

METADATA = SQLModel.metadata
