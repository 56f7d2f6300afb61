"""What every platform promises the bot: one suite, passed by memory (both flavours), Slack and Matrix."""

from __future__ import annotations

import asyncio
import base64
import inspect
import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

import pytest

from bot import chat
from bot.chat import (
    Checked,
    Choice,
    Command,
    Errors,
    Event,
    Form,
    FormField,
    Hook,
    Joined,
    Left,
    Message,
    NameTaken,
    NewRoom,
    NotAllowed,
    NotFound,
    Overloaded,
    Part,
    Picture,
    Platform,
    Press,
    ProfileChanged,
    RateLimited,
    Spoke,
    Submission,
    Unreachable,
    plain,
    weight,
)
from bot.markdown import WHOLE, read
from tests.humans import Town, eventually
from tests.humans.towns import PLAINLY, open_town, server_for

E = TypeVar("E", bound=Event)
YES = Choice(label="Yes", action="community.approve", value="12", style="primary", typed="community approve 12")
NO = Choice(label="No", action="community.refuse", value="12", style="danger", typed="community refuse 12")
UNDO = Choice(label="Undo", action="community.reopen", value="12", typed="community reopen 12")
NASTY = "<!channel> <!here> <@U123> <#C1> @room <b>bold</b> <script>1</script> [x](http://e.example) &amp; *st* _u_ `c`"
KINDS: Sequence[Literal["guest", "stranger", "gone"]] = ("guest", "stranger", "gone")
LONG = 40_000
CHART = Picture(
    data=base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
    alt="12 of 40 people wrote <!channel>",
    title="Active contributors",
    name="active.png",
)
_serial = itertools.count(1)


def said(text: str, *choices: Choice) -> Message:
    return Message(parts=(Part(text=text),), choices=choices)


def accepted(_: Submission) -> Checked:
    return None


class Recorder:
    """A door that keeps what is handed in. full: it takes nothing. answer: what it says to a filled form."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.parked: list[str] = []
        self.positions: list[str] = [""]
        self.things: dict[str, bytes] = {}
        self.hooks: dict[str, Hook] = {}
        self.full = False
        self.refused = 0
        self.told: list[str] = []
        self.answer: Callable[[Submission], Checked] = accepted

    async def record(self, event: Event) -> None:
        self._room_for(1)
        self.events.append(event)

    async def check(self, submission: Submission) -> Checked:
        return self.answer(submission)

    async def park(self, platform: str, key: str, reason: str) -> None:
        self.parked.append(reason)

    async def position(self, platform: str) -> str:
        return self.positions[-1]

    async def advance(
        self,
        platform: str,
        events: Sequence[Event],
        position: str,
        things: Mapping[str, bytes | None] | None = None,
    ) -> None:
        self._room_for(len(events))
        self.events.extend(events)
        self.positions.append(position)
        await self.keep(platform, things or {})

    async def kept(self, platform: str) -> Mapping[str, bytes]:
        return dict(self.things)

    async def keep(self, platform: str, things: Mapping[str, bytes | None]) -> None:
        self.things |= {key: value for key, value in things.items() if value is not None}
        for key in [key for key, value in things.items() if value is None]:
            self.things.pop(key, None)

    def serve(self, path: str, hook: Hook) -> None:
        self.hooks[path] = hook

    async def not_recorded(self, platform: str, by: str) -> Message:
        self.told.append(by)
        return said("Nothing was recorded.")

    def _room_for(self, events: int) -> None:
        if self.full:
            self.refused += events
            raise Overloaded

    async def hears(self, kind: type[E], by: str = "", count: int = 1) -> E:
        """Wait for so many events of a kind (from one account); return the last one."""

        def heard() -> list[E]:
            return [event for event in self.events if isinstance(event, kind) and by in {"", event.by}]

        async def enough() -> bool:
            return len(heard()) >= count

        await eventually(enough, f"{count} {kind.__name__} from {by or 'anybody'}; heard {self.events}")
        return heard()[-1]


class Site:
    """A platform's server, and the bot's platform object running on it against a recorder."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.ways = town.ways
        self.door = Recorder()
        self.bot: Platform = town.platform()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._running = asyncio.create_task(self.bot.run(self.door))

        async def up() -> bool:
            assert self._running
            if self._running.done():
                self._running.result()
            return self.bot.connected

        await eventually(up, "the platform connects")

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self.bot.close()

    async def restart(self) -> None:
        await self.stop()
        self.bot = self.town.platform()
        await self.start()


