"""What an organisation sets about its communities: the `[communities]` table of the configuration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.config.values import Declared

Some = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Words = tuple[Annotated[str, Field(min_length=2)], ...]
Reason = Literal["duplicate", "unclear", "not-work", "should-be-public", "name", "later", "other"]


class Settings(BaseModel):
    """Every default is what the evidence supports; each can be changed, with the reason beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    phase: Literal["pilot", "run"] = Field("run", description="what a community is called while it opens: pilot or run")
    objectives: tuple[Annotated[str, Field(min_length=3, max_length=75)], ...] = Field(
        (), description="the objectives named at the study; each community serves one. Empty: people write their own"
    )
    charter: dict[Literal["en", "fr"], Annotated[str, Field(min_length=20, max_length=2000)]] = Field(
        default_factory=dict, description="the charter pinned in each new community; without it, a short usual one"
    )

    name_min: Annotated[int, Field(strict=True, ge=2)] = Field(
        3, description="characters a name needs to say something"
    )
    name_max: Annotated[int, Field(strict=True, ge=10, le=75)] = Field(
        50, description="characters that every client shows whole"
    )
    reserved_names: Words = Field(
        (
            "admin",
            "announcements",
            "annonces",
            "all",
            "everyone",
            "tous",
            "channel",
            "here",
            "ici",
            "general",
            "random",
            "divers",
            "company",
            "entreprise",
            "help",
            "aide",
            "support",
            "parvis",
            "bot",
            "system",
        ),
        description="names that people would take for official, or for a command; accents and case make no difference",
    )

    private_percent: Percent = Field(20, description="private communities among all: beyond it, silos come back")
    private_percent_from: Some = Field(10, description="communities from which the percentage applies")
    private_before: Count = Field(2, description="private communities allowed before that")
    interest_min_percent: Percent = Field(20, description="the band of communities of interest among all: from")
    interest_max_percent: Percent = Field(60, description="the band of communities of interest among all: to")
    balance_from: Some = Field(10, description="communities from which the balance is looked at")
    enthusiast_words: Words = Field(
        (
            "early adopter",
            "early adopters",
            "enthusiast",
            "enthusiasts",
            "power users",
            "beta testers",
            "ambassadors",
            "geeks",
            "passionnés d’outils",
            "passionnés du numérique",
            "utilisateurs pionniers",
            "pionniers",
            "bêta-testeurs",
            "testeurs",
            "ambassadeurs",
            "technophiles",
        ),
        description="words that reveal a gathering of enthusiasts rather than of people who work on something",
    )
    tool_words: Words = Field(
        (
            "slack",
            "matrix",
            "element",
            "parvis",
            "chatbot",
            "réseau social",
            "social network",
            "this tool",
            "cet outil",
        ),
        description="words that reveal a community about the tool itself",
    )

    quorum_business: Some = Field(1, description="animators who must agree on a business community")
    quorum_interest: Some = Field(1, description="animators who must agree on a community of interest")
    refusal_grace_minutes: Count = Field(10, description="minutes during which a refusal can be taken back unseen")
    refusal_reasons: Annotated[tuple[Reason, ...], Field(min_length=1)] = Field(
        ("duplicate", "unclear", "not-work", "should-be-public", "name", "later", "other"),
        description="reasons to choose from, in this order",
    )
    offer_again_days: Some = Field(3, description="working days until a request is shown again")
    escalate_days: Some = Field(2, description="working days from then until it is escalated")
    escalate_to: Literal["admin", "leader"] = Field(
        "admin", description="the role it is escalated to: one that [roles] gives to somebody"
    )
    remind_days: Some = Field(3, description="working days until the requester is reminded, once, of a question")

    review_months: Annotated[int, Field(strict=True, ge=1, le=24)] = Field(
        6, description="months until a community is looked at again, unless its request says otherwise"
    )
    invitees_max: Annotated[int, Field(strict=True, ge=0, le=50)] = Field(
        20, description="people one may invite at the opening; the others find it in the directory"
    )
    lookalikes_shown: Annotated[int, Field(strict=True, ge=0, le=5)] = Field(
        3, description="similar communities shown before a request is sent"
    )
    list_size: Annotated[int, Field(strict=True, ge=1, le=20)] = Field(
        8, description="communities of one page of the directory, each with its button to join"
    )

    undo_days: Annotated[int, Field(strict=True, ge=1, le=90)] = Field(
        30, description="days during which renaming, handing over, merging, pausing or closing can be undone"
    )
    look_hours: Annotated[int, Field(strict=True, ge=1, le=168)] = Field(
        6, description="hours between two looks at what changed outside: rooms, names, who leads; events tell sooner"
    )
    find_strays: bool = Field(
        True, description="whether rooms that nobody asked for here are shown to the animators, to adopt or to ignore"
    )
    keep_days: Annotated[int, Field(strict=True, ge=90)] = Field(
        365,
        description="days after which what people wrote is forgotten: in a request once it is decided, with the "
        "questions and answers about it, and of a community once it is closed",
    )
    unheard_weeks: Some = Field(
        8, description="weeks without a word from anybody after which a community is one to look at on Monday"
    )

    @field_validator("escalate_to")
    @classmethod
    def _somebody_has_it(cls, value: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Declared):
            info.context.role(value)
        return value
