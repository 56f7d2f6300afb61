"""What to do with a promise whose turn it is: say it, wait, send it another way, or give it up. Pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.attention import ANSWER, Attention, Verdict
from bot.attention.digest import kinds_of, reduced
from bot.attention.knowing import account_of, language_of, where_reached, zone_of
from bot.nudge import ON_A_MESSAGE
from bot.words import Reader
from storage.contacts import Reached
from storage.outbox import BEHIND, HELD, HELD_FOR, HELD_LONGEST, HUSH, NEVER, REFUSED, Attempt, Promise, beyond, lane_of
from storage.people import Account
from storage.restoring import Restored
from storage.sending import Somebody
from storage.wishes import Wish

Move = Mapping[str, Any]
"""Columns of the promise's row that change instead of a call being made."""

_SOON = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One call to make.

    room: "" while the direct room with `external` is not known. on: the message acted on. thread: the message replied
    to. since: an attempt of unknown outcome was made then, so the platform is asked first. anew: what is found was said
    by a bot whose rows are lost, and is made to say what is said now. quiet: not while the person does not want to be
    disturbed. unless_said: what becomes of it where the platform has nothing of earlier attempts: it may not be said
    now, or no more. token, attempt: under which duty, and which row tells of it. begun: when that was written, in the
    loop's time.
    """

    promise: Promise
    reader: Reader
    room: str = ""
    external: str = ""
    account: int = 0
    on: str = ""
    thread: str = ""
    since: datetime | None = None
    anew: bool = False
    quiet: bool = False
    unless_said: Move | None = None
    token: int = 0
    attempt: int = 0
    begun: float = 0.0

    @property
    def id(self) -> int:
        """Of the promise's row."""
        assert self.promise.id is not None
        return self.promise.id


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows of the promises in question.

    bases: the promises they belong to, by name. tried: promise id -> attempts that may have reached people. people:
    person id -> whom that means. past, wishes: by the id of the person meant, the contacts that weigh, and what they
    wish. held: the kinds of contact that may not be sent now. restored: whether a backup was put back.
    recalled: the names of those that are not to be said any more.
    """

    bases: Mapping[str, Promise] = field(default_factory=dict)
    tried: Mapping[int, Sequence[Attempt]] = field(default_factory=dict)
    people: Mapping[int, Somebody] = field(default_factory=dict)
    past: Mapping[int, Sequence[Reached]] = field(default_factory=dict)
    wishes: Mapping[int, Sequence[Wish]] = field(default_factory=dict)
    held: AbstractSet[str] = frozenset()
    restored: Restored | None = None
    recalled: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chooser:
    """Looks at promises one by one.

    timeout: seconds for which an attempt may still have its effect. ended: when the calls of whoever had this duty
    before are over, whatever their clock said when they began.
    """

    platform: str
    timeout: timedelta
    now: datetime
    ended: datetime
    attention: Attention
    facts: Facts

    def choose(self, promise: Promise) -> Job | Move:
        """The call to make, or what becomes of the promise instead."""
        tried = self.facts.tried.get(promise.id or 0, ())
        said = next((one for one in tried if one.outcome), None)
        if said is not None:  # by who had this duty before, who could not write it down any more
            return self._said(promise, said)
        if not tried and promise.not_after is not None and self.now > promise.not_after:
            return _dropped("too_late")
        if tried and self.now < (ready := max(self.ended, *(one.started_at + self.timeout for one in tried))):
            return {"due": ready}  # until then a look-up would prove nothing
        since = min(one.started_at for one in tried) if tried else None
        if promise.op != "post":
            return self._act(promise)
        if promise.name in self.facts.recalled:
            return self._recalled(promise, since)
        return self._doubted(self._post(promise, since))

    def _recalled(self, promise: Promise, since: datetime | None) -> Job | Move:
        """It is not said any more, but looked for where it may have been said: then its removal has something to do."""
        if since is None:
            return _cancelled()
        job = self._post(promise, since)
        return replace(job, unless_said=_cancelled()) if isinstance(job, Job) else job

    def _doubted(self, job: Job | Move) -> Job | Move:
        """The job, so that it is looked for first what was perhaps promised, and said, before a backup was put back.

        Whether the person is to be told now is weighed before: the ledger knows nothing of what is lost.
        """
        restored = self.facts.restored
        if not isinstance(job, Job) or restored is None or job.promise.created_at >= restored.until:
            return job
        # Answers are named after what was said to the bot; other names hold numbers, which may be given anew.
        return replace(job, since=min(job.since or restored.since, restored.since), anew=job.promise.kind != ANSWER)

    def _said(self, promise: Promise, attempt: Attempt) -> Move:
        room = promise.room
        if promise.person_id is not None and promise.person_id in self.facts.people:
            somebody = self.facts.people[promise.person_id]
            account = somebody.on(self.platform) or account_of(somebody.accounts, self.platform)
            room = account.direct_room if account else ""
        said = {"state": "sent", "error": "", "sent_at": attempt.ended_at or self.now, **forgotten(promise)}
        return said | {"external_id": attempt.external_id, "external_room": room}

    def _act(self, promise: Promise) -> Job | Move:
        base = self.facts.bases.get(promise.of)
        if base is None:
            return _dropped("unknown")
        if base.state in {"later", "todo", "going"}:
            return self._after(base)
        if base.state != "sent":
            return _dropped(f"of_{base.state}")
        if base.platform != self.platform:
            return {"platform": base.platform, "lane": base.lane}
        return Job(promise, self._reader(promise), room=base.external_room, on=base.external_id)

    def _post(self, promise: Promise, since: datetime | None) -> Job | Move:
        base = self.facts.bases.get(promise.reply_to)
        if base is not None and base.state in {"later", "todo", "going"}:
            return self._after(base)
        if promise.person_id is not None:
            job = self._to_person(promise, promise.person_id, since)
        else:
            job = Job(promise, self._reader(promise), room=promise.room, since=since)
        if isinstance(job, Job) and promise.reply_to.startswith(ON_A_MESSAGE) and job.room == promise.room:
            return replace(job, thread=promise.reply_to.removeprefix(ON_A_MESSAGE))
        if isinstance(job, Job) and base is not None and base.state == "sent" and base.external_room == job.room:
            return replace(job, thread=base.external_id)
        return job

    def _to_person(self, promise: Promise, person_id: int, since: datetime | None) -> Job | Move:
        somebody = self.facts.people[person_id]
        if since is None:
            account = where_reached(somebody, self.platform, promise.kind, promise.media)
        else:
            account = somebody.on(self.platform) or account_of(somebody.accounts, self.platform)
        if account is None:
            return {"state": "dead", "error": promise.error if promise.error.startswith(REFUSED) else "no_account"}
        if account.platform != self.platform:
            if since is not None:  # it may have been said here, and nobody can be asked whether it was
                return {"state": "dead", "error": "account_gone"}
            return {"platform": account.platform, "lane": lane_of(account.platform, person_id, "")}
        not_now = None if promise.kind == ANSWER else self._not_now(promise, somebody, account)
        if since is None and not_now is not None:
            return not_now
        return Job(
            promise,
            self._reader(promise, account),
            room=account.direct_room,
            external=account.external_id,
            account=account.id or 0,
            since=since,
            quiet=promise.kind != ANSWER and not self.attention.is_urgent(promise.kind),
            unless_said=not_now,
        )

    def _not_now(self, promise: Promise, somebody: Somebody, account: Account) -> Move | None:
        """What becomes of it when it may not be said at this instant."""
        who, kind = somebody.person.id or 0, promise.kind
        if self._was_hushed(promise, somebody):
            return self._unconfirmed(promise) if self.attention.is_signed(kind) else _dropped("hush")
        if not self.facts.held.isdisjoint(kinds_of(kind, promise.body)):
            return self._held(promise)
        # Whether it reached them itself is found out by asking the platform.
        past = [each for each in self.facts.past.get(who, ()) if each.promise != promise.name]
        wishes = self.facts.wishes.get(who, ())
        facts = self.attention.known(kind, somebody, account.platform, past, wishes)
        if self.attention.is_signed(kind):
            facts = replace(facts, confirmed=_is_confirmed(promise, somebody))
        if left := reduced(promise.body, lambda each: facts.wishes.allow(each, self.now)):
            return {"state": "todo", "kind": left.kind, "body": left.body, "asks": left.asks}
        verdict = self.attention.verdict(kind, facts, self.now)
        if verdict.due is None:
            return _dropped(verdict.shown)
        if verdict.due > self.now:
            return _later(promise, verdict, verdict.due)
        return None

    def _was_hushed(self, promise: Promise, somebody: Somebody) -> bool:
        """Whether it was to be said in a hush: it is not made up for, though nobody looked while that lasted."""
        if somebody.hushed is None or promise.due >= somebody.hushed:
            return False
        if self.attention.is_signed(promise.kind):  # what was promised in the hush was confirmed in it
            return not _is_confirmed(promise, somebody)
        return self.attention.weighs(promise.kind)

    def _unconfirmed(self, promise: Promise) -> Move:
        """It waits until somebody confirms what they signed before the hush, but not until it is old."""
        if promise.not_after is not None and self.now > promise.not_after:
            return _dropped("too_late")
        return {"state": "later", "due": NEVER, "error": HUSH}

    def _held(self, promise: Promise) -> Move:
        """It waits until its kind may be sent, but not until what it says is old."""
        if self.now > (promise.not_before or promise.created_at) + HELD_LONGEST:
            return _dropped(HELD)
        return {"state": "later", "due": self.now + HELD_FOR, "error": HELD}

    def _after(self, base: Promise) -> Move:
        """Out of the way, so that its lane goes on, until what it belongs to has had its turn."""
        return {"state": "later", "due": min(max(self.now + _SOON, base.due), self.now + HELD_FOR), "error": BEHIND}

    def _reader(self, promise: Promise, account: Account | None = None) -> Reader:
        somebody = self.facts.people.get(promise.person_id) if promise.person_id is not None else None
        if somebody is None:
            return Reader(language=promise.language)
        account = account or account_of(somebody.accounts, self.platform)
        return Reader(language=promise.language or language_of(somebody, account), zone=zone_of(somebody, account))


def forgotten(promise: Promise) -> Move:
    """What was said is forgotten, unless another medium must say it should it turn out not to have arrived."""
    return {} if beyond(promise.media, promise.platform) else {"body": "{}"}


def _is_confirmed(promise: Promise, somebody: Somebody) -> bool:
    """Whether who signed it said so after the hush was declared."""
    return somebody.hushed_at is None or promise.created_at > somebody.hushed_at


def _later(promise: Promise, verdict: Verdict, due: datetime) -> Move:
    """Another time; not at all when that is too late for it."""
    if promise.not_after is not None and due > promise.not_after:
        return _dropped(verdict.shown if verdict.private else "too_late")
    return {"state": "later", "due": due, "error": verdict.shown}


def _cancelled() -> Move:
    return {"state": "cancelled", "error": "", "body": "{}"}


def _dropped(reason: str) -> Move:
    return {"state": "dropped", "error": reason, "body": "{}"}