@pytest.fixture(params=PLAINLY)
def where(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(request: pytest.FixtureRequest, where: str) -> tuple[Any, ...]:
    return server_for(request, where)


@pytest.fixture
async def site(where: str, server: tuple[Any, ...]) -> AsyncIterator[Site]:
    async with open_town(where, "acme", lambda: datetime.now(UTC), *server) as town:
        site = Site(town)
        await site.start()
        try:
            yield site
        finally:
            await site.stop()


def fresh(word: str) -> str:
    return f"{word}-{next(_serial)}-{datetime.now(UTC):%H%M%S%f}"


def before() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


async def test_nothing_of_the_port_is_optional(site: Site) -> None:
    for protocol in (chat.Messages, chat.Rooms, chat.People, chat.Platform):
        for name, asked in vars(protocol).items():
            if callable(asked) and not name.startswith("_"):
                wanted = list(inspect.signature(asked).parameters)[1:]
                given = list(inspect.signature(getattr(site.bot, name)).parameters.values())
                assert [each.name for each in given[: len(wanted)]] == wanted, name
                assert all(each.default is not each.empty for each in given[len(wanted) :]), name


# ---------------------------------------------------------------- what people do


async def test_a_command_arrives_as_words_with_who_and_where(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await ana.types("community request Gardening --private", room)
    command = await site.door.hears(Command, ana.external)
    assert command.text == "community request Gardening --private"
    assert command.prefixed
    assert (command.platform, command.room, command.direct) == ("acme", room, False)
    assert command.at.tzinfo is not None


async def test_plain_words_in_the_direct_room_are_a_command(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.bot.direct(ana.external)
    await ana.says("community mine & <mine>")
    command = await site.door.hears(Command, ana.external)
    assert command.text == "community mine & <mine>"
    assert command.direct
    assert not command.prefixed


async def test_what_is_said_in_a_room_is_counted_and_not_kept(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await ana.says("who knows about tulips?", room)
    spoke = await site.door.hears(Spoke, ana.external)
    assert spoke.question
    assert spoke.room == room
    assert "tulips" not in spoke.model_dump_json()
    assert not any("tulips" in event.model_dump_json() for event in site.door.events)


async def test_one_message_is_read_when_it_is_handed_in(site: Site) -> None:
    ana, bob = await site.town.person("ana"), await site.town.person("bob")
    room = await site.town.room(fresh("desk"), [ana, bob], private=True)
    await ana.says("It opens on Monday.\n\nAsk <!channel> & @room about it", room)
    await bob.about("It opens", "announce this", room)
    command = await site.door.hears(Command, bob.external)
    assert (command.text.replace(".", " "), command.room) == ("announce this", room)
    read_ = await site.bot.read(room, command.in_reply_to)
    assert (read_.by, read_.thread) == (ana.external, command.in_reply_to)
    assert [block.text for block in read_.rich] == ["It opens on Monday.", "Ask <!channel> & @room about it"]
    await bob.says("On Tuesday, rather", room, reply_to="It opens")
    await bob.corrects("On Tuesday", "On Wednesday, rather", room)
    await ana.about("On Wednesday", "announce this", room)
    second = await site.door.hears(Command, ana.external)
    again = await site.bot.read(room, second.in_reply_to)
    assert (again.by, plain(again.rich)) == (bob.external, "On Wednesday, rather"), "as it stands now"
    assert again.thread == command.in_reply_to


async def test_a_message_that_is_not_there_or_not_told_is_said_to_be_so(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("desk"), [ana])
    await ana.says("It opens on Monday.", room)
    await ana.about("It opens", "announce this", room)
    on = (await site.door.hears(Command, ana.external)).in_reply_to
    with pytest.raises((NotFound, NotAllowed)):
        await site.bot.read(site.town.nowhere, on)
    with pytest.raises(NotFound):
        await site.bot.read(room, on[:-2] + ("11" if on[-2:] != "11" else "22"))
    await site.town.break_call("read")
    with pytest.raises(Unreachable):
        await site.bot.read(room, on)


async def test_the_bot_hears_nothing_of_what_it_does_itself(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await site.bot.post(room, said("hello", YES), name=fresh("d"))
    await ana.says("hello", room)
    await site.door.hears(Spoke, ana.external)
    acts = [event for event in site.door.events if isinstance(event, Spoke | Press | Command)]
    assert {event.by for event in acts} == {ana.external}


async def test_entering_and_leaving_are_told(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    await ana.joins(room)
    assert (await site.door.hears(Joined, ana.external)).room == room
    await ana.leaves(room)
    assert (await site.door.hears(Left, ana.external)).room == room


async def test_an_event_delivered_three_times_has_one_key(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.bot.direct(ana.external)
    position = site.door.positions[-1]
    await ana.says("community mine")
    await site.door.hears(Command, ana.external)
    for times in (2, 3):
        if len(site.door.positions) > 1:  # it asks from a position: let it ask for the same again
            site.door.positions.append(position)
            await site.restart()
        else:
            await site.town.deliver_again()
        await site.door.hears(Command, ana.external, count=times)
    keys = {event.key for event in site.door.events if isinstance(event, Command)}
    assert len(keys) == 1


async def test_two_events_have_two_keys(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.bot.direct(ana.external)
    await ana.says("community mine")
    await ana.says("community mine")
    await site.door.hears(Command, ana.external, count=2)
    assert len({event.key for event in site.door.events if isinstance(event, Command)}) == 2


async def test_an_event_not_recorded_is_delivered_again(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.bot.direct(ana.external)
    site.door.full = True
    await ana.says("community mine")

    async def refused() -> bool:
        return site.door.refused > 0

    await eventually(refused, "the event is handed in, and refused")
    assert not [event for event in site.door.events if isinstance(event, Command)]
    site.door.full = False
    await site.town.deliver_unacknowledged()
    assert (await site.door.hears(Command, ana.external)).text == "community mine"


async def test_a_press_that_finds_no_room_is_handed_in_later_or_the_person_is_told(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.direct(ana.external)
    await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    site.door.full = True
    await ana.presses("Yes", near="Shall we?")

    async def refused() -> bool:
        return site.door.refused > 0

    await eventually(refused, "the press is handed in, and refused")
    if not site.ways.presses_wait:
        await ana.is_told("Nothing was recorded.")
        assert site.door.told == [ana.external]
    site.door.full = False
    if site.ways.presses_wait:
        assert (await site.door.hears(Press, ana.external)).action == "community.approve"


async def test_what_cannot_be_read_is_put_aside_and_does_not_stop_the_rest(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.bot.direct(ana.external)
    await site.town.garble()
    await ana.says("community mine")
    assert (await site.door.hears(Command, ana.external)).text == "community mine"
    assert site.door.parked
    assert all(ana.external not in reason for reason in site.door.parked)


# ---------------------------------------------------------------- choices


async def test_a_choice_offered_can_be_taken_by_someone_else_and_comes_back_unchanged(site: Site) -> None:
    ana, alice = await site.town.person("ana"), await site.town.person("alice")
    room = await site.town.room(fresh("animators"), [ana, alice])
    value = "12 é <&> " + "x" * 200
    offered = YES.model_copy(update={"value": value})
    posted = await site.bot.post(room, said("Shall we open it?", offered, NO), name=fresh("d"))
    await alice.presses("Yes", near="open it", room=room)
    press = await site.door.hears(Press)
    assert (press.by, press.action, press.value) == (alice.external, "community.approve", value)
    assert (press.on, press.room) == (posted, room)


async def test_two_presses_of_one_person_on_two_choices_are_told_apart(site: Site) -> None:
    alice = await site.town.person("alice")
    room = await site.town.room(fresh("animators"), [alice])
    await site.bot.post(room, said("Shall we?", YES, NO), name=fresh("d"))
    await alice.presses("No", near="Shall we?", room=room)
    assert (await site.door.hears(Press)).action == "community.refuse"
    await alice.presses("Yes", near="Shall we?", room=room)
    assert (await site.door.hears(Press, count=2)).action == "community.approve"


async def test_edit_replaces_in_place_and_what_was_offered_before_is_no_longer_valid(site: Site) -> None:
    alice = await site.town.person("alice")
    room = await site.town.room(fresh("animators"), [alice])
    posted = await site.bot.post(room, said("Shall we?", YES, NO), name=fresh("d"))
    await alice.presses("Yes", near="Shall we?", room=room)
    await site.door.hears(Press)
    await site.bot.edit(room, posted, said("Approved by Alice.", UNDO), name=fresh("e"))
    await alice.is_told("Approved by Alice.", room)
    read = await alice.reads(room)
    assert not [text for text in read if "Shall we?" in text]
    assert not [text for text in read if "No" in text.split()]
    await alice.presses("Undo", near="Approved", room=room)
    assert (await site.door.hears(Press, count=2)).action == "community.reopen"


async def test_an_edit_may_leave_no_choice(site: Site) -> None:
    alice = await site.town.person("alice")
    room = await site.town.room(fresh("animators"), [alice])
    posted = await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    await alice.is_told("Shall we?", room)
    await site.bot.edit(room, posted, said("Too late."), name=fresh("e"))
    told = await alice.is_told("Too late.", room)
    assert "Yes" not in told


async def test_a_choice_still_works_after_a_restart_of_the_platform_object(site: Site) -> None:
    alice = await site.town.person("alice")
    room = await site.town.room(fresh("animators"), [alice])
    await site.bot.post(room, said("Shall we?", YES), name=fresh("d"))
    await alice.is_told("Shall we?", room)
    await site.restart()
    await alice.presses("Yes", near="Shall we?", room=room)
    press = await site.door.hears(Press, alice.external)
    assert (press.action, press.value) == ("community.approve", "12")


async def test_a_forged_choice_is_ignored(site: Site) -> None:
    ana, eve = await site.town.person("ana"), await site.town.person("eve")
    room = await site.town.room(fresh("animators"), [ana, eve])
    await site.town.forge(eve, room, "community.approve", "12")
    await ana.says("hello", room)
    await site.door.hears(Spoke, ana.external)
    await site.bot.post(room, said("Shall we?", NO), name=fresh("d"))
    await ana.presses("No", near="Shall we?", room=room)
    await site.door.hears(Press, ana.external)
    assert [event.action for event in site.door.events if isinstance(event, Press)] == ["community.refuse"]


# ---------------------------------------------------------------- messages


async def test_a_message_posted_is_found_by_its_name_and_not_by_another(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    name, since = fresh("card:12:acme"), before()
    posted = await site.bot.post(room, said("first"), name=name)
    other = await site.bot.post(room, said("second"), name=fresh("card:13:acme"))
    assert await site.bot.find(room, name, since) == posted != other
    assert await site.bot.find(room, fresh("card:14:acme"), since) is None
    assert await site.bot.find(room, name, datetime.now(UTC) + timedelta(hours=1)) is None


async def test_a_post_after_a_lost_answer_is_found_and_seen_once(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    name, since = fresh("d"), before()
    await site.town.lose_answer("post")
    with suppress(Unreachable):  # where the platform knows the name, the adapter may have asked again at once
        await site.bot.post(room, said("only once"), name=name)
    assert await site.bot.find(room, name, since)
    await ana.is_told("only once", room)
    assert len([text for text in await ana.reads(room) if "only once" in text]) == 1


async def test_a_post_that_never_arrived_is_not_found(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    name, since = fresh("d"), before()
    await site.town.break_call("post")
    with pytest.raises(Unreachable):
        await site.bot.post(room, said("never"), name=name)
    assert await site.bot.find(room, name, since) is None
    await site.bot.post(room, said("now"), name=name)
    await ana.is_told("now", room)
    assert not [text for text in await ana.reads(room) if "never" in text]


async def test_a_reply_is_found_by_its_name_too(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    since = before()
    card = await site.bot.post(room, said("the card"), name=fresh("card"))
    name = fresh("reply")
    reply = await site.bot.post(room, said("the question"), name=name, reply_to=card)
    assert await site.bot.find(room, name, since) == reply
    assert await site.bot.find(room, name, since, reply_to=card) == reply
    await ana.is_told("the question", room)


async def test_a_rate_limit_crosses_as_such_with_seconds(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await site.town.rate_limit("post", 7)
    with pytest.raises(RateLimited) as limited:
        await site.bot.post(room, said("too fast"), name=fresh("d"))
    assert 6.5 <= limited.value.retry_after <= 8
    await site.bot.post(room, said("calmly"), name=fresh("d"))
    await ana.is_told("calmly", room)
    assert not [text for text in await ana.reads(room) if "too fast" in text]


async def test_nothing_people_type_becomes_markup_or_a_mention(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("square"), title=NASTY, topic=NASTY), name=fresh("open"))
    await ana.joins(room)
    parts = tuple(
        Part(kind=kind, text=NASTY, label="Name <!here>" if kind == "fact" else "")
        for kind in ("title", "text", "fact", "quote", "item", "note")
    )
    choice = YES.model_copy(update={"label": "<!here> *Yes*"})
    posted = await site.bot.post(room, Message(parts=parts, choices=(choice,)), name=fresh("d"))
    told = await ana.is_told("<!channel>", room)
    assert told.count(NASTY) >= len(parts) - 1  # a title may be shortened
    await site.bot.edit(room, posted, Message(parts=parts), name=fresh("e"))
    await site.bot.topic(room, NASTY)
    assert await ana.notified(room) == 0


MARKDOWN = f"""# Salut <!channel> @room

Le **réseau** _ouvre_ lundi, ~~mardi~~, voir [le plan & plus](https://plan.example/a?b=1&c=2) ou `@room <!here>`.
Deuxième ligne {NASTY}

3. trois
   - dedans [@room](https://x.example/)
4. quatre

> cité par <@U123>

```
if a < b: @room
```

---
fin
"""


async def test_rich_text_is_read_in_order_with_its_links_and_calls_nobody(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("square"), title="Square"), name=fresh("open"))
    await ana.joins(room)
    blocks = read(MARKDOWN).blocks
    part = Part(kind="rich", text=plain(blocks), rich=blocks)
    posted = await site.bot.post(room, Message(parts=(part,), choices=(YES,)), name=fresh("d"))
    told = await ana.is_told("Salut <!channel> @room", room)
    at = 0
    for words in (
        "Le réseau ouvre lundi", "mardi", "le plan & plus (https://plan.example/a?b=1&c=2)", "@room <!here>",
        "Deuxième ligne <!channel>", "<b>bold</b> <script>1</script> x (http://e.example)", "3. trois",
        "dedans @room (https://x.example/)", "4. quatre", "cité par <@U123>", "if a < b: @room", "fin", "Yes",
    ):  # fmt: skip
        assert words in told[at:], words
        at = told.index(words, at) + len(words)
    await site.bot.edit(room, posted, Message(parts=(part,)), name=fresh("e"))
    assert await ana.notified(room) == 0


async def test_a_long_rich_text_is_shown_to_its_end(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    blocks = read("\n\n".join(f"## Partie {n}\n\n- " + "mot " * 51 for n in range(30)) + "\n\nla fin").blocks
    assert 0.9 * WHOLE < weight(blocks) <= WHOLE
    posted = await site.bot.post(
        room, Message(parts=(Part(kind="rich", text=plain(blocks), rich=blocks),), choices=(YES,)), name=fresh("d")
    )
    told = await ana.is_told("la fin", room)
    assert [f"Partie {n}" in told for n in range(30)] == [True] * 30
    assert told.count("mot") == 30 * 51
    assert "…" not in told
    longer = (*blocks, *blocks, *blocks, *blocks, *blocks, *blocks, *blocks)
    part = Part(kind="rich", text=plain(longer), rich=longer)
    await site.bot.edit(room, posted, Message(parts=(part,)), name=fresh("e"))
    await ana.is_told("Partie 0", room)


async def test_a_text_of_40000_characters_is_shown_as_far_as_it_goes(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    long = "abcdefghi " * (LONG // 10)
    posted = await site.bot.post(
        room, Message(parts=(Part(text=long), Part(text=long)), choices=(YES,)), name=fresh("d")
    )
    told = await ana.is_told(long[:900], room)
    assert "Yes" in told
    await site.bot.edit(room, posted, said(long, NO), name=fresh("e"))
    await ana.presses("No", near=long[:900], room=room)
    assert (await site.door.hears(Press)).action == "community.refuse"


async def test_an_empty_text_is_still_a_message(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await site.bot.post(room, Message(parts=(Part(text=""), Part(text="here"))), name=fresh("d"))
    await ana.is_told("here", room)


async def test_a_deleted_message_is_out_of_sight(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    posted = await site.bot.post(room, said("wrong one"), name=fresh("d"))
    await ana.is_told("wrong one", room)
    await site.bot.delete(room, posted, name=fresh("x"))

    async def gone() -> bool:
        return not [text for text in await ana.reads(room) if "wrong one" in text]

    await eventually(gone, "the message is gone")
    await site.bot.delete(room, posted, name=fresh("x"))


async def test_pins(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    await ana.joins(room)
    posted = await site.bot.post(room, said("our charter"), name=fresh("d"))
    await site.bot.pin(room, posted)
    await site.bot.pin(room, posted)
    pins = await ana.pins(room)
    assert len(pins) == 1
    assert "our charter" in pins[0]


async def test_direct_gives_the_same_room_twice(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.direct(ana.external)
    assert await site.bot.direct(ana.external) == room
    await site.bot.post(room, said("good morning"), name=fresh("d"))
    await ana.is_told("good morning")
    await site.restart()
    assert await site.bot.direct(ana.external) == room


async def test_no_direct_room_with_nobody(site: Site) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        await site.bot.direct(site.town.nobody)


async def test_posting_nowhere_is_refused(site: Site) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        await site.bot.post(site.town.nowhere, said("hello"), name=fresh("d"))


async def test_a_whisper_is_seen_by_one_person_only(site: Site) -> None:
    ana, bob = await site.town.person("ana"), await site.town.person("bob")
    room = await site.town.room(fresh("square"), [ana, bob])
    await ana.types("community mine", room)
    command = await site.door.hears(Command, ana.external)
    if await site.bot.whisper(command, said("for your eyes")):
        await ana.is_told("for your eyes")
    else:
        assert not site.ways.whispers
        await ana.is_not_told("for your eyes")
    await bob.is_not_told("for your eyes", room)
    await bob.is_not_told("for your eyes")


async def test_a_picture_is_seen_with_its_words_and_the_message(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    since, name = before(), fresh("d")
    message = said("The week", YES).model_copy(update={"picture": CHART})
    posted = await site.bot.post(room, message, name=name)
    assert await ana.sees_picture("12 of 40 people wrote <!channel>", room) == CHART.data
    await ana.is_told("The week", room)
    assert await site.bot.find(room, name, since) == posted
    assert await ana.notified(room) == 0
    await ana.presses("Yes", near="The week", room=room)
    assert (await site.door.hears(Press, ana.external)).on == posted


@pytest.mark.parametrize("private", [False, True])
async def test_a_picture_joins_a_thread_too(site: Site, private: bool) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana], private=private)
    card = await site.bot.post(room, said("How was it?"), name=fresh("d"))
    await site.bot.post(room, said("So").model_copy(update={"picture": CHART}), name=fresh("d"), reply_to=card)
    assert await ana.sees_picture(CHART.alt, room) == CHART.data


async def test_a_picture_whose_answer_is_lost_is_seen_once(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    since, name, message = before(), fresh("d"), said("once").model_copy(update={"picture": CHART})
    await site.town.lose_answer("post")
    with suppress(Unreachable):
        await site.bot.post(room, message, name=name)
    if await site.bot.find(room, name, since) is None:  # the picture went before, and the message did not follow
        await site.bot.post(room, message, name=name)
    await ana.is_told("once", room)
    shown = "\n".join(await ana.reads(room))
    assert (shown.count("12 of 40"), shown.count("once")) == (1, 1)


async def test_a_picture_is_whispered_or_it_is_said_that_it_cannot_be(site: Site) -> None:
    ana, bob = await site.town.person("ana"), await site.town.person("bob")
    room = await site.town.room(fresh("square"), [ana, bob])
    await ana.types("pulse", room)
    command = await site.door.hears(Command, ana.external)
    if await site.bot.whisper(command, said("for you").model_copy(update={"picture": CHART})):
        assert await ana.sees_picture(CHART.alt) == CHART.data
    else:
        assert not site.ways.whispers
    await bob.is_not_told("12 of 40", room)


# ---------------------------------------------------------------- forms

FORM = Form(
    id="community.request",
    title="Ask for a community",
    fields=(
        FormField(name="name", label="Name", max_length=80, hint="Short"),
        FormField(name="purpose", label="Purpose", kind="long", max_length=500),
    ),
    submit="Send",
    cancel="Cancel",
    parts=(Part(text="Three questions <!channel>"),),
    meta="request 12",
)


async def test_a_form_with_errors_is_explained_and_may_be_sent_again(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    site.door.answer = lambda filled: Errors(fields={"name": "Taken."}) if filled.values["name"] == "Garden" else None
    await ana.types("community request", room)
    if not await site.bot.open_form(await site.door.hears(Command, ana.external), FORM):
        assert not site.ways.windows  # asked line by line there, by the spine
        return
    assert await ana.fills(name="Garden", purpose="Seeds\nand advice") == {"name": "Taken."}
    assert not [event for event in site.door.events if isinstance(event, Submission)]
    assert await ana.fills(name="Gardens") == {}
    submission = await site.door.hears(Submission)
    assert submission.values == {"name": "Gardens", "purpose": "Seeds\nand advice"}
    assert (submission.form, submission.meta, submission.by) == ("community.request", "request 12", ana.external)
    assert await ana.sees_form() is None


async def test_a_form_may_have_a_next_page_that_holds_what_is_known(site: Site) -> None:
    ana = await site.town.person("ana")
    page = FORM.model_copy(
        update={
            "id": "community.review",
            "review": True,
            "fields": tuple(each.model_copy(update={"value": f"my {each.name}"}) for each in FORM.fields),
        }
    )
    site.door.answer = lambda filled: page if filled.form == "community.request" else None
    room = await site.town.room(fresh("square"), [ana])
    await ana.types("community request", room)
    if not await site.bot.open_form(await site.door.hears(Command, ana.external), FORM):
        assert not site.ways.windows
        return
    assert await ana.fills(name="Garden", purpose="Seeds") == {}
    assert await ana.sees_form() == {"name": "my name", "purpose": "my purpose"}
    assert await ana.accepts() == {}
    submission = await site.door.hears(Submission)
    assert (submission.form, submission.values["name"]) == ("community.review", "my name")


async def test_a_form_that_could_not_be_recorded_is_not_lost_to_its_author(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await ana.types("community request", room)
    if not await site.bot.open_form(await site.door.hears(Command, ana.external), FORM):
        assert not site.ways.windows
        return
    site.door.full = True
    assert "Nothing was recorded." in (await ana.fills(name="Garden", purpose="Seeds")).values()
    site.door.full = False
    assert await ana.accepts() == {}
    assert (await site.door.hears(Submission)).values["name"] == "Garden"


async def test_one_event_opens_one_form(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.town.room(fresh("square"), [ana])
    await ana.types("community request", room)
    command = await site.door.hears(Command, ana.external)
    if await site.bot.open_form(command, FORM):
        assert not await site.bot.open_form(command, FORM)


# ---------------------------------------------------------------- rooms


async def test_a_room_created_is_as_asked_and_the_bots_own(site: Site) -> None:
    ana = await site.town.person("ana")
    slug = fresh("garden")
    room = await site.bot.create(NewRoom(slug=slug, title="Garden", topic="Seeds & <advice>"), name=fresh("open"))
    seen = await site.bot.room(room)
    assert (seen.id, seen.name, seen.private, seen.archived, seen.by_bot) == (room, slug, False, False, True)
    assert await ana.room_named(slug) == room
    await ana.joins(room)
    assert "Seeds & <advice>" in await ana.topic(room)
    assert ana.external in await site.bot.members(room)


async def test_create_asked_twice_with_one_name_gives_one_room(site: Site) -> None:
    new, name = NewRoom(slug=fresh("garden"), title="Garden"), fresh("opening:12")
    room = await site.bot.create(new, name=name)
    assert await site.bot.create(new, name=name) == room
    await site.restart()
    assert await site.bot.create(new, name=name) == room


async def test_create_after_a_lost_answer_gives_the_room_that_was_made(site: Site) -> None:
    new, name = NewRoom(slug=fresh("garden"), title="Garden"), fresh("opening:12")
    await site.town.lose_answer("create")
    with suppress(Unreachable):
        await site.bot.create(new, name=name)
    room = await site.bot.create(new, name=name)
    assert [seen.id async for seen in site.bot.rooms() if seen.name == new.slug] == [room]


async def test_a_taken_name_is_refused_as_such(site: Site) -> None:
    ana = await site.town.person("ana")
    slug = fresh("garden")
    await site.town.room(slug, [ana], bot=False)
    with pytest.raises(NameTaken):
        await site.bot.create(NewRoom(slug=slug, title="Garden"), name=fresh("open"))
    ours = fresh("garden")
    await site.bot.create(NewRoom(slug=ours, title="Garden"), name=fresh("open"))
    with pytest.raises(NameTaken):
        await site.bot.create(NewRoom(slug=ours, title="Garden"), name=fresh("open"))


async def test_creation_restricted_is_not_allowed(site: Site) -> None:
    await site.town.restrict_creation()
    with pytest.raises(NotAllowed):
        await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    await site.town.restrict_creation(restricted=False)
    assert await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))


async def test_a_private_room_is_hidden_from_who_is_not_in_it(site: Site) -> None:
    ana, bob = await site.town.person("ana"), await site.town.person("bob")
    slug = fresh("council")
    room = await site.bot.create(NewRoom(slug=slug, title="Council", private=True), name=fresh("open"))
    assert await site.bot.invite(room, [ana.external]) == {}
    assert (await site.bot.room(room)).private
    assert await ana.room_named(slug) == room
    assert await bob.room_named(slug) is None


async def test_an_invitee_who_does_not_exist_is_reported_and_the_others_are_invited(site: Site) -> None:
    ana, bob = await site.town.person("ana"), await site.town.person("bob")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    refused = await site.bot.invite(room, [ana.external, site.town.nobody, bob.external])
    assert set(refused) == {site.town.nobody}
    assert refused[site.town.nobody]
    for human in (ana, bob):
        assert await human.is_in(room)


async def test_already_there_is_success(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    assert await site.bot.invite(room, [ana.external]) == {}
    assert await site.bot.invite(room, [ana.external]) == {}
    await ana.joins(room)
    assert await site.bot.invite(room, [ana.external]) == {}
    await site.bot.lead(room, [ana.external])
    await site.bot.lead(room, [ana.external])


async def test_a_room_of_people_can_be_adopted(site: Site) -> None:
    ana = await site.town.person("ana")
    slug = fresh("wild")
    room = await site.town.room(slug, [ana], bot=False)
    adopted = await site.bot.adopt(room)
    assert (adopted.id, adopted.name, adopted.by_bot) == (room, slug, False)
    await site.bot.post(room, said("I look after this room now."), name=fresh("d"))
    await ana.is_told("I look after this room now.", room)
    with pytest.raises((NotFound, NotAllowed)):
        await site.bot.adopt(site.town.nowhere)


async def test_whether_the_bot_is_in_a_room_is_told(site: Site) -> None:
    ana = await site.town.person("ana")
    made = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    assert (await site.bot.room(made)).inside
    found = await site.town.room(fresh("wild"), [ana], bot=False)
    assert not (await site.bot.room(found)).inside
    await site.bot.adopt(found)
    assert (await site.bot.room(found)).inside


async def test_topic(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    await ana.joins(room)
    await site.bot.topic(room, "Seeds, soil & patience")
    assert "Seeds, soil & patience" in await ana.topic(room)
    await site.bot.topic(room, "x" * 1000)
    assert (await ana.topic(room)).startswith("x" * 200)


async def test_rename(site: Site) -> None:
    ana = await site.town.person("ana")
    old, new, taken = fresh("garden"), fresh("orchard"), fresh("taken")
    room = await site.bot.create(NewRoom(slug=old, title="Garden"), name=fresh("open"))
    await ana.joins(room)
    await site.bot.rename(room, new, "Orchard")
    assert (await site.bot.room(room)).name == new
    assert await ana.room_named(new) == room
    await site.town.room(taken, [ana], bot=False)
    with pytest.raises(NameTaken):
        await site.bot.rename(room, taken, "Taken")


async def test_archive_and_reopen(site: Site) -> None:
    room = await site.bot.create(NewRoom(slug=fresh("garden"), title="Garden"), name=fresh("open"))
    await site.bot.archive(room)
    await site.bot.archive(room)
    assert (await site.bot.room(room)).archived
    if site.ways.reopens:
        await site.bot.reopen(room)
    else:
        with pytest.raises(NotAllowed):
            await site.bot.reopen(room)
    assert (await site.bot.room(room)).archived is not site.ways.reopens


async def test_rooms_are_listed(site: Site) -> None:
    slugs = {fresh("garden"), fresh("orchard")}
    for slug in slugs:
        await site.bot.create(NewRoom(slug=slug, title=slug), name=fresh("open"))

    async def listed() -> bool:
        return slugs <= {seen.name async for seen in site.bot.rooms()}

    await eventually(listed, "both rooms are listed")


async def test_a_room_that_does_not_exist_is_not_found(site: Site) -> None:
    with pytest.raises(NotFound):
        await site.bot.room(site.town.nowhere)


# ---------------------------------------------------------------- people


async def test_a_profile_tells_name_language_and_zone_where_known(site: Site) -> None:
    ana = await site.town.person("Ana <Lima> & co", language="fr", zone="Europe/Paris")
    profile = await site.bot.profile(ana.external)
    assert (profile.id, profile.name, profile.kind) == (ana.external, "Ana <Lima> & co", "member")
    assert profile.language[:2] in {"fr", ""}
    assert profile.zone in {"Europe/Paris", ""}


async def test_a_profile_tells_guests_and_strangers(site: Site) -> None:
    for kind in [each for each in KINDS if each in site.ways.kinds]:
        other = await site.town.person("sam", kind=kind)
        assert (await site.bot.profile(other.external)).kind == kind


async def test_nobody_has_no_profile(site: Site) -> None:
    with pytest.raises(NotFound):
        await site.bot.profile(site.town.nobody)


async def test_people_are_listed(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.town.room(fresh("square"), [ana])

    async def listed() -> bool:
        return ana.external in {each.id async for each in site.bot.people()}

    await eventually(listed, "ana is listed")


async def test_a_picture_and_a_job_are_told_where_people_gave_them(site: Site) -> None:
    ana = await site.town.person("ana", title="Buyer", picture=True)
    bob = await site.town.person("bob")
    assert dict((await site.bot.profile(ana.external)).fields) | {"real_name": ""} == {
        "picture": "yes",
        "title": "Buyer",
        "real_name": "",
    }
    assert not {"picture", "title", "phone"} & set((await site.bot.profile(bob.external)).fields)
    await ana.sets_profile("picture", "")
    assert "picture" not in await site.bot.details(ana.external)


async def test_details_tell_what_the_list_leaves_out(site: Site) -> None:
    ana = await site.town.person("ana", title="Buyer")
    bob = await site.town.person("bob")
    await site.town.room(fresh("square"), [ana, bob])
    await ana.sets_profile("org.example.skills", "Welding & <b>more</b>")
    told = await site.bot.details(ana.external)
    assert told["org.example.skills"] == "Welding & <b>more</b>"
    assert told["title"] == "Buyer"
    assert all(told.values())
    assert "org.example.skills" not in (await site.bot.profile(ana.external)).fields
    assert "org.example.skills" not in await site.bot.details(bob.external)
    await ana.sets_profile("org.example.skills", "")
    assert "org.example.skills" not in await site.bot.details(ana.external)


async def test_nobody_has_no_details(site: Site) -> None:
    with pytest.raises(NotFound):
        await site.bot.details(site.town.nobody)


async def test_a_changed_profile_is_heard_of(site: Site) -> None:
    ana = await site.town.person("ana")
    await site.town.room(fresh("square"), [ana])
    await ana.says("hello")
    await site.door.hears(Command, ana.external)
    before = len([each for each in site.door.events if isinstance(each, ProfileChanged)])
    await ana.sets_profile("picture", "yes")
    await site.door.hears(ProfileChanged, ana.external, count=before + 1)
    assert (await site.bot.profile(ana.external)).fields["picture"] == "yes"


async def test_a_link_to_ones_profile_is_read_and_calls_nobody(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.direct(ana.external)
    line = Part(kind="profile", text="Open my profile", account=ana.external)
    await site.bot.post(room, Message(parts=(line,)), name=fresh("n"))
    assert ana.external.rpartition("@")[2] in (await ana.is_told("Open my profile")).replace("%3A", ":")


async def test_a_link_to_a_page_is_read_with_its_address(site: Site) -> None:
    ana = await site.town.person("ana")
    room = await site.bot.direct(ana.external)
    line = Part(kind="link", text="Open the page", url="https://parvis.example.org/visit/a-b_c.d")
    await site.bot.post(room, Message(parts=(line,)), name=fresh("n"))
    assert "https://parvis.example.org/visit/a-b_c.d" in await ana.is_told("Open the page")


async def test_a_group_that_does_not_exist_is_not_found(site: Site) -> None:
    with pytest.raises(NotFound):
        await site.bot.group("S0NOSUCH")


async def test_nobody_is_disturbed_or_everybody_may_be(site: Site) -> None:
    ana = await site.town.person("ana")
    assert await site.bot.undisturbed(ana.external, datetime.now(UTC)) is None
