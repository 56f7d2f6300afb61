"""What an organisation sets about announcements: the `[launch]` table of the configuration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.config import Contact
from nudges.launch.guide.settings import Guides


class Avoided(BaseModel):
    """Words that the organisation would rather not use of its network, and what it says instead."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    words: Annotated[str, Field(min_length=2, max_length=60)] = Field(
        description="as they are written; case, accents and a plural make no difference"
    )
    instead: Annotated[str, Field(max_length=100)] = Field("", description="what to say instead")
    language: Literal["en", "fr", ""] = Field("", description="looked for in texts of this language; empty: in all")


class Phase(BaseModel):
    """What campaigns in a phase may do."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    departments: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(
        (), description="the departments that its announcements reach, and nobody beyond; empty: everybody"
    )
    holds: tuple[Contact, ...] = Field(
        (), description="kinds of unasked contact that wait while a campaign is in it, such as profile.reminder"
    )


class Settings(BaseModel):
    """The table `[launch]`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    avoid: tuple[Avoided, ...] = Field(
        (
            Avoided(words="Facebook interne", instead="le réseau social de l’entreprise", language="fr"),
            Avoided(words="Facebook d’entreprise", instead="le réseau social de l’entreprise", language="fr"),
            Avoided(words="phase de test", instead="première étape", language="fr"),
            Avoided(words="internal Facebook", instead="the company’s own network", language="en"),
            Avoided(words="company Facebook", instead="the company’s own network", language="en"),
            Avoided(words="test phase", instead="first step", language="en"),
        ),
        description="words to avoid, shown to whoever writes them with what to say instead; they may be kept",
    )
    guides: Guides = Field(
        (),
        description="guides by job: why the network exists for a job, how to work with it, three examples; "
        "docs/comms.md has one to copy",
    )
    media: tuple[Literal["chat", "mail", "paper"], ...] = Field(
        ("chat", "mail", "paper"),
        description="what carries announcements, in order: of the first two, the next where the one before it failed; "
        "paper for those whom neither reaches",
    )
    signed_in: Literal["seen", "listed"] = Field(
        "seen",
        description="who is told in the chat rather than by mail: whoever used the bot or a community there (seen), or "
        "whoever has an account there (listed), where people used the chat before the bot came",
    )
    first_wave: Annotated[int, Field(ge=0, le=50)] = Field(
        5, description="percent of an announcement’s people who get it first, before somebody says “go on”; 0 for none"
    )
    wave_from: Annotated[int, Field(ge=2)] = Field(
        40, description="people an announcement must be for so that it has a first wave"
    )
    open_days: Annotated[int, Field(ge=1, le=30)] = Field(
        8, description="days for which an announcement still reaches who was away, or outside their hours"
    )
    sign_warn_hours: float = Field(
        4, ge=0, le=80, description="working hours before its time at which it is told that nobody signed it yet"
    )
    sign_offer_days: int = Field(1, ge=1, le=20, description="working days after which it is shown again to be signed")
    sign_grace_minutes: int = Field(10, ge=0, le=240, description="minutes in which a refusal can be taken back")
    sign_by_mail: Literal["never", "absent", "always"] = Field(
        "absent",
        description="whether leaders are also mailed a link to sign by: never; those who never spoke to the bot in the "
        "chat; always. It needs an address of theirs, and pages that are reachable",
    )
    keep_days: Annotated[int, Field(strict=True, ge=90)] = Field(
        365, description="days after which what was asked of those who sign, and what they answered, is forgotten"
    )
    answer_days: int = Field(
        5, ge=1, le=60, description="working days after which a leader's office is reminded of a question, each time"
    )
    question_days: int = Field(
        90, ge=1, le=3650, description="days for which a question is kept once it was answered, declined or withdrawn"
    )
    sign_in: Annotated[str, Field(pattern=r"^(https://\S+)?$", max_length=500)] = Field(
        "", description="where people sign in for the first time; invitations of campaigns end with it"
    )
    newcomers_days: Annotated[int, Field(strict=True, ge=0, le=366)] = Field(
        60,
        description="days after day zero for which whoever signs in for the first time is told how to begin; 0: nobody",
    )
    phases: dict[Literal["pilot", "launch", "run"], Phase] = Field(
        default_factory=dict, description="whom campaigns reach in each phase, and what waits meanwhile"
    )
