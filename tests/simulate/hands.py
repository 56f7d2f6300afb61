"""What people of a simulated year do, done: on the chat, and in the company's roster."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from sqlmodel import select

from adapters.memory import BOT, Posted
from bot.chat import Choice, FormField
from storage.database import Store
from storage.people import Account
from storage.roster import Entry
from tests.simulate.letters import KINDS
from tests.simulate.people import Deed, Doing
from tests.simulate.world import Chat

TYPED = {
    Doing.ASK: "parvis",
    Doing.LESS: "parvis less",
    Doing.MORE: "parvis start",
    Doing.STOP: "parvis stop",
    Doing.NOTHING: "parvis stop",
    Doing.LATER: "parvis snooze",
}
"""What they type, where nothing offers it."""
OFFERED = {
    Doing.LATER: "parvis.snooze",
    Doing.NO_MORE: "parvis.stop-kind",
    Doing.NOTHING: "parvis.stop",
    Doing.DECLINE: "profile.prefer-not",
}
WITH = frozenset({Doing.ANSWER, Doing.DECLINE})
"""What can be done with whatever a message offers first."""
TELLS = ({"list", "platform"}, {"list"}, {"platform"})
"""Who tells that somebody left, or came back: of some the company's list alone, of others their account alone."""

SPINE = "parvis."
"""How the actions of choices begin that do not do what a message asks for."""


class Hands:
    """The hands of everybody."""

    def __init__(self, chat: Chat, store: Store, platform: str, listed: Callable[[str, int], Entry | None]) -> None:
        """store: of the bot, where the roster is. listed: (account, person) -> their line of the roster, anew."""
        self._chat = chat
        self._listed = listed
        self._store = store
        self._platform = platform
        self._filling: dict[str, Doing] = {}
        self._edits = 0
        self._was: dict[str, str] = {}

    async def do(self, account: str, deed: Deed, subjects: frozenset[str]) -> tuple[Doing, frozenset[str]]:
        """Do it, or what comes next to it where nothing lets one do it. subjects: of the message it is done with.

        Returns what was done, and about which subjects.
        """
        match deed.doing:
            case Doing.QUIET:
                self._chat.accounts[account].undisturbed = deed.until
            case Doing.MOVE:
                self._change(account, zone=deed.to)
            case Doing.LEAVE | Doing.RETURN:
                leaves = deed.doing is Doing.LEAVE
                told = TELLS[crc32(account.encode()) % len(TELLS)]
                is_listed = "list" in told and await self._roster(account, leaves=leaves)
                if "platform" in told or not is_listed:
                    was = self._was.setdefault(account, self._chat.accounts[account].profile.kind)
                    self._change(account, kind="gone" if leaves else was)  # a guest comes back as a guest
            case Doing.EDIT:
                self._edits += 1
                fields = {"picture": "yes", "title": f"Engineer of {self._edits} things", "phone": "+33 1 23 45 67 89"}
                self._change(account, fields={**self._chat.accounts[account].profile.fields, **fields})
            case Doing.REPLY:
                self._chat.says(account, "Merci, je m’en occupe", reply_to=deed.on)
            case _:
                return self._acts(account, deed, subjects)
        return deed.doing, subjects

    async def fill(self) -> bool:
        """Fill the forms that were opened to whoever asked for them. Returns whether there were any."""
        filling, self._filling = self._filling, {}
        opened = [(account, doing) for account, doing in filling.items() if self._chat.accounts[account].window]
        for account, doing in opened:
            window = self._chat.accounts[account].window
            assert window
            await self._chat.submit(account, {each.name: _filled(each, doing) for each in window.form.fields})
            self._chat.accounts[account].window = None
        return bool(opened)

    def _acts(self, account: str, deed: Deed, subjects: frozenset[str]) -> tuple[Doing, frozenset[str]]:
        """Press what the message offers for it, else type."""
        posted = self._chat.direct(account).messages.get(deed.on)
        choice = _offered(posted, deed.doing) if posted else None
        if choice is None:
            self._chat.types(account, TYPED.get(deed.doing, TYPED[Doing.ASK]))
            return (deed.doing if deed.doing in TYPED else Doing.ASK), frozenset(KINDS.values())
        self._chat.press(account, deed.on, choice)
        self._filling[account] = deed.doing
        # Of several together, each has its own way to be stopped; all of them are put off.
        return deed.doing, frozenset({KINDS[choice.value]}) if choice.value in KINDS else subjects

    def _change(self, account: str, **fields: object) -> None:
        known = self._chat.accounts[account]
        known.profile = known.profile.model_copy(update=fields)
        self._chat.happens("profile_changed", by=account)

    async def _roster(self, account: str, *, leaves: bool) -> bool:
        """The company's list says that they left, or came back. Returns whether it has them."""
        async with self._store.write() as session:
            theirs = select(Account.person_id).where(Account.platform == self._platform, Account.external_id == account)
            person = (await session.exec(theirs)).one()
            lines = list(await session.exec(select(Entry).where(Entry.person_id == person)))
            if not leaves and (line := self._listed(account, person)):
                # Who comes back is on the list with all that it says, of which after long nothing was kept.
                lines = lines or [line]
                for entry in lines:
                    entry.sqlmodel_update(line.model_dump(exclude={"id", "key", "created_at"}))
            for entry in lines:
                entry.state, entry.left_at = ("left", self._chat.now()) if leaves else ("here", None)
                session.add(entry)
        return bool(lines)


def _offered(posted: Posted, doing: Doing) -> Choice | None:
    assert posted.by == BOT
    choices = posted.message.choices
    meant = [each for each in choices if each.action == OFFERED.get(doing)]
    asked = [each for each in choices if not each.action.startswith(SPINE)] if doing in WITH else []
    return next(iter(meant or asked), None)


def _filled(asked: FormField, doing: Doing) -> str:
    """Something sensible."""
    if asked.value:
        return asked.value
    if asked.options:
        return asked.options[0].value
    return "Something about me" if doing is Doing.ANSWER or asked.required else ""
