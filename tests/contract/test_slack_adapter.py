"""What is Slack's own: refusals, limits, the three seconds, the connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.slack.platform import SlackPlatform
from bot.chat import (
    Checked,
    Choice,
    Command,
    Errors,
    Event,
    Form,
    FormField,
    HomeOpened,
    Hook,
    LockedOut,
    Message,
    NameTaken,
    NewRoom,
    NotAllowed,
    NotFound,
    Overloaded,
    Paced,
    Part,
    Picture,
    PlatformError,
    Press,
    ProfileChanged,
    RateLimited,
    Submission,
    Unreachable,
)
from tests.servers.slack import BOT_USER_ID, Person, SlackServer, objects

PING = 0.2  # seconds between two pings of the socket, where its loss is what is tried
YES = Choice(label="Yes", action="community.approve", value="12")
FORM = Form(
    id="community.request",
    title="Ask",
    fields=(FormField(name="name", label="Name"), FormField(name="purpose", label="Purpose", kind="long")),
    submit="Send",
    cancel="Cancel",
    choices=(Choice(label="Join instead", action="community.join", value="3"),),
)
GARDEN = NewRoom(slug="garden", title="Garden", topic="Seeds & <advice>")


def said(text: str, *choices: Choice) -> Message:
    return Message(parts=(Part(text=text),), choices=choices)


class Door:
    """A door that keeps each key once, as the bot's does, and misbehaves on demand."""

    def __init__(self) -> None:
        self.events: dict[str, Event] = {}
        self.handed = 0
        self.parked: list[str] = []
        self.fault: Exception | None = None
        self.hold: asyncio.Event | None = None
        self.things: dict[str, bytes] = {}
        self.hooks: dict[str, Hook] = {}
        self.answer: Callable[[Submission], Checked] = lambda _: None
        self.check_fault: Exception | None = None

    async def record(self, event: Event) -> None:
        self.handed += 1
        if self.hold:
            await self.hold.wait()
        if self.fault:
            raise self.fault
        self.events.setdefault(event.key, event)

    async def check(self, submission: Submission) -> Checked:
        if self.check_fault:
            raise self.check_fault
        return self.answer(submission)

    async def park(self, platform: str, key: str, reason: str) -> None:
        self.parked.append(reason)

    async def position(self, platform: str) -> str:
        return ""

    async def advance(
        self,
        platform: str,
        events: Sequence[Event],
        position: str,
        things: Mapping[str, bytes | None] | None = None,
    ) -> None:
        raise NotImplementedError

    async def kept(self, platform: str) -> Mapping[str, bytes]:
        return dict(self.things)

    async def keep(self, platform: str, things: Mapping[str, bytes | None]) -> None:
        self.things |= {key: value for key, value in things.items() if value is not None}
        for key in [key for key, value in things.items() if value is None]:
            self.things.pop(key, None)

    def serve(self, path: str, hook: Hook) -> None:
        self.hooks[path] = hook

    async def not_recorded(self, platform: str, by: str) -> Message:
        return said("Nothing was recorded.")

    def all(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events.values() if isinstance(event, kind)]


class Site:
    """A workspace, and the bot's platform on it."""

    def __init__(self, server: SlackServer) -> None:
        self.server = server
        self.door = Door()
        self.ana = server.person("ana")
        self.square = server.channel("square", members=[self.ana], with_bot=True).id
        self._made: list[SlackPlatform] = []
        self.bot = self.platform()
        self._running: asyncio.Task[None] | None = None

    def platform(self, **other: Any) -> SlackPlatform:
        tokens = {"bot_token": self.server.bot_token, "app_token": self.server.app_token}
        now = lambda: datetime.fromtimestamp(self.server.clock.now(), UTC)  # noqa: E731 - one clock for both sides
        made = SlackPlatform("acme", **{**tokens, "api_url": self.server.api_url, "now": now, **other})
        self._made.append(made)
        return made

    async def start(self, **other: Any) -> None:
        self.bot = self.platform(**other)
        self._running = asyncio.create_task(self.bot.run(self.door))
        await self.server.wait_for(lambda: self.bot.connected)

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        for made in self._made:
            await made.close()

    async def command(self) -> Command:
        """What ana typed in the square arrives."""
        await self.ana.command("/community", "mine", where=self.square)
        return self.door.all(Command)[-1]  # type: ignore[no-any-return]

    def times(self, method: str) -> int:
        return len([call for call in self.server.calls if call[0] == method])


