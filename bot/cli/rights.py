"""Who may do what, as the bot itself decides it: the rights that capabilities declare, the roles in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from rapidfuzz import process
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import opened
from bot.config import Config
from bot.lookup import Lookup
from bot.nudge import Role
from storage import people
from storage.database import Store
from storage.people import Person


async def who_can(config: Config, action: str, now: datetime) -> int:
    """Show the roles that may do something ("" for everything) and who has them. Nobody at all: FOUND.

    Raises Wrong for an unknown action.
    """
    async with opened(config) as store:
        lookup = _lookup(config, store, now)
        rights = lookup.rights()
        asked = {action: rights[action]} if (action := _known(lookup, action)) else rights
        show.table(("action", "roles"), [(name, _roles(by)) for name, by in asked.items()])
        by = {role for each in asked.values() for role in each}
        async with store.read() as session:
            rows = [row for role in Role if role in by for row in await _having(session, config, role)]
    show.line("")
    if not rows:
        show.line("Nobody has one of these roles.")
        return FOUND
    show.table(("role", "who", "accounts", "from"), rows)
    return FINE


def _lookup(config: Config, store: Store, now: datetime) -> Lookup:
    """Of the bot as it would run, its own commands with it; nothing of it is started."""
    return App(config, store, {}, lambda: now).parts.lookup


def _known(lookup: Lookup, action: str) -> str:
    """The declared name of what was asked for, however it was written; "" for everything."""
    rights = lookup.rights()
    if not action or action in rights:
        return action
    found = lookup.typed(action.replace(".", " "))
    if found is not None and not found.rest and found.id in rights:
        return found.id
    near = process.extractOne(action, list(rights), score_cutoff=55)
    raise Wrong(f'no action is called "{action}"' + (f"; did you mean {near[0]}?" if near else "; see parvis who-can"))


def _roles(by: Collection[Role]) -> str:
    return ", ".join(role for role in Role if role in by)


async def _having(session: AsyncSession, config: Config, role: Role) -> list[tuple[str, ...]]:
    if role is Role.EMPLOYEE:
        known = await people.members(session)
        return [(role, f"every member of the organisation ({known} known)", "", "")] if known else []
    rows = []
    for person_id, sources in (await people.holders(session, role)).items():
        person = await session.get(Person, person_id)
        accounts = [f"{each.platform}:{each.external_id}" for each in await people.accounts(session, person_id)]
        name = person.name if person and person.name else f"person {person_id}"
        rows.append((role, name, ", ".join(accounts), ", ".join(_source(each) for each in sources)))
    return rows + await _to_come(session, config, role, {row[2] for row in rows})


async def _to_come(session: AsyncSession, config: Config, role: Role, shown: Collection[str]) -> list[tuple[str, ...]]:
    """Accounts that the settings name, and the bot has not met: they have the role from its next start."""
    known = {account for accounts in shown for account in accounts.split(", ")}
    rows: list[tuple[str, ...]] = []
    for grant in config.roles.of(role):
        account = f"{grant.platform}:{grant.id}"
        if grant.kind == "account" and account not in known:
            met = await people.account(session, grant.platform, grant.id)
            is_member = met is None or met.kind == "member"
            why = "settings, from the next start" if is_member else f"settings, without effect: a {met and met.kind}"
            rows.append((role, met.name if met else "(not met yet)", account, why))
    return rows


_SOURCES: Mapping[str, str] = {"config": "settings"}


def _source(source: str) -> str:
    return _SOURCES.get(source, source)
