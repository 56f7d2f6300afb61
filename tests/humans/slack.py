"""People of a Slack workspace, in front of Slack's client as the test server shows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal

from adapters.slack.platform import SlackPlatform
from adapters.slack.text import unescape
from bot.chat import Door
from bot.config import Listener
from bot.web import Public
from tests.humans import PATIENCE, Call, Human, Ways, eventually, found, nothing_more
from tests.humans.lines import Lines
from tests.servers.slack import BOT_USER_ID, Clock, Person, Seen, SlackServer, interactions, posting

JSON = dict[str, Any]

_REFUSALS: dict[Call, str] = {"edit": "edit_window_closed", "delete": "cant_delete_message"}
_METHODS: dict[Call, str] = {
    "post": "chat.postMessage",
    "edit": "chat.update",
    "delete": "chat.delete",
    "pin": "pins.add",
    "find": "conversations.history",
    "read": "conversations.replies",
    "history": "conversations.history",
    "direct": "conversations.open",
    "create": "conversations.create",
    "adopt": "conversations.join",
    "invite": "conversations.invite",
    "topic": "conversations.setTopic",
    "rename": "conversations.rename",
    "archive": "conversations.archive",
    "reopen": "conversations.unarchive",
    "room": "conversations.info",
    "members": "conversations.members",
    "profile": "users.info",
    "details": "users.profile.get",
    "people": "users.list",
    "open_form": "views.open",
    "whisper": "chat.postEphemeral",
}
_LOCALES = {"en": "en-US", "fr": "fr-FR"}
_KINDS = {"member": "member", "guest": "guest", "stranger": "stranger", "gone": "deactivated"}
_LISTED = {"name": "display_name", "title": "title", "phone": "phone", "pronouns": "pronouns"}
_LATE = "too late or twice"  # a bot that was killed, or slowed by the test's own clock


# ---------------------------------------------------------------- reading


def words(seen: Seen) -> str:
    """A message as it stands on the screen, buttons in brackets."""
    if not seen.blocks:
        return unescape(seen.text)
    return "\n".join(line for block in seen.blocks for line in _lines(block))


def _lines(block: JSON) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element)
        case "actions":
            yield from (f"[{element['text']['text']}]" for element in block["elements"])
        case "context":
            yield from (element["text"] for element in block["elements"])
        case "image":
            yield block["alt_text"]
        case "divider":
            yield "———"
        case _:
            yield block["text"]["text"]


def _rich(element: JSON) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for number, item in enumerate(element["elements"], element.get("offset", 0) + 1):
            mark = f"{number}. " if element["style"] == "ordered" else ""
            yield mark + "".join(_pieces(item))
    else:
        yield "".join(_pieces(element))


def _pieces(section: JSON) -> Iterator[str]:
    for piece in section["elements"]:
        match piece["type"]:
            case "channel":
                yield f"#{piece['channel_id']}"
            case "link":
                yield f"{piece.get('text') or piece['url']} ({piece['url']})"
            case _:
                yield piece["text"]


# ---------------------------------------------------------------- one person


class SlackHuman:
    """A `tests.humans.Human`."""

    def __init__(self, town: SlackTown, name: str, person: Person) -> None:
        """person: their side of the server."""
        self.name = name
        self.external = person.id
        self.platform = town.name
        self.person = person
        self._town = town
        self._lines = Lines(self._say_direct, self._heard_direct, town.settled)
        self._pressed: tuple[Seen, JSON] | None = None
        self._sent: JSON | None = None

    async def types(self, command: str, room: str | None = None) -> None:
        name, _, text = command.partition(" ")
        await self.person.command(f"/{name}", text, where=room)

    async def about(self, text: str, command: str, room: str) -> None:
        seen = await self._find(text, "", room)
        await self.person.message_shortcut(seen.ts, command.replace(" ", "."), where=room)

    async def says(self, text: str, room: str | None = None, *, reply_to: str = "") -> None:
        thread = None
        if reply_to:
            answered = await self._find(reply_to, "", room)
            thread = answered.thread_ts or answered.ts
        await self.person.say(room or self.person.dm_with_bot(), text, thread_ts=thread)

    async def likes(self, text: str, room: str) -> None:
        await self.person.react(await self._find(text, "", room), "tada", where=room)

    async def corrects(self, text: str, new: str, room: str) -> None:
        await self.person.edit(await self._find(text, "", room), new, where=room)

    async def catches_up(self, room: str) -> None:
        """Slack tells nobody."""

    async def fills(self, **fields: str) -> dict[str, str]:
        return await self._submit(fields) if await self._modal() else await self._lines.fills(fields)

    async def accepts(self) -> dict[str, str]:
        return await self._submit({}) if await self._modal() else await self._lines.accepts()

    async def submits_again(self) -> None:
        if self._sent:
            await interactions.submission(self.person, self._sent)
        else:
            await self._lines.again()

    async def closes(self) -> None:
        if await self._modal():
            await self.person.close_view()
        else:
            await self._lines.closes()

    async def sees_form(self) -> dict[str, str] | None:
        if view := self.person.view():
            values = view["state"]["values"]
            inputs = [block for block in view["blocks"] if block["type"] == "input"]
            return {each["block_id"]: _held(*values[each["block_id"]].values()) for each in inputs}
        return {} if await self._lines.page() else None

    async def presses(self, label: str, near: str = "", room: str | None = None) -> None:
        if (view := self.person.view()) and label in _buttons(view["blocks"]):
            await self.person.press_in_view(label)
            return
        seen = await self._find(near, label, room)
        self._pressed = seen, _buttons(seen.blocks)[label]
        await self.person.press(seen, label)

    async def presses_again(self) -> None:
        assert self._pressed, "nothing was pressed yet"
        seen, button = self._pressed
        channel = self._town.server.workspace.channels[seen.channel_id]
        await self.person.press_raw(channel, seen.ts, action_id=button["action_id"], value=button.get("value", ""))

    async def reads(self, room: str | None = None) -> list[str]:
        return [words(seen) for seen in self._sights(room)]

    async def is_told(self, text: str, room: str | None = None, within: float = PATIENCE) -> str:
        return words(await self._find(text, "", room, within))

    async def sees_picture(self, alt: str, room: str | None = None) -> bytes:
        async def look() -> bytes | None:
            shown = [block for seen in self._sights(room) for block in seen.blocks if block["type"] == "image"]
            files = [each["slack_file"]["id"] for each in shown if alt in each["alt_text"]]
            return self._town.server.workspace.files[files[-1]].content if files else None

        return await found(self, look, alt, "", room, PATIENCE)

    async def is_not_told(self, text: str, room: str | None = None) -> None:
        await self._town.settled()
        told = [line for line in await self.reads(room) if text in line]
        assert not told, f"{self.name} was told: {told}"

    async def joins(self, room: str) -> None:
        if not await self.is_in(room):  # on Slack an invitation is entering
            await self.person.join(room)

    async def leaves(self, room: str) -> None:
        await self.person.leave(room)

    async def room_named(self, name: str) -> str | None:
        found = self._town.server.workspace.channel_named(name)
        return found.id if found and found.visible_to(self.external) and not found.is_archived else None

    async def is_in(self, room: str) -> bool:
        return self.external in self._town.server.workspace.channels[room].members

    async def pins(self, room: str) -> list[str]:
        return [words(seen) for seen in self.person.pins(room)]

    async def topic(self, room: str) -> str:
        return unescape(str(self._town.server.workspace.channels[room].topic["value"]))

    async def notified(self, room: str | None = None) -> int:
        channel = room or self.person.dm_with_bot().id
        caused = [each for each in self._town.server.mentions if each.author_id == BOT_USER_ID]
        return len([each for each in caused if (each.channel_id, each.user_id) == (channel, self.external)])

    async def opens_home(self) -> None:
        await self.person.open_home()

    async def sees_home(self, text: str) -> str:
        async def shown() -> bool:
            return text in self._home()

        await eventually(shown, f"the home page of {self.name} says {text!r}")
        return self._home()

    async def presses_home(self, label: str) -> None:
        await self.person.press_in_home(label)

    async def sets_profile(self, field: str, value: str) -> None:
        if field in _LISTED:
            self.person.set_profile(**{_LISTED[field]: value})
        elif field == "picture":
            self.person.choose_picture(chosen=bool(value))
        else:
            self.person.set_custom_field(self._town.field(field), value)

    def _home(self) -> str:
        return "\n".join(line for block in (self.person.home() or {}).get("blocks", []) for line in _lines(block))

    # -- how

    async def _modal(self) -> bool:
        """A modal is open (or, False, a form is asked in the direct room); waits until one of the two is."""

        async def asked() -> bool:
            return self.person.view() is not None or await self._lines.page() is not None

        await eventually(asked, f"no form is open for {self.name}")
        return self.person.view() is not None

    async def _submit(self, fields: dict[str, str]) -> dict[str, str]:
        view = self.person.view()
        assert view
        kinds = {each["block_id"]: each["element"]["type"] for each in view["blocks"] if each["type"] == "input"}
        unknown = set(fields) - set(kinds)
        assert not unknown, f"the form {view['callback_id']} does not ask for {unknown}"
        typed = {name: _typed(kinds[name], value) for name, value in fields.items()}
        await self.person.fill(typed)
        self._sent = self.person.view()
        return dict((await self.person.fill_and_submit()).by_block)

    def _sights(self, room: str | None) -> list[Seen]:
        seen = [*self.person.visible_messages(room), *self.person.ephemerals(room)]
        return sorted(seen, key=lambda each: each.ts)

    async def _find(self, text: str, label: str, room: str | None, within: float = PATIENCE) -> Seen:
        """The latest message in sight that contains a text and offers a choice with this label ("" for any)."""

        async def look() -> Seen | None:
            for seen in reversed(self._sights(room)):
                if text in words(seen) and (not label or label in seen.buttons):
                    return seen
            return None

        return await found(self, look, text, label, room, within)

    async def _say_direct(self, text: str) -> None:
        await self.says(text)

    async def _heard_direct(self, _waiting: bool) -> list[str]:
        return [words(seen) for seen in self._sights(None) if seen.author_id == BOT_USER_ID]


def _buttons(blocks: list[JSON]) -> dict[str, JSON]:
    elements = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return {element["text"]["text"]: element for element in elements}


def _typed(kind: str, value: str) -> Any:
    if kind.startswith("multi_"):
        return value.split()
    return value or None


def _held(state: JSON) -> str:
    """What an input holds, as the bot would be told."""
    held = next(value for key, value in state.items() if key != "type")
    if isinstance(held, dict):
        return str(held["value"])
    return " ".join(held) if isinstance(held, list) else held or ""


# ---------------------------------------------------------------- the workspace


class Called(SlackPlatform):
    """The bot's platform where Slack calls it: while it runs, what it serves is at an address that Slack knows."""

    server: SlackServer

    async def run(self, door: Door) -> None:
        """Listen on a port of its own, as [web] public does for the whole bot."""
        public = Public(Listener(host="127.0.0.1", port=0), door.hooks)  # type: ignore[attr-defined]  # every door has
        await public.start()
        self.server.hooks.url = f"http://127.0.0.1:{public.port}/slack/{self.name}"
        try:
            await super().run(door)
        finally:
            await public.stop()


