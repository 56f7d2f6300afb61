"""Who may do what, as the bot itself decides it: the rights that capabilities declare, the roles in the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from rapidfuzz import process
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.opening import Desk, opened
from bot.cli.voice import Voice
from bot.config import Config
from bot.lookup import Lookup
from bot.nudge import Role
from bot.words import slug
from storage import people
from storage.database import Store
from storage.people import Person


async def who_can(desk: Desk, action: str, now: datetime) -> int:
    """Show the roles that may do something ("" for everything) and who has them. Nobody at all: FOUND.

    Raises Wrong for an unknown action.
    """
    voice = desk.voice
    async with opened(desk) as store:
        lookup = _lookup(desk.config, store, now)
        rights = lookup.rights()
        asked = {action: rights[action]} if (action := _known(lookup, action, voice)) else rights
        headings = [voice(f"cli-column-{name}") for name in ("action", "does", "roles")]
        anyone = {name: [voice("cli-rights-anyone")] for name in lookup.open_to_anyone()}
        who = {name: ", ".join([*_roles(by), *anyone.get(name, [])]) for name, by in asked.items()}
        show.table(headings, [(name, _does(name, voice), who[name]) for name in asked])
        by = {role for each in asked.values() for role in each}
        async with store.read() as session:
            rows = [row for role in Role if role in by for row in await _having(session, desk, role)]
    show.line("")
    if not rows:
        show.line(voice("cli-rights-nobody"))
        return FOUND
    show.table([voice(f"cli-column-{name}") for name in ("role", "who", "accounts", "from")], rows)
    return FINE


def _lookup(config: Config, store: Store, now: datetime) -> Lookup:
    """Of the bot as it would run, its own commands with it; nothing of it is started."""
    return App(config, store, {}, lambda: now).parts.lookup


def _known(lookup: Lookup, action: str, voice: Voice) -> str:
    """The declared name of what was asked for, however it was written; "" for everything."""
    rights = lookup.rights()
    if not action or action in rights:
        return action
    found = lookup.typed(action.replace(".", " "))
    if found is not None and not found.rest and found.id in rights:
        return found.id
    near = process.extractOne(action, list(rights), score_cutoff=55)
    if near:
        raise Wrong(voice("cli-rights-unknown-near", action=action, near=near[0]))
    raise Wrong(voice("cli-rights-unknown", action=action))


def _does(action: str, voice: Voice) -> str:
    """What an action is for, in words: those of its command, of its choice, or of the form's title."""
    kind, _, form = action.partition(" ")
    if form:
        return voice("cli-rights-fills", title=voice(f"form-{slug(form)}.title"))
    known = (f"command-{slug(kind)}", f"choice-{slug(kind)}")
    return next((voice(name) for name in known if voice.has(name)), "")


def _roles(by: Collection[Role]) -> list[str]:
    return [role for role in Role if role in by]


async def _having(session: AsyncSession, desk: Desk, role: Role) -> list[tuple[str, ...]]:
    if role is Role.EMPLOYEE:
        known = await people.members(session)
        return [(role, desk.voice("cli-rights-everyone", number=known), "", "")] if known else []
    rows = []
    held = await people.holders(session, role)
    for person_id, sources in held.items():
        person = await session.get(Person, person_id)
        accounts = [f"{each.platform}:{each.external_id}" for each in await people.accounts(session, person_id)]
        name = person.name if person and person.name else desk.voice("cli-rights-person", number=person_id)
        rows.append((role, name, ", ".join(accounts), ", ".join(_source(each, desk.voice) for each in sources)))
    read = {source for sources in held.values() for source in sources}
    return rows + await _to_come(session, desk, role, {row[2] for row in rows}) + _unread(desk, role, read)


def _unread(desk: Desk, role: Role, read: Collection[str]) -> list[tuple[str, ...]]:
    """Groups and rooms that the settings name, and in which nobody was found: whoever is there may have the role."""
    why = desk.voice("cli-rights-from-unread")
    named = [(grant, f"{grant.kind}:{grant.id}") for grant in desk.config.roles.of(role) if grant.kind != "account"]
    return [(role, "", f"{grant.platform}:{source}", why) for grant, source in named if source not in read]


async def _to_come(session: AsyncSession, desk: Desk, role: Role, shown: Collection[str]) -> list[tuple[str, ...]]:
    """Accounts that the settings name, and the bot has not met: they have the role from its next start."""
    voice = desk.voice
    known = {account for accounts in shown for account in accounts.split(", ")}
    rows: list[tuple[str, ...]] = []
    for grant in desk.config.roles.of(role):
        account = f"{grant.platform}:{grant.id}"
        if grant.kind == "account" and account not in known:
            met = await people.account(session, grant.platform, grant.id)
            vain = met is not None and met.kind != "member"
            why = voice("cli-rights-from-vain", kind=met.kind) if met and vain else voice("cli-rights-from-next")
            rows.append((role, met.name if met else voice("cli-rights-not-met"), account, why))
    return rows


def _source(source: str, voice: Voice) -> str:
    return voice("cli-rights-from-settings") if source == "config" else source
