"""Promises: what must be said, and every attempt at saying it."""

from pydantic import AwareDatetime
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_LIVE = "state IN ('todo', 'going')"


class Promise(SQLModel, table=True):
    """One thing that must be said or done once. name: unique, and the platform's idempotency key.

    state: "later" (not before `due`), "todo", "going", "sent", "dead" (see error), "cancelled", "dropped" (too late).
    op: "post", "edit", "delete", "pin"; of: the name of the promise it acts on; reply_to: whose thread it joins.
    person_id or room: where it goes. platform: which one ("" until chosen, for a person). lane: what keeps its order.
    body: a `bot.say.Say` as JSON, emptied once sent. external_id, external_room: what the platform called it.
    """

    __tablename__ = "promise"
    __table_args__ = (
        Index(
            "ix_promise_turn",
            "platform",
            "priority",
            "id",
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        Index("ix_promise_lane", "lane", "priority", "id", sqlite_where=text(_LIVE), postgresql_where=text(_LIVE)),
        Index(
            "ix_promise_of",
            "of",
            sqlite_where=text("state IN ('todo', 'later')"),
            postgresql_where=text("state IN ('todo', 'later')"),
        ),
        Index("ix_promise_due", "due", sqlite_where=text("state = 'later'"), postgresql_where=text("state = 'later'")),
        Index("ix_promise_batch", "batch"),
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    platform: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    room: str = ""
    lane: str
    op: str = "post"
    of: str = ""
    reply_to: str = ""
    batch: str = ""
    kind: str
    reason: str = ""
    language: str = ""
    asks: bool = False
    priority: int
    body: str
    state: str = "todo"
    tries: int = 0
    error: str = ""
    due: AwareDatetime
    not_after: AwareDatetime | None = None
    created_at: AwareDatetime
    sent_at: AwareDatetime | None = None
    external_id: str = ""
    external_room: str = ""


class Attempt(SQLModel, table=True):
    """One try at keeping a promise, written before the call is made. outcome: "" (unknown), "sent", "found", or a code."""

    __tablename__ = "attempt"
    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="promise.id", index=True)
    platform: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    outcome: str = ""
    external_id: str = ""


class Duty(SQLModel, table=True):
    """A duty that one process holds at a time, such as sending to one platform.

    token: raised each time it changes hands; every write of the holder names it. paused: the platform asked us to wait.
    """

    __tablename__ = "duty"
    name: str = Field(primary_key=True)
    holder: str = ""
    token: int = 0
    until: AwareDatetime | None = None
    paused: AwareDatetime | None = None


class Running(SQLModel, table=True):
    """A sequence of steps under way. state: what the steps know, as JSON. phase: "running", "done", "refused"."""

    __tablename__ = "sequence"
    __table_args__ = (UniqueConstraint("name"),)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    name: str
    platform: str
    step: int = 0
    state: str
    phase: str = "running"
    tries: int = 0
    error: str = ""
    due: AwareDatetime
    created_at: AwareDatetime