@asynccontextmanager
async def opened(**other: Any) -> AsyncIterator[Site]:
    async with SlackServer() as server:
        site = Site(server)
        await site.start(**other)
        try:
            yield site
        finally:
            await site.stop()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


@pytest.fixture
async def frail() -> AsyncIterator[Site]:
    """A site that notices soon that its connection is lost."""
    async with opened(ping=PING) as site:
        yield site


def since(site: Site) -> datetime:
    return datetime.fromtimestamp(site.server.clock.now(), UTC) - timedelta(seconds=5)


# ---------------------------------------------------------------- calls


async def test_after_a_429_a_method_is_left_alone_for_as_long_as_slack_asked(site: Site) -> None:
    posted = await site.bot.post(site.square, said("one"), name="n")
    limit = site.server.fault("chat.update", "ratelimited", retry_after=40, times=9)
    with pytest.raises(Paced) as limited:
        await site.bot.edit(site.square, posted, said("two"), name="n2")
    assert limited.value.retry_after == 40
    with pytest.raises(Paced):
        await site.bot.edit(site.square, posted, said("two"), name="n2")
    assert limit.hits == 1
    site.server.faults.clear()
    await site.server.advance(41)
    await site.bot.edit(site.square, posted, said("two"), name="n2")
    assert (await site.ana.read("two", site.square)).ts == posted


async def test_a_429_of_a_message_stops_all_of_them_and_one_of_a_tier_only_that_method(site: Site) -> None:
    """Messages share one limit for the workspace; each other method has its own (apis/web-api/rate-limits)."""
    site.server.fault("chat.postMessage", "ratelimited", retry_after=40)
    with pytest.raises(RateLimited) as limited:
        await site.bot.post(site.square, said("one"), name="n")
    assert not isinstance(limited.value, Paced)
    await site.server.advance(41)
    start = since(site)
    site.server.fault("conversations.history", "ratelimited", retry_after=40)
    with pytest.raises(Paced):
        await site.bot.find(site.square, "n", start)
    await site.bot.post(site.square, said("two"), name="n2")
    assert (await site.ana.read("two", site.square)).ts


async def test_slacks_tiers_are_kept_without_being_told() -> None:
    async with SlackServer(limits="on") as server:
        site = Site(server)
        server.clock.freeze()
        refused = 0
        for _ in range(30):  # conversations.setTopic is of tier 2: twenty a minute
            try:
                await site.bot._calls.call("conversations.rename", channel=site.square, name="circle")
            except RateLimited:
                refused += 1
            except NotAllowed:
                pass  # somebody else's channel
        assert refused >= 9
        assert not [answer for _, _, answer in server.calls if answer.get("error") == "ratelimited"]
        await site.stop()


@pytest.mark.parametrize(
    ("kind", "more"), [("drop_answer", {}), ("http_after", {"status": 500}), ("http_after", {"status": 200})]
)
async def test_a_post_whose_answer_is_lost_is_found_by_its_name(site: Site, kind: Any, more: dict[str, Any]) -> None:
    start = since(site)
    site.server.fault("chat.postMessage", kind, **more)
    with pytest.raises(Unreachable):
        await site.bot.post(site.square, said("once"), name="card:12")
    found = await site.bot.find(site.square, "card:12", start)
    assert found == (await site.ana.read("once", site.square)).ts
    assert site.times("chat.postMessage") == 1
    assert await site.bot.find(site.square, "card:13", start) is None
    assert site.times("conversations.history") == 2, "once for each look: Slack allows fifty a minute"


async def test_a_call_that_hangs_is_given_up(site: Site) -> None:
    await site.stop()
    site.bot = site.platform()
    site.bot._calls.timeout = 0.1
    held = site.server.fault("chat.postMessage", "hold_answer")
    with pytest.raises(Unreachable, match="timeout"):
        await site.bot.post(site.square, said("once"), name="card:12")
    held.release()


