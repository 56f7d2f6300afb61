"""Renaming a community: on the platform first, then here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.nudge import Asking, Context, Refused, SequenceSpec, Step
from bot.say import Line
from nudges.communities import facts, rules
from nudges.communities.capability import nudge
from nudges.communities.forms import LONGEST_NAME, name_args
from nudges.communities.life import changes as life
from nudges.communities.life import rights
from nudges.communities.open import coded
from storage.changes import Change, detail_of
from storage.communities import Community

RENAME = "community.rename"


async def _read(ctx: Context | Asking, community: Community, words: str) -> dict[str, Any]:
    """The new name. Raises Refused: it is not fit for one, or taken."""
    wanted = rules.tidy(words)[:LONGEST_NAME]
    if wanted == community.name:
        raise Refused("life-rename-same", name=community.name)
    land = await facts.landscape(ctx.session)
    taken = facts.slugs(land, own=community.id)
    verdict = rules.judge_name(wanted, taken, ctx.settings, community.purpose, land.former)
    if verdict.code:
        raise Refused(f"community-name-{verdict.code}", **name_args(wanted, verdict, ctx.settings))
    slug = rules.slugify(wanted)
    return {"name": wanted, "slug": slug, "old": community.name, "old_slug": community.slug}


async def _lines(_ctx: Context, community: Community, change: Change) -> list[Line]:
    args = life.args_of(community, change)
    return [Line(id=f"life-rename-{what}", kind="item", args=args) for what in ("what", "links", "former")]


async def _begin(ctx: Context, community: Community, change: Change) -> None:
    detail = detail_of(change)
    await life.start(ctx, community, change, RENAME, slug=detail["slug"], title=detail["name"])


async def _back(ctx: Context, community: Community, change: Change) -> None:
    """Raises Refused: its former name is another's by now, or it is closed: what is archived keeps its name."""
    if community.state not in rights.OPEN:
        raise Refused("life-not-open", name=community.name)
    detail = detail_of(change)
    if detail["old_slug"] in facts.slugs(await facts.landscape(ctx.session), own=community.id):
        raise Refused("life-undo-taken", name=community.name, old=detail["old"])
    await life.start(ctx, community, change, RENAME, slug=detail["old_slug"], title=detail["old"])


async def _rename(state: Mapping[str, Any], platform: Any) -> Mapping[str, Any]:
    await platform.rename(state["room"], state["slug"], state["title"])
    return {}


async def renamed(state: Mapping[str, Any], ctx: Context) -> None:
    """The room has its new name: so does the community."""
    change, community = await life.place(ctx, state)
    community.name, community.slug, community.shown = state["title"], state["slug"], state["slug"]
    ctx.session.add(community)
    await ctx.session.flush()
    await life.finish(ctx, change, community)


async def _refused(state: Mapping[str, Any], code: str, ctx: Context) -> None:
    change, community = await life.place(ctx, state)
    args = {"name": state["title"], "slug": state["slug"], "old": community.name}
    if code.startswith("not-allowed"):
        await life.stuck(ctx, change, community, code, Line(id="life-stuck-rename", args=args))
        return
    known = "taken" if code.startswith("taken") else "gone" if code.startswith("not-found") else "failed"
    await life.refused(ctx, change, community, Line(id=f"life-refused-{known}", args=args))


life.VERBS["rename"] = life.Verb("rename", _read, _lines, _begin, _back, question="name")
nudge.sequences[RENAME] = SequenceSpec(RENAME, (Step("rename", run=coded(_rename), done=renamed),), _refused)
