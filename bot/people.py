"""One person, many accounts; who they are when they act, and what they may do."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.calendar import is_zone
from bot.chat import Command, Event, HomeOpened, Profile, Submission, Unreadable, VerificationAsked
from bot.lookup import account_id
from bot.nudge import Actor, Role
from storage import erased, roster
from storage import people as rows
from storage.people import Account, Person

LENT = ("deputy:", "community:")
"""How the sources of roles begin that do not come from the settings."""

FRESH = timedelta(hours=24)
"""How long a profile read from a platform is believed, when no event says that it changed."""


WORK = ("title", "department")
"""The fields of a profile that say what somebody does; what people write to one another says nothing here."""

WORK_MAX = 300
"""Characters of it that are kept."""

SPOKEN = (Command, Submission, HomeOpened, Unreadable, VerificationAsked)
"""Events by which somebody who was erased is met anew: a button of an old message, or what others tell, is no word."""

NAME_WORDS = 5
"""Words of the longest name that is recognised within a list without commas."""

NAMED_WORDS = 200
"""Words of the longest list of people that is looked at: far more than any form lets one name."""


async def stale(session: AsyncSession, platform: str, external: str, now: datetime) -> bool:
    """Whether the platform should be asked who this account is. Who does something is not gone, or no longer."""
    known = await rows.account(session, platform, external)
    return known is None or known.kind == "gone" or known.checked_at is None or known.checked_at < now - FRESH


async def kinds(session: AsyncSession, platform: str, externals: Iterable[str], now: datetime) -> dict[str, str]:
    """What accounts are, those alone that were looked at lately: external id -> kind.

    Who was erased, and has not spoken since, is "unknown": a colleague who names them does not bring them back.
    """
    named = list(externals)
    found = [each for each in [await rows.account(session, platform, each) for each in named] if each]
    gone = await erased.among(session, platform, named) - {each.external_id for each in found}
    fresh = now - FRESH
    known = {each.external_id: each.kind for each in found if each.checked_at and each.checked_at >= fresh}
    return dict.fromkeys(gone, "unknown") | known


@dataclass(frozen=True, slots=True)
class Named:
    """The people that a text names. accounts: their ids, each once; what is nobody's name stays as it was typed.

    names: account -> what its person is called. doubtful: a name that several have -> their accounts.
    beyond: how many words the text has, where they are too many; it names nobody then, rather than some of them.
    """

    accounts: tuple[str, ...]
    names: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    beyond: int = 0


async def named(session: AsyncSession, platform: str, text: str) -> Named:
    """Whom a text names: accounts as their platform calls them, or whole names of members met before.

    text: names or accounts between commas; between spaces too, where no longer name fits ("Ana Martin bob").
    """
    chunks = [each.split() for each in re.split("[,;\n]", text)]
    if (words := sum(map(len, chunks))) > NAMED_WORDS:
        return Named((), {}, {}, beyond=words)
    ids = {account_id(word) for chunk in chunks for word in chunk}
    wanted = ids | {rows.called(run) for chunk in chunks for run in _runs(chunk)}
    known = await rows.members_called(session, platform, wanted)
    by_name: dict[str, list[str]] = {}
    for each in known:
        by_name.setdefault(each.called, []).append(each.external_id)
    found: dict[str, None] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for chunk in chunks:
        for said, theirs in _taken(chunk, by_name, {each.external_id for each in known}):
            found |= dict.fromkeys(theirs if len(theirs) == 1 else ())
            if len(theirs) > 1:
                doubtful[said] = tuple(theirs)
    return Named(tuple(found), {each.external_id: each.name for each in known if each.name}, doubtful)


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Every few neighbouring words of a list that may be one name."""
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + NAME_WORDS, len(words)) + 1):
            yield " ".join(words[begin:end]).removeprefix("@")


def _taken(
    words: Sequence[str], by_name: Mapping[str, list[str]], known: Container[str]
) -> Iterator[tuple[str, list[str]]]:
    """What a list of words names, the longest name first: what was said, and the accounts it may mean."""
    left = list(words)
    while left:
        if account_id(left[0]) in known:
            yield left[0], [account_id(left.pop(0))]
            continue
        for length in range(min(NAME_WORDS, len(left)), 0, -1):
            said = " ".join(left[:length]).removeprefix("@")
            theirs = by_name.get(rows.called(said))
            if theirs or length == 1:
                yield said, theirs or [account_id(left[0])]
                del left[:length]
                break


async def find(session: AsyncSession, platform: str, external: str, now: datetime, name: str = "") -> int:
    """The id of the person behind an account; the account is created when it was never seen."""
    known = await rows.account(session, platform, external)
    if known is None:
        known = await rows.add(session, platform, external, name or external, now)
    return known.person_id


