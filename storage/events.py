"""Events recorded, and how far they are handled."""

from pydantic import AwareDatetime
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Recorded(SQLModel, table=True):
    """One event. state: "new" (to be handled), "done", "parked" (could not be; see error).

    body: the event as JSON; emptied once handled, the row staying so that the event is known when it comes again.
    lane_person, lane_room: events of one person, and of one room, are handled in order.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("platform", "key"),
        Index("ix_event_waiting", "id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
    )
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    key: str
    kind: str
    lane_person: str = ""
    lane_room: str = ""
    body: str
    state: str = "new"
    tries: int = 0
    due: AwareDatetime
    error: str = ""
    received_at: AwareDatetime
    handled_at: AwareDatetime | None = None


class Position(SQLModel, table=True):
    """How far a platform's stream of events is recorded."""

    __tablename__ = "position"
    platform: str = Field(primary_key=True)
    value: str
