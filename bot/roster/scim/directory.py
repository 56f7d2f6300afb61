"""What is asked of the directory, and pushed into it: rows of the roster, as SCIM has them.

Imports the library, hence imported by the first request only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from scim2_models import (
    Context,
    Error,
    InvalidFilterException,
    InvalidSyntaxException,
    Meta,
    NotFoundException,
    NotImplementedException,
    PatchOp,
    SCIMException,
    SearchRequest,
    UniquenessException,
)
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import nudge
from bot.roster import matching
from bot.roster.scim import models
from bot.roster.scim.models import PROVIDER, EnterpriseUser, Person
from storage import pushed as rows
from storage.database import Store
from storage.pushed import Found
from storage.roster import Entry, Pushed

SCANNED = 2_000
"""People that are gone through for a filter that cannot be looked up."""

_INDEXED: Mapping[str, rows.By] = {"username": "user_name", "externalid": "external_id", "id": "scim"}
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. said: as JSON, None for nothing. location: of what was made."""

    status: int
    said: Mapping[str, Any] | None = None
    location: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose sender may ask. path: what follows the address of the service. base: that address, as a URL, or
    as a path where nobody said under which name others reach it.
    """

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    body: bytes
    base: str


@dataclass(frozen=True, slots=True)
class Directory:
    """context: what matching works with, in a transaction, at an instant. now: the clock (UTC, aware).

    wanted: see `bot.roster.headings.columns`.
    """

    store: Store
    context: Callable[[AsyncSession, datetime], nudge.Context]
    now: Callable[[], datetime]
    wanted: Collection[str] = ()

    async def answer(self, asked: Asked) -> Reply:
        """Do what is asked; what cannot be done is an answer too. Raises StoreUnavailable."""
        try:
            return await self._answer(asked)
        except ValidationError as error:
            return _refused(Error.from_validation_errors(error)[0])
        except SCIMException as error:
            return _refused(error.to_error())

    async def _answer(self, asked: Asked) -> Reply:
        _fit([asked.path, asked.query])
        match asked.path:
            case ("Users",):
                return await self._all(asked)
            case ("Users", ".search") | (".search",) if asked.method == "POST":
                return await self._listed(asked, _json(asked.body))
            case ("Users", scim):
                return await self._one(asked, scim)
            case ("ServiceProviderConfig" | "Schemas" | "ResourceTypes", *rest):
                return _described(asked, rest)
            case ("Bulk" | "Me", *_):
                raise NotImplementedException
            case _:
                raise NotFoundException

    async def _all(self, asked: Asked) -> Reply:
        if asked.method == "GET":
            return await self._listed(asked, asked.query)
        if asked.method == "POST":
            return await self._create(asked)
        return _not_allowed()

    async def _one(self, asked: Asked, scim: str) -> Reply:
        if asked.method == "GET":
            async with self.store.read() as session:
                return Reply(200, _shown(await _found(session, scim), asked, asked.query))
        if asked.method == "DELETE":
            return await self._delete(scim)
        change = {"PUT": self._replace, "PATCH": self._patch}.get(asked.method)
        return await change(asked, scim) if change else _not_allowed()

    # ------------------------------------------------------------ asked

    async def _listed(self, asked: Asked, said: Mapping[str, Any]) -> Reply:
        """RFC 7644, section 3.4.2."""
        search = SearchRequest[Person].model_validate(
            {name: value for name, value in said.items() if name != "schemas"}, scim_policy=models.LENIENT
        )
        start = max(1, search.start_index or 1)
        limit = models.MOST if search.count is None else min(search.count, models.MOST)
        async with self.store.read() as session:
            total, found = await _searched(session, search, start - 1, limit)
            shown = [_shown(each, asked, said) for each in found]
        counted = {"totalResults": total, "startIndex": start, "itemsPerPage": len(shown)}
        return Reply(200, {"schemas": [_LIST], **counted, "Resources": shown})

    # ------------------------------------------------------------ pushed

    async def _create(self, asked: Asked) -> Reply:
        person = models.read(_json(asked.body), Context.RESOURCE_CREATION_REQUEST)
        now = self.now()
        async with self.store.write() as session:
            await rows.hold(session)
            line = models.line(person, self.wanted)
            entry = await rows.with_key(session, line["key"], line["email"])
            entry = entry or Entry(key=line["key"], created_at=now, changed_at=now)
            if entry.id is not None and await rows.pushed(session, entry.id):
                raise UniquenessException
            reply = await self._written(session, asked, person, entry, None)
        return Reply(201, reply.said, reply.location)

    async def _replace(self, asked: Asked, scim: str) -> Reply:
        person = models.read(_json(asked.body), Context.RESOURCE_REPLACEMENT_REQUEST)
        async with self.store.write() as session:
            await rows.hold(session)
            known, entry = await _found(session, scim)
            person.replace(models.restored(known.body))
            return await self._written(session, asked, person, entry, known)

    async def _patch(self, asked: Asked, scim: str) -> Reply:
        body = models.operations(_json(asked.body))
        change = PatchOp[Person].model_validate(
            body, scim_ctx=Context.RESOURCE_PATCH_REQUEST, scim_policy=models.LENIENT
        )
        async with self.store.write() as session:
            await rows.hold(session)
            known, entry = await _found(session, scim)
            person = models.restored(known.body)
            change.patch(person, scim_policy=models.LENIENT)
            return await self._written(session, asked, person, entry, known)

    async def _delete(self, scim: str) -> Reply:
        """Who is deleted there left here: what is known of them stays until its time is over."""
        now = self.now()
        async with self.store.write() as session:
            await rows.hold(session)
            known, entry = await _found(session, scim)
            became = await rows.write(session, entry, {}, is_here=False, now=now)
            await session.delete(known)
            await self._trace(session, entry, became, now)
        return Reply(204)

    async def _written(
        self, session: AsyncSession, asked: Asked, person: Any, entry: Entry, known: Pushed | None
    ) -> Reply:
        now, line = self.now(), models.line(person, self.wanted)
        await _alone(session, person, line["key"], entry)
        before = entry.key
        values = {**line, "manager": await _manager(session, person)}
        became = await rows.write(session, entry, values, is_here=person.active is not False, now=now)
        known = known or Pushed(entry_id=entry.id or 0, scim=uuid4().hex, user_name="")
        known.user_name, known.external_id = person.user_name.casefold(), person.external_id or ""
        known.body = models.kept(person)
        session.add(known)
        await session.flush()
        if before != entry.key:
            await rows.renamed(session, before, entry.key)
        reply = Reply(200, _shown((known, entry), asked, asked.query), _location(asked, known.scim))
        await self._trace(session, entry, became, now)
        if entry.state == "here":
            await matching.settle(self.context(session, now), [entry.id or 0])
        return reply

    async def _trace(self, session: AsyncSession, entry: Entry, became: str, now: datetime) -> None:
        if became:
            audit = self.context(session, now).audit
            subject, after = f"roster:{entry.id}", {"state": became}
            await audit.append(session, now=now, actor=None, action="people.push", subject=subject, after=after)


async def _found(session: AsyncSession, scim: str) -> Found:
    found = await rows.one(session, scim)
    if found is None:
        raise NotFoundException
    return found


async def _alone(session: AsyncSession, person: Any, key: str, entry: Entry) -> None:
    """Raises UniquenessException: somebody else has that user name, or that key."""
    same = await rows.called(session, "user_name", person.user_name.casefold())
    other = await rows.with_key(session, key, "")
    if any(each.entry_id != entry.id for each, _ in same) or (other is not None and other.id != entry.id):
        raise UniquenessException


async def _manager(session: AsyncSession, person: Any) -> str:
    """The key of who somebody reports to; "" where that is nobody known."""
    more = person[EnterpriseUser]
    named = more.manager.value if more and more.manager else None
    found = await rows.one(session, named) if named else None
    return found[1].key if found else ""


async def _searched(session: AsyncSession, search: Any, start: int, limit: int) -> tuple[int, Sequence[Found]]:
    """How many there are, and one page of them."""
    if search.filter is None:
        return await rows.count(session), await rows.page(session, start, limit)
    for name, value in models.found_by(search.filter.ast).items():
        if name in _INDEXED:
            folded = value.casefold() if name == "username" else value
            found = await rows.called(session, _INDEXED[name], folded)
            return len(found), found[start : start + limit]
    if await rows.count(session) > SCANNED:
        raise InvalidFilterException
    every = await rows.page(session, 0, SCANNED)
    found = [each for each in every if search.filter.match(_resource(each, ""))]
    return len(found), found[start : start + limit]


def _resource(found: Found, base: str) -> Any:
    known, entry = found
    person = models.restored(known.body)
    person.id = known.scim
    location = f"{base}/Users/{known.scim}" if base else None
    person.meta = Meta(
        resource_type="User", created=entry.created_at, last_modified=entry.changed_at, location=location
    )
    return person


def _shown(found: Found, asked: Asked, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """A person as they are given back: all of them, or what was asked for of them."""
    chosen = {name: said[name] for name in ("attributes", "excludedAttributes") if said.get(name)}
    wanted = SearchRequest[Person].model_validate(chosen, scim_policy=models.LENIENT) if chosen else None
    shown: Mapping[str, Any] = _resource(found, asked.base).model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=wanted
    )
    return shown


def _location(asked: Asked, scim: str) -> str:
    return f"{asked.base}/Users/{scim}"


def _described(asked: Asked, rest: Sequence[str]) -> Reply:
    """RFC 7644, section 4: what there is, and what can be done."""
    if asked.method != "GET":
        return _not_allowed()
    if "filter" in asked.query:
        return Reply(403, _error(403))
    kind, name = asked.path[0], "/".join(rest)
    if kind == "ServiceProviderConfig":
        if name:
            raise NotFoundException
        return Reply(200, _plain(models.capabilities(), asked, kind, ""))
    every: dict[str, Any] = {str(each.id): each for each in PROVIDER.schemas}
    if kind == "ResourceTypes":
        every = {str(each.name): each for each in PROVIDER.resource_types}
    if name:
        if name not in every:
            raise NotFoundException
        return Reply(200, _plain(every[name], asked, kind, name))
    shown = [_plain(each, asked, kind, each_name) for each_name, each in every.items()]
    counted = {"totalResults": len(shown), "startIndex": 1, "itemsPerPage": len(shown)}
    return Reply(200, {"schemas": [_LIST], **counted, "Resources": shown})


def _plain(resource: Any, asked: Asked, kind: str, name: str) -> Mapping[str, Any]:
    dumped: dict[str, Any] = resource.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
    location = "/".join(filter(None, (asked.base, kind, name)))
    return {**dumped, "meta": {"resourceType": type(resource).__name__, "location": location}}


def _json(body: bytes) -> Any:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidSyntaxException from None
    if not isinstance(said, dict):
        raise InvalidSyntaxException
    _fit(said)
    return said


def _fit(said: Any) -> None:
    """Raises InvalidSyntaxException: no database keeps such texts, and whoever pushes would try again for ever.

    Halves of characters (RFC 8259, section 8.2), and the character without a meaning.
    """
    dumped = json.dumps(said, ensure_ascii=False)
    if "\\u0000" in dumped or any("\ud800" <= each <= "\udfff" for each in dumped):
        raise InvalidSyntaxException


def _not_allowed() -> Reply:
    return Reply(405, _error(405))


def _error(status: int) -> Mapping[str, Any]:
    said: Mapping[str, Any] = Error(status=status).model_dump()
    return said


def _refused(error: Error) -> Reply:
    return Reply(error.status or 400, error.model_dump())
