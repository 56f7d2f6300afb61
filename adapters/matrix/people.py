"""Accounts on Matrix."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal
from zoneinfo import available_timezones

from adapters.matrix.calls import Calls
from adapters.matrix.departed import departed
from adapters.matrix.inbound import server
from adapters.matrix.view import View
from bot.chat import LockedOut, NotAllowed, NotFound, Profile

Json = dict[str, Any]

NAME_LENGTH = 255
FIELD_LENGTH = 4_000  # characters; a server keeps 64 kB of a profile in all (MSC4133)
DEACTIVATED = "M_USER_DEACTIVATED"
"""Of an account that was closed (spec, client-server API, "Common error codes")."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Extended profile fields (MSC4133): time zone per spec v1.16 "m.tz", before that MSC4175; no language is specified yet.
_ZONES = ("m.tz", "us.cloke.msc4175.tz")
_TITLES = ("m.title", "fr.parvis.title")
_LANGUAGES = ("m.language", "fr.parvis.language")


class MatrixPeople:
    """The People part of the port."""

    _calls: Calls
    _view: View
    _servers: frozenset[str]
    _acquaint: Callable[[], Awaitable[None]]

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:  # noqa: ARG002 - none is kept
        """Display name, and what extended fields say. People write these themselves: checked, never trusted.

        Who left is "gone" where the server says so, or where it shows (`departed`). Raises NotFound: there is no such
        account, or no profile of it any more.
        """
        found = await self._told(person)
        if found is None:
            return Profile(id=person, name=_local(person), kind="gone")
        kind = self._kind(person)
        if kind == "member" and await departed(self._calls, self._view, person):
            return described(person, found, "gone")
        return described(person, found, kind)

    async def people(self) -> AsyncIterator[Profile]:
        """Everyone in the bot's rooms: without being administrator a bot sees nobody else."""
        await self._acquaint()
        seen = {self._calls.me}
        for room in list(self._view.rooms):
            try:
                members = await self._calls.joined(room)
            except (NotAllowed, NotFound):
                continue  # left meanwhile
            for person in members:
                if person not in seen:
                    seen.add(person)
                    try:
                        yield await self.profile(person)
                    except (NotAllowed, NotFound):
                        yield Profile(id=person, name=_local(person), kind="gone")

    async def _told(self, person: str) -> Json | None:
        """What the server says of an account; None: it is closed, and it is not the bot's."""
        await self._calls.login()
        try:
            return await self._calls.request("GET", "profile", person)
        except LockedOut as error:
            if error.reason != DEACTIVATED or person == self._calls.me:
                raise
            return None

    async def details(self, person: str) -> Mapping[str, str]:
        """Every field of the profile that is a text, extended ones (MSC4133) under their keys. The server tells nobody
        when they change.
        """
        found = await self._told(person)
        if found is None:
            raise NotFound(DEACTIVATED)
        texts = {key: text.strip()[:FIELD_LENGTH] for key, text in found.items() if isinstance(text, str)}
        return {**{key: text for key, text in texts.items() if text}, **_fields(found)}

    async def group(self, group: str) -> list[str]:  # noqa: ARG002 - the port's signature
        """Matrix has no groups of users; roles come from being in a room."""
        raise NotFound("no_groups")

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:  # noqa: ARG002 - as above
        """Matrix tells nobody until when someone does not want to be disturbed."""
        return None

    def _kind(self, person: str) -> Literal["member", "stranger", "bot"]:
        if person == self._calls.me:
            return "bot"
        return "member" if server(person) in self._servers else "stranger"


@cache
def _known_zones() -> frozenset[str]:
    """Read once: a folder with six hundred files is gone through."""
    return frozenset(available_timezones())


def described(person: str, found: Json, kind: Literal["member", "guest", "stranger", "bot", "gone"]) -> Profile:
    """A profile from the server's answer."""
    zone = next((z for z in (found.get(key) for key in _ZONES) if isinstance(z, str) and z in _known_zones()), "")
    said = next((s for s in (found.get(key) for key in _LANGUAGES) if isinstance(s, str)), "")
    name = found.get("displayname")
    return Profile(
        id=person, name=(name if isinstance(name, str) and name.strip() else _local(person))[:NAME_LENGTH], kind=kind,
        language=said if _LANGUAGE.fullmatch(said) else "", zone=zone, fields=_fields(found),
    )  # fmt: skip


def _fields(found: Json) -> dict[str, str]:
    """The picture, and the job where a server or a client writes one down: no field of it is specified yet."""
    title = next((s for s in (found.get(key) for key in _TITLES) if isinstance(s, str) and s.strip()), "")
    said = {"title": title[:NAME_LENGTH], "picture": "yes" if found.get("avatar_url") else ""}
    return {name: text for name, text in said.items() if text}


def _local(person: str) -> str:
    return person.removeprefix("@").partition(":")[0]
