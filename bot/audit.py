"""The trail of decisions: appended only, chained by HMAC, its heads told outside the database.

Whoever edits the database without the key breaks the chain where they edit. Whoever has the key too could write a
whole new chain, or cut its end: the heads, kept in the log and in a file of their own, say that another one was there.
Names and texts of people are chained as salted digests: they can be erased, and the chain stays whole.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import structlog
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit as rows
from storage.audit import Entry, Erasable
from storage.people import Person

log = structlog.get_logger("audit")

HEAD = "audit head"
"""How the log line of a head is called."""

TEXTS = "texts"
"""Where the digests of an entry's further texts are, in what it says of afterwards: {what it is: digest}."""

_PAGE = 500
_PENDING = "audit heads"
Wrong = Literal["edited", "missing", "cut", "rewritten", "text replaced"]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as it was known once. seq: the entry's number. mac: in hexadecimal."""

    seq: int
    mac: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where. seq: the first entry concerned. to: the last one. column: of a replaced text."""

    seq: int
    what: Wrong
    to: int = 0
    column: str = ""


class HeadsFile:
    """Where heads are kept besides the log: one line of JSON each, appended."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, head: Head) -> None:
        """Append a head. What the disk refuses is logged: the decision itself is committed already."""
        line = json.dumps({"event": HEAD, "seq": head.seq, "mac": head.mac})
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            log.warning("audit head not kept", seq=head.seq, reason=error.strerror)