async def test_nobody_home_is_unreachable() -> None:
    async with SlackServer() as server:
        site = Site(server)
    for call in (site.bot.post(site.square, said("x"), name="n"), site.bot.profile(site.ana.id)):
        with pytest.raises(Unreachable):
            await call
    await site.bot.close()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("channel_not_found", NotFound),
        ("not_in_channel", NotAllowed),
        ("restricted_action_read_only_channel", NotAllowed),
        ("token_revoked", LockedOut),
        ("fatal_error", Unreachable),
        ("internal_error", Unreachable),
        ("msg_too_long", PlatformError),
        ("an_error_of_tomorrow", PlatformError),
    ],
)
async def test_slacks_codes_cross_as_the_errors_of_the_port(site: Site, code: str, error: type[PlatformError]) -> None:
    site.server.fault("chat.postMessage", "refuse", error=code)
    with pytest.raises(PlatformError) as refused:
        await site.bot.post(site.square, said("<secret>"), name="n")
    assert type(refused.value) is error
    assert refused.value.reason == code
    assert "secret" not in str(refused.value)


async def test_a_reply_is_found_in_an_old_thread(site: Site) -> None:
    card = await site.bot.post(site.square, said("the card"), name="card:12")
    for number in range(3):
        await site.bot.post(site.square, said(f"later {number}"), name=f"n{number}")
    await site.server.advance(3_000)
    start = since(site)
    reply = await site.bot.post(site.square, said("a question"), name="question:1", reply_to=card)
    assert await site.bot.find(site.square, "question:1", start) == reply
    assert await site.bot.find(site.square, "question:1", start, reply_to=card) == reply
    assert await site.bot.find(site.square, "question:2", start) is None


async def test_pages_are_read_to_the_end_however_short(site: Site) -> None:
    everyone = {site.server.person(f"p{number}").id for number in range(7)} | {site.ana.id}
    site.server.longest_page = 2
    assert everyone <= {each.id async for each in site.bot.people()}
    site.server.fault("conversations.list", "ratelimited", retry_after=1)
    assert {"general", "square"} <= {each.name async for each in site.bot.rooms()}


async def test_a_picture_is_uploaded_and_shown(site: Site) -> None:
    picture = Picture(data=b"\x89PNG", alt="12 of 40 adopted")
    await site.bot.post(site.square, Message(parts=(Part(text="Look"),), picture=picture), name="n")
    seen = await site.ana.read("Look", site.square)
    [image] = [block for block in seen.blocks if block["type"] == "image"]
    file = site.server.workspace.files[image["slack_file"]["id"]]
    assert (file.content, image["alt_text"]) == (b"\x89PNG", "12 of 40 adopted")
    assert not file.channels


async def test_a_picture_that_slack_still_looks_through_is_shown_once_it_has(site: Site) -> None:
    site.server.workspace.file_looks = 2
    message = Message(parts=(Part(text="Look"),), picture=Picture(data=b"\x89PNG", alt="12 of 40"))
    await site.bot.post(site.square, message, name="n")
    assert "image" in [block["type"] for block in (await site.ana.read("Look", site.square)).blocks]


async def test_a_picture_that_slack_looks_through_for_long_comes_later_and_is_handed_over_once(site: Site) -> None:
    site.server.workspace.file_looks = 4
    message = Message(parts=(Part(text="Look"),), picture=Picture(data=b"\x89PNG", alt="12 of 40"))
    with pytest.raises(Paced):
        await site.bot.post(site.square, message, name="n")
    assert not [seen for seen in site.ana.visible_messages(site.square) if "Look" in seen.text]
    await site.bot.post(site.square, message, name="n")
    assert "image" in [block["type"] for block in (await site.ana.read("Look", site.square)).blocks]
    assert len(site.server.workspace.files) == 1


async def test_where_slack_takes_no_files_the_words_of_a_picture_stand_in_its_place(site: Site) -> None:
    message = Message(parts=(Part(text="Look"),), picture=Picture(data=b"\x89PNG", alt="12 of 40"))
    site.server.fault("files.getUploadURLExternal", "refuse", error="file_uploads_disabled")
    await site.bot.post(site.square, message, name="n")
    seen = await site.ana.read("Look", site.square)
    assert ("12 of 40" in seen.text, [block["type"] for block in seen.blocks]) == (True, ["rich_text", "context"])


