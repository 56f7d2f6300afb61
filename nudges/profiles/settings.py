"""What an organisation sets about the profiles of its people: the `[profiles]` table of the configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.config.problems import WrongValueError, quoted
from bot.config.values import Declared, closest

Some = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
Language = Literal["en", "fr"]
Words = dict[Language, Annotated[str, Field(min_length=2, max_length=75)]]
Reasons = dict[Language, Annotated[str, Field(min_length=5, max_length=150)]]

KNOWN = ("title", "department", "location", "topics", "languages", "picture", "phone")
"""Fields whose label and reason are in the catalogs, so that settings need not give them."""

LANGUAGES: tuple[Language, ...] = ("en", "fr")
OWN, PLATFORM, ROSTER = "own", "platform", "roster"


class FieldSettings(BaseModel):
    """One field of everybody's profile."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")] = Field(
        description="how it is called in commands; small letters, digits, _", examples=["title"]
    )
    label: Words = Field(
        default_factory=dict,
        validate_default=True,
        description=f"how people read it: {{ en = …, fr = … }}; not needed for {', '.join(KNOWN)}",
        examples=[{"en": "office", "fr": "bureau"}],
    )
    why: Reasons = Field(
        default_factory=dict,
        validate_default=True,
        description="what it is good for, to colleagues: { en = …, fr = … }; likewise",
        examples=[{"en": "Colleagues know where to find you.", "fr": "Les collègues savent où vous trouver."}],
    )
    kind: Literal["text", "long", "choice", "picture"] = Field(
        "text", description="how it is asked for: text (one line), long, choice (of options), picture (on the platform)"
    )
    options: tuple[Annotated[str, Field(min_length=1, max_length=75)], ...] = Field(
        (), validate_default=True, max_length=100, description="for a choice: what there is to choose from"
    )
    sources: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        ("platform", "own"),
        description="where its value is looked for, in this order: platform (its list of people, under this name), "
        "platform:NAME (under another), ACME:NAME (a field of your own on that platform), roster:COLUMN, "
        "own (Parvis’s own directory)",
    )
    weight: Annotated[int, Field(strict=True, ge=0, le=100)] = Field(
        description="its share in the meter, which people see", examples=[10]
    )
    required: bool = Field(True, description="whether people are reminded of it")
    max_length: Annotated[int, Field(strict=True, ge=1, le=1000)] = Field(150, description="characters at most")
    no_answers: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description="texts that say nothing here, besides those that say nothing anywhere (n/a, -, none…)"
    )
    letters: bool = Field(True, description="whether a text without any letter says nothing here")
    changed_by: Literal["person", "administrator"] = Field(
        "person",
        validate_default=True,
        description="who can change it: person, or administrator (of nobody else is it asked)",
    )
    roster_suffices: bool = Field(
        False,
        description="whether the roster’s value counts by itself; else it is offered to the person, who says if it is "
        "right",
    )

    @field_validator("label", "why")
    @classmethod
    def _said_in_each_language(cls, value: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        lacking = [each for each in LANGUAGES if each not in value]
        if lacking and (value or info.data.get("name") not in KNOWN):
            raise WrongValueError("profile-words-missing", how="settings-see-example", language=lacking[0])
        return value

    @field_validator("options")
    @classmethod
    def _of_a_choice(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("kind") == "choice" and len(value) < 2:
            raise WrongValueError("profile-options-missing", ["Paris", "Nouméa"])
        if value and info.data.get("kind") not in {"choice", None}:
            raise WrongValueError("profile-options-needless", how="settings-see-example")
        return value

    @field_validator("sources")
    @classmethod
    def _known(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for each in value:
            try:
                _check_source(each, info)
            except WrongValueError as error:  # what is written is the list: of what stands in it, this one changes
                raise error.writing([str(error.write) if one == each else one for one in value]) from None
            if info.data.get("kind") == "picture" and not each.startswith(PLATFORM):
                raise WrongValueError("profile-picture-elsewhere", [PLATFORM], shown=quoted(each))
        return value

    @field_validator("changed_by")
    @classmethod
    def _by_somebody(cls, value: str, info: ValidationInfo) -> str:
        sources = info.data.get("sources", (OWN,))
        if value == "administrator" and OWN in sources:
            raise WrongValueError("profile-own-of-administrator", "person")
        if value == "person" and all(each.startswith(f"{ROSTER}:") for each in sources):
            raise WrongValueError("profile-roster-of-person", "administrator")
        return value


def _check_source(source: str, info: ValidationInfo) -> None:
    """Raise unless it says where a value is."""
    place, colon, name = source.partition(":")
    declared = info.context.platforms if isinstance(info.context, Declared) else None
    usual = [OWN, PLATFORM, f"{ROSTER}:department"]
    if source in {OWN, PLATFORM}:
        return
    if not colon or not name.strip() or not re.fullmatch(r"[a-z][a-z0-9_]{0,31}", place):
        near = next((each for each in usual if colon and each.startswith(f"{closest(place, [PLATFORM, ROSTER])}:")), "")
        raise WrongValueError("profile-source-wrong", near or closest(source, usual) or OWN, shown=quoted(source))
    if place in {PLATFORM, ROSTER} or declared is None or place in declared:
        return
    of_kind = [each for each, kind in declared.items() if kind == place]
    near = next(iter(of_kind), "") or closest(place, [PLATFORM, ROSTER, *declared]) or next(iter(declared), PLATFORM)
    raise WrongValueError("profile-source-nowhere", f"{near}:{name}", shown=quoted(place))


def _fields() -> tuple[FieldSettings, ...]:
    return (
        FieldSettings(name="title", sources=("platform", "roster:job", "own"), weight=30, max_length=100),
        FieldSettings(name="department", sources=("roster:department",), weight=10, changed_by="administrator"),
        FieldSettings(name="location", sources=("roster:location", "own"), weight=20, max_length=100),
        FieldSettings(name="topics", kind="long", sources=("own",), weight=25, max_length=300),
        FieldSettings(name="languages", sources=("own",), weight=10, required=False, max_length=100),
        FieldSettings(name="picture", kind="picture", sources=("platform",), weight=5, required=False),
    )


class Settings(BaseModel):
    """Every default is what the evidence supports; each can be changed, with the reason beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    days: Annotated[tuple[Annotated[Count, Field(le=365)], ...], Field(min_length=1, max_length=3)] = Field(
        (0, 7, 21), description="days, counted from the first reminder, on which one field is asked for; then silence"
    )
    first_after_days: Count = Field(
        3, description="days after somebody was met before the first reminder, so that they can settle in"
    )
    first_within_days: Annotated[int, Field(strict=True, ge=0, le=90)] = Field(
        14, description="days over which the first reminders of those who were there already are spread"
    )
    read_per_hour: Annotated[int, Field(strict=True, ge=1, le=3000)] = Field(
        100,
        description="people an hour whose fields of your own are read from a platform, one by one; those who are about "
        "to be reminded come first",
    )
    fields: Annotated[tuple[FieldSettings, ...], Field(min_length=1, max_length=12)] = Field(
        default_factory=_fields,
        description="what a profile is made of: four to six fields that are useful to colleagues",
    )

    @field_validator("days")
    @classmethod
    def _one_after_another(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if value[0] != 0 or list(value) != sorted(set(value)):
            raise WrongValueError("profile-days-order", how="profile-days-write", shown=quoted(list(value)))
        return value

    @field_validator("fields")
    @classmethod
    def _each_once(cls, value: tuple[FieldSettings, ...]) -> tuple[FieldSettings, ...]:
        names = [each.name for each in value]
        for name in names:
            if names.count(name) > 1:
                raise WrongValueError("profile-field-twice", how="settings-see-example", shown=quoted(name))
        if not any(each.required and each.changed_by == "person" for each in value):
            raise WrongValueError("profile-none-required", how="settings-see-example")
        if not any(each.weight for each in value):
            raise WrongValueError("profile-no-weight", how="settings-see-example")
        return value

    def field(self, name: str) -> FieldSettings | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)

    def required(self) -> tuple[str, ...]:
        """The names of the fields that people are reminded of."""
        return tuple(each.name for each in self.fields if each.required and each.changed_by == "person")

    def columns(self) -> frozenset[str]:
        """The columns of the roster that fields are looked for in."""
        places = (each.partition(":") for field in self.fields for each in field.sources)
        return frozenset(name for place, _, name in places if place == ROSTER)

    def listed(self) -> frozenset[str]:
        """The fields that are looked for in platforms' lists of people, by the names that they have there."""
        places = ((field.name, *each.partition(":")) for field in self.fields for each in field.sources)
        return frozenset(name or field for field, place, _, name in places if place == PLATFORM)

    def custom(self) -> frozenset[str]:
        """The platforms of which fields are read one by one."""
        places = {each.partition(":")[0] for field in self.fields for each in field.sources if ":" in each}
        return frozenset(places - {PLATFORM, ROSTER})
