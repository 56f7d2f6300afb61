"""What every value that crosses the port has in common."""

from pydantic import BaseModel, ConfigDict


class Word(BaseModel):
    """A value that crosses the port: immutable, and refused when it holds an unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")
