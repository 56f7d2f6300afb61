"""The server itself: HTTP on a free port, what tests turn and read, and the waiting helper."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal, Self, TypeVar

from aiohttp import web

from . import (
    methods_chat,
    methods_conversations,
    methods_files,
    methods_reading,
    methods_users,
    methods_views,
    posting,
)
from .clock import Clock
from .events import SUBSCRIPTIONS, Events
from .faults import Fault, Faults
from .faults import Kind as FaultKind
from .hooks import Hooks
from .install import install
from .limits import Limits
from .mentions import Mention
from .people import Person
from .sockets import Sockets
from .state import BOT_USER_ID, JSON, Channel, ChannelKind, Group, Kind, Token, User, Workspace
from .wire import Wire

# Importing these modules registers their methods.
MODULES = (methods_chat, methods_conversations, methods_files, methods_reading, methods_users, methods_views)
T = TypeVar("T")

BOT_SCOPES = frozenset({scope for scope in SUBSCRIPTIONS.values() if scope}) | {
    "chat:write", "channels:manage", "channels:join", "groups:write", "im:write", "im:read", "mpim:write", "mpim:read",
    "groups:read", "users:read.email", "users.profile:read", "team:read", "usergroups:read", "dnd:read", "files:write",
    "files:read", "reactions:write", "pins:write", "commands", "metadata.message:read",
}  # fmt: skip
USER_SCOPES = frozenset({"channels:write", "groups:write", "channels:read", "groups:read", "chat:write", "users:read"})


class SlackServer:
    """A Slack workspace with one installed app, on 127.0.0.1.

    ``limits``: "on" enforces tiers and one post per second and channel, on ``clock``. ``scopes``: what the bot's token
    may do (all we know of, unless given). ``clock``: follows the process's clock unless frozen.
    """

    def __init__(
        self,
        *,
        limits: Literal["off", "on"] = "off",
        scopes: Iterable[str] = BOT_SCOPES,
        clock: Clock | None = None,
        port: int = 0,
    ) -> None:
        self.clock = clock or Clock()
        self.workspace = Workspace(self.clock)
        self.limits = Limits(self.clock, limits)
        self.faults = Faults()
        self.events = Events(self)
        self.sockets = Sockets(self)
        self.hooks = Hooks(self)  # in place of sockets, once it has an address
        self.mentions: list[Mention] = []  # every notification that the text of a post caused
        self.calls: list[tuple[str, JSON, JSON]] = []  # method, arguments, answer
        self.problems: list[str] = []  # what a correct app never does: late acks, wrong modal answers…
        self.check_scopes = True
        self.escape_commands = True  # should_escape of the slash command: @name and #channel become ids
        self.commands: set[str] | None = None  # what is installed; None: anything that is typed
        self.shortcuts: set[str] | None = None
        self.racing_creates = False  # two creates of one name both succeed
        self.longest_page: int | None = None  # lists answer with at most this many
        self.shown_since = 0.0  # what was written before is not shown, as on a plan that is not paid for
        self.most_users_unpaged = 1000  # users.list without limit refuses beyond
        self.bot = self._token("xoxb-test", "bot", BOT_USER_ID, scopes)
        self.app = self._token("xapp-test", "app", BOT_USER_ID, ["connections:write"])
        self._wanted_port = port
        self._waiters: set[asyncio.Future[None]] = set()
        self._runner: web.AppRunner | None = None
        self.url = ""

    # -- life

    async def start(self) -> Self:
        """Listen."""
        application = Wire(self).application()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._wanted_port)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def stop(self) -> None:
        """Close every connection and the port."""
        self.faults.clear()
        await self.sockets.close()
        await self.hooks.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        """What the Web API client takes as its base_url."""
        return f"{self.url}/api/"

    @property
    def ws_url(self) -> str:
        """Where sockets are opened."""
        return self.url.replace("http:", "ws:")

    @property
    def bot_token(self) -> str:
        """The bot's token (xoxb)."""
        return self.bot.value

    @property
    def app_token(self) -> str:
        """The app-level token (xapp)."""
        return self.app.value

    # -- what tests set up

    def _token(self, value: str, kind: Literal["bot", "user", "app"], user_id: str, scopes: Iterable[str]) -> Token:
        token = Token(value, kind, user_id, set(scopes))
        self.workspace.tokens[value] = token
        return token

    def person(self, name: str, *, kind: Kind = "member", **more: Any) -> Person:
        """Someone in the workspace: the one already called so, or a new one (also a member of #general)."""
        user = self.workspace.user_by_handle(name)
        if user is None:
            user = self.workspace.add_user(name, kind=kind, **more)
            general = self.workspace.channel_named("general")
            if kind in {"member", "admin", "owner"} and general is not None:
                general.members.append(user.id)
        return Person(self, user)

    def user_token(self, person: Person, scopes: Iterable[str] = USER_SCOPES) -> str:
        """A user token (xoxp) that speaks for this person."""
        return self._token(f"xoxp-test-{person.id}", "user", person.id, scopes).value

    def channel(
        self, name: str, *, members: Iterable[Person] = (), private: bool = False, with_bot: bool = False
    ) -> Channel:
        """The channel of that name, made if missing, without events."""
        found = self.workspace.channel_named(name)
        ids = [person.id for person in members]
        if found is None:
            kind: ChannelKind = "group" if private else "channel"
            found = self.workspace.add_channel(name, creator=ids[0] if ids else "USLACKBOT", kind=kind)
        found.members += [i for i in [*ids, *([BOT_USER_ID] if with_bot else [])] if i not in found.members]
        return found

    def field(self, label: str, *, kind: str = "text", protected: bool = False) -> str:
        """A custom field that administrators add to profiles; its id. protected: people cannot change it themselves.

        (Keys as in the samples of team.profile.get.)
        """
        new = self.workspace.new_id("Xf")
        order = len(self.workspace.profile_fields)
        field = {"id": new, "ordering": order, "field_name": label.lower(), "label": label, "hint": "", "type": kind}
        field |= {"possible_values": None, "is_hidden": False, "section_id": "S0FIELDS01"}
        field["options"] = {"is_scim": protected, "is_protected": protected}
        self.workspace.profile_fields.append(field)
        return new

    def group(self, handle: str, members: Iterable[Person]) -> Group:
        """A user group."""
        group = Group(self.workspace.new_id("S"), handle, handle.title(), [person.id for person in members])
        self.workspace.groups[group.id] = group
        return group

    def fault(self, method: str, kind: FaultKind, **more: Any) -> Fault:
        """Trouble for the next call(s) of a method, see :class:`.faults.Fault`."""
        return self.faults.add(Fault(method, kind, **more))

    async def install(self, manifest: JSON) -> None:
        """Make the app from its manifest, as its page does. Raises install.ManifestError."""
        await install(self, manifest)

    # -- time and waiting

    async def advance(self, seconds: float) -> None:
        """Move the clock: overdue envelopes are given up, due retries are sent."""
        self.clock.advance(seconds)
        self.sockets.tick()
        await asyncio.sleep(0)

    def pulse(self) -> None:
        """Something changed: wake those who wait."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 30) -> T:  # noqa: ASYNC109 - a test's own limit
        """Wait until ``predicate`` is true and return what it returned; ``timeout`` in real seconds.

        Every change on the server wakes it. A look every 50 ms besides lets it watch the bot's own state too.
        """
        end = time.monotonic() + timeout
        while not (result := predicate()):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not within {timeout} s: {getattr(predicate, '__name__', predicate)}")
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            await asyncio.wait([waiter], timeout=min(left, 0.05))
            self._waiters.discard(waiter)
        return result

    async def connected(self, sockets: int = 1) -> None:
        """Wait until the app has that many sockets open."""
        await self.wait_for(lambda: len(self.sockets.open) >= sockets)

    async def settled(self) -> None:
        """Wait until the app has answered everything sent to it."""
        await self.wait_for(lambda: not self.sockets.waiting)

    def problem(self, text: str) -> None:
        """Note something a correct app does not do."""
        self.problems.append(text)

    # -- what several roads share

    def react(self, channel: Channel, message: JSON, user_id: str, name: str) -> bool:
        """Add a reaction; false if it was there."""
        reactions = message.setdefault("reactions", [])
        entry = next((r for r in reactions if r["name"] == name), None)
        if entry is None:
            entry = {"name": name, "users": [], "count": 0}
            reactions.append(entry)
        if user_id in entry["users"]:
            return False
        entry["users"].append(user_id)
        entry["count"] += 1
        self.events.reaction("reaction_added", channel, message, user_id, name)
        self.pulse()
        return True

    def unreact(self, channel: Channel, message: JSON, user_id: str, name: str) -> bool:
        """Take a reaction back; false if there was none."""
        entry = next((r for r in message.get("reactions", []) if r["name"] == name and user_id in r["users"]), None)
        if entry is None:
            return False
        entry["users"].remove(user_id)
        entry["count"] -= 1
        message["reactions"] = [r for r in message["reactions"] if r["count"]]
        self.events.reaction("reaction_removed", channel, message, user_id, name)
        self.pulse()
        return True

    def archive(self, channel: Channel, by: User) -> None:
        """Archive, with the notice and the event. People stay, bots are put out (observed); nobody can post."""
        posting.notice(self, channel, by, "channel_archive", f"<@{by.id}> archived the channel")
        channel.is_archived = True
        self.workspace.touch(channel)
        self.events.archived(channel, by.id, archived=True)
        for member in [each for each in channel.members if self.workspace.users[each].kind == "bot"]:
            channel.members.remove(member)
        self.pulse()

    def unarchive(self, channel: Channel, by: User) -> None:
        """Bring a channel back."""
        channel.is_archived = False
        self.workspace.touch(channel)
        posting.notice(self, channel, by, "channel_unarchive", f"<@{by.id}> un-archived the channel")
        self.events.archived(channel, by.id, archived=False)
        self.pulse()

    def delete_channel(self, channel: Channel, by: User) -> None:
        """Remove a channel for good, as owners can."""
        del self.workspace.channels[channel.id]
        self.events.emit({"type": "channel_deleted", "channel": channel.id, "actor_id": by.id})
        self.pulse()
