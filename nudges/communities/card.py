"""What the animators see of a request, and of what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.decide import fields_of, name, number_of
from bot.nudge import Context
from bot.say import Arg, Line, Moment, Pick, Say, Term
from nudges.communities import facts, rules
from nudges.communities.opening import NO_ROOM
from storage import communities
from storage.communities import Community
from storage.requests import Request


async def card(request: Request, ctx: Context) -> Say:
    """The card of a request: what is asked, and the figures that matter for the decision."""
    fields = fields_of(request)
    lines = [*await _asked(request, ctx, fields)]
    if request.state == "waiting":
        land = await facts.landscape(ctx.session)
        lines += [*_figures(land, request, ctx), *_alike(land, request, ctx), *_flags(fields, ctx)]
    opened = await communities.of_request(ctx.session, number_of(request))
    if opened is None:
        return Say(lines=tuple(lines))
    return Say(lines=(*lines, *_became(opened)), choices=await _ways_on(opened, request, ctx))


def _fact(id: str, **args: Arg) -> Line:
    return Line(id=f"community-card-{id}", kind="fact", args=args)


async def _asked(request: Request, ctx: Context, fields: Mapping[str, Any]) -> list[Line]:
    number, called = str(number_of(request)), fields["name"]
    lines = [
        Line(id="community-card-title", kind="title", args={"number": number, "name": called}),
        _fact("who", who=await name(ctx, request.requester_id)),
        _fact("purpose", text=fields["purpose"]),
        _fact("work", text=fields["work"]),
        _fact(
            "kind", kind=Term(term=f"option-{fields['kind']}"), visibility=Term(term=f"option-{fields['visibility']}")
        ),
    ]
    lines += [_fact(each, text=fields[each]) for each in ("reason", "objective") if fields.get(each)]
    if fields.get("language"):
        lines.append(_fact("language", language=Term(term=f"option-{fields['language']}")))
    if fields.get("second"):
        lines.append(_fact("second", who=await name(ctx, fields["second"])))
    if fields.get("invitees"):
        lines.append(_fact("invitees", count=len(fields["invitees"])))
    return [*lines, _fact("review", day=day(fields["review_on"]))]


def day(iso: str) -> Moment:
    """A day of the calendar as an argument: it is the same for every reader, wherever they are."""
    return Moment(at=datetime.fromisoformat(iso).replace(tzinfo=UTC), style="day")


def _figures(land: facts.Landscape, request: Request, ctx: Context) -> list[Line]:
    quota = facts.quota(land, ctx.settings, request)
    lines = [_quota(quota, fields_of(request)["visibility"])]
    if quota.ahead:
        lines.append(Line(id="community-card-ahead", args={"count": quota.ahead}, kind="note"))
    weighed = facts.balance(land, ctx.settings, request)
    lines.append(_balance(weighed, ctx))
    if weighed.out:
        lines.append(
            Line(
                id="community-flag-balance",
                args={"low": ctx.settings.interest_min_percent, "high": ctx.settings.interest_max_percent},
            )
        )
    if quota.over and fields_of(request)["visibility"] == "private":
        lines.append(Line(id="community-flag-quota"))
    return lines


def _balance(weighed: rules.Balance, ctx: Context) -> Line:
    """Communities of both kinds now, what they would become, and the band agreed on: in words, for who is new to it."""
    settings = ctx.settings
    return _fact(
        "balance",
        business=weighed.business,
        interest=weighed.interest,
        percent=weighed.percent,
        low=settings.interest_min_percent,
        high=settings.interest_max_percent,
        least=settings.balance_from,
    )


def _quota(quota: rules.Quota, visibility: str) -> Line:
    """Private communities now ("3 of 12, limit 20 %"), and what they would become."""
    limit = limit_of(quota)
    args: dict[str, Arg] = {"private": quota.private, "total": quota.total, "limit": limit}
    if visibility != "private":
        return _fact("quota", **args)
    return _fact("quota-private", would=quota.would, of=quota.of, **args)


def limit_of(quota: rules.Quota) -> Term:
    """The limit in words: a percentage, or a number while communities are few."""
    if quota.percent is None:
        return Term(term="community-limit-count", args={"limit": quota.limit})
    return Term(term="community-limit-percent", args={"percent": quota.percent})


def _alike(land: facts.Landscape, request: Request, ctx: Context) -> list[Line]:
    fields = fields_of(request)
    others = facts.comparable(land, number_of(request))
    near = rules.alike(fields["name"], fields["purpose"], others, ctx.settings.lookalikes_shown)
    if not near:
        return []
    items = [
        Line(
            id=f"community-alike-{other.key.partition(':')[0]}",
            kind="item",
            args={"name": other.name, "purpose": other.purpose, "number": other.key.partition(":")[2]},
        )
        for other in near
    ]
    return [Line(id="community-card-alike"), *items]


def _flags(fields: Mapping[str, Any], ctx: Context) -> list[Line]:
    return [Line(id=f"community-flag-{flag}") for flag in rules.flags(facts.texts_of(fields), ctx.settings)]


# ---------------------------------------------------------------- once approved


def _became(community: Community) -> list[Line]:
    args: dict[str, Arg] = {"name": community.name}
    if community.state == "opening":
        return [Line(id="community-card-opening", args=args)]
    if community.state == "blocked":
        args |= {"slug": community.slug, "visibility": community.visibility}
        code, _, detail = community.error.partition(":")
        lines = [Line(id=f"community-blocked-{code}", args=args)]
        said = Line(id="community-blocked-detail", args={"detail": detail}, kind="note")
        return lines if detail in {"", NO_ROOM} else [*lines, said]
    return [Line(id="community-card-open", args=args, kind="room", room=community.room)]


async def _ways_on(community: Community, request: Request, ctx: Context) -> tuple[Pick, ...]:
    """What animators can do about an opening that the platform refused."""
    if community.state != "blocked":
        return ()
    value = str(number_of(request))
    retry = Pick(label="community-retry", action="community.retry", value=value)
    adopt = Pick(label="community-adopt", action="community.adopt", value=value, style="primary")
    code = community.error.partition(":")[0]
    if code != "taken":
        return (adopt, retry) if code in {"not-allowed", "not-found"} else (retry,)
    fields = fields_of(request)
    used = facts.slugs(await facts.landscape(ctx.session), but=request.id)
    other = rules.judge_name(
        fields["name"], used | {rules.slugify(fields["name"]), community.slug}, ctx.settings, fields["purpose"]
    ).suggestion
    use = Pick(
        label="community-use-name",
        action="community.name",
        value=f"{value} {other}",
        style="primary",
        args={"name": other},
    )
    return (use, retry) if other else (retry,)
