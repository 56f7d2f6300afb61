"""A code given on one account, and what becomes of it when it is typed on another."""

from __future__ import annotations

from dataclasses import dataclass

from bot.accounts import codes, joins
from bot.nudge import Context, Priority, To
from bot.say import Line, Moment, Pick, Say, say
from storage import joining
from storage.joining import LIVE, JoinCode
from storage.people import Account


def called(account: Account) -> str:
    """An account by what nobody can give themselves: a name may be anybody's."""
    if account.name in {"", account.external_id}:
        return account.external_id
    return f"{account.name} ({account.external_id})"


@dataclass(frozen=True, slots=True)
class Asking:
    """What one account does about codes. What was tried is kept whatever the answer: nothing here is undone."""

    ctx: Context

    async def give(self) -> Say:
        """A new code for this account; the earlier one is void."""
        ctx = self.ctx
        await joining.expire(ctx.session, ctx.now, ctx.actor.account)
        until = ctx.now + codes.LASTS
        code = codes.make()
        while not await self._kept(code):  # one that is alive begins as this one does
            code = codes.make()
        others = Line(id="join-code-how", args={"code": code, "at": Moment(at=until, style="time")})
        return Say(
            lines=(
                Line(id="join-code", args={"code": code}, kind="title"),
                others,
                Line(id="join-code-note", kind="note"),
            )
        )

    async def _kept(self, code: str) -> bool:
        kept, now = codes.seal(code), self.ctx.now
        row = {"hint": kept.hint, "salt": kept.salt, "digest": kept.digest, "account_id": self.ctx.actor.account}
        return await joining.offer(self.ctx.session, row | {"created_at": now, "expires_at": now + codes.LASTS})

    async def attempt(self, typed: str) -> Say:
        """A code typed by this account."""
        ctx = self.ctx
        code = codes.read(typed)
        if not code:
            return say("join-no-code")
        if await joining.tries(ctx.session, ctx.actor.account, ctx.now - codes.WAIT) >= codes.WRONG:
            return say("join-too-many")
        known = await joining.beginning(ctx.session, codes.hint(code), ctx.now - codes.WAIT)
        found = next((each for each in known if codes.opens(code, each.salt, each.digest)), None)
        if found is None:
            return await self._wrong(known)
        return await self._right(found)

    async def _wrong(self, known: list[JoinCode]) -> Say:
        ctx = self.ctx
        await joining.tried(ctx.session, ctx.actor.account, ctx.now)
        for each in known:
            alive = each.state in LIVE and each.expires_at > ctx.now
            if alive and await joining.mistyped(ctx.session, each.id or 0, codes.WRONG):
                await self._tell_owner(each, Say(lines=(Line(id="join-void"),)))
        left = codes.WRONG - await joining.tries(ctx.session, ctx.actor.account, ctx.now - codes.WAIT)
        return say("join-wrong", times=left) if left > 0 else say("join-too-many")

    async def _right(self, code: JoinCode) -> Say:
        ctx = self.ctx
        owner = await ctx.session.get(Account, code.account_id)
        assert owner is not None, "accounts stay"
        if owner.id == ctx.actor.account:
            return say("join-own")
        if owner.person_id == ctx.actor.person:
            return say("join-already")
        if code.expires_at <= ctx.now:
            return say("join-expired")
        if code.state not in LIVE:
            return say("join-used")
        if code.state == "asked":
            return await self._again(code, owner)
        platform = await joins.clash(ctx.session, owner.person_id, ctx.actor.person)
        if owner.platform == ctx.actor.platform:
            return await self._not_theirs(code, "join-not-yours")
        if platform:
            return await self._not_theirs(code, "join-clash", platform=platform)
        return await self._ask(code, owner)

    async def _ask(self, code: JoinCode, owner: Account) -> Say:
        """Have it confirmed by the account that asked for the code."""
        ctx = self.ctx
        until = ctx.now + codes.LASTS
        if not await joining.move(
            ctx.session, code.id or 0, "open", state="asked", by_id=ctx.actor.account, expires_at=until
        ):
            return say("join-used")
        mine = await ctx.session.get(Account, ctx.actor.account)
        assert mine is not None, "who acts has an account"
        question = Say(
            lines=(
                Line(id="join-question", args={"who": called(mine), "platform": mine.platform}),
                Line(id="join-question-note", kind="note"),
            ),
            choices=(
                Pick(label="join-yes", action="parvis.confirm", value=str(code.id), style="primary"),
                Pick(label="join-no", action="parvis.deny", value=str(code.id), style="danger"),
            ),
        )
        await self._tell_owner(code, question, "ask")
        return say("join-asked", who=called(owner), platform=owner.platform)

    async def _again(self, code: JoinCode, owner: Account) -> Say:
        if code.by_id == self.ctx.actor.account:
            return say("join-asked", who=called(owner), platform=owner.platform)
        return await self._not_theirs(code, "join-not-yours", void=False)

    async def _not_theirs(self, code: JoinCode, line: str, void: bool = True, **args: str) -> Say:
        """Somebody else has the code: they are refused, and its owner hears of it once."""
        ctx = self.ctx
        if void:  # who has seen it once may have shown it to others
            await joining.move(ctx.session, code.id or 0, *LIVE, state="void")
        if await joining.tell_once(ctx.session, code.id or 0):
            mine = await ctx.session.get(Account, ctx.actor.account)
            assert mine is not None, "who acts has an account"
            told = "join-tried-void" if void else "join-tried"
            await self._tell_owner(code, say(told, who=called(mine), platform=mine.platform), "tried")
        return say(line, **args)

    async def _tell_owner(self, code: JoinCode, told: Say, what: str = "void") -> None:
        """It is about something that the owner does right now, hence an answer."""
        owner = await self.ctx.session.get(Account, code.account_id)
        assert owner is not None, "accounts stay"
        to = To(person=owner.person_id, platform=owner.platform)
        name = f"join:{code.id}:{what}"
        await self.ctx.outbox.tell(to, told, name=name, kind="answer", priority=Priority.ANSWER)
