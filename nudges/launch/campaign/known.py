"""What the names in a plan mean: who are leaders, which departments and communities there are, who people are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import people
from bot.lookup import fold
from bot.nudge import Context, Role
from nudges.launch import audience
from nudges.launch.asking import listed
from nudges.launch.campaign.plan import Planned
from nudges.launch.campaign.settling import Known
from nudges.launch.settings import Settings
from storage import communities, releases, roster
from storage import people as rows


async def read(ctx: Context, lines: Iterable[Planned]) -> Known:
    """What the names in these lines mean now."""
    settings: Settings = ctx.settings
    leaders = await people.with_role(ctx.session, Role.LEADER)
    named: dict[str, set[int]] = {}
    for person, names in (await called(ctx.session, leaders)).items():
        for each in names:
            named.setdefault(fold(each), set()).add(person)
    shown = [await people.name(ctx.session, each) for each in leaders]
    return Known(named, shown, await _audience(ctx, lines), settings.sign_in, usual(ctx))


def usual(ctx: Context) -> tuple[str, ...]:
    """Where announcements are said of which no plan says it."""
    settings: Settings = ctx.settings
    return tuple(each for each in settings.media if each != "mail" or ctx.addressed)


async def called(session: AsyncSession, persons: Sequence[int]) -> dict[int, set[str]]:
    """What each of these people may be called: their name, an account ("acme:U1"), an address, a staff number."""
    entries = await roster.of_people(session, persons)
    found: dict[int, set[str]] = {}
    for person in persons:
        names = {await people.name(session, person)}
        for each in await rows.accounts(session, person):
            names |= {each.name, each.email, f"{each.platform}:{each.external_id}"}
        if entry := entries.get(person):
            names |= {entry.name, entry.email, entry.key}
        found[person] = names - {""}
    return found


async def whoever(ctx: Context, word: str, *roles: Role) -> set[int]:
    """Those of some roles whom a word means."""
    persons = sorted({each for role in roles for each in await people.with_role(ctx.session, role)})
    return {
        person
        for person, names in (await called(ctx.session, persons)).items()
        if fold(word.removeprefix("@")) in {fold(each) for each in names}
    }


async def _audience(ctx: Context, lines: Iterable[Planned]) -> audience.Known:
    wanted = [
        name for line in lines for part in audience.split(line.audience) if part for name in audience.wanted(part)
    ]
    places = [
        audience.Place(each.id or 0, each.name, each.slug, closed=each.state == "closed")
        for each in (*await communities.listed(ctx.session), *await communities.closed(ctx.session))
    ]
    found: dict[str, set[int]] = {}
    for name in dict.fromkeys(wanted):
        for platform in ctx.platforms:
            for account in await rows.members_called(
                ctx.session, platform, [rows.called(name.removeprefix("@")), name]
            ):
                found.setdefault(name, set()).add(account.person_id)
    lines_of: dict[str, list[int]] = {}
    for name, (theirs, lines_, _) in (await listed(ctx.session, list(dict.fromkeys(wanted)))).items():
        found.setdefault(name, set()).update(theirs)
        lines_of[name] = lines_
    departments = sorted(each for each in await releases.sizes(ctx.session) if each)
    return audience.Known(departments, places, {name: sorted(who) for name, who in found.items()}, lines_of)