class SlackTown:
    """A `tests.humans.Town`. user_token: an admin's, given to the bot ("" for none)."""

    def __init__(self, name: str, server: SlackServer, now: Callable[[], datetime], *, http: bool = False) -> None:
        """server: started. now: UTC. http: Slack calls the bot, instead of Socket Mode."""
        self.http = http
        self.name = name
        self.nobody = "U0NOBODY00"
        self.nowhere = "C0NOWHERE0"
        self.ways = Ways(reopens=False)  # an app may not, without a person's token
        self.server = server
        self.user_token = ""
        self.settled: Callable[[], Awaitable[None]] = nothing_more
        self._now = now
        self._serial = count(1)

    def platform(self) -> SlackPlatform:
        made = (Called if self.http else SlackPlatform)(
            self.name,
            bot_token=self.server.bot_token,
            app_token="" if self.http else self.server.app_token,
            signing_secret=self.server.hooks.secret if self.http else "",
            user_token=self.user_token,
            api_url=self.server.api_url,
            now=self._now,
        )
        if isinstance(made, Called):
            made.server = self.server
        return made

    def lend(self) -> None:
        """Give the bot the user token of an administrator, from its next start on."""
        self.user_token = self.server.user_token(self.server.person("boss", kind="admin"))
        self.ways = replace(self.ways, reopens=True)

    async def person(
        self,
        name: str,
        *,
        kind: Literal["member", "guest", "stranger", "gone"] = "member",
        language: str = "en",
        zone: str = "Europe/Paris",
        title: str = "",
        email: str = "",
        picture: bool = False,
    ) -> SlackHuman:
        handle = f"{''.join(letter for letter in name.lower() if letter.isalnum())}{next(self._serial)}"
        user = self.server.workspace.add_user(
            handle,
            kind=_KINDS[kind],  # type: ignore[arg-type]
            real_name=name,
            profile={"display_name": name, "title": title},
            locale=_LOCALES[language],
            tz=zone,
            email=email or None,
        )
        human = SlackHuman(self, name, Person(self.server, user))
        if picture:
            human.person.choose_picture()
        return human

    def field(self, label: str) -> str:
        """The id of the custom field that its administrators called so; they add it where there is none."""
        known = self.server.workspace.profile_fields
        return next((each["id"] for each in known if label in {each["label"], each["id"]}), None) or self.server.field(
            label
        )

    async def room(self, name: str, members: Sequence[object], *, private: bool = False, bot: bool = True) -> str:
        inside = [human.person for human in members if isinstance(human, SlackHuman)]
        return self.server.channel(name, members=inside, private=private, with_bot=bot).id

    async def program(self, room: str, texts: Sequence[str]) -> None:
        space = self.server.workspace
        writer = space.add_user(f"builds{len(space.users)}", kind="bot")
        space.channels[room].members.append(writer.id)
        for text in texts:
            posting.put(self.server, space.channels[room], posting.base_message(self.server, writer, text))

    async def circle(self, name: str, members: Sequence[object]) -> str:
        """The bot is in no group: Slack allows that to people only."""
        people = [human.person for human in members if isinstance(human, SlackHuman)]
        return f"group:{self.server.group(name, people).id}"

    async def admit(self, circle: str, human: Human) -> None:
        self.server.workspace.groups[circle.removeprefix("group:")].users.append(human.external)

    async def dismiss(self, circle: str, human: Human) -> None:
        self.server.workspace.groups[circle.removeprefix("group:")].users.remove(human.external)

    def delivered(self) -> bool:
        self.server.sockets.tick()  # what a dead bot never answered is given up, or due to be sent again
        return not self.server.sockets.waiting

    async def rate_limit(self, call: Call, seconds: float) -> None:
        self.server.fault(_METHODS[call], "ratelimited", retry_after=round(seconds))

    async def lose_answer(self, call: Call) -> None:
        self.server.fault(_METHODS[call], "drop_answer")

    async def break_call(self, call: Call) -> None:
        self.server.fault(_METHODS[call], "http", status=502)

    async def refuse(self, call: Call, times: int = 1) -> None:
        self.server.fault(_METHODS[call], "refuse", error=_REFUSALS.get(call, "restricted_action"), times=times)

    async def restrict_creation(self, *, restricted: bool = True) -> None:
        self.server.workspace.only_admins_create = restricted

    async def deliver_again(self) -> None:
        done = self._done()
        if not done:
            raise LookupError("people did nothing yet")
        self.server.sockets.redeliver(done[-1])

    async def deliver_all_again(self) -> None:
        done = self._done()  # Slack repeats events alone: a command or a press that was not answered is lost
        for event_id in [*reversed(done), *done]:
            self.server.sockets.redeliver(event_id)

    def _done(self) -> list[str]:
        """The ids of the events that people caused."""
        sent = [envelope.payload for envelope in self.server.sockets.sent]
        return list(dict.fromkeys(each["event_id"] for each in sent if _by_people(each)))

    async def hold_events(self) -> None:
        self.server.sockets.held = []

    async def release_events(self, order: Sequence[int]) -> None:
        held, self.server.sockets.held = self.server.sockets.held or [], None
        done = [each for each in held if _by_people(each)]
        for payload in [each for each in held if not _by_people(each)]:
            self.server.sockets.send_event(payload)
        for index in order:
            self.server.sockets.send_event(done[index])

    async def deliver_unacknowledged(self) -> None:
        await self.server.advance(4)  # Slack waits for 3 seconds
        await self.server.advance(61)

    async def garble(self) -> None:
        events: list[Any] = [{"type": "message", "channel": 12, "user": None}, None, []]
        for event in events:
            wrapped = {"type": "event_callback", "event_id": f"Ev{next(self._serial)}", "event": event}
            self.server.sockets.send("events_api", wrapped)
        self.server.sockets.send("interactive", {"type": "block_actions", "user": {}, "actions": []})
        self.server.sockets.send("slash_commands", {"command": "/community"})

    async def forge(self, human: object, room: str, action: str, value: str) -> None:
        assert isinstance(human, SlackHuman)
        seen = await human.person.say(room, "Shall we?")
        channel = self.server.workspace.channels[room]
        await human.person.press_raw(channel, seen.ts, action_id=f"{action}#0", value=value)


def _by_people(payload: JSON) -> bool:
    event = payload.get("event") or {}
    return bool(event) and not event.get("bot_id") and event.get("user") != BOT_USER_ID


@asynccontextmanager
async def town(name: str, now: Callable[[], datetime], *, http: bool = False) -> AsyncIterator[SlackTown]:
    """A workspace with the app installed and nobody on it; whatever no correct app does fails the test at the end."""
    async with SlackServer(clock=Clock(lambda: now().timestamp())) as server:
        yield SlackTown(name, server, now, http=http)
        problems = [problem for problem in server.problems if _LATE not in problem]
        assert not problems, problems


@asynccontextmanager
async def lively_town(name: str, *, http: bool = False) -> AsyncIterator[SlackTown]:
    """As `town`, on the machine's clock, and time passes there: what was not acknowledged comes again by itself."""
    async with town(name, lambda: datetime.now(UTC), http=http) as place:

        async def passes() -> None:
            while True:
                await asyncio.sleep(0.05)
                place.server.sockets.tick()

        time = asyncio.create_task(passes())
        try:
            yield place
        finally:
            time.cancel()
            await asyncio.gather(time, return_exceptions=True)
