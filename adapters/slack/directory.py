"""Accounts: `bot.chat.People` on Slack."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from adapters.slack.calls import JSON, Calls
from adapters.slack.identity import Identity
from adapters.slack.inbound import Me
from adapters.slack.text import unescape, visible
from bot.chat import NotAllowed, NotFound, Profile

_FRESH = timedelta(hours=1)  # an event tells of most changes; this is for those that were lost
_KEPT = 10_000
_PAGE = 200  # as recommended (docs: apis/web-api/pagination); ten thousand people are fifty calls
_LABELS_FRESH = timedelta(hours=1)  # fields are an administrator's affair, and seldom change

# What users.list tells of a profile, besides names and pictures, where it is there (reference/objects/user-object).
_STANDARD = ("title", "phone", "pronouns", "real_name", "start_date")


@dataclass(frozen=True, slots=True)
class Told:
    """What Slack told of a user. at: when we heard. updated: when Slack last changed it, in seconds since 1970."""

    profile: Profile
    at: datetime
    updated: int


class SlackPeople:
    """Accounts by their user ids; asked for once, until an event says that they changed."""

    _calls: Calls
    _identity: Identity
    _now: Callable[[], datetime]
    _profiles: dict[str, Told]
    _labels: tuple[Mapping[str, str], datetime] | None

    async def profile(self, person: str, *, since: datetime | None = None) -> Profile:
        """Raises NotFound."""
        known = self._profiles.get(person)
        if known and known.at > self._now() - _FRESH and (since is None or known.at >= since):
            return known.profile
        answer = await self._calls.call("users.info", user=person, include_locale=True)
        return self._keep(answer["user"], await self._identity.me())

    def learn(self, user: JSON) -> None:
        """An event tells what a user is now, who then need not be asked about (reference/events/user_change).

        Events come late and twice: what is older than what is known tells nothing, and of what is of the same second
        nobody can tell which is older.
        """
        known, me = self._profiles.get(user["id"]), self._identity.known
        updated = user.get("updated") or 0
        if known and updated < known.updated:
            return
        self._profiles.pop(user["id"], None)
        if me and "locale" in user and updated and not (known and updated == known.updated):
            with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
                self._keep(user, me)

    def _keep(self, user: JSON, me: Me) -> Profile:
        if len(self._profiles) >= _KEPT:
            self._profiles.clear()
        found = profile(user, me)
        self._profiles[found.id] = Told(found, self._now(), user.get("updated") or 0)
        return found

    async def people(self) -> AsyncIterator[Profile]:
        """Every account, gone ones and programs included."""
        me = await self._identity.me()
        async for user in self._calls.pages("users.list", "members", include_locale=True, limit=_PAGE):
            yield self._keep(user, me) if user["id"] in self._profiles else profile(user, me)

    async def details(self, person: str) -> Mapping[str, str]:
        """Custom fields by their id and by their label, besides what the list tells.

        Not with `include_labels`, which Slack slows down heavily (reference/methods/users.profile.get): what fields
        are called is asked once for all (team.profile.get). Values are as kept: of a field for people, their ids.
        """
        about = (await self._calls.call("users.profile.get", user=person))["profile"]
        held = custom(about)
        labels = await self._called() if held else {}
        by_label = {label: held[id_] for label, id_ in labels.items() if id_ in held}
        return {**by_label, **_fields(about), **held}

    async def _called(self) -> Mapping[str, str]:
        """Label -> id of each custom field; {} where the workspace does not tell. Of one label, the first has it."""
        if self._labels is None or self._labels[1] <= self._now() - _LABELS_FRESH:
            try:
                answer = await self._calls.call("team.profile.get")
            except NotAllowed:
                return {}
            fields = sorted(answer["profile"].get("fields") or (), key=lambda field: -(field.get("ordering") or 0))
            labels = {unescape(field.get("label") or ""): str(field["id"]) for field in fields}
            self._labels = labels, self._now()
        return self._labels[0]

    async def group(self, group: str) -> list[str]:
        """The accounts in a user group. group: its id ("S…") or its handle. Raises NotFound."""
        answer = await self._calls.ask("usergroups.users.list", usergroup=group)
        if not answer.get("ok"):
            answer = await self._calls.call("usergroups.users.list", usergroup=await self._group_id(group))
        return [str(user) for user in answer["users"]]

    async def _group_id(self, handle: str) -> str:
        answer = await self._calls.call("usergroups.list")
        for group in answer.get("usergroups") or ():
            if handle.removeprefix("@") in {group.get("handle"), group.get("name"), group["id"]}:
                return str(group["id"])
        raise NotFound("no_such_subteam")

    async def undisturbed(self, person: str, now: datetime) -> datetime | None:
        """The end of a snooze, or of the hours without notifications that the person set."""
        answer = await self._calls.call("dnd.info", user=person)
        at, ends = now.timestamp(), []
        if answer.get("snooze_enabled"):
            ends.append(float(answer.get("snooze_endtime") or 0))
        if answer.get("dnd_enabled") and float(answer["next_dnd_start_ts"]) <= at:
            ends.append(float(answer["next_dnd_end_ts"]))
        latest = max(ends, default=0.0)
        return datetime.fromtimestamp(latest, UTC) if latest > at else None


def profile(user: JSON, me: Me) -> Profile:
    """A user object as a profile. (docs.slack.dev, reference/objects/user-object)"""
    about = user.get("profile") or {}
    name = about.get("display_name") or about.get("real_name") or user.get("real_name") or user.get("name") or ""
    return Profile(
        id=user["id"],
        name=visible(unescape(name)) or user["id"],
        kind=_kind(user, me),
        language=user.get("locale") or "",
        zone=user.get("tz") or "",
        email=about.get("email") or "",
        fields=_fields(about),
    )


def _fields(about: JSON) -> dict[str, str]:
    """What the profile holds besides. `is_custom_image` is there only when the person chose a picture."""
    said = {name: unescape(str(about.get(name) or "")).strip() for name in _STANDARD}
    said["picture"] = "yes" if about.get("is_custom_image") else ""
    return {name: text for name, text in said.items() if text}


def custom(about: JSON) -> dict[str, str]:
    """The custom fields that hold something: id -> value. Where there are none, Slack writes null, or an empty list."""
    fields = about.get("fields") or {}
    held = {str(id_): unescape(str(field.get("value") or "")).strip() for id_, field in dict(fields).items()}
    return {id_: value for id_, value in held.items() if value}


def _kind(user: JSON, me: Me) -> Literal["member", "guest", "stranger", "bot", "gone"]:
    if user.get("is_bot") or user["id"] == "USLACKBOT":  # Slack does not mark Slackbot as one
        return "bot"
    if user.get("is_stranger") or not _at_home(user, me):
        return "stranger"
    if user.get("deleted"):
        return "gone"
    return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else "member"


def _at_home(user: JSON, me: Me) -> bool:
    """Of this workspace, or of another workspace of the same organisation."""
    organisation = (user.get("enterprise_user") or {}).get("enterprise_id")
    return user.get("team_id") in {me.team, None} or bool(me.enterprise and organisation == me.enterprise)
