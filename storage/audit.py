"""The trail: entries chained to one another, and the erasable texts that they name."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class Entry(SQLModel, table=True):
    """One decision. actor, reason: digests of texts in `audit_text` ("" when none). before, after: JSON of codes.
    mac: HMAC over everything else and the previous entry's mac."""

    __tablename__ = "audit_entry"
    seq: int = Field(primary_key=True)
    at: AwareDatetime
    actor: str
    action: str
    subject: str
    before: str
    after: str
    reason: str
    mac: str


class Erasable(SQLModel, table=True):
    """A name or a free text, by its salted digest. Deleting the row erases the text and keeps the chain whole."""

    __tablename__ = "audit_text"
    digest: str = Field(primary_key=True)
    salt: str
    text: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
