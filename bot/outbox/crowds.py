"""The same said to many people, planned by a few statements for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from bot.attention import DECISION
from bot.attention.ways import with_ways
from bot.nudge import Priority, To, Told
from bot.outbox.weighing import FIRST_CONTACT, Planned, Wanted, greeting_name, weigh
from bot.say import Say
from storage import crowds, outbox
from storage.contacts import Reached
from storage.crowds import One
from storage.outbox import WAITING, lane_of
from storage.people import Account, Person
from storage.sending import Somebody, Work
from storage.wishes import Wish

if TYPE_CHECKING:
    from bot.outbox.planning import Plan


@dataclass(frozen=True, slots=True)
class Same:
    """What all of them are told, as `bot.nudge.Planner.tell_many` has it."""

    say: Say
    name: str
    kind: str
    batch: str
    reason: str
    priority: int
    not_after: datetime | None
    asks: bool


async def tell(plan: Plan, to: Sequence[Told], same: Same) -> None:
    """Plan it. Whoever is more than one row of the table of people is planned by themselves."""
    session = plan.session
    wanted = {each.person: each for each in to}
    ones = await crowds.look(session, wanted)
    alone = {who for who in wanted if who not in ones or ones[who].alone}
    crowd = _Crowd(plan, same)
    rows = await crowd.rows([(each, ones[who]) for who, each in wanted.items() if who not in alone])
    await crowds.plan(session, same.name, crowd.alike, rows, plan.now)
    for who in sorted(alone):
        await _alone(plan, wanted[who], same)


async def on_time(plan: Plan, to: Sequence[Told], same: Same) -> set[int]:
    """As `bot.nudge.Planner.on_time`; whoever is more than one row of the table of people is not among them."""
    wanted = {each.person: each for each in to}
    ones = await crowds.look(plan.session, wanted)
    crowd = _Crowd(plan, same)
    found = await crowd.weighed([(each, ones[who]) for who, each in wanted.items() if who in ones])
    return {
        told.person
        for told, one, _, (_, state, _, due, *_) in found
        if not one.alone and state in WAITING and due <= max(plan.now, told.not_before or plan.now)
    }


async def _alone(plan: Plan, told: Told, same: Same) -> None:
    """Tell one, under the id that means them now; not if they were told under another."""
    now, ids = await crowds.same(plan.session, told.person)
    if await outbox.named(plan.session, [f"{same.name}:{each}" for each in ids]):
        return
    await plan.tell(
        To(person=now), same.say, name=f"{same.name}:{now}", kind=same.kind, reason=same.reason,
        priority=same.priority, batch=same.batch, not_before=told.not_before, not_after=same.not_after,
        asks=same.asks, media=told.media,
    )  # fmt: skip


class _Crowd:
    """People of whom many are alike: what becomes of a promise to one is what becomes of those to all like them.

    alike: what all promises have alike, columns of their rows.
    """

    def __init__(self, plan: Plan, same: Same) -> None:
        self._plan, self._same = plan, same
        say = with_ways(same.say, same.kind) if plan.attention.carries_ways(same.kind) else same.say
        self.alike = {
            "kind": same.kind, "reason": same.reason, "priority": same.priority, "op": "post", "of": "",
            "reply_to": "", "batch": same.batch, "language": "", "asks": same.asks, "not_after": same.not_after,
            "body": say.model_dump_json(), "created_at": plan.now, "room": "", "tries": 0, "external_id": "",
            "external_room": "", "sent_at": None,
        }  # fmt: skip
        self._held = False
        self._hush: tuple[datetime | None, datetime | None] = (None, None)
        self._found: dict[Hashable, tuple[bool, tuple[Any, ...]]] = {}
        self._greetings: dict[Hashable, Planned] = {}

    async def rows(self, people: Sequence[tuple[Told, One]]) -> list[tuple[Any, ...]]:
        """What differs between their promises, as `storage.crowds.plan` has it; who never met the bot is introduced."""
        rows = []
        unmet: list[tuple[One, tuple[Any, ...]]] = []
        for told, one, introduces, row in await self.weighed(people):
            rows.append((told.person, *row))
            if introduces and not one.met:
                unmet.append((one, rows[-1]))
        await self._introduce(unmet)
        return rows

    async def weighed(self, people: Sequence[tuple[Told, One]]) -> list[tuple[Told, One, bool, tuple[Any, ...]]]:
        """What becomes of each promise, and whether who never met the bot is introduced to it before."""
        plan, kind = self._plan, self._same.kind
        self._held, self._hush = await plan.is_held(kind), await crowds.hush(plan.session)
        asked = [told.person for told, _ in people]
        past, wished = await plan.attention.weighing_for(plan.session, asked, kind, plan.now)
        first = await crowds.met(plan.session, asked) if plan.attention.counts_from_first(kind) else {}
        found = []
        for told, one in people:
            who = told.person
            if who in past or who in wished or who in first:
                introduces, row = self._weigh(told, one, past.get(who, ()), wished.get(who, ()), first.get(who))
            else:
                introduces, row = self._alike(told, one)
            found.append((told, one, introduces, row))
        return found

    async def _introduce(self, unmet: Sequence[tuple[One, tuple[Any, ...]]]) -> None:
        """As `Plan.introduce`. unmet: people, and their rows."""
        plan, greetings = self._plan, []
        if plan.greet is None or not unmet:
            return
        await crowds.meet(plan.session, [who for _, (who, *_) in unmet], plan.now)
        says = await plan.greet(plan.session, plan.now, {who: platform for _, (who, platform, *_) in unmet})
        for one, (who, platform, _, _, said, *_) in unmet:
            due = max(plan.now, said)
            key = ("", platform, due, one)
            if (planned := self._greetings.get(key)) is None:
                wanted = Wanted(DECISION, due, platform)
                planned = weigh(plan.attention, wanted, who, self._somebody(one, plan.now), (), (), plan.now)
                self._greetings[key] = planned
            row: dict[str, Any] = self.alike | {
                "kind": DECISION, "reason": FIRST_CONTACT, "priority": Priority.ANSWER, "batch": "", "asks": False,
                "not_after": None, "body": says[who].model_dump_json(), "state": "todo", "error": "", "due": due,
                "not_before": due, "media": "",
            }  # fmt: skip
            row |= planned.row
            row |= {"name": greeting_name(who), "person_id": who, "lane": lane_of(row["platform"], who, "")}
            greetings.append(row)
        await crowds.add(plan.session, greetings, plan.now)

    def _alike(self, told: Told, one: One) -> tuple[bool, tuple[Any, ...]]:
        """What becomes of it, worked out once for all people of whom the same is known."""
        known = (told.media, told.not_before, one)
        if (found := self._found.get(known)) is None:
            found = self._found[known] = self._weigh(told, one)
        return found

    def _weigh(
        self,
        told: Told,
        one: One,
        past: Iterable[Reached] = (),
        wished: Iterable[Wish] = (),
        first: datetime | None = None,
    ) -> tuple[bool, tuple[Any, ...]]:
        """Whether who never met the bot is introduced to it, and what becomes of the promise."""
        plan, same = self._plan, self._same
        due, media = max(plan.now, told.not_before or plan.now), " ".join(told.media)
        wanted = Wanted(same.kind, due, "", media, same.not_after, self._held, plan.confirmed)
        planned = weigh(plan.attention, wanted, told.person, self._somebody(one, first), past, wished, plan.now)
        row = {"state": "todo", "error": "", "due": due, **planned.row}
        return planned.introduces, (row["platform"], row["state"], row["error"], row["due"], told.not_before, media)

    def _somebody(self, one: One, first: datetime | None) -> Somebody:
        """As `storage.sending.reachable` has them, as far as planning asks. first: when they met the bot."""
        person = _Person(one.zone, one.told_on, first, self._plan.now if one.stopped else None)
        somebody = Somebody(cast("Person", person), hushed=self._hush[0], hushed_at=self._hush[1])
        for each in one.accounts:
            account = cast("Account", _Account(*each))
            (somebody.accounts if account.kind == "member" else somebody.addresses).append(account)
        if one.work is not None:
            zone, country, days, away, state = one.work
            somebody.work = Work("", zone, country, days, away, left=state == "left")
        return somebody


class _Person(NamedTuple):
    """Of a `storage.people.Person`, what is looked at: rows themselves take longer to make than to write."""

    zone: str
    told_on: str
    greeted_at: datetime | None
    stopped_at: datetime | None


class _Account(NamedTuple):
    """The same of an account."""

    platform: str
    kind: str
    zone: str
    person_id: int = 0
