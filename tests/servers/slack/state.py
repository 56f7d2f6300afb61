"""What a workspace holds: people, channels, messages, views, tokens, files. No rule of Slack's is decided here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from .clock import Clock

JSON = dict[str, Any]
Kind = Literal["member", "admin", "owner", "guest", "single_channel_guest", "deactivated", "stranger", "bot", "invited"]
ChannelKind = Literal["channel", "group", "im", "mpim"]
TokenKind = Literal["bot", "user", "app"]

TEAM_ID, OTHER_TEAM_ID = "T0PARVIS01", "T0OTHER001"
BOT_USER_ID, BOT_ID, APP_ID = "U0PARVIS01", "B0PARVIS01", "A0PARVIS01"


@dataclass
class User:
    """A person or a bot, as ``users.info`` knows it, plus what only other methods tell."""

    id: str
    name: str
    real_name: str
    kind: Kind = "member"
    email: str | None = None
    tz: str = "Europe/Paris"
    tz_offset: int = 3600
    locale: str = "en-US"
    updated: int = 0
    profile: JSON = field(default_factory=dict)  # overrides of standard profile keys
    custom_fields: JSON = field(default_factory=dict)  # only users.profile.get tells these
    presence: str = "active"
    dnd: JSON | None = None
    team_id: str = TEAM_ID
    home: JSON | None = None
    bot_id: str | None = None

    @property
    def deleted(self) -> bool:
        """Deactivated: still listed, reached by nothing."""
        return self.kind == "deactivated"


@dataclass
class Channel:
    """A conversation: public channel, private channel, direct message or group direct message."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_general: bool = False
    shared_with: list[str] = field(default_factory=list)  # other teams' ids (Slack Connect)
    topic: JSON = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: JSON = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    previous_names: list[str] = field(default_factory=list)
    updated: int = 0  # milliseconds
    messages: dict[str, JSON] = field(default_factory=dict)  # ts -> message
    pins: list[JSON] = field(default_factory=list)

    def visible_to(self, user_id: str) -> bool:
        """Public channels are seen by the whole workspace, the others by their members."""
        return self.kind == "channel" or user_id in self.members


@dataclass
class Ephemeral:
    """A message that one person sees and that no history holds."""

    user_id: str
    channel_id: str
    ts: str
    message: JSON


