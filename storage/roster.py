"""The company's own list of its people, as it was handed over: by a file, or pushed (SCIM)."""

from __future__ import annotations

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class Entry(SQLModel, table=True):
    """One line of the roster.

    key: what the company calls this human being for ever (a staff number, else the e-mail address). source: "csv",
    "scim". person_id: whom it was matched with; None: nobody yet. email: in lower case. manager: another line's key.
    language: "fr"; zone: IANA; country: as `bot.calendar.WorkingTime.holidays_country`; days: "mon tue wed", "" for the
    usual ones. away: when they are absent, as JSON: [["2026-12-01", "2026-12-15"]], both days included, no reasons.
    accounts: platform -> external id, as JSON, where the roster itself says so. more: other columns, as JSON.
    state: "here", "left". scim: the identifier given to who pushes it ("" for none).
    """

    __tablename__ = "roster"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    source: str = "csv"
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    email: str = Field(default="", index=True)
    name: str = ""
    department: str = Field(default="", index=True)
    job: str = ""
    manager: str = ""
    language: str = ""
    zone: str = ""
    country: str = ""
    days: str = ""
    away: str = "[]"
    accounts: str = "{}"
    more: str = "{}"
    state: str = "here"
    scim: str = Field(default="", index=True)
    created_at: AwareDatetime
    changed_at: AwareDatetime
    left_at: AwareDatetime | None = None