async def test_a_file_that_slack_never_shows_is_left_out_in_the_end(site: Site) -> None:
    message = Message(parts=(Part(text="Look"),), picture=Picture(data=b"no picture", alt="12 of 40"))
    with pytest.raises(Paced):
        await site.bot.post(site.square, message, name="n")
    await site.server.advance(61)
    await site.bot.post(site.square, message, name="n")
    assert "12 of 40" in (await site.ana.read("Look", site.square)).text


async def test_an_upload_that_broke_off_is_begun_again(site: Site) -> None:
    message = Message(parts=(Part(text="Look"),), picture=Picture(data=b"\x89PNG", alt="12 of 40"))
    site.server.fault("files.completeUploadExternal", "drop_answer")
    with pytest.raises(Unreachable):
        await site.bot.post(site.square, message, name="n")
    await site.bot.post(site.square, message, name="n")
    assert "image" in [block["type"] for block in (await site.ana.read("Look", site.square)).blocks]


# ---------------------------------------------------------------- rooms


async def test_a_name_taken_by_others_or_by_a_room_in_use_is_never_handed_out(site: Site) -> None:
    site.server.channel("garden", members=[site.ana])
    with pytest.raises(NameTaken):
        await site.bot.create(GARDEN, name="opening:1")
    orchard = NewRoom(slug="orchard", title="Orchard", topic="Trees")
    room = await site.bot.create(orchard, name="opening:2")
    again = site.platform()
    assert await again.create(orchard, name="opening:2") == room
    await site.bot.invite(room, [site.ana.id])
    with pytest.raises(NameTaken):
        await site.platform().create(orchard, name="opening:3")
    grove = NewRoom(slug="grove", title="Grove")
    await site.bot.topic(await site.bot.create(grove, name="opening:4"), "Somebody's own")
    with pytest.raises(NameTaken):
        await site.platform().create(grove, name="opening:5")


async def test_two_creations_at_once_make_one_room(site: Site) -> None:
    site.server.racing_creates = True
    rooms = await asyncio.gather(*(site.bot.create(GARDEN, name="opening:1") for _ in range(3)))
    assert len(set(rooms)) == 1
    assert site.times("conversations.create") == 1


async def test_a_room_made_before_its_topic_is_completed(site: Site) -> None:
    site.server.fault("conversations.setTopic", "drop_call")
    with pytest.raises(Unreachable):
        await site.bot.create(GARDEN, name="opening:1")
    room = await site.platform().create(GARDEN, name="opening:1")
    assert (await site.bot.room(room)).topic == "Seeds & <advice>"


async def test_a_topic_is_announced_once(site: Site) -> None:
    room = await site.bot.create(GARDEN, name="opening:1")
    await site.bot.topic(room, "Seeds & <advice>")
    assert site.times("conversations.setTopic") == 1


@pytest.mark.parametrize("private", [False, True])
async def test_where_creation_is_kept_to_admins_the_user_token_of_one_creates(private: bool) -> None:
    async with opened() as site:
        boss = site.server.person("boss", kind="admin")
        site.server.workspace.only_admins_create = True
        new = GARDEN.model_copy(update={"private": private})
        with pytest.raises(NotAllowed, match="restricted_action"):
            await site.bot.create(new, name="opening:1")
        await site.stop()
        await site.start(user_token=site.server.user_token(boss))
        site.server.fault("conversations.create", "drop_answer", when=lambda call: call.token.kind == "user")
        with suppress(Unreachable):
            await site.bot.create(new, name="opening:1")
        room = await site.bot.create(new, name="opening:1")
        seen = await site.bot.room(room)
        assert (seen.name, seen.private, seen.by_bot, seen.topic) == ("garden", private, True, "Seeds & <advice>")
        assert set(await site.bot.members(room)) == {BOT_USER_ID, boss.id}
        assert [each.id async for each in site.bot.rooms() if each.name == "garden"] == [room]
        await site.bot.archive(room)
        await site.bot.reopen(room)
        assert not (await site.bot.room(room)).archived
        await site.bot.post(room, said("Welcome back"), name="n")


