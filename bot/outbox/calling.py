"""The call itself: one promise, one platform, one result, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import uniform
from typing import Any

import structlog
from pydantic import ValidationError

from bot.chat import (
    Deferred,
    LockedOut,
    Message,
    NotAllowed,
    NotFound,
    Paced,
    Platform,
    PlatformError,
    RateLimited,
    Unreachable,
)
from bot.outbox.choosing import Job, forgotten
from bot.outbox.ending import ended_by
from bot.say import Say
from bot.words import UnknownWordsError, Words
from storage.outbox import REFUSED, REPLACED, beyond

log = structlog.get_logger("outbox")

TRIES = 12
"""How often a promise is tried before it is given up; with the waits between them, about three hours."""

STRANGE_TRIES = 8
"""How often what only another version can word is tried: for four minutes, as an upgrade may take."""

LOST = "unreachable"
"""How the reason begins when nobody knows whether a call had its effect."""

DEFERRED = "deferred"
"""How it begins while a platform takes this one later, and others now."""

LOCKED = "locked_out"
"""How the reason begins while a platform does not accept the bot's credentials."""

NOT_MADE = "not_made"
"""The outcome of an attempt that was written and not made: it is the promise's turn again, as if nothing had been."""

Stops = Callable[[int, str], str]
"""The link by which a person ends a kind of contact; "" where there is none: `(person, kind) -> address`."""

_FIRST, _LONGEST = 2.0, 3600.0


