"""The half of a person that only looks: places, messages as they are now, ephemerals, pins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import interactions, objects
from .state import BOT_USER_ID, JSON, Channel, User

if TYPE_CHECKING:
    from .server import SlackServer

Where = Channel | str


@dataclass(frozen=True)
class Seen:
    """A message as a person sees it now."""

    channel_id: str
    ts: str
    author_id: str
    text: str  # the words on the screen: the blocks' where there are blocks, else the text
    fallback: str  # the top-level text (notifications, screen readers)
    buttons: list[str]
    blocks: list[JSON]
    thread_ts: str | None = None
    ephemeral: bool = False
    raw: JSON = field(default_factory=dict)


class Screen:
    """What one person sees of the workspace."""

    def __init__(self, server: SlackServer, user: User) -> None:
        self.server, self.user = server, user

    @property
    def id(self) -> str:
        """The user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """How a message names this person."""
        return f"<@{self.id}>"

    # -- places

    def dm_with_bot(self) -> Channel:
        """The direct conversation with the app."""
        return self.dm_with(BOT_USER_ID)

    def dm_with(self, user_id: str) -> Channel:
        """The direct conversation with someone."""
        channel = self.server.workspace.direct(self.id, user_id)
        assert channel is not None
        return channel

    def _channel(self, where: Where) -> Channel:
        workspace = self.server.workspace
        found = where if isinstance(where, Channel) else workspace.channels.get(where) or workspace.channel_named(where)
        if found is None or not found.visible_to(self.id):
            raise LookupError(f"{self.user.name} sees no channel {where!r}")
        return found

    # -- reading

    def visible_messages(self, where: Where | None = None) -> list[Seen]:
        """The messages of a place in order, as they are now, without ephemerals (direct messages unless ``where``)."""
        channel = self._channel(where) if where is not None else self.dm_with_bot()
        ordered = sorted(channel.messages.values(), key=lambda message: str(message["ts"]))
        return [self._seen(channel, message) for message in ordered]

    def ephemerals(self, where: Where | None = None) -> list[Seen]:
        """What only this person sees, in one place or everywhere."""
        channel_id = self._channel(where).id if where is not None else None
        channels = self.server.workspace.channels
        mine = [e for e in self.server.workspace.ephemerals if e.user_id == self.id]
        found = [e for e in mine if channel_id in {None, e.channel_id}]
        return [self._seen(channels[e.channel_id], e.message, ephemeral=True) for e in found]

    def channels(self) -> list[Channel]:
        """Channels this person is in."""
        everything = self.server.workspace.channels.values()
        return [c for c in everything if c.kind in {"channel", "group"} and self.id in c.members]

    def pins(self, where: Where) -> list[Seen]:
        """Pinned messages of a place."""
        channel = self._channel(where)
        return [self._seen(channel, pin["message"]) for pin in channel.pins]

    async def read(self, text: str, where: Where | None = None, *, timeout: float = 30) -> Seen:  # noqa: ASYNC109
        """Wait until a message (or an ephemeral) that contains ``text`` is on the screen; the latest such."""

        def found() -> Seen | None:
            everything = [*self.visible_messages(where), *self.ephemerals(where)]
            return next((seen for seen in reversed(everything) if text in seen.text), None)

        try:
            seen = await self.server.wait_for(found, timeout)
        except TimeoutError:
            shown = [s.text for s in [*self.visible_messages(where), *self.ephemerals(where)]]
            raise TimeoutError(f"{self.user.name} never read {text!r}; on the screen: {shown}") from None
        assert seen is not None
        return seen

    def _seen(self, channel: Channel, message: JSON, *, ephemeral: bool = False) -> Seen:
        blocks = message.get("blocks") or []
        words = "\n".join(interactions.words(blocks)) if blocks else str(message.get("text") or "")
        return Seen(
            channel_id=channel.id,
            ts=message["ts"],
            author_id=str(message.get("user") or message.get("bot_id") or ""),
            text=words,
            fallback=str(message.get("text") or ""),
            buttons=[interactions.label(e) for _, e in interactions.elements(blocks) if e["type"] == "button"],
            blocks=blocks,
            thread_ts=message.get("thread_ts"),
            ephemeral=ephemeral,
            raw=objects.shown_message(message, metadata=True),
        )

    def _find(self, message: Seen | str, where: Where | None) -> tuple[Channel, JSON, bool]:
        """A message as it is now: its channel, its content, whether it is an ephemeral."""
        ts = message.ts if isinstance(message, Seen) else message
        workspace = self.server.workspace
        for ephemeral in workspace.ephemerals:
            if ephemeral.ts == ts and ephemeral.user_id == self.id:
                return workspace.channels[ephemeral.channel_id], ephemeral.message, True
        if isinstance(message, Seen):
            channel = workspace.channels[message.channel_id]
        else:
            channel = self._channel(where) if where is not None else self.dm_with_bot()
        if ts not in channel.messages:
            raise LookupError("this message is gone")
        return channel, channel.messages[ts], False