async def test_a_private_room_is_adopted_once_the_bot_was_invited(site: Site) -> None:
    council = site.server.channel("council", members=[site.ana], private=True)
    with pytest.raises(NotFound):
        await site.bot.adopt(council.id)
    await site.ana.invite(council)
    assert (await site.bot.adopt(council.id)).private


async def test_more_than_a_hundred_are_invited_and_each_refusal_is_named(site: Site) -> None:
    crowd = [site.server.person(f"p{number}") for number in range(130)]
    room = await site.bot.create(GARDEN, name="opening:1")
    await site.bot.invite(room, [crowd[0].id])
    gone = site.server.person("gus", kind="deactivated")
    wanted = [*(person.id for person in crowd), gone.id, BOT_USER_ID]
    assert await site.bot.invite(room, wanted) == {gone.id: "user_not_found"}
    assert {person.id for person in crowd} <= set(await site.bot.members(room))
    assert await site.bot.invite(room, [crowd[1].id]) == {}
    with pytest.raises(NotFound):
        await site.bot.invite("C0NOWHERE0", [site.ana.id])


# ---------------------------------------------------------------- people


async def test_a_profile_is_asked_for_once_until_it_changes(site: Site) -> None:
    assert (await site.bot.profile(site.ana.id)).name == "ana"
    await site.bot.profile(site.ana.id)
    assert site.times("users.info") == 1
    site.ana.set_profile(display_name="Ana \u202eLima")
    await site.server.wait_for(lambda: site.door.all(ProfileChanged))
    assert (await site.bot.profile(site.ana.id)).name == "Ana Lima"


async def test_what_an_event_tells_of_a_person_need_not_be_asked(site: Site) -> None:
    site.ana.set_profile(title="Buyer")
    await site.server.wait_for(lambda: site.door.all(ProfileChanged))
    changed = site.door.all(ProfileChanged)[0]
    told = await site.bot.profile(site.ana.id, since=changed.at)
    assert (told.fields["title"], told.language) == ("Buyer", "en-US")
    assert site.times("users.info") == 0


async def test_an_event_that_comes_late_tells_nothing_of_what_is_known_better(site: Site) -> None:
    site.ana.set_profile(title="Apprentice")
    old = objects.user(site.ana.user, with_email=True, with_locale=True)
    site.server.clock.advance(5)
    site.ana.set_profile(title="Buyer")
    await site.server.wait_for(lambda: len(site.door.all(ProfileChanged)) == 2)
    site.bot.learn(old)
    assert (await site.bot.profile(site.ana.id)).fields["title"] == "Buyer"
    assert site.times("users.info") == 0
    site.ana.user.profile["title"] = "Head buyer"  # a second change of the same second, told in no order
    site.bot.learn(objects.user(site.ana.user, with_email=True, with_locale=True))
    assert (await site.bot.profile(site.ana.id)).fields["title"] == "Head buyer"
    assert site.times("users.info") == 1


async def test_what_another_process_heard_makes_this_one_ask(site: Site) -> None:
    await site.bot.profile(site.ana.id)
    site.ana.user.profile["title"] = "Buyer"  # its event went to another connection
    later = datetime.fromtimestamp(site.server.clock.now() + 1, UTC)
    assert "title" not in (await site.bot.profile(site.ana.id)).fields
    assert (await site.bot.profile(site.ana.id, since=later)).fields["title"] == "Buyer"


async def test_a_user_group_is_known_by_id_and_by_handle(site: Site) -> None:
    group = site.server.group("animators", [site.ana])
    assert await site.bot.group(group.id) == await site.bot.group("@animators") == [site.ana.id]
    with pytest.raises(NotFound):
        await site.bot.group("@nobody")


async def test_a_snooze_and_quiet_hours_are_respected(site: Site) -> None:
    now = datetime.fromtimestamp(int(site.server.clock.now()), UTC)
    at = int(now.timestamp())
    quiet = {"dnd_enabled": True, "next_dnd_start_ts": at - 60, "next_dnd_end_ts": at + 3600}
    site.ana.user.dnd = quiet | {"snooze_enabled": False}
    assert await site.bot.undisturbed(site.ana.id, now) == now + timedelta(hours=1)
    site.ana.user.dnd = quiet | {"snooze_enabled": True, "snooze_endtime": at + 7200}
    assert await site.bot.undisturbed(site.ana.id, now) == now + timedelta(hours=2)
    site.ana.user.dnd = quiet | {"next_dnd_start_ts": at + 600, "snooze_enabled": False}
    assert await site.bot.undisturbed(site.ana.id, now) is None


