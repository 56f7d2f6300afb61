"""Channels: `bot.chat.Rooms` on Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.slack.calls import JSON, Calls, Who, fine
from adapters.slack.codes import ABOUT_ONE_PERSON, KEPT_TO_ADMINS, refusal
from adapters.slack.identity import Identity
from adapters.slack.inbound import Me
from adapters.slack.text import clean, escape_cut, plain
from adapters.slack.twins import Twins
from bot.chat import NameTaken, NewRoom, NotAllowed, NotFound, Room

TOPIC = 250  # characters (reference/methods/conversations.setTopic, too_long)
INVITED_AT_ONCE = 100
_PAGE = 200
_LONGEST = 999  # the most that a list gives at once: a large workspace is listed in a few calls of tier 2
_KINDS = "public_channel,private_channel"


class SlackRooms:
    """Rooms are channels. Where a workspace keeps something to its admins, the user token of one does it."""

    _calls: Calls
    _identity: Identity
    _creating: asyncio.Lock
    _twins: Twins
    _created: dict[str, str]

    async def create(self, new: NewRoom, *, name: str) -> str:
        """Create a channel, once per name.

        Slack keeps no name of ours on a channel, and `name_taken` does not say which one it is. So, when the name is
        taken, a channel of this slug is taken for the one that an earlier attempt made only if it is untouched: created
        by the bot (or the owner of the user token), public or private as asked, nobody else in it, without purpose,
        with no topic but the one asked for, and not made for another name by this process. Everything that follows a
        creation (topic, invitations) touches it, and follows only once its id is stored; hence a channel of another
        community is never mistaken for it.

        One creation at a time: two at once have made two channels of one name.
        """
        async with self._creating:
            if name not in self._created:
                try:
                    self._created[name] = await self._make(new)
                except NameTaken:
                    self._created[name] = await self._made_before(new)
            return self._created[name]

    async def _make(self, new: NewRoom) -> str:
        answer, who = await self._as_admin("conversations.create", name=new.slug, is_private=new.private)
        room = str(answer["channel"]["id"])
        await self._twins.made(new.slug, room)
        if who == "user":
            await self._let_in(room)
        await self._set_topic(room, new.topic, "")
        return room

    async def _made_before(self, new: NewRoom) -> str:
        me = await self._identity.me()
        whose: list[Who] = ["bot", "user"] if self._calls.has("user") else ["bot"]
        for who in whose:
            async for channel in self._calls.pages(
                "conversations.list", "channels", who=who, types=_KINDS, exclude_archived=True, limit=_PAGE
            ):
                if channel.get("name") == new.slug and await self._untouched(channel, new, me, who):
                    await self._let_in(channel["id"], unless=bool(channel.get("is_member")) and who == "bot")
                    await self._set_topic(channel["id"], new.topic, _topic_of(channel))
                    return str(channel["id"])
        raise NameTaken("name_taken")

    async def _untouched(self, channel: JSON, new: NewRoom, me: Me, who: Who) -> bool:
        purpose = (channel.get("purpose") or {}).get("value")
        if channel.get("creator") not in {me.user, me.owner} or bool(channel.get("is_private")) != new.private:
            return False
        if purpose or _topic_of(channel) not in {"", _topic(new.topic)} or channel["id"] in self._created.values():
            return False
        members = self._calls.pages("conversations.members", "members", who=who, channel=channel["id"], limit=_PAGE)
        return {member async for member in members} <= {me.user, me.owner}

    async def _let_in(self, room: str, *, unless: bool = False) -> None:
        """Have the owner of the user token bring the bot in."""
        if unless or not self._calls.has("user"):
            return
        me = await self._identity.me()
        done = fine("already_in_channel", "cant_invite_self")
        await self._calls.call("conversations.invite", who="user", channel=room, users=me.user, fine=done)

    async def _as_admin(self, method: str, *, done: frozenset[str] = frozenset(), **args: Any) -> tuple[JSON, Who]:
        """Call as the bot; what is kept to admins, again with the user token."""
        try:
            return await self._calls.call(method, fine=done, **args), "bot"
        except NotAllowed as error:
            if error.reason not in KEPT_TO_ADMINS or not self._calls.has("user"):
                raise
        return await self._calls.call(method, who="user", fine=done, **args), "user"

    async def adopt(self, room: str) -> Room:
        """Join a public channel; a private one must have invited the bot."""
        answer = await self._calls.ask("conversations.join", channel=room)
        if answer.get("ok"):
            return _room(answer["channel"], await self._identity.me())
        if answer.get("error") not in {"method_not_supported_for_channel_type", "missing_scope"}:
            raise refusal(str(answer.get("error")))
        info = await self._info(room)
        if not info.get("is_member"):
            raise NotAllowed("not_in_channel")
        return _room(info, await self._identity.me())

    async def invite(self, room: str, people: Sequence[str]) -> dict[str, str]:
        """Add accounts, at most 100 a call; those refused are named one by one, the others are in."""
        me = await self._identity.me()
        wanted = [person for person in dict.fromkeys(people) if person != me.user]
        refused: dict[str, str] = {}
        for start in range(0, len(wanted), INVITED_AT_ONCE):
            refused |= await self._invite(room, wanted[start : start + INVITED_AT_ONCE])
        return refused

    async def _invite(self, room: str, people: list[str]) -> dict[str, str]:
        answer = await self._calls.ask("conversations.invite", channel=room, users=people, force=True)
        found = {entry["user"]: str(entry.get("error")) for entry in answer.get("errors") or () if entry.get("user")}
        if not answer.get("ok") and not found:
            code = str(answer.get("error"))
            if code not in ABOUT_ONE_PERSON:
                raise refusal(code)
            if len(people) > 1:  # Slack did not say whom it meant
                return {who: code for one in people for who, code in (await self._invite(room, [one])).items()}
            found = {people[0]: code}
        if not answer.get("ok") and any(person not in found for person in people):
            # Refused as a whole, whatever `force` promises: the others still want in.
            found |= await self._invite(room, [person for person in people if person not in found])
        return {person: code for person, code in found.items() if code != "already_in_channel"}

    async def lead(self, room: str, people: Sequence[str]) -> None:
        """Nothing: on Slack a lead needs no power that members lack."""

    async def topic(self, room: str, text: str) -> None:
        """Set the topic, cut to 250 characters. Every change is announced in the channel: none is made twice."""
        await self._set_topic(room, text, _topic_of(await self._info(room)))

    async def _set_topic(self, room: str, text: str, now: str) -> None:
        if (wanted := _topic(text)) != now:
            await self._calls.call("conversations.setTopic", channel=room, topic=wanted)

    async def rename(self, room: str, slug: str, title: str) -> None:
        """Rename; a channel has one name, the slug. Raises NameTaken."""
        del title
        await self._as_admin("conversations.rename", channel=room, name=slug)

    async def archive(self, room: str) -> None:
        """Archive; already archived is success."""
        await self._as_admin("conversations.archive", channel=room, done=fine("already_archived"))

    async def reopen(self, room: str) -> None:
        """Unarchive. A bot may not, being in no archived channel: it takes the user token, which brings the bot in.

        Raises NotAllowed without one.
        """
        who: Who = "user" if self._calls.has("user") else "bot"
        answer = await self._calls.ask("conversations.unarchive", who=who, channel=room)
        if not answer.get("ok") and (code := str(answer.get("error"))) != "not_archived":
            raise NotAllowed(code)  # "channel_not_found" included: that is how a bot may be told
        await self._let_in(room)

    async def room(self, room: str) -> Room:
        """Raises NotFound."""
        return _room(await self._info(room), await self._identity.me())

    async def _info(self, room: str) -> JSON:
        answer = await self._calls.call("conversations.info", channel=room, include_num_members=True)
        return dict(answer["channel"])

    async def rooms(self) -> AsyncIterator[Room]:
        """All public channels, and the private ones that the bot is in."""
        me = await self._identity.me()
        async for channel in self._calls.pages("conversations.list", "channels", types=_KINDS, limit=_LONGEST):
            yield _room(channel, me)

    async def members(self, room: str) -> list[str]:
        """Ids of the accounts in a channel, the bot's own included."""
        pages = self._calls.pages("conversations.members", "members", channel=room, limit=_PAGE)
        return [str(member) async for member in pages]

    async def last_spoke(self, room: str) -> datetime | None:
        """From the latest of the history; what the bot may not read is not known."""
        me = await self._identity.me()
        try:
            pages = self._calls.pages("conversations.history", "messages", channel=room, limit=_PAGE)
            async for message in pages:
                if message.get("user") not in {None, me.user} and not message.get("bot_id"):
                    return datetime.fromtimestamp(float(message["ts"]), UTC)
        except (NotAllowed, NotFound):
            return None
        return None


def _room(channel: JSON, me: Me) -> Room:
    return Room(
        id=channel["id"],
        name=channel.get("name") or "",
        topic=plain(_topic_of(channel)),
        private=bool(channel.get("is_private")),
        archived=bool(channel.get("is_archived")),
        members=int(channel.get("num_members") or 0),
        by_bot=channel.get("creator") in {me.user, me.owner or me.user},
        inside=bool(channel.get("is_member")),
        shared=bool(channel.get("is_ext_shared")),
        creator=channel.get("creator") or "",
        created_at=datetime.fromtimestamp(channel["created"], UTC) if channel.get("created") else None,
    )


def _topic(text: str) -> str:
    """A topic as it is sent: one line, escaped as messages are."""
    return escape_cut(" ".join(clean(text).split()), TOPIC)


def _topic_of(channel: JSON) -> str:
    """A topic as Slack keeps it."""
    return str((channel.get("topic") or {}).get("value") or "")
