"""To whom what happens to a community is told, and whether it was said yet."""

from __future__ import annotations

import hashlib

from bot import people
from bot.nudge import Context, Role, To, Wait
from bot.say import Say
from storage import outbox
from storage.communities import Community

SOON, LATEST = 0.1, 1.0
"""Seconds until it is looked at again whether something was said: at first, and once it takes long."""


def to_person(person: int, community: Community) -> To:
    """A person, preferably where the community lives."""
    return To(person=person, platform=community.platform)


def to_room(community: Community) -> To:
    """Everybody in a community."""
    return To(room=community.room, platform=community.platform)


async def tell_room(ctx: Context, community: Community, say: Say, name: str) -> None:
    """Say something in a community, in the room's language."""
    language = community.language or ctx.language
    await ctx.outbox.tell(to_room(community), say, name=name, kind="decision", language=language)


async def tell_animators(ctx: Context, say: Say, name: str) -> None:
    """Say something once in each room of the animators; to each of them where they have no room."""
    rooms = ctx.rooms.get(Role.ANIMATOR, ())
    for each in rooms:
        where = hashlib.blake2s(each.room.encode(), digest_size=6).hexdigest()
        await ctx.outbox.tell(
            To(room=each.room, platform=each.platform),
            say,
            name=f"{name}:{each.platform}:{where}",
            kind="decision",
            language=each.language,
        )
    for person in [] if rooms else await people.with_role(ctx.session, Role.ANIMATOR):
        await ctx.outbox.tell(To(person=person), say, name=f"{name}:person:{person}", kind="decision")


async def until_said(ctx: Context, name: str) -> None:
    """Raises `Wait` while a promise is still to be kept: what follows would take away the room to say it in."""
    promise = (await outbox.named(ctx.session, [name])).get(name)
    if promise is not None and promise.state in {"later", "todo", "going"}:
        raise Wait(min(max((ctx.now - promise.created_at).total_seconds(), SOON), LATEST))


def charter_name(community: Community) -> str:
    """The promise by which a community's charter was said."""
    return f"opening:{community.request_id}:charter" if community.request_id else f"adopted:{community.id}:charter"
