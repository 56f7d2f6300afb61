"""The contact ledger: what the bot sent to whom of its own accord, and whether it was answered."""

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class Contact(SQLModel, table=True):
    """One contact. promise: its name. asks: it wanted a response. answered_at: when one came."""

    __tablename__ = "contact"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    promise: str = Field(unique=True)
    platform: str
    asks: bool = False
    planned_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None
