"""What is counted of communities and people: numbers by day, and, of people, only what a window needs and for so long.

What anybody wrote never comes here. A day is one of the organisation's own zone.
"""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

COUNTED = ("posts", "replies", "reactions", "joins", "leaves", "reads")
"""What is counted of a community and a day; columns of `PulseCount` and `PulseDay`."""


class PulseCount(SQLModel, table=True):
    """What happened in a community on a day, as it is counted while it goes on. Numbers, and nobody's.

    posts: messages outside threads; replies: messages in threads; edits are none of either, and a message that was
    removed remains counted. reads: how often somebody read on (receipts), where the platform tells.
    """

    __tablename__ = "pulse_count"
    __table_args__ = (UniqueConstraint("community_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    joins: int = 0
    leaves: int = 0
    reads: int = 0


class PulsePresence(SQLModel, table=True):
    """What a person did in a community on a day: yes or no, never how often. Kept as long as the longest window."""

    __tablename__ = "pulse_presence"
    __table_args__ = (UniqueConstraint("person_id", "community_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    wrote: bool = False
    reacted: bool = False
    read: bool = False


class PulseActivation(SQLModel, table=True):
    """That somebody was there once, and since which day: they signed in or did something. One row a person."""

    __tablename__ = "pulse_activation"
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    day: date


class PulsePopulation(SQLModel, table=True):
    """How many people there were on a day, by department ("" for none known): frozen, never written again."""

    __tablename__ = "pulse_population"
    __table_args__ = (UniqueConstraint("day", "department"),)
    id: int | None = Field(default=None, primary_key=True)
    day: date
    department: str
    people: int


class PulseDay(SQLModel, table=True):
    """What is told of a community and a day: frozen when the day is over.

    version: 1, and one more for each correction, which never replaces what was told before. why: of a correction
    ("late", "backfill", "merge"); "" for the first. members: how many were in it when it was frozen. measured: the bot
    was there all day; told_at: when it was frozen.
    """

    __tablename__ = "pulse_day"
    __table_args__ = (UniqueConstraint("community_id", "day", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    day: date = Field(index=True)
    version: int = 1
    why: str = ""
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    joins: int = 0
    leaves: int = 0
    reads: int = 0
    members: int = 0
    measured: bool = True
    told_at: AwareDatetime


class PulseGap(SQLModel, table=True):
    """Days of which nothing is known: the bot was not in the room, or away for longer than what can be caught up.

    community_id: None for all communities of the platform. since, until: first and last day. why: "outside" (not in
    the room), "away" (the bot was not running), "limit" (further back than the platform shows).
    """

    __tablename__ = "pulse_gap"
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    community_id: int | None = Field(default=None, foreign_key="community.id", index=True)
    since: date
    until: date
    why: str


class PulseBackfill(SQLModel, table=True):
    """How far the past of a community was counted. position: where the platform's history goes on ("" at its newest).

    state: "waits", "going", "done", "stopped" (why: the platform's code). reached: the earliest day that is counted;
    until: the day on which ordinary counting began. seen: messages looked at.
    """

    __tablename__ = "pulse_backfill"
    community_id: int = Field(primary_key=True, foreign_key="community.id")
    state: str = "waits"
    why: str = ""
    position: str = ""
    reached: date | None = None
    until: date
    seen: int = 0
    changed_at: AwareDatetime


class PulseImported(SQLModel, table=True):
    """A number of another tool on a day, from a file ("intranet", "page views").

    version: 1, and one more for each correction. taken_at: when it was imported.
    """

    __tablename__ = "pulse_imported"
    __table_args__ = (UniqueConstraint("tool", "measure", "day", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    tool: str
    measure: str
    day: date
    count: int
    version: int = 1
    taken_at: AwareDatetime


class PulseMark(SQLModel, table=True):
    """Something to remember beside a curve. kind: "campaign", "boost", "note". name: in few words."""

    __tablename__ = "pulse_mark"
    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    kind: str
    name: str
    community_id: int | None = Field(default=None, foreign_key="community.id")


class PulseLink(SQLModel, table=True):
    """A link to the page, and what it was used for. used_at: when its button was pressed; it opens nothing again.

    visit: digest of what the browser shows afterwards; until: when the link, then the visit, is over.
    """

    __tablename__ = "pulse_link"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    made_at: AwareDatetime
    until: AwareDatetime
    used_at: AwareDatetime | None = None
    visit: str = Field(default="", index=True)