# ---------------------------------------------------------------- the three seconds


async def test_errors_stand_beside_the_fields_and_a_page_more_replaces_the_form(site: Site) -> None:
    review = FORM.model_copy(
        update={"id": "community.review", "fields": (FORM.fields[0].model_copy(update={"value": "Garden club"}),)}
    )
    assert await site.bot.open_form(await site.command(), FORM)
    site.door.answer = lambda _: Errors(fields={"name": "Taken.", "nowhere": "Odd."})
    errors = await site.ana.fill_and_submit({"Name": "Garden", "Purpose": "Seeds"})
    assert errors == {"Name": "Taken.", "Purpose": "Odd."}  # what has no field stands beside the last
    site.door.answer = lambda filled: review if filled.form == FORM.id else None
    assert await site.ana.fill_and_submit() == {}
    view = site.ana.view()
    assert view
    assert next(iter(view["state"]["values"]["name"].values()))["value"] == "Garden club"
    assert await site.ana.fill_and_submit() == {}
    assert site.ana.view() is None
    assert [each.form for each in site.door.all(Submission)] == ["community.review"]
    assert site.server.problems == []


@pytest.mark.parametrize("fault", [TimeoutError(), Overloaded()], ids=["slow", "away"])
async def test_a_form_that_nobody_can_check_now_says_so_beside_a_field(site: Site, fault: Exception) -> None:
    assert await site.bot.open_form(await site.command(), FORM)
    site.door.check_fault = fault
    errors = await site.ana.fill_and_submit({"Name": "Garden", "Purpose": "Seeds"})
    assert errors == {"Name": "Nothing was recorded."}
    assert site.door.all(Submission) == []
    site.door.check_fault = None
    assert await site.ana.fill_and_submit() == {}
    assert site.door.all(Submission)[0].values == {"name": "Garden", "purpose": "Seeds"}, "nothing typed was lost"


async def test_a_form_that_a_bug_kept_from_being_checked_stays_open_with_what_was_typed(site: Site) -> None:
    assert await site.bot.open_form(await site.command(), FORM)
    fault = site.door.check_fault = RuntimeError("a bug")
    await site.ana.fill({"Name": "Garden", "Purpose": "Seeds"})
    view = site.ana.view()
    assert view
    [envelope] = [site.server.sockets.send("interactive", _submission(site.ana, view))]
    await site.server.wait_for(lambda: site.door.check_fault is fault)
    await site.server.advance(4)
    assert envelope.state == "unanswered"  # Slack says that it did not work, and keeps the form
    assert site.door.all(Submission) == []
    assert site.ana.view()


def _submission(person: Person, view: dict[str, Any]) -> dict[str, Any]:
    return {"type": "view_submission", "user": {"id": person.id}, "trigger_id": "1.2.x", "view": view}


async def test_a_trigger_serves_once_and_for_three_seconds(site: Site) -> None:
    first = await site.command()
    assert await site.bot.open_form(first, FORM)
    assert not await site.bot.open_form(first, FORM)
    late = await site.command()
    await site.server.advance(4)
    assert not await site.bot.open_form(late, FORM)
    assert not await site.bot.open_form(late.model_copy(update={"handle": ""}), FORM)
    opened = HomeOpened(key="k", platform="acme", at=since(site))
    assert not await site.bot.open_form(opened, FORM)


async def test_a_press_in_a_form_puts_the_next_one_on_top(site: Site) -> None:
    assert await site.bot.open_form(await site.command(), FORM)
    await site.ana.opened()
    await site.ana.press_in_view("Join instead")
    [press] = site.door.all(Press)
    assert (press.action, press.value, press.room) == ("community.join", "3", "")
    assert await site.bot.open_form(press, FORM.model_copy(update={"id": "community.join"}))
    assert len(site.server.workspace.views[site.ana.id]) == 2
    assert not await site.bot.whisper(press, said("you joined"))  # there is no room to whisper in