class Audit:
    """Appends decisions. Implements `bot.nudge.Trail`."""

    def __init__(self, key: str, keep: Callable[[Head], None] | None = None) -> None:
        """key: the secret that signs. keep: called with each head once it is committed, besides the log."""
        self._key = key.encode()
        self._keep = keep

    async def append(
        self,
        session: AsyncSession,
        *,
        now: datetime,
        actor: int | None,
        action: str,
        subject: str,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
        reason: str = "",
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Write one decision in the open transaction. See `bot.nudge.Trail`."""
        digests = {each: await self._text(session, text, None) for each, text in (texts or {}).items() if text}
        seq, previous = await rows.last(session)
        entry = Entry(
            seq=seq + 1,
            at=now,
            actor=await self._text(session, await _who(session, actor), actor),
            action=action,
            subject=subject,
            before=_json(before or {}),
            after=_json({**(after or {}), **({TEXTS: digests} if digests else {})}),
            reason=await self._text(session, reason, actor),
            mac="",
        )
        entry.mac = self._mac(entry, previous)
        session.add(entry)
        await session.flush()
        _Pending.of(session.sync_session).add(session.sync_session, Head(entry.seq, entry.mac), self._known)

    async def verify(self, session: AsyncSession, heads: Iterable[Head] = ()) -> list[Finding]:
        """Look at every entry, and say what was tampered with; erased texts are nothing wrong.

        heads: known from outside the database, read before the session began: what is appended meanwhile is no fault.
        """
        checking = _Checking(heads)
        seen = 0
        while entries := await rows.page(session, seen, _PAGE):
            digests = {digest for entry in entries for digest in _digests(entry).values() if digest}
            texts = await rows.texts(session, digests)
            for entry in entries:
                before = checking.before(entry)
                checking.look(entry, None if before is None else self._mac(entry, before), texts)
            seen = entries[-1].seq
        return checking.findings()

    def _mac(self, entry: Entry, previous: str) -> str:
        columns = entry.model_dump(exclude={"mac", "at"})
        at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
        return hmac.new(self._key, _json({**columns, "at": at, "previous": previous}).encode(), sha256).hexdigest()

    async def _text(self, session: AsyncSession, text: str, person: int | None) -> str:
        """Keep a text where it can be erased, and return its digest. Salted anew each time: digests tell nothing."""
        if not text:
            return ""
        salt = secrets.token_hex(32)
        digest = _digest(salt, text)
        session.add(Erasable(digest=digest, salt=salt, text=text, person_id=person))
        return digest

    def _known(self, head: Head) -> None:
        log.info(HEAD, seq=head.seq, mac=head.mac)
        if self._keep is not None:
            self._keep(head)


async def _who(session: AsyncSession, actor: int | None) -> str:
    if actor is None:
        return ""
    person = await session.get(Person, actor)
    return f"person {actor} {person.name if person else ''}".strip()


def _json(value: Mapping[str, Any]) -> str:
    """The one way to write it."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(salt: str, text: str) -> str:
    return hmac.new(bytes.fromhex(salt), text.encode(), sha256).hexdigest()


# ---------------------------------------------------------------- heads


class _Pending:
    """Heads of a session that are not committed yet. What a savepoint undoes was never the head of anything."""

    def __init__(self, session: Session) -> None:
        self._heads: list[tuple[Head, Callable[[Head], None], list[SessionTransaction]]] = []
        event.listen(session, "after_commit", self._committed)
        event.listen(session, "after_soft_rollback", self._undone)

    @classmethod
    def of(cls, session: Session) -> _Pending:
        """The one of this session."""
        found = session.info.get(_PENDING)
        if not isinstance(found, cls):
            found = session.info[_PENDING] = cls(session)
        return found

    def add(self, session: Session, head: Head, known: Callable[[Head], None]) -> None:
        """Remember a head, and in which transactions it is. known: to call with it after the commit."""
        inside = []
        transaction = session.get_nested_transaction() or session.get_transaction()
        while transaction is not None:
            inside.append(transaction)
            transaction = transaction.parent
        self._heads.append((head, known, inside))

    def _committed(self, session: Session) -> None:
        if session.in_nested_transaction():
            return  # a savepoint: not kept before the transaction is
        heads, self._heads = self._heads, []
        for head, known, _ in heads:
            known(head)

    def _undone(self, _session: Session, transaction: SessionTransaction) -> None:
        self._heads = [each for each in self._heads if transaction not in each[2]]


def read_heads(lines: Iterable[str]) -> Iterator[Head]:
    """The heads among the lines of a heads file or of the bot's own log; other lines are passed over."""
    for line in lines:
        start = line.find("{")  # a service manager may have put its own words before
        if HEAD not in line or start < 0:
            continue
        try:
            said = json.loads(line[start:])
        except ValueError:
            continue
        if isinstance(said, dict) and said.get("event") == HEAD and isinstance(said.get("seq"), int):
            yield Head(said["seq"], str(said.get("mac")))


# ---------------------------------------------------------------- verifying


class _Checking:
    """One look at the whole chain, entry by entry."""

    def __init__(self, heads: Iterable[Head]) -> None:
        self._heads: dict[int, set[str]] = {}
        for head in heads:
            self._heads.setdefault(head.seq, set()).add(head.mac)
        self._found: list[Finding] = []
        self._seq = 0
        self._edited = 0
        self._agreed = 0
        self._rewritten: Finding | None = None
        self._previous = ""

    def before(self, entry: Entry) -> str | None:
        """The mac that an entry must be chained to. None: what came before is gone, and no head tells of it."""
        if entry.seq == self._seq + 1:
            return self._previous
        known = self._heads.get(entry.seq - 1, ())
        return next(iter(known)) if len(known) == 1 else None

    def look(self, entry: Entry, mac: str | None, texts: Mapping[str, Erasable]) -> None:
        """mac: as it must be, given the entry's columns and what came before. texts: those not erased, by digest."""
        if entry.seq != self._seq + 1:
            self._found.append(Finding(self._seq + 1, "missing", to=entry.seq - 1))
        if mac is not None and not hmac.compare_digest(mac.encode(), entry.mac.encode()):
            self._found.append(Finding(entry.seq, "edited", to=entry.seq))
            self._edited += 1
        self._compare(entry)
        for column, digest in _digests(entry).items():
            kept = texts.get(digest)
            if kept is not None and not _is_of(kept):
                self._found.append(Finding(entry.seq, "text replaced", to=entry.seq, column=column))
        self._seq, self._previous = entry.seq, entry.mac

    def findings(self) -> list[Finding]:
        """All that is wrong, in the order of the entries."""
        if self._edited == self._seq > 1:
            # Nothing of it was signed with this key: saying so once tells more than naming every entry.
            self._found = [Finding(1, "rewritten", to=self._seq)]
        elif self._rewritten is not None:
            self._found.append(self._rewritten)
        known = max(self._heads, default=0)
        if known > self._seq:
            self._found.append(Finding(self._seq + 1, "cut", to=known))
        return sorted(self._found, key=lambda one: one.seq)

    def _compare(self, entry: Entry) -> None:
        """Against the heads known outside: the first that differs tells where another chain begins, at the latest."""
        known = self._heads.get(entry.seq)
        if not known or self._rewritten is not None:
            return
        if known == {entry.mac}:
            self._agreed = entry.seq
        else:
            self._rewritten = Finding(self._agreed + 1, "rewritten", to=entry.seq)


def _digests(entry: Entry) -> dict[str, str]:
    """What an entry says by digests: column, or what the text is -> digest. Of an edited entry, what is left of it."""
    known = {"actor": entry.actor, "reason": entry.reason}
    if f'"{TEXTS}"' not in entry.after:
        return known
    try:
        said = json.loads(entry.after)
    except ValueError:
        return known
    further = said.get(TEXTS) if isinstance(said, dict) else None
    return known | {str(each): str(digest) for each, digest in (further if isinstance(further, dict) else {}).items()}


def _is_of(kept: Erasable) -> bool:
    """Whether a text is still the one that was chained."""
    try:
        return hmac.compare_digest(_digest(kept.salt, kept.text), kept.digest)
    except ValueError:  # the salt is no salt any more
        return False
