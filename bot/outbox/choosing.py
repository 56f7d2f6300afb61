"""What to do with a promise whose turn it is: say it, wait, send it another way, or give it up. Pure rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.attention import ANSWER, Attention, Known, Past
from bot.words import Reader
from storage.contacts import Contact
from storage.outbox import BEHIND, HELD, HELD_FOR, HELD_LONGEST, Attempt, Promise, lane_of
from storage.people import Account, Person
from storage.restoring import Restored

Move = Mapping[str, Any]
"""Columns of the promise's row that change instead of a call being made."""

_SOON = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Job:
    """One call to make.

    room: "" while the direct room with `external` is not known. on: the message acted on. thread: the message replied
    to. since: an attempt of unknown outcome was made then, so the platform is asked first. anew: what is found was said
    by a bot whose rows are lost, and is made to say what is said now. quiet: not while the person does not want to be
    disturbed. token, attempt: under which duty, and which row tells of it. begun: when that was written, in the loop's
    time.
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
    person id -> who they are and their accounts. past: person id -> contacts that weigh. held: the kinds of contact
    that may not be sent now. restored: whether a backup was put back.
    """

    bases: Mapping[str, Promise] = field(default_factory=dict)
    tried: Mapping[int, Sequence[Attempt]] = field(default_factory=dict)
    people: Mapping[int, tuple[Person, Sequence[Account]]] = field(default_factory=dict)
    past: Mapping[int, Sequence[Contact]] = field(default_factory=dict)
    held: Collection[str] = ()
    restored: Restored | None = None


def account_of(accounts: Sequence[Account], platform: str) -> Account | None:
    """The account by which to reach a person: on the platform preferred, else the one used last."""
    return next((one for one in accounts if one.platform == platform), accounts[0] if accounts else None)


def where_told(person: Person, accounts: Sequence[Account], platform: str, kind: str) -> Account | None:
    """The account by which to tell a person something of this kind: an answer comes where they asked, all else where
    they chose to be told. platform: where it would go otherwise.
    """
    chosen = any(one.platform == person.told_on for one in accounts)
    return account_of(accounts, person.told_on if chosen and kind != ANSWER else platform)


def known(attention: Attention, person: Person, account: Account, past: Sequence[Contact]) -> Known:
    """What the rules of attention look at."""
    contacts = [
        Past(at=one.sent_at, counts=attention.counts(one.kind), asks=one.asks, answered=one.answered_at is not None)
        for one in past
        if one.sent_at is not None
    ]
    zone = person.zone or account.zone
    return Known(zone=zone, since=person.greeted_at, stopped=person.stopped_at is not None, past=contacts)


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
        return self._doubted(self._post(promise, since))

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
            account = account_of(self.facts.people[promise.person_id][1], self.platform)
            room = account.direct_room if account else ""
        said = {"state": "sent", "body": "{}", "error": "", "sent_at": attempt.ended_at or self.now}
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
        if isinstance(job, Job) and base is not None and base.state == "sent" and base.external_room == job.room:
            return replace(job, thread=base.external_id)
        return job

    def _to_person(self, promise: Promise, person_id: int, since: datetime | None) -> Job | Move:
        person, accounts = self.facts.people[person_id]
        if since is None:
            account = where_told(person, accounts, self.platform, promise.kind)
        else:
            account = account_of(accounts, self.platform)
        if account is None:
            return {"state": "dead", "error": "no_account"}
        if account.platform != self.platform:
            if since is not None:  # it may have been said here, and nobody can be asked whether it was
                return {"state": "dead", "error": "account_gone"}
            return {"platform": account.platform, "lane": lane_of(account.platform, person_id, "")}
        if since is None and promise.kind in self.facts.held:
            return self._held(promise)
        if since is None and promise.kind != ANSWER:
            facts = known(self.attention, person, account, self.facts.past.get(person_id, ()))
            verdict = self.attention.verdict(promise.kind, facts, self.now)
            if verdict.due is None:
                return _dropped(verdict.reason)
            if verdict.due > self.now:
                return {"state": "later", "due": verdict.due, "error": verdict.reason}
        return Job(
            promise,
            self._reader(promise, account),
            room=account.direct_room,
            external=account.external_id,
            account=account.id or 0,
            since=since,
            quiet=since is None and self.attention.counts(promise.kind),
        )

    def _held(self, promise: Promise) -> Move:
        """It waits until its kind may be sent, but not until what it says is old."""
        if self.now > promise.created_at + HELD_LONGEST:
            return _dropped(HELD)
        return {"state": "later", "due": self.now + HELD_FOR, "error": HELD}

    def _after(self, base: Promise) -> Move:
        """Out of the way, so that its lane goes on, until what it belongs to has had its turn."""
        return {"state": "later", "due": max(self.now + _SOON, base.due), "error": BEHIND}

    def _reader(self, promise: Promise, account: Account | None = None) -> Reader:
        person = None
        if promise.person_id is not None and promise.person_id in self.facts.people:
            person, accounts = self.facts.people[promise.person_id]
            account = account or account_of(accounts, self.platform)
        language = promise.language or (person.language if person else "") or (account.language if account else "")
        return Reader(language=language, zone=(person.zone if person else "") or (account.zone if account else ""))


def _dropped(reason: str) -> Move:
    return {"state": "dropped", "error": reason, "body": "{}"}