async def test_a_command_or_press_that_is_not_recorded_says_so_and_an_event_comes_again(site: Site) -> None:
    await site.bot.post(site.square, said("Shall we?", YES), name="n")
    card = await site.ana.read("Shall we?", site.square)
    site.door.fault = Overloaded()
    reply = await site.ana.command("/community", "mine", where=site.square)
    assert "Nothing was recorded." in reply.text
    assert (await site.ana.press(card, "Yes")).acked
    await site.server.wait_for(lambda: len(site.ana.ephemerals(site.square)) == 2)
    assert [seen.text for seen in site.ana.ephemerals(site.square)] == ["Nothing was recorded."] * 2
    handed = site.door.handed
    await site.ana.dm("community mine")
    await site.server.wait_for(lambda: site.door.handed > handed)
    site.door.fault = None
    await site.server.advance(4)
    await site.server.wait_for(lambda: site.door.all(Command))
    assert site.door.all(Press) == []


async def test_what_goes_wrong_while_recording_is_not_acknowledged(site: Site) -> None:
    site.door.fault = RuntimeError("the disk is full")
    await site.ana.dm("community mine")
    await site.server.wait_for(lambda: site.door.handed)
    site.door.fault = None
    await site.server.advance(4)
    await site.server.wait_for(lambda: site.door.all(Command))
    assert site.door.handed == 2


async def test_what_comes_twice_is_recorded_once(site: Site) -> None:
    site.server.sockets.duplicates = True
    await site.ana.dm("community mine")
    await site.server.settled()
    assert len(site.door.all(Command)) == 1
    await site.ana.say(site.square, "@parvis community mine")
    await site.server.wait_for(lambda: len(site.door.all(Command)) == 2)
    await site.server.settled()
    assert len(site.door.all(Command)) == 2  # the message, twice, and the mention of the bot in it, twice
    assert site.door.handed == 6


async def test_what_cannot_be_read_is_parked_and_acknowledged(site: Site) -> None:
    bodies: list[Any] = [
        {"type": "event_callback", "event_id": "Ev1", "event": None},
        {"type": "event_callback", "event_id": "Ev2", "event": ["<secret>"]},
        {"type": "event_callback", "event_id": "Ev3", "event": {"type": "message", "text": "<secret>"}},
        {"type": "app_rate_limited", "minute_rate_limited": 1},
        {"type": "weather"},
        {},
    ]
    sent = [site.server.sockets.send("events_api", body) for body in bodies]
    sent.append(site.server.sockets.send("interactive", {"type": "block_actions", "actions": [], "user": "<secret>"}))
    sent.append(site.server.sockets.send("slash_commands", {"command": "/community", "text": "<secret>"}))
    await site.server.settled()
    assert {envelope.state for envelope in sent} == {"acked"}
    assert len(site.door.parked) == len(sent)
    assert "secret" not in "".join(site.door.parked)
    assert site.door.handed == 0


async def test_what_nobody_waits_for_is_acknowledged(site: Site) -> None:
    site.server.sockets.send("interactive", {"type": "block_suggestion"})
    await site.bot.post(site.square, said("mine"), name="n")
    await site.server.settled()
    assert {envelope.state for envelope in site.server.sockets.sent} == {"acked"}
    assert site.door.events == {}
    assert site.door.parked == []


async def test_a_command_in_a_direct_message_of_two_people_is_not_in_the_bots_room(site: Site) -> None:
    bob = site.server.person("bob")
    with_bob = site.ana.dm_with(bob.id)
    await site.ana.command("/community", "mine", where=with_bob)
    await site.ana.command("/community", "mine")
    foreign, ours = site.door.all(Command)
    assert (foreign.direct, ours.direct) == (False, True)
    assert await site.bot.whisper(foreign, said("three communities"))
    assert [seen.text for seen in site.ana.ephemerals(with_bob)] == ["three communities"]


async def test_a_mention_is_answered_in_a_whisper_where_it_was_said(site: Site) -> None:
    await site.ana.say(site.square, "@parvis community mine")
    await site.server.wait_for(lambda: site.door.all(Command))
    assert await site.bot.whisper(site.door.all(Command)[0], said("three communities"))
    assert [seen.text for seen in site.ana.ephemerals(site.square)] == ["three communities"]
    await site.ana.leave(site.square)
    assert not await site.bot.whisper(site.door.all(Command)[0], said("three communities"))


