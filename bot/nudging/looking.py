"""Who is due, asked of the capabilities; and who of them may be told now, asked of attention."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.attention import Attention, Verdict, Wishes, fell_in, hushes
from bot.attention.knowing import where_told
from bot.nudge import ContactSpec, Context, Due, Nudge, Prospect
from storage import sending
from storage.people import Account
from storage.sending import Somebody

MOST = 10
"""Things of one kind that one person may be due for at once, at most."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of contact, and whose it is. due: who is, for those that the sweep sends."""

    spec: ContactSpec
    nudge: Nudge

    @property
    def due(self) -> Due:
        """Who is due. Only of kinds that say so."""
        assert self.spec.due is not None, "its capability sends it by itself"
        return self.spec.due


@dataclass(frozen=True, slots=True)
class Weighed:
    """What attention says of one person. account: by which they would be told; None: by none, so never."""

    verdict: Verdict
    somebody: Somebody
    account: Account | None


class Looking:
    """Looks at the capabilities of a deployment."""

    def __init__(
        self, capabilities: Iterable[Nudge], settings: Mapping[str, Any], attention: Callable[[], Attention]
    ) -> None:
        """settings: capability id -> its settings. attention: of this deployment, asked for when it is needed."""
        every = [Kind(spec, nudge) for nudge in capabilities for spec in nudge.contacts if spec.optional]
        self.kinds = tuple(sorted(every, key=lambda one: (one.spec.priority, one.spec.kind)))
        self.swept = tuple(one for one in self.kinds if one.spec.due is not None)
        self._settings = settings
        self._attention = attention

    def of(self, kind: Kind, ctx: Context) -> Context:
        """A context as that kind's capability receives it; nobody acts."""
        return replace(ctx, who=None, settings=self._settings.get(kind.nudge.id))

    async def part(
        self,
        ctx: Context,
        kind: Kind,
        limit: int,
        *,
        after: Prospect | None = None,
        among: Collection[int] | None = None,
    ) -> Sequence[Prospect]:
        """Some of those who are due; see `bot.nudge.Due`."""
        return await kind.due(self.of(kind, ctx), limit, after=after, among=among)

    async def concerned(self, ctx: Context, kind: Kind, people: Collection[int]) -> Sequence[Prospect]:
        """Those of these people whom a kind would reach first, whatever they chose; see `bot.nudge.Concerns`."""
        if kind.spec.concerns is None:
            return await kind.due(self.of(kind, ctx), MOST * len(people), among=people)
        return await kind.spec.concerns(self.of(kind, ctx), people)

    async def first(self, ctx: Context, kind: Kind) -> datetime | None:
        """When a kind can be due for anybody at the earliest; None: at any time."""
        return None if kind.spec.first is None else await kind.spec.first(self.of(kind, ctx))

    async def weigh(
        self, session: AsyncSession, kind: str, due: Mapping[int, Prospect], now: datetime
    ) -> Mapping[int, Weighed]:
        """What attention says of each of these people for a kind, as the outbox will ask it when it is planned.

        due: person -> what for. What fell due in a hush is not made up for, though nobody looked while it lasted.
        """
        attention = self._attention()
        over = await hushes(session)
        found = await sending.reachable(session, due)
        past, wished = await attention.weighing(session, {each.person.id or 0 for each in found.values()}, now)
        weighed: dict[int, Weighed] = {}
        for asked, somebody in found.items():
            who = somebody.person.id or 0
            account = where_told(somebody.person, somebody.accounts, "", kind)
            facts = attention.known(kind, somebody, "", past.get(who, ()), wished.get(who, ()))
            verdict = attention.verdict(kind, facts, now) if account is not None else Verdict(None, "no_account")
            if fell_in(due[asked].since, over):
                verdict = Verdict(None, "hush")
            weighed[asked] = Weighed(verdict, somebody, account)
        return weighed

    async def weigh_openly(
        self, session: AsyncSession, kind: str, people: Collection[int], now: datetime
    ) -> Mapping[int, Weighed]:
        """As `weigh`, by what everybody may know alone: as if nobody had chosen anything, been told anything, or were
        away.
        """
        attention, weighed = self._attention(), {}
        for asked, somebody in (await sending.reachable(session, people)).items():
            account = where_told(somebody.person, somebody.accounts, "", kind)
            facts = replace(attention.known(kind, somebody, ""), wishes=Wishes(), past=(), away=())
            verdict = attention.verdict(kind, facts, now) if account is not None else Verdict(None, "no_account")
            weighed[asked] = Weighed(verdict, somebody, account)
        return weighed
