"""What an organisation says to the people of a job: the tables `[[launch.guides]]`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from bot.config.problems import WrongValueError, quoted
from bot.lookup import fold

EXAMPLES = 3
"""In each guide: enough to see how it is meant, and few enough to be read."""

Title = Annotated[str, Field(min_length=2, max_length=75)]


class Example(BaseModel):
    """Something that somebody of this job did, or could do."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    title: Title = Field(description="what it is about", examples=["A fault on a Friday"])
    text: Annotated[str, Field(min_length=10, max_length=1000)] = Field(
        description="what happens, as Markdown", examples=["Ask where those are who have had it before."]
    )
    community: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]{0,79})?$")] = Field(
        "", description="the name of a community as addresses write it (small letters, hyphens), if it is about one"
    )


class Guide(BaseModel):
    """A guide for the people of some jobs, in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    jobs: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=100)], ...], Field(min_length=1)] = Field(
        description="the jobs as the roster has them; * is anything, case and accents make no difference",
        examples=[["technicien*", "*technician*"]],
    )
    language: Literal["en", "fr"] = Field(description="of its words", examples=["en"])
    title: Title = Field(description="how people choose it", examples=["For technicians"])
    why: Annotated[str, Field(min_length=10, max_length=2000)] = Field(
        description="why the network exists for them, as Markdown", examples=["Somebody has had your fault before you."]
    )
    how: Annotated[str, Field(min_length=10, max_length=2000)] = Field(
        description="how they work with it, as Markdown", examples=["Ask in the room, and write there what helped."]
    )
    examples: tuple[Example, ...] = Field(
        description=f"{EXAMPLES} examples: each with its title, its text, and a community if it is about one",
        examples=[[{"title": "…", "text": "…"}]],
    )

    @field_validator("examples")
    @classmethod
    def _three(cls, value: tuple[Example, ...]) -> tuple[Example, ...]:
        if len(value) != EXAMPLES:
            raise WrongValueError("guide-not-three", how="guide-not-three-write", count=len(value), needed=EXAMPLES)
        return value


def _told_apart(value: tuple[Guide, ...]) -> tuple[Guide, ...]:
    seen: set[tuple[str, str]] = set()
    for each in value:
        if (each.language, fold(each.title)) in seen:
            raise WrongValueError("guide-same-title", how="guide-same-title-write", title=quoted(each.title))
        seen.add((each.language, fold(each.title)))
    return value


Guides = Annotated[tuple[Guide, ...], AfterValidator(_told_apart)]
