"""What can be configured: every setting of the spine, and its default.

A setting's example is what an error tells people to write. `bot.config.reading` reads the file into these models.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, SecretStr, SerializeAsAny, ValidationInfo, field_validator

from bot.config.platforms import Certificates, PlatformSettings, Section, trusting
from bot.config.problems import WrongValueError
from bot.config.values import (
    DAYS,
    Address,
    Clock,
    Count,
    Country,
    Day,
    Declared,
    Grants,
    Issuer,
    Language,
    Listener,
    Some,
    SomeGrants,
    Store,
    Text,
    Where,
    Zone,
)


class Parvis(Section):
    """The bot itself. zone: the organisation's, IANA.

    contact: who installed it, as shown to people; contact_in: the same for readers of a language, by language.
    smallest_group: people; about fewer nothing is shown.
    """

    name: Text = "Parvis"
    contact: Text = Field(examples=["the communication team, comms@example.com"])
    contact_in: dict[Language, Text] = Field(default_factory=dict)
    default_language: Language = "en"
    zone: Zone = Field(examples=["Europe/Paris"])
    smallest_group: int = Field(5, ge=5)


class Database(Section):
    """Where things are remembered. password: from PARVIS_DATABASE_PASSWORD, put into the url when it is opened."""

    url: Store = "sqlite+aiosqlite:///parvis.db"
    password: SecretStr | None = None

    def address(self) -> str:
        """The url with its password, for the engine only: never log it."""
        if self.password is None:
            return self.url
        from sqlalchemy.engine import make_url  # noqa: PLC0415 - only where a password is set

        url = make_url(self.url).set(password=self.password.get_secret_value())
        return url.render_as_string(hide_password=False)


class Web(Section):
    """Where it listens. None: nowhere. address: of `public`, as others reach it; "" unless needed.

    link_minutes: in which a link to a page can be used, once. visit_hours: for which pages stay open afterwards.
    """

    public: Where = None
    address: Address = Field("", examples=["https://parvis.example.org"])
    link_minutes: Annotated[int, Field(strict=True, ge=1, le=1440)] = 15
    visit_hours: Annotated[int, Field(strict=True, ge=1, le=72)] = 8
    private: Where = Listener(host="127.0.0.1", port=9464)


class SignOnSettings(Section):
    """The company's own sign-on, for pages (OpenID Connect). issuer: "" for none; its secret: PARVIS_SIGN_ON_SECRET.

    claim: what of an identity says whose it is: "email", which then has to be confirmed by the claim `verified_by`; any
    other one holds the roster's key. ca_file: as of platforms.
    """

    issuer: Issuer = Field("", examples=["https://login.example.org"])
    client_id: str = ""
    claim: Text = "email"
    verified_by: Text = "email_verified"
    ca_file: Certificates = ""

    def trust(self) -> ssl.SSLContext | None:
        """What the certificate of the issuer is checked with."""
        return trusting(self.ca_file)


class WorkingHours(Section):
    """When people of the organisation work. country: public holidays of "FR", "FR-57", "CA-QC"; "" for none."""

    start: Clock = time(9)
    end: Clock = time(18)
    days: tuple[Day, ...] = Field(("mon", "tue", "wed", "thu", "fri"), min_length=1)
    country: Country = Field("", examples=["FR"])

    @field_validator("end")
    @classmethod
    def _after_start(cls, value: time, info: ValidationInfo) -> time:
        start = info.data.get("start")
        if start is not None and value <= start:
            later = time(start.hour + 1, start.minute) if start.hour < 23 else time(23, 59)
            shown, begun = f'"{value:%H:%M}"', f'"{start:%H:%M}"'
            raise WrongValueError("settings-not-after-start", f"{later:%H:%M}", shown=shown, start=begun)
        return value

    @property
    def weekdays(self) -> frozenset[int]:
        """As `bot.calendar.WorkingTime` takes them: Monday is 0."""
        return frozenset(DAYS.index(day) for day in self.days)


class Attention(Section):
    """The one allowance of unasked messages per person (contacts). less_days, snooze_days: days."""

    per_week: Count = 1
    first_week: Count = 3
    silence_after: Some = 3
    announcements_per_week: Count = 2
    less_days: Annotated[Some, Field(le=365)] = 30
    snooze_days: Annotated[Some, Field(le=365)] = 14


class Nudging(Section):
    """How what is sent unasked begins. first_wave_percent: of those who are due, at random; a few people at least."""

    first_wave_percent: Annotated[int, Field(strict=True, ge=1, le=100)] = 5


class Intake(Section):
    """What may wait. max_waiting: events recorded and not handled yet; beyond it, platforms are told to try later."""

    max_waiting: Some = 10_000


class Audit(Section):
    """The trail of decisions. heads: a file for its heads, besides the log; "" for none."""

    heads: str = "parvis-audit-heads.log"

    def file(self, database: str) -> Path | None:
        """Where heads are kept; None for nowhere. database: its url: a relative path is beside an SQLite file."""
        if not self.heads:
            return None
        engine, _, path = database.partition(":///")
        beside = Path(path.partition("?")[0]).parent if engine.startswith("sqlite") else Path()
        return beside / self.heads


Days = Annotated[Some, Field(le=3_660)]
"""How long something is kept: ten years at most."""


class Retention(Section):
    """Days for which things are kept; what a capability keeps for itself is among its own settings.

    handled: that an event came, should it come again. unhandled: what could not be handled or said. sent: when which
    message was said. contacts: the ledger, before it becomes numbers. dialogues: that a form was asked. left: the
    roster's line of who left. gone: a person whose accounts are closed. trail: names and reasons in the trail. visits:
    links to pages that are over, and what they opened.
    """

    handled: Days = 14
    unhandled: Days = 30
    sent: Days = 395
    contacts: Days = 395
    dialogues: Days = 30
    left: Days = 90
    gone: Days = 90
    trail: Days = 1_826
    visits: Days = 7


class Roster(Section):
    """The company's own list of its people. scim: an identity service may push it (PARVIS_SCIM_TOKEN)."""

    elsewhere: ClassVar[str] = "settings-roster-file"

    scim: bool = Field(False, strict=True)