async def update(session: AsyncSession, platform: str, profile: Profile, now: datetime) -> Account:
    """Write what a platform says of an account, and return its row."""
    known = await rows.account(session, platform, profile.id)
    if known is None:
        known = await rows.add(session, platform, profile.id, profile.name, now)
    _tell(known, profile, now)
    session.add(known)
    await _heed_objections(session, [known])
    await session.flush()
    return known


async def update_all(
    session: AsyncSession, platform: str, profiles: Sequence[Profile], now: datetime
) -> list[tuple[Account, Profile]]:
    """Write what a platform says of many accounts, in a handful of statements. Members are written; of all others
    nothing new is kept, but who was a member is so no longer. Nor is anything of who was erased, until they speak.
    """
    ids = [each.id for each in profiles]
    known = await rows.known(session, platform, ids)
    gone = await erased.among(session, platform, ids)
    new = {each.id: each.name for each in profiles if each.kind == "member" and each.id not in {*known, *gone}}
    known |= await rows.add_all(session, platform, new, now)
    told = [(known[each.id], each) for each in profiles if each.id in known]
    for account, profile in told:
        _tell(account, profile, now)
    await _heed_objections(session, [account for account, _ in told])
    await session.flush()
    return told


async def _heed_objections(session: AsyncSession, accounts: Sequence[Account]) -> None:
    objecting = await rows.objecting(session, [each.person_id for each in accounts if each.work])
    for account in accounts:
        if account.person_id in objecting:
            account.work = ""


def _tell(known: Account, profile: Profile, now: datetime) -> None:
    known.name, known.called, known.kind = profile.name, rows.called(profile.name), profile.kind
    # A profile of which a part was left out says nothing of that part.
    if "fields" in profile.model_fields_set:
        known.work = " ".join(profile.fields[each] for each in WORK if profile.fields.get(each))[:WORK_MAX]
    if "email" in profile.model_fields_set:
        known.email = profile.email.strip().casefold()
    if profile.kind not in {"member", "gone"}:  # of others no more is kept than it takes to answer them
        known.work = known.email = ""
    known.language, known.checked_at = profile.language, now
    known.gone_at = (known.gone_at or now) if profile.kind != "member" else None
    if profile.kind == "gone":  # who comes back may speak with the bot in another room
        known.direct_room = ""
    # A zone that the calendar does not know would fail wherever it is used.
    known.zone = profile.zone if is_zone(profile.zone) else ""


async def account_for(session: AsyncSession, person_id: int, platform: str = "") -> Account | None:
    """The account by which to reach a person: on the platform preferred, else the one used last. None: nobody there."""
    return _preferred(await rows.accounts(session, person_id), platform)


def _preferred(theirs: Sequence[Account], platform: str) -> Account | None:
    return next((each for each in theirs if each.platform == platform), theirs[0] if theirs else None)


async def name(session: AsyncSession, person_id: int) -> str:
    """What a person is called, by the account used last. Raises LookupError."""
    person, account = await _person(session, person_id), await account_for(session, person_id)
    return (account.name if account else "") or person.name


async def current(session: AsyncSession, person_id: int) -> int:
    """The person that an id means now: somebody may have turned out to be another one since it was written down."""
    person = await session.get(Person, person_id)
    return person.joined_to or person_id if person else person_id


async def used(session: AsyncSession, who: Actor, now: datetime) -> None:
    """Note that somebody uses an account for the first time; and which, where they have several: there they are told
    what is to come.
    """
    theirs = await rows.accounts(session, who.person)
    for account in theirs:
        if account.id == who.account and (account.used_at is None or theirs[0].id != who.account):
            account.used_at = now
            session.add(account)
            await session.flush()


async def reader(session: AsyncSession, person_id: int, platform: str = "") -> tuple[str, str]:
    """A person's language and zone: what they chose, else what their account says, else the company's list of its
    people; "" for the defaults.
    """
    person = await session.get(Person, await current(session, person_id))
    return await _reads(session, person, await account_for(session, person_id, platform))


async def _reads(session: AsyncSession, person: Person | None, account: Account | None) -> tuple[str, str]:
    language = (person.language if person else "") or (account.language if account else "")
    zone = (person.zone if person else "") or (account.zone if account else "")
    if person is None or (language and zone):
        return language, zone
    listed = await roster.reads(session, person.id or 0)
    return language or listed[0], zone or (listed[1] if is_zone(listed[1]) else "")


async def roles(session: AsyncSession, person_id: int) -> frozenset[Role]:
    """What a person may act as. Without a member's account they have no role at all, whatever was granted."""
    return await _roles(session, await current(session, person_id), await rows.accounts(session, person_id))


