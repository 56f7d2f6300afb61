"""`/parvis join`, `/parvis unjoin`, and where a person of several accounts is told what is to come."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.accounts import joins
from bot.accounts.asking import Asking, called
from bot.accounts.joins import Clash, Regrant
from bot.chat import Command, Press
from bot.deciding.rules import split_number
from bot.lookup import fold
from bot.nudge import Answer, Context, Nudge, Priority, Refused, To
from bot.say import Line, Moment, Names, Pick, Say, say
from storage import joining
from storage import people as rows
from storage.joining import Join, JoinCode
from storage.people import Account, Person

KEPT = timedelta(days=1)
"""How long a code that is over is known, so that who types it hears why it is of no use."""

LETTERS = frozenset({"mail", "email", "e-mail", "by email", "by e-mail", "courriel", "par courriel"})
"""What chooses their address, for what may come there."""
LAST = frozenset({"off", "last", "non", "no", "dernier", "derniere"})
"""What undoes the choice of a platform."""


class AccountsSettings(BaseModel):
    """There is nothing to set."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def make(regrant: Regrant, *, joins_any: bool = True) -> Nudge:
    """The capability. regrant: see `joins.Regrant`. joins_any: there are several chats, so that accounts may be joined;
    otherwise one chooses between the chat and one's address alone.
    """
    nudge = Nudge(id="accounts", catalogs=Path(__file__).parents[1] / "locales", settings=AccountsSettings)
    accounts = _Accounts(regrant)
    nudge.command("parvis here", aliases=["parvis ici"])(accounts.here)
    if not joins_any:
        return nudge
    nudge.command("parvis join", aliases=["parvis relier"])(accounts.join)
    nudge.command("parvis unjoin", aliases=["parvis delier"])(accounts.unjoin)
    nudge.choice("parvis.confirm", aliases=["parvis confirmer"])(accounts.confirm)
    nudge.choice("parvis.deny", aliases=["parvis dementir"])(accounts.deny)
    nudge.every(minutes=5)(joins.gather)
    nudge.every(hours=1)(forget)
    nudge.page = page
    return nudge


class _Accounts:
    def __init__(self, regrant: Regrant) -> None:
        self._regrant = regrant

    async def join(self, event: Command, ctx: Context) -> Answer:
        """Without a code: give one. With one: have it confirmed where it was asked for."""
        asking = Asking(ctx)
        return await (asking.attempt(event.text) if event.text.strip() else asking.give())

    async def confirm(self, event: Press, ctx: Context) -> Answer:
        """The account on the other platform is theirs."""
        code, other = await _asked(event, ctx, "joined")
        name, here, there = f"join:{code.id}:done", code.account_id, other.id or 0
        try:
            made = await joins.join(ctx, here, there)
        except Clash as error:
            raise Refused("join-clash", platform=error.platform) from None
        if made is None:
            return say("join-already")
        mine, theirs = await joining.hold(ctx.session, [here, there])
        await _answer(ctx, theirs, say("join-done", who=called(mine), platform=mine.platform), name)
        return say("join-done", who=called(theirs), platform=theirs.platform)

    async def deny(self, event: Press, ctx: Context) -> Answer:
        """The account on the other platform is somebody else's."""
        code, other = await _asked(event, ctx, "denied")
        await _answer(ctx, other, say("join-denied-there", platform=ctx.actor.platform), f"join:{code.id}:denied")
        return say("join-denied", who=called(other), platform=other.platform)

    async def unjoin(self, event: Command, ctx: Context) -> Answer:
        """Take apart what was joined; with several joins, which one."""
        made = await joining.of_person(ctx.session, ctx.actor.person)
        if not made:
            raise Refused("unjoin-none")
        number, _ = split_number(event.text)
        wanted = [each for each in made if each.id == number] if event.text.strip() else made
        if len(wanted) != 1:
            return await _which(ctx, made)
        name = f"unjoin:{wanted[0].id}:{int(wanted[0].joined_at.timestamp())}"
        apart = await joins.undo(ctx, wanted[0], self._regrant)
        if apart is None:
            raise Refused("unjoin-none")
        used = await ctx.session.get(Account, ctx.actor.account)
        assert used is not None, "who acts has an account"
        (other,) = set(apart) - {used.person_id}
        told = say("unjoin-told", who=called(used), platform=used.platform)
        await ctx.outbox.tell(To(person=other), told, name=name, kind="decision")
        return say("unjoin-done")

    async def here(self, event: Command, ctx: Context) -> Answer:
        """Choose the platform on which one is told; or leave it to where one was last."""
        person = await ctx.session.get(Person, ctx.actor.person)
        assert person is not None, "who acts is known"
        said = fold(event.text.strip())
        if said in LETTERS:
            theirs = await rows.addresses(ctx.session, ctx.actor.person, ctx.addressed)
            if not theirs:
                raise Refused("here-no-address")
            person.told_on = theirs[0].platform
            ctx.session.add(person)
            return say("here-by-letter", address=theirs[0].external_id)
        person.told_on = "" if said in LAST else ctx.actor.platform
        ctx.session.add(person)
        return say("here-set", platform=person.told_on) if person.told_on else say("here-last")