@dataclass
class View:
    """One modal in a person's stack (at most three), with what they have typed into it."""

    data: JSON
    user_id: str
    typed: dict[str, dict[str, JSON]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Token:
    """A secret of the Web API: whom it speaks for and what it may do."""

    value: str
    kind: TokenKind
    user_id: str
    scopes: set[str]
    revoked: bool = False


@dataclass
class Trigger:
    """A trigger id: one use, 3 seconds."""

    id: str
    user_id: str
    expires: float
    used: bool = False


@dataclass
class ResponseUrl:
    """Where an answer to one command or press may be posted: five times, for thirty minutes."""

    id: str
    user_id: str
    channel_id: str
    expires: float
    message_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0


@dataclass
class Group:
    """A user group (``<!subteam^S…>``)."""

    id: str
    handle: str
    name: str
    users: list[str]


@dataclass
class File:
    """An upload: announced, then received, then complete, and shared with channels or shown in blocks.

    looks: how often blocks that show it are still refused.
    """

    id: str
    name: str
    length: int
    user_id: str
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    looks: int = 0
    channels: list[str] = field(default_factory=list)


class Workspace:
    """All of it, with the few look-ups that everything needs."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.name, self.domain = "Example", "example"
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Ephemeral] = []
        self.views: dict[str, list[View]] = {}  # user id -> stack, the open one last
        self.tokens: dict[str, Token] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.groups: dict[str, Group] = {}
        self.files: dict[str, File] = {}
        self.file_looks = 0  # how often blocks that show a new file are refused, since Slack has not looked through it
        self.profile_fields: list[JSON] = []  # as team.profile.get lists them
        self.only_admins_create = False  # the preference behind restricted_action
        self.messages_tab = True
        self.home_tab = True
        self._count = 0
        self._last_ts = 0
        self._seed()

    def _seed(self) -> None:
        """What every workspace has: Slackbot, the app's own user, and #general."""
        self.users["USLACKBOT"] = User("USLACKBOT", "slackbot", "Slackbot")  # Slack does not mark it as a bot
        self.users[BOT_USER_ID] = User(BOT_USER_ID, "parvis", "Parvis", kind="bot", bot_id=BOT_ID)
        self.add_channel("general", creator="USLACKBOT", is_general=True)

    def new_id(self, prefix: str) -> str:
        """An identifier that looks like Slack's and never repeats."""
        self._count += 1
        return f"{prefix}0{self._count:07X}{hashlib.sha256(f'{prefix}{self._count}'.encode()).hexdigest()[:2].upper()}"

    def new_ts(self) -> str:
        """A message's ``ts``: unique, and in order unless the clock went back by more than a minute."""
        micro = int(self.clock.now() * 1_000_000)
        if micro <= self._last_ts < micro + 60_000_000:
            micro = self._last_ts + 1
        self._last_ts = micro
        return f"{micro // 1_000_000}.{micro % 1_000_000:06d}"

    def add_user(self, name: str, *, kind: Kind = "member", **more: Any) -> User:
        """Someone new. Addresses are made from the name."""
        user = User(self.new_id("U"), name.lower(), more.pop("real_name", name), kind=kind, **more)
        user.email = user.email or (None if kind == "bot" else f"{user.name}@example.com")
        user.updated = int(self.clock.now())
        if kind == "stranger":
            user.team_id = OTHER_TEAM_ID
        if kind == "bot":
            user.bot_id = self.new_id("B")
        self.users[user.id] = user
        return user

    def add_channel(
        self,
        name: str,
        *,
        creator: str,
        kind: ChannelKind = "channel",
        members: Iterable[str] = (),
        is_general: bool = False,
    ) -> Channel:
        """A conversation, without the checks and events of ``conversations.create``."""
        prefix = "D" if kind == "im" else "G" if kind == "mpim" else "C"
        now = self.clock.now()
        channel = Channel(self.new_id(prefix), name, kind, creator, int(now), list(dict.fromkeys(members)))
        channel.is_general, channel.updated = is_general, int(now * 1000)
        self.channels[channel.id] = channel
        return channel

    def channel_named(self, name: str) -> Channel | None:
        """The channel of that name; archived ones keep theirs (and so block it)."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.kind in {"channel", "group"} and c.name == wanted), None)

    def direct(self, user_id: str, other_id: str = BOT_USER_ID, *, create: bool = True) -> Channel | None:
        """The direct conversation of two."""
        for channel in self.channels.values():
            if channel.kind == "im" and set(channel.members) == {user_id, other_id}:
                return channel
        if not create:
            return None
        return self.add_channel("", creator=other_id, kind="im", members=[other_id, user_id])

    def touch(self, channel: Channel) -> None:
        """Note that a channel changed (``updated`` is in milliseconds)."""
        channel.updated = int(self.clock.now() * 1000)

    def new_trigger(self, user_id: str) -> str:
        """A trigger id for one press or command. (Slack docs: modals, "trigger_id expires in 3 seconds")."""
        secret = hashlib.sha256(str(self._count).encode()).hexdigest()[:32]
        trigger_id = f"{10_000 + self._count}.{int(self.clock.now())}.{secret}"
        self._count += 1
        self.triggers[trigger_id] = Trigger(trigger_id, user_id, self.clock.now() + 3)
        return trigger_id

    def new_response_url(
        self, user_id: str, channel_id: str, *, ts: str | None = None, ephemeral: bool = False
    ) -> ResponseUrl:
        """A place to answer to, for 30 minutes."""
        url = ResponseUrl(self.new_id("R"), user_id, channel_id, self.clock.now() + 1800, ts, ephemeral)
        self.response_urls[url.id] = url
        return url

    def token_of(self, value: str) -> Token | None:
        """The token, if it was ever issued."""
        return self.tokens.get(value)

    def user_by_handle(self, handle: str) -> User | None:
        """Whom ``@handle`` means."""
        wanted = handle.removeprefix("@").lower()
        return next((u for u in self.users.values() if u.name == wanted), None)