class Roles(Section):
    """Who has which role, besides "employee", which every member has, and "lead", which a community gives."""

    animator: SomeGrants = Field((), examples=[["acme:U0123456789"]])
    comms: Grants = Field((), examples=[["acme:U0123456789"]])
    leader: Grants = Field((), examples=[["acme:U0123456789"]])
    admin: SomeGrants = Field((), examples=[["acme:U0123456789"]])

    def of(self, role: str) -> Grants:
        """The grants of a role ("animator"); none for a role that is not given here."""
        return getattr(self, role, ()) if role in type(self).model_fields else ()


class RoleRoom(Section):
    """A room that belongs to a role. language: of what is said there; the default one unless set."""

    platform: Text = Field(examples=["acme"])
    room: Text = Field(examples=["C0123456789"])
    language: Language = Field("", validate_default=True, examples=["en"])

    @field_validator("platform")
    @classmethod
    def _declared(cls, value: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Declared):
            info.context.platform(value)
        return value

    @field_validator("room")
    @classmethod
    def _room(cls, value: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Declared) and "platform" in info.data:
            try:
                info.context.check(info.data["platform"], "room", value)
            except WrongValueError as error:
                raise error.writing(str(error.write).rpartition("room:")[2]) from None
        return value

    @field_validator("language", mode="before")
    @classmethod
    def _default(cls, value: object, info: ValidationInfo) -> object:
        return value or (info.context.language if isinstance(info.context, Declared) else "en")


class Rooms(Section):
    """The rooms of each role."""

    animator: tuple[RoleRoom, ...] = ()
    comms: tuple[RoleRoom, ...] = ()
    leader: tuple[RoleRoom, ...] = ()
    admin: tuple[RoleRoom, ...] = ()

    def of(self, role: str) -> tuple[RoleRoom, ...]:
        """The rooms of a role ("animator"); none for a role that has none here."""
        return getattr(self, role, ()) if role in type(self).model_fields else ()


SECTIONS: Mapping[str, type[Section]] = {
    "parvis": Parvis,
    "database": Database,
    "web": Web,
    "sign_on": SignOnSettings,
    "working_time": WorkingHours,
    "attention": Attention,
    "nudging": Nudging,
    "intake": Intake,
    "audit": Audit,
    "roster": Roster,
    "retention": Retention,
    "roles": Roles,
    "rooms": Rooms,
}


class Config(Section):
    """All of it. nudges: capability id -> its settings. audit_key: of the trail; scim_token: what who pushes the roster
    must show, "" where nobody may; sign_on_secret: of the bot with the company's sign-on; all from the environment.
    """

    parvis: Parvis
    database: Database
    web: Web
    sign_on: SignOnSettings
    working_time: WorkingHours
    attention: Attention
    nudging: Nudging
    intake: Intake
    audit: Audit
    roster: Roster
    retention: Retention
    platforms: Mapping[str, SerializeAsAny[PlatformSettings]]
    roles: Roles
    rooms: Rooms
    nudges: Mapping[str, SerializeAsAny[BaseModel]]
    audit_key: SecretStr
    scim_token: SecretStr = SecretStr("")
    sign_on_secret: SecretStr = SecretStr("")

    def way_to(self, platform: str, room: str) -> str:
        """Where a browser opens a room of a configured platform; "" where none does."""
        return self.platforms[platform].way_to(room) if platform in self.platforms and room else ""
