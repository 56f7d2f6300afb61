"""Forms being asked line by line: where each stands, so that a restart changes nothing."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import update
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.partial import partial


class Dialogue(SQLModel, table=True):
    """One dialogue. form: the `bot.say.Ask` under way, as JSON. answers: field name -> text, as JSON.

    position: index of the question asked now; -1 while all of it is being reviewed. state: "open", "aside"
    (another was begun meanwhile), "done", "cancelled", "expired". A person has one open dialogue on a platform, and one
    put aside at most.
    """

    __tablename__ = "dialogue"
    __table_args__ = (partial("uq_dialogue_open", "person_id", "platform", unique=True, where="state = 'open'"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    platform: str
    form: str
    answers: str = "{}"
    position: int = 0
    state: str = "open"
    version: int = 1
    expires_at: AwareDatetime
    created_at: AwareDatetime


async def opened(session: AsyncSession, person_id: int, platform: str, state: str = "open") -> Dialogue | None:
    """The dialogue under way with a person on a platform. state: "aside" for the one put aside meanwhile."""
    found = await session.exec(
        select(Dialogue)
        .where(Dialogue.person_id == person_id, Dialogue.platform == platform, Dialogue.state == state)
        .order_by(col(Dialogue.id).desc())
    )
    return found.first()


async def end(session: AsyncSession, person_id: int, platform: str, state: str, of: str = "open") -> None:
    """End the open dialogue, if there is one; what was answered is forgotten. of: "aside" for the one put aside."""
    await session.exec(
        update(Dialogue)
        .where(col(Dialogue.person_id) == person_id, col(Dialogue.platform) == platform, col(Dialogue.state) == of)
        .values(state=state, answers="{}", form="{}")
    )


async def turn(session: AsyncSession, row: Dialogue, state: str) -> None:
    """Put a dialogue aside, or take it up again, with all that was answered. state: "aside" or "open"."""
    row.state = state
    row.version += 1
    session.add(row)
    await session.flush()


async def overdue(session: AsyncSession, now: datetime, state: str = "open") -> list[Dialogue]:
    """Dialogues of a state whose time is up."""
    return list(await session.exec(select(Dialogue).where(Dialogue.state == state, Dialogue.expires_at <= now)))