async def _roles(session: AsyncSession, person_id: int, theirs: Sequence[Account]) -> frozenset[Role]:
    if not theirs:
        return frozenset()
    return frozenset({Role.EMPLOYEE} | {Role(role) for role in await rows.grants(session, person_id)})


async def with_role(session: AsyncSession, role: Role) -> list[int]:
    """The people who have a role."""
    return await rows.granted(session, role)


async def actor(session: AsyncSession, person_id: int, platform: str = "") -> Actor:
    """A person as someone who acts, seen through their account on that platform. Raises LookupError."""
    person = await _person(session, person_id)
    now = await _person(session, person.joined_to) if person.joined_to else person
    theirs = await rows.accounts(session, person_id)
    account = _preferred(theirs, platform)
    language, zone = await _reads(session, now, account)
    return Actor(
        person=person_id,
        account=(account.id or 0) if account else 0,
        platform=account.platform if account else platform,
        external=account.external_id if account else "",
        name=(account.name if account else "") or person.name,
        roles=await _roles(session, now.id or 0, theirs),
        language=language,
        zone=zone,
    )


async def _person(session: AsyncSession, person_id: int) -> Person:
    person = await session.get(Person, person_id)
    if person is None:
        raise LookupError(f"no person {person_id}")
    return person


async def resolve(session: AsyncSession, platform: str, external: str, profile: Profile | None, now: datetime) -> Actor:
    """Who acted: the person behind an account, with the roles of that account's kind.

    profile: what the platform just said of the account, or None when what is known is fresh enough.
    """
    if profile is not None:
        await update(session, platform, profile, now)
    used = await rows.account(session, platform, external)
    used = used or await rows.add(session, platform, external, external, now)
    acting = await actor(session, used.person_id, platform)
    return replace(
        acting,
        account=used.id or 0,
        platform=platform,
        external=external,
        name=used.name,
        roles=acting.roles if used.kind == "member" else frozenset(),
        language=acting.language or used.language,
        zone=acting.zone or used.zone,
    )


async def known(session: AsyncSession, platform: str, external: str) -> Actor | None:
    """Who an account belongs to, if it was ever seen; reads only."""
    used = await rows.account(session, platform, external)
    if used is None:
        return None
    acting = await actor(session, used.person_id, platform)
    return acting if used.kind == "member" else replace(acting, roles=frozenset())


async def follow(session: AsyncSession, role: Role, source: str, person_id: int, inside: bool) -> None:
    """Someone entered or left a room whose members have a role: give it, or take it back."""
    await (rows.give if inside else rows.take)(session, role, source, person_id)


async def keep_grants(session: AsyncSession, configured: Iterable[tuple[Role, str]]) -> None:
    """Take back what the settings no longer give. configured: (role, source); what the bot itself lent stays."""
    await rows.keep_grants(session, {(str(role), source) for role, source in configured}, LENT)


async def grant(
    session: AsyncSession, role: Role, source: str, members: Mapping[str, list[str]], now: datetime
) -> None:
    """Give a role to exactly these accounts. source: where the right comes from. members: platform -> external ids."""
    given = []
    for platform, external in ((platform, each) for platform, all_ in members.items() for each in all_):
        if await is_erased(session, platform, external):
            continue  # until they speak: then they are met, and given it at the next look
        person = await find(session, platform, external, now)
        if not await _by_another(session, platform, external):
            given.append(person)
    await rows.set_grants(session, role, source, given)


async def is_there(session: AsyncSession, person_id: int) -> bool:
    """Whether anything but a number is left of a person."""
    person = await session.get(Person, person_id)
    return person is not None and person.name != rows.NOBODY


async def objects(session: AsyncSession, person_id: int) -> bool:
    """Whether a person objected: nothing of their profile is kept. For what is kept, never for what is shown."""
    person = await session.get(Person, await current(session, person_id))
    return person is not None and person.objected_at is not None


async def stays_erased(session: AsyncSession, event: Event) -> bool:
    """Whether an event is about somebody who was erased, and does not bring them back."""
    return not isinstance(event, SPOKEN) and await is_erased(session, event.platform, event.by)


async def is_erased(session: AsyncSession, platform: str, external: str) -> bool:
    """Whether somebody asked to be erased and has not spoken since: nothing of what others tell of them is kept."""
    known = await rows.account(session, platform, external)
    return known is None and await erased.is_erased(session, platform, external)


async def _by_another(session: AsyncSession, platform: str, external: str) -> bool:
    """Whether an account is no member and its person has another that is, which must not have this one's rights."""
    known = await rows.account(session, platform, external)
    return known is not None and known.kind != "member" and bool(await rows.accounts(session, known.person_id))
