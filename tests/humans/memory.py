"""People of the platform inside the process, in both of its flavours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal

from adapters.memory import BOT, MemoryPlatform, MemoryServer, Posted, Whispered
from bot.chat import Choice, Errors, Message, NotAllowed, Part, RateLimited, Unreachable
from tests.humans import PATIENCE, Call, Human, Ways, eventually, found, nothing_more
from tests.humans.lines import Lines

Shown = Posted | Whispered
LISTED = frozenset({"name", "title", "phone", "picture"})  # what the list of people tells of a profile


def words(message: Message) -> str:
    """A message as a person reads it."""
    lines = [f"{part.label}: {part.text}" if part.label else part.text for part in map(_linked, message.parts)]
    if message.picture:
        lines.append(message.picture.alt)
    return "\n".join([*lines, *(f"[{choice.label}]" for choice in message.choices)])


def _linked(part: Part) -> Part:
    """A link is shown with where it leads; one to a profile with whose it is."""
    to = {"profile": part.account, "link": part.url}.get(part.kind, "")
    return part.model_copy(update={"text": f"{part.text} ({to})"}) if to else part


class MemoryHuman:
    """A `tests.humans.Human`."""

    def __init__(self, town: MemoryTown, name: str, external: str) -> None:
        """external: their account."""
        self.name = name
        self.external = external
        self.platform = town.name
        self._town = town
        self._server = town.server
        self._lines = Lines(self._say_direct, self._heard_direct, town.settled)
        self._pressed: tuple[str, Choice] | None = None

    async def types(self, command: str, room: str | None = None) -> None:
        self._server.types(self.external, command, room or "")

    async def about(self, text: str, command: str, room: str) -> None:
        shown = await self._find(text, "", room)
        self._server.types(self.external, command, room, shown.id if isinstance(shown, Posted) else "")

    async def says(self, text: str, room: str | None = None, *, reply_to: str = "") -> None:
        answered = ""
        if reply_to:
            shown = await self._find(reply_to, "", room)
            answered = shown.id if isinstance(shown, Posted) else ""
        self._server.says(self.external, text, room or "", answered)

    async def likes(self, text: str, room: str) -> None:
        shown = await self._find(text, "", room)
        assert isinstance(shown, Posted)
        self._server.react(self.external, shown.id)

    async def corrects(self, text: str, new: str, room: str) -> None:
        shown = await self._find(text, "", room)
        assert isinstance(shown, Posted)
        self._server.corrects(self.external, shown.id, new)

    async def catches_up(self, room: str) -> None:
        self._server.reads(self.external, room)

    async def fills(self, **fields: str) -> dict[str, str]:
        return await self._submit(fields) if self._server.forms else await self._lines.fills(fields)

    async def accepts(self) -> dict[str, str]:
        return await self._submit({}) if self._server.forms else await self._lines.accepts()

    async def submits_again(self) -> None:
        if self._server.forms:
            await self._server.submit_again(self.external)
        else:
            await self._lines.again()

    async def closes(self) -> None:
        if not self._server.forms:
            await self._lines.closes()
        self._server.accounts[self.external].window = None

    async def sees_form(self) -> dict[str, str] | None:
        if not self._server.forms:
            return {} if await self._lines.page() else None
        window = self._server.accounts[self.external].window
        return window.values if window else None

    async def presses(self, label: str, near: str = "", room: str | None = None) -> None:
        window = self._server.accounts[self.external].window
        offered = [choice for choice in window.form.choices if choice.label == label] if window else []
        if offered:
            self._pressed = ("", offered[0])
        else:
            shown = await self._find(near, label, room)
            choice = next(each for each in shown.message.choices if each.label == label)
            self._pressed = (shown.id if isinstance(shown, Posted) else "", choice)
        await self.presses_again()

    async def presses_again(self) -> None:
        assert self._pressed, "nothing was pressed yet"
        self._server.press(self.external, *self._pressed)

    async def reads(self, room: str | None = None) -> list[str]:
        return [words(shown.message) for shown in self._server.sights(self.external, room or "")]

    async def is_told(self, text: str, room: str | None = None, within: float = PATIENCE) -> str:
        return words((await self._find(text, "", room, within)).message)

    async def sees_picture(self, alt: str, room: str | None = None) -> bytes:
        async def look() -> bytes | None:
            shown = [each.message.picture for each in self._server.sights(self.external, room or "")]
            return next((each.data for each in reversed(shown) if each and alt in each.alt), None)

        return await found(self, look, alt, "", room, PATIENCE)

    async def is_not_told(self, text: str, room: str | None = None) -> None:
        await self._town.settled()
        told = [line for line in await self.reads(room) if text in line]
        assert not told, f"{self.name} was told: {told}"

    async def joins(self, room: str) -> None:
        self._server.enter(self.external, room)

    async def leaves(self, room: str) -> None:
        self._server.leave(self.external, room)

    async def room_named(self, name: str) -> str | None:
        seen = [place for place in self._server.rooms.values() if place.seen_by(self.external) and not place.archived]
        return next((place.id for place in seen if name in {place.slug, place.title}), None)

    async def is_in(self, room: str) -> bool:
        place = self._server.rooms[room]
        return self.external in place.members or self.external in place.invited

    async def pins(self, room: str) -> list[str]:
        place = self._server.rooms[room]
        return [words(place.messages[pin].message) for pin in place.pins if pin in place.messages]

    async def topic(self, room: str) -> str:
        return self._server.rooms[room].topic

    async def notified(self, room: str | None = None) -> int:
        return 0  # a part is shown as it is: there is no markup here

    async def opens_home(self) -> None:
        self._server.open_home(self.external)

    async def sees_home(self, text: str) -> str:
        if not self._server.forms:
            return await self.is_told(text)

        async def shown() -> bool:
            return text in words(self._home())

        await eventually(shown, f"the home page of {self.name} says {text!r}")
        return words(self._home())

    async def presses_home(self, label: str) -> None:
        if not self._server.forms:
            return await self.presses(label)
        choice = next(each for each in self._home().choices if each.label == label)
        return self._server.press(self.external, "", choice, home=True)

    async def sets_profile(self, field: str, value: str) -> None:
        if field in LISTED:
            self._server.set_profile(self.external, **{field: value})
        else:
            self._server.set_details(self.external, **{field: value})

    def _home(self) -> Message:
        return self._server.accounts[self.external].home or Message(parts=())

    async def _submit(self, fields: dict[str, str]) -> dict[str, str]:
        async def asked() -> bool:
            return self._server.accounts[self.external].window is not None

        await eventually(asked, f"no form is open for {self.name}")
        window = self._server.accounts[self.external].window
        assert window
        unknown = set(fields) - {each.name for each in window.form.fields}
        assert not unknown, f"the form {window.form.id} does not ask for {unknown}"
        checked = await self._server.submit(self.external, fields)
        return dict(checked.fields) if isinstance(checked, Errors) else {}

    async def _find(self, text: str, label: str, room: str | None, within: float = PATIENCE) -> Shown:
        """The latest message in sight that contains a text and offers a choice with this label ("" for any)."""

        async def look() -> Shown | None:
            for shown in reversed(self._server.sights(self.external, room or "")):
                offered = not label or any(choice.label == label for choice in shown.message.choices)
                if offered and text in words(shown.message):
                    return shown
            return None

        return await found(self, look, text, label, room, within)

    async def _say_direct(self, text: str) -> None:
        await self.says(text)

    async def _heard_direct(self, _waiting: bool) -> list[str]:
        shown = self._server.sights(self.external)
        return [words(each.message) for each in shown if isinstance(each, Whispered) or each.by == BOT]


class PatientServer(MemoryServer):
    """A service that keeps back what happens, when told so. held: what is kept back, None while nothing is."""

    held: list[dict[str, Any]] | None = None

    def deliver(self, raw: dict[str, Any], *, lost: bool = False) -> None:
        if self.held is None:
            super().deliver(raw, lost=lost)
        else:
            self.held.append(raw)


class MemoryTown:
    """A `tests.humans.Town`."""

    def __init__(self, server: PatientServer) -> None:
        """server: the service."""
        self.name = server.name
        self.nobody = "U0"
        self.nowhere = "R0"
        self.ways = Ways() if server.forms else Ways(windows=False, whispers=False, presses_wait=True, receipts=True)
        self.server = server
        self.settled: Callable[[], Awaitable[None]] = nothing_more

    def platform(self) -> MemoryPlatform:
        return MemoryPlatform(self.server)

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
    ) -> MemoryHuman:
        fields = {"title": title, "picture": "yes" if picture else ""}
        held = {field: text for field, text in fields.items() if text}
        external = self.server.join_person(name, kind=kind, language=language, zone=zone, email=email, **held)
        return MemoryHuman(self, name, external)

    async def room(self, name: str, members: Sequence[object], *, private: bool = False, bot: bool = True) -> str:
        inside = [human.external for human in members if isinstance(human, MemoryHuman)]
        return self.server.open_room(name, [*inside, *([BOT] if bot else [])], private=private)

    async def program(self, room: str, texts: Sequence[str]) -> None:
        writer = self.server.join_person("builds", kind="bot")
        for text in texts:
            self.server.says(writer, text, room)

    async def circle(self, name: str, members: Sequence[Human]) -> str:
        return "room:" + await self.room(name, members)

    async def admit(self, circle: str, human: Human) -> None:
        await human.joins(circle.removeprefix("room:"))

    async def dismiss(self, circle: str, human: Human) -> None:
        await human.leaves(circle.removeprefix("room:"))

    def delivered(self) -> bool:
        return not self.server.unheard if self.server.forms else self.server.heard >= len(self.server.log)

    async def rate_limit(self, call: Call, seconds: float) -> None:
        self.server.fail(call, RateLimited(seconds))

    async def lose_answer(self, call: Call) -> None:
        self.server.fail(call, Unreachable("timeout"), effect=True)

    async def break_call(self, call: Call) -> None:
        self.server.fail(call, Unreachable("bad_gateway"))

    async def refuse(self, call: Call, times: int = 1) -> None:
        for _ in range(times):
            self.server.fail(call, NotAllowed("not_allowed"))

    async def restrict_creation(self, *, restricted: bool = True) -> None:
        self.server.creation_restricted = restricted

    async def deliver_again(self) -> None:
        self.server.deliver(self.server.log[-1])

    async def deliver_all_again(self) -> None:
        done = [event for event in self.server.log if event.get("by")]
        for event in [*reversed(done), *done]:
            self.server.deliver(event)

    async def hold_events(self) -> None:
        self.server.held = []

    async def release_events(self, order: Sequence[int]) -> None:
        held, self.server.held = self.server.held or [], None
        for index in order:
            self.server.deliver(held[index])

    async def deliver_unacknowledged(self) -> None:
        """The memory server sends again by itself."""

    async def garble(self) -> None:
        self.server.deliver({"kind": "press", "key": "broken", "platform": self.name, "by": 12, "unheard_of": []})

    async def forge(self, human: object, room: str, action: str, value: str) -> None:
        assert isinstance(human, MemoryHuman)
        choice = Choice(label="Yes", action=action, value=value)
        message = Message(parts=(Part(text="Shall we?"),), choices=(choice,))
        forged = self.server.keep(self.server.rooms[room], human.external, message)
        self.server.press(human.external, forged, choice)


@asynccontextmanager
async def town(name: str, now: Callable[[], datetime], *, forms: bool = True) -> AsyncIterator[MemoryTown]:
    """A memory server with nobody on it yet. forms: the flavour, see `adapters.memory`."""
    yield MemoryTown(PatientServer(name, now, forms=forms))
