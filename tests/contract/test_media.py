"""A promise that names media is said once over all of them: by the next one only where the one before surely failed."""

from __future__ import annotations

import pytest

from adapters.memory.platform import MemoryPlatform
from adapters.memory.server import MemoryServer
from bot.chat import Deferred, NotAllowed, NotFound, PlatformError, Undelivered, Unknown, Unreachable
from bot.media.capability import undelivered
from bot.nudge import Context, To
from bot.outbox import Outbox
from storage import contacts, outbox, sending
from storage.contacts import Contact
from storage.database import Store
from storage.outbox import Promise
from storage.people import Account
from tests.contract.world import Death, Killed, World, words

MAIL_FIRST, CHAT_FIRST = ("mail", "acme"), ("acme", "mail")


class Two(World):
    """A company that has a chat, and addresses."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.post = MemoryServer("mail", self.now)
        self.mail = MemoryPlatform(self.post, addressed=True)
        self.stops = "https://parvis.example.org/stop/x"

    def both(self, death: Death | None = None) -> Outbox:
        """A fresh process that sends on both."""
        platforms = {"acme": self.platform, "mail": self.mail}
        return Outbox(
            self.store, self.words, platforms, self.attention, self.now, death or Death(), holder="here",
            sleep=self.now.sleep, stops=lambda _person, kind: self.stops if kind == "reminder" else "",
        )  # fmt: skip

    async def address(self, person: int, name: str) -> str:
        """Give somebody an address."""
        external = self.post.join_person(name)
        async with self.store.write() as session:
            row = Account(
                person_id=person, platform="mail", external_id=external, kind="address", created_at=self.now()
            )
            session.add(row)
        return external

    async def says(self, person: int, text: str, media: tuple[str, ...], kind: str = "notice") -> None:
        async with self.store.write() as session:
            planner = self.both().within(session, self.now())
            await planner.tell(To(person=person), words(text), name=text, kind=kind, media=media)

    async def sent(self) -> None:
        await self.both().drain()
        await self.both().drain()

    def mailed(self) -> list[str]:
        rooms = self.post.rooms.values()
        return [each.message.parts[0].text for room in rooms for each in room.messages.values()]

    async def comes_back(self, name: str, posted: str = "") -> None:
        """The mail of a promise is returned. posted: another one instead."""
        event = Undelivered(
            key=f"back:{name}", platform="mail", at=self.now(), on=posted or (await self.row(name)).external_id,
            account="x", reason="5.1.1",
        )  # fmt: skip
        async with self.store.write() as session:
            ctx = Context(self.now(), session, None, None, None, None, {}, None)  # type: ignore[arg-type]
            await undelivered(event, ctx)


@pytest.fixture
def two(store: Store) -> Two:
    return Two(store)


async def somebody(two: Two) -> tuple[int, str, str]:
    person, account = await two.person("ana")
    return person, account, await two.address(person, "ana@example.org")


async def test_an_address_is_used_only_where_it_is_named(two: Two) -> None:
    person, account, _ = await somebody(two)
    await two.says(person, "usual", ())
    await two.says(person, "mailed", MAIL_FIRST)
    await two.says(person, "chatted", CHAT_FIRST)
    await two.sent()
    assert (two.told(account), two.mailed()) == (["usual", "chatted"], ["mailed"])
    async with two.store.read() as session:
        [found] = (await sending.reachable(session, [person])).values()
    assert [each.platform for each in found.accounts] == ["acme"]
    alone, _ = await two.person("bob")
    async with two.store.write() as session:
        for each in (await sending.reachable(session, [alone]))[alone].accounts:
            await session.delete(each)
    await two.address(alone, "bob@example.org")
    await two.says(alone, "nowhere", ())
    await two.says(alone, "by mail", CHAT_FIRST)
    await two.sent()
    assert (await two.row("nowhere")).error == "no_account"
    assert two.mailed() == ["mailed", "by mail"]


@pytest.mark.parametrize("error", [NotFound("smtp_550"), NotAllowed("smtp_554")])
async def test_what_is_refused_for_good_goes_on_to_the_next_medium(two: Two, error: PlatformError) -> None:
    person, account, _ = await somebody(two)
    two.post.fail("post", error)
    await two.says(person, "hello", MAIL_FIRST)
    await two.sent()
    assert (two.mailed(), two.told(account)) == ([], ["hello"])
    row = await two.row("hello")
    assert (row.state, row.platform, row.media) == ("sent", "acme", "acme")
    two.server.fail("post", error)
    await two.says(person, "again", ("acme",))
    await two.sent()
    assert (await two.row("again")).state == "dead"


async def test_an_outage_or_an_unknown_outcome_never_does(two: Two) -> None:
    person, account, _ = await somebody(two)
    await two.says(person, "hello", MAIL_FIRST)
    for error in (Deferred("smtp_451"), Unreachable("gone", undone=True)):
        two.post.fail("post", error)
        await two.sent()
        row = await two.row("hello")
        assert (row.state, row.platform, row.media) == ("todo", "mail", "mail acme")
        two.now.advance(minutes=5)
    two.post.fail("post", Unreachable("lost"))
    await two.sent()
    two.now.advance(minutes=5)
    two.post.fail("find", Unknown("unknown"))
    await two.sent()
    row = await two.row("hello")
    assert (row.state, row.error) == ("dead", "unknown")
    assert (two.mailed(), two.told(account)) == ([], [])


async def test_nobody_who_may_have_been_told_is_told_elsewhere(two: Two) -> None:
    """The platform refuses to be asked: that says nothing of whether it was said."""
    person, account, _ = await somebody(two)
    await two.says(person, "hello", MAIL_FIRST)
    with pytest.raises(Killed):
        await two.both(Death("outbox.posted")).drain()
    two.now.advance(minutes=5)
    two.post.fail("find", NotAllowed("no_look"))
    await two.sent()
    assert (await two.row("hello")).state == "dead"
    assert (two.mailed(), two.told(account)) == (["hello"], [])


async def test_what_came_back_goes_on_to_the_next_medium_once(two: Two) -> None:
    person, account, _ = await somebody(two)
    await two.says(person, "hello", MAIL_FIRST, kind="word")
    await two.sent()
    posted = (await two.row("hello")).external_id
    await two.comes_back("hello")
    async with two.store.read() as session:
        [contact] = await contacts.held(session, person)
    assert isinstance(contact, Contact)
    assert contact.sent_at is None, "it did not reach them"
    await two.comes_back("hello", posted)
    two.server.fail("post", Unreachable("gone", undone=True))
    await two.sent()
    two.now.advance(minutes=1)
    await two.sent()
    await two.comes_back("hello", posted)
    await two.sent()
    assert (two.mailed(), two.told(account)) == (["hello"], ["hello"])
    assert [(await two.row("hello")).state, (await two.row("hello")).body] == ["sent", "{}"]


async def test_what_came_back_and_has_no_other_medium_is_listed(two: Two) -> None:
    person, account, _ = await somebody(two)
    await two.says(person, "hello", ("mail",))
    await two.sent()
    await two.comes_back("hello", "<somebody else's>")
    assert (await two.row("hello")).state == "sent"
    await two.comes_back("hello")
    async with two.store.read() as session:
        [dead] = await outbox.dead(session)
    assert (dead.name, dead.error, two.told(account)) == ("hello", "bounced:5.1.1", [])


async def test_an_optional_message_ends_its_kind_by_a_link_where_nothing_can_be_pressed(two: Two) -> None:
    person, _, _ = await somebody(two)
    await two.says(person, "optional", MAIL_FIRST, kind="reminder")
    await two.says(person, "needed", MAIL_FIRST)
    await two.sent()
    messages = [each.message for room in two.post.rooms.values() for each in room.messages.values()]
    shown = {each.parts[0].text: each for each in messages}
    assert (shown["optional"].stop, shown["optional"].choices) == (two.stops, ())
    assert shown["optional"].parts[-1].url == two.stops
    assert shown["needed"].stop == ""


def test_media_are_left_out_as_they_fail() -> None:
    assert [outbox.beyond("mail acme home", each) for each in ("mail", "acme", "home", "other")] == [
        "acme home", "home", "", "",
    ]  # fmt: skip


def test_a_promise_names_no_media_unless_told() -> None:
    assert Promise.model_fields["media"].default == ""