def unending(_person: int, _kind: str) -> str:
    """Nothing is ended by a link."""
    return ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a call.

    outcome: for the attempt's row: "sent", "found", "" (unknown), or a code. row: columns of the promise that change.
    posted: the platform's id. room: where it went. pause: seconds for which the platform asked to be left alone.
    looked: the platform was asked for earlier attempts, and has none of them. locked: why it let the bot do nothing.
    paced: it was not its turn, which tells nothing of how the platform is. nobodys: there is no such address.
    """

    job: Job
    outcome: str
    row: dict[str, Any] = field(default_factory=dict)
    posted: str = ""
    room: str = ""
    pause: float = 0.0
    looked: bool = False
    locked: str = ""
    paced: bool = False
    nobodys: bool = False


def backoff(tries: int) -> float:
    """Seconds to wait after so many failed tries: doubling, a little by chance, an hour at most."""
    return min(_FIRST * 2.0 ** (tries - 1), _LONGEST) * uniform(0.8, 1.2)  # noqa: S311 - only spreads retries in time


class Caller:
    """Makes the calls of one platform."""

    def __init__(
        self,
        platform: Platform,
        words: Words,
        now: Callable[[], datetime],
        checkpoint: Callable[[str], None],
        stops: Stops = unending,
    ) -> None:
        self._stops = stops
        self._platform = platform
        self._words = words
        self._now = now
        self._checkpoint = checkpoint

    async def call(self, job: Job, deadline: float, may: Callable[[], bool]) -> Result:
        """Keep one promise. Raises nothing that a platform may raise.

        deadline: in the loop's time; the call is given up then, so that it cannot have its effect after another
        process has looked for it. may: whether the duty is still ours, asked once more just before people would see
        something: what went before (is the person to be disturbed, where are they) may have taken long.
        """
        try:
            message = self._message(job)
        except (UnknownWordsError, ValidationError) as error:
            return self._unknown(job, f"words:{type(error).__name__}")
        except Exception as error:
            log.exception("cannot be worded", promise=job.id, kind=job.promise.kind)
            return self._dead(job, f"words:{type(error).__name__}")
        attempt = _Try(self._platform, job, self._now, may)
        try:
            async with asyncio.timeout_at(deadline):
                return await self._made(attempt, message)
        except PlatformError as error:
            return self._failed(attempt, error)
        except TimeoutError:
            return self._lost(attempt, "timeout")
        except Exception as error:
            # A fault of an adapter must not stop all that others are to be told.
            log.exception("a call failed in an unforeseen way", promise=job.id, platform=self._platform.name)
            return self._lost(attempt, type(error).__name__)

    def _failed(self, attempt: _Try, error: PlatformError) -> Result:
        """What becomes of it by what the platform said."""
        job = attempt.job
        match error:
            case Paced():  # about this one only: others go on
                waits = self._again(job, error.reason, tries=job.promise.tries, wait=error.retry_after)
                return replace(waits, paced=True)
            case RateLimited():
                pause = max(error.retry_after, 0.05)
                return self._again(job, error.reason, tries=job.promise.tries, wait=0.0, pause=pause)
            case LockedOut():
                return self._kept(job, error.reason)
            case Deferred():
                return self._lost(attempt, error.reason, undone=True, why=DEFERRED)
            case Unreachable():
                return self._lost(attempt, error.reason, undone=error.undone)
            case NotFound() | NotAllowed():
                nobodys = isinstance(error, NotFound) and self._platform.addressed
                return replace(self._refused(attempt, error.reason), nobodys=nobodys)
            case _:
                return self._dead(job, error.reason)

    def not_made(self, job: Job) -> Result:
        """It is not called after all: it came too late, or the platform asked to be left alone meanwhile."""
        return self._again(job, job.promise.error, tries=job.promise.tries, wait=0.0, outcome=NOT_MADE)

    async def _made(self, attempt: _Try, message: Message | None) -> Result:
        found = await attempt.find()
        if found is not None:
            await attempt.correct(found, message)
        elif (waits := await self._waits(attempt)) is not None:
            return waits
        posted = found if found is not None else await attempt.make(message)
        self._checkpoint("outbox.posted")
        return self._sent(attempt, posted, "sent" if found is None else "found")

    async def _waits(self, attempt: _Try) -> Result | None:
        """What becomes of it where it was not said, and now is not the time."""
        tries = attempt.job.promise.tries
        if attempt.job.unless_said is not None:
            return Result(attempt.job, NOT_MADE, {**attempt.job.unless_said, "tries": tries}, looked=attempt.looked)
        until = await attempt.undisturbed()
        if until is None:
            return None
        later = {"state": "later", "due": until, "error": "undisturbed", "tries": tries}
        return Result(attempt.job, "undisturbed", later, looked=attempt.looked)

    def _message(self, job: Job) -> Message | None:
        if job.promise.op not in {"post", "edit"} and job.promise.body == "{}":
            return None
        message = self._words.message(Say.model_validate_json(job.promise.body), job.reader)
        who = job.promise.person_id
        url = self._stops(who, job.promise.kind) if who is not None and self._platform.addressed else ""
        return ended_by(message, url, self._words.text(job.reader, "ending-link", {})) if url else message

    def _sent(self, attempt: _Try, posted: str, outcome: str) -> Result:
        said = {"state": "sent", "error": "", "sent_at": self._now(), **forgotten(attempt.job.promise)}
        row = said | {"external_id": posted, "external_room": attempt.room}
        row |= {"error": REPLACED} if attempt.replaced else {}
        return Result(attempt.job, outcome, row, posted, attempt.room, looked=attempt.looked)

    def _lost(self, attempt: _Try, reason: str, *, undone: bool = False, why: str = LOST) -> Result:
        """Known not to be sent when the call was not begun, or the platform says so (undone); otherwise unknown, so
        the platform is asked first.
        """
        tries = attempt.job.promise.tries + 1
        error = f"{why}:{reason}"
        outcome = "" if attempt.begun and not undone else error
        if tries >= TRIES:
            return self._dead(attempt.job, error, outcome)
        result = self._again(attempt.job, error, tries=tries, wait=backoff(tries), outcome=outcome)
        return Result(attempt.job, outcome, result.row, looked=attempt.looked)

    def _unknown(self, job: Job, error: str) -> Result:
        """Planned by a newer version, during an upgrade: it waits, for minutes, for a process that knows the words."""
        tries = job.promise.tries + 1
        if tries >= STRANGE_TRIES:
            return self._dead(job, error)
        log.warning("words of another version", promise=job.id, kind=job.promise.kind, tries=tries)
        return self._again(job, error, tries=tries, wait=backoff(tries))

    def _kept(self, job: Job, reason: str) -> Result:
        """It is not the promise that is refused, but the bot: it waits, untried, for as long as that takes."""
        waits = self._again(job, f"{LOCKED}:{reason}", tries=job.promise.tries, wait=0.0)
        return Result(job, waits.outcome, waits.row, locked=reason)

    def _again(
        self, job: Job, error: str, *, tries: int, wait: float, outcome: str | None = None, pause: float = 0.0
    ) -> Result:
        row = {"state": "todo", "error": error, "tries": tries, "due": self._now() + timedelta(seconds=wait)}
        return Result(job, error if outcome is None else outcome, row, pause=pause)

    def _refused(self, attempt: _Try, reason: str) -> Result:
        """There is no such person, or this is not taken: by the next medium, if it surely was not said here."""
        job = attempt.job
        left = beyond(job.promise.media, job.promise.platform)
        doubtful = job.since is not None and not attempt.looked
        if job.promise.op != "post" or doubtful or not left:
            return self._dead(job, reason)
        log.warning("on to the next medium", promise=job.id, platform=self._platform.name, reason=reason)
        row = {"state": "todo", "error": f"{REFUSED}:{reason}", "tries": 0, "due": self._now(), "media": left}
        return Result(job, reason, row, looked=attempt.looked)

    def _dead(self, job: Job, error: str, outcome: str | None = None) -> Result:
        log.warning("given up", promise=job.id, kind=job.promise.kind, platform=self._platform.name, reason=error)
        row = {"state": "dead", "error": error, "tries": job.promise.tries + 1}
        return Result(job, error if outcome is None else outcome, row)


class _Try:
    """One attempt. begun: the call that people see may have had its effect. looked: earlier ones left nothing.

    replaced: what could not be deleted says by now that it was taken back.
    """

    def __init__(self, platform: Platform, job: Job, now: Callable[[], datetime], may: Callable[[], bool]) -> None:
        self._platform = platform
        self._may = may
        self._now = now
        self.job = job
        self.room = job.room
        self.begun = False
        self.looked = False
        self.replaced = False

    async def undisturbed(self) -> datetime | None:
        """Until when this person must not be disturbed, where that matters."""
        if not (self.job.quiet and self.job.external):
            return None
        return await self._platform.undisturbed(self.job.external, self._now())

    async def find(self) -> str | None:
        """What an earlier attempt posted, whose outcome nobody knows."""
        if self.job.since is None or self.job.promise.op != "post":
            return None
        await self._enter()
        found = await self._platform.find(self.room, self.job.promise.name, self.job.since, reply_to=self.job.thread)
        self.looked = found is None
        return found

    async def correct(self, found: str, message: Message | None) -> None:
        """Let what a bot said whose rows are lost say what is meant now: it may have been about something else."""
        if not self.job.anew or message is None:
            return
        try:
            await self._platform.edit(self.room, found, message, name=f"{self.job.promise.name}:anew")
        except (RateLimited, LockedOut, Unreachable):
            raise
        except PlatformError as error:  # it was said, at least
            log.info("left as it was found", promise=self.job.id, reason=error.reason)

    async def make(self, message: Message | None) -> str:
        """Do it, and return the platform's id of the message."""
        promise, job = self.job.promise, self.job
        match promise.op:
            case "post":
                assert message is not None
                return await self._post(message)
            case "edit":
                assert message is not None
                self._begins()
                await self._platform.edit(self.room, job.on, message, name=promise.name)
            case "delete":
                await self._delete(message)
            case _:
                self._begins()
                await self._platform.pin(self.room, job.on)
        return job.on

    def _begins(self) -> None:
        """From here on people may see something. Raises Unreachable: another process has the duty by now."""
        if not self._may():
            raise Unreachable("overtaken")
        self.begun = True

    async def _enter(self) -> None:
        self.room = self.room or await self._platform.direct(self.job.external)

    async def _post(self, message: Message) -> str:
        await self._enter()
        try:
            return await self._posted(message)
        except (NotAllowed, NotFound):
            # The person may have left the room where they and the bot talked; there may be another one by now.
            known = self.room
            if not self.job.external or await self._platform.direct(self.job.external) == known:
                raise
            self.room = await self._platform.direct(self.job.external)
            return await self._posted(message)

    async def _posted(self, message: Message) -> str:
        self._begins()
        name, thread = self.job.promise.name, self.job.thread
        return await self._platform.post(self.room, message, name=name, reply_to=thread)

    async def _delete(self, instead: Message | None) -> None:
        """Delete it; or, where that is refused, let it say something else. instead: what, None for nothing."""
        self._begins()
        try:
            await self._platform.delete(self.room, self.job.on, name=self.job.promise.name)
        except NotFound:
            return  # gone is what was wanted
        except (RateLimited, LockedOut, Unreachable):
            raise
        except PlatformError as error:
            if instead is None:
                raise
            log.info("changed where it cannot be deleted", promise=self.job.id, reason=error.reason)
            await self._replace(instead)

    async def _replace(self, message: Message) -> None:
        try:
            await self._platform.edit(self.room, self.job.on, message, name=f"{self.job.promise.name}:replaced")
        except NotFound:
            return  # somebody deleted it meanwhile
        self.replaced = True