async def _asked(event: Press, ctx: Context, state: str) -> tuple[JoinCode, Account]:
    """The code that this account is asked about, taken out of play, and who typed it. Raises Refused."""
    number, _ = split_number(event.value)
    code = await joining.code(ctx.session, number) if number else None
    if code is None or code.account_id != ctx.actor.account or code.by_id is None:
        raise Refused("join-over")
    other = await ctx.session.get(Account, code.by_id)
    if other is None or other.kind != "member" or code.expires_at <= ctx.now:
        raise Refused("join-over")
    if not await joining.move(ctx.session, code.id or 0, "asked", state=state):
        raise Refused("join-over")
    return code, other


async def _answer(ctx: Context, account: Account, told: Say, name: str) -> None:
    """Answer what an account has just asked for."""
    to = To(person=account.person_id, platform=account.platform)
    await ctx.outbox.tell(to, told, name=name, kind="answer", priority=Priority.ANSWER)


async def _which(ctx: Context, made: list[Join]) -> Say:
    lines = [await _joined(ctx, each) for each in made]
    picks = tuple(
        Pick(label="unjoin-button", action="parvis.unjoin", value=str(each.id), args={"number": each.id or 0})
        for each in made
    )
    return Say(lines=(Line(id="unjoin-which"), *lines), choices=picks)


async def _joined(ctx: Context, join: Join) -> Line:
    """Which accounts one join brought, and since when."""
    moved = {trace.where for trace in await joining.traces(ctx.session, join.id or 0, "account")}
    theirs = await rows.every_account(ctx.session, ctx.actor.person)
    brought = tuple(_shown(each) for each in theirs if f'{{"id": {each.id}}}' in moved)
    args = {"number": join.id or 0, "who": Names(names=brought), "at": Moment(at=join.joined_at, style="date")}
    return Line(id="unjoin-item", args=args, kind="item")


def _shown(account: Account) -> str:
    return f"{called(account)} · {account.platform}"


async def page(ctx: Context) -> Say:
    """One's accounts, where one is told, and how to take them apart; how to join another."""
    theirs = [each for each in await rows.every_account(ctx.session, ctx.actor.person) if each.kind == "member"]
    if len(theirs) < 2:
        return Say(lines=(Line(id="me-join", kind="note"),))
    person = await ctx.session.get(Person, ctx.actor.person)
    chosen = person.told_on if person and person.told_on in {each.platform for each in theirs} | ctx.addressed else ""
    told = (
        Line(id="me-told-on", args={"platform": chosen}, kind="fact")
        if chosen
        else Line(id="me-told-last", kind="fact")
    )
    names = Names(names=tuple(_shown(each) for each in theirs))
    known = (Line(id="me-accounts", args={"accounts": names}, kind="fact"), told, Line(id="me-unjoin", kind="note"))
    lines = (*await _news(ctx), *known)
    pick = Pick(label="here-button", action="parvis.here")
    return Say(lines=lines, choices=() if chosen == ctx.actor.platform else (pick,))


async def _news(ctx: Context) -> list[Line]:
    """That the company's list joined accounts of theirs, unless they know."""
    platforms = await joining.untold(ctx.session, ctx.actor.person)
    if not platforms:
        return []
    await joining.told(ctx.session, ctx.actor.person)
    return [Line(id="join-by-roster", args={"platforms": Names(names=tuple(platforms))})]


async def forget(ctx: Context) -> None:
    """Codes that are over are forgotten."""
    await joining.forget(ctx.session, ctx.now - KEPT)