async def test_a_whisper_is_not_given_where_its_time_is_over(site: Site) -> None:
    command = await site.command()
    await site.server.advance(1801)
    assert not await site.bot.whisper(command, said("too late"))


# ---------------------------------------------------------------- the connection


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"bot_token": "xoxb-wrong"}, "invalid_auth"),
        ({"app_token": "xapp-wrong"}, "invalid_auth"),
        ({"user_token": "xoxp-wrong"}, "invalid_auth"),
    ],
)
async def test_a_token_that_is_not_accepted_stops_the_start(wrong: dict[str, str], reason: str) -> None:
    async with SlackServer() as server:
        bot = Site(server).platform(**wrong)
        with pytest.raises(LockedOut, match=reason):
            await asyncio.wait_for(bot.run(Door()), 5)
        await bot.close()


async def test_the_start_waits_for_slack() -> None:
    async with SlackServer() as server:
        site = Site(server)
        server.fault("auth.test", "http", status=503)
        server.fault("apps.connections.open", "refuse", error="internal_error")
        await site.start(ping=PING)
        assert site.bot.connected
        await site.stop()


async def test_events_go_on_after_a_refresh_a_cut_and_an_end(frail: Site) -> None:
    trouble: tuple[Callable[[], Awaitable[None]], ...] = (
        frail.server.sockets.disconnect,
        frail.server.sockets.cut,
        lambda: frail.server.sockets.disconnect("link_disabled", close=True),
    )
    for number, happen in enumerate(trouble, 1):
        before = list(frail.server.sockets.open)
        await happen()
        await frail.server.wait_for(lambda: set(frail.server.sockets.open) - set(before))  # noqa: B023 - used at once
        assert (await frail.ana.command("/community", f"mine {number}", where=frail.square)).acked
        await frail.server.wait_for(lambda: len(frail.door.all(Command)) == number)  # noqa: B023 - used at once
        await frail.server.wait_for(lambda: frail.bot.connected)


async def test_an_address_that_is_refused_is_given_up_for_a_new_one(frail: Site) -> None:
    frail.server.sockets.refuse_upgrades = True
    await frail.server.sockets.cut()
    await frail.server.wait_for(lambda: not frail.bot.connected)
    opens = frail.times("apps.connections.open")
    await frail.server.wait_for(lambda: frail.times("apps.connections.open") >= opens + 2)
    frail.server.sockets.refuse_upgrades = False
    await frail.server.wait_for(lambda: frail.bot.connected)
    assert (await frail.ana.command("/community", "mine", where=frail.square)).acked


async def test_a_peer_that_no_longer_answers_is_left(frail: Site) -> None:
    frail.server.sockets.mute_pongs = True
    before = list(frail.server.sockets.open)
    await frail.server.wait_for(lambda: frail.server.sockets.open and frail.server.sockets.open != before)
    frail.server.sockets.mute_pongs = False
    await frail.server.wait_for(lambda: frail.bot.connected)
    assert (await frail.ana.command("/community", "mine", where=frail.square)).acked


async def test_closing_lets_what_is_in_hand_be_acknowledged_and_takes_nothing_more(site: Site) -> None:
    site.door.hold = asyncio.Event()
    await site.ana.dm("community mine")
    await site.server.wait_for(lambda: site.door.handed)
    closing = asyncio.create_task(site.stop())
    await asyncio.sleep(0.02)
    await site.ana.dm("community all")
    await asyncio.sleep(0.02)
    site.door.hold.set()
    await closing
    sent = [each for each in site.server.sockets.sent if each.payload["event"]["type"] == "message"]
    await site.server.wait_for(lambda: sent[0].state == "acked")
    assert [each.text for each in site.door.all(Command)] == ["community mine"]
    assert sent[1].state != "acked"


async def test_closed_it_holds_no_connection(site: Site) -> None:
    await site.bot.close()
    await site.server.wait_for(lambda: not site.server.sockets.open)
    assert not site.bot.connected
