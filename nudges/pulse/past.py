"""Counts what happened before the bot came, and while it was away, as far as platforms still tell.

Page by page, one community of a platform at a time. What a page tells is counted, and where the next one is written
down, in one transaction: a process that dies in between reads that page again, and counts nothing twice. A page is in
memory only; of what people wrote nothing is in it. Once a stretch is done, its days are frozen as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot import people
from bot.chat import NotAllowed, NotFound, Past, Profile
from bot.nudge import Context, SequenceSpec, Step
from nudges.pulse import activation, days, stretches
from nudges.pulse.capability import nudge
from nudges.pulse.counting import Tally, presence_since
from storage import backfill, communities, erased, frozen
from storage import people as rows
from storage.communities import OPENED, Community
from storage.pulse import PulseBackfill, PulseDay, PulseGap

PAST = "pulse.past"
_DAY = timedelta(days=1)
_UNTOLD: Mapping[str, tuple[str, ...]] = {
    "reacted": ("reactions",), "joined": ("joins", "leaves"), "read": ("reads",), "replied": ("replies",),
}  # fmt: skip
_BEFORE = 35
"""Days before an absence of which one must have been told, so that it is known how many were there."""

State = Mapping[str, Any]


@nudge.every(minutes=1)
async def listening(ctx: Context) -> None:
    """Note that platforms are listened to: so often that a few minutes without are seen (`stretches.AWAY`)."""
    await days.listen(ctx)


@nudge.every(minutes=5)
async def look_back(ctx: Context) -> None:
    """Note which communities were there before they were heard; go on with what is to be counted of the past."""
    if not ctx.settings.past_days:
        return
    heard, arrived = await frozen.heard(ctx.session), await backfill.arrived(ctx.session)
    every = {each.id or 0: each for each in await frozen.communities(ctx.session) if each.id not in arrived}
    found = []
    for each in await backfill.begun(ctx.session, every) if every else ():
        platform = heard.get(each.platform)
        until = stretches.heard_since(each, platform.since) if platform else None
        if until is not None:
            since = stretches.earliest(ctx, until)
            found.append(PulseBackfill(community_id=each.community, since=since, until=until, changed_at=ctx.now))
    await backfill.add(ctx.session, found)
    for name in ctx.platforms:
        await _next(ctx, name)


async def _next(ctx: Context, platform: str) -> None:
    """Begin with what is to be counted next on a platform, unless something is being counted there."""
    if await backfill.going(ctx.session, platform):
        return
    found = await backfill.following(ctx.session, platform, ctx.now - backfill.AGAIN)
    if found is not None:
        stretch, community = found
        stretch.state, stretch.why = "going", ""
        await _page(ctx, stretch, community)


async def _page(ctx: Context, stretch: PulseBackfill, community: Community) -> None:
    """Have the next page of a stretch read."""
    stretch.turn += 1
    stretch.changed_at = ctx.now
    ctx.session.add(stretch)
    await ctx.session.flush()
    state = {
        "platform": community.platform,
        "room": community.room,
        "stretch": stretch.id,
        "turn": stretch.turn,
        "since": stretch.since.isoformat(),
        "until": stretch.until.isoformat(),
        "position": stretch.position,
        "known": await backfill.members(ctx.session, stretch.community_id, community.platform),
    }
    await ctx.outbox.start(PAST, f"{PAST}:{stretch.id}:{stretch.turn}", state)


# ---------------------------------------------------------------- a page


async def _read(state: State, platform: Any) -> State:
    """A page, and who those are of whom it is not known yet."""
    since, until = datetime.fromisoformat(state["since"]), datetime.fromisoformat(state["until"])
    page = await platform.history(state["room"], since=since, until=until, position=state["position"])
    who: dict[str, Any] = {}
    for account in sorted({each.by for each in page.events} - {"", *state["known"]}):
        try:
            who[account] = (await platform.profile(account)).model_dump(exclude={"email", "fields"})
        except (NotFound, NotAllowed):
            continue  # nobody of the organisation
    return {"page": page.model_dump(mode="json"), "who": who}


async def _counted(state: State, ctx: Context) -> None:
    """Count a page, and write down where the next one is."""
    stretch = await backfill.get(ctx.session, state["stretch"])
    if stretch is None or stretch.state != "going" or stretch.turn != state["turn"]:
        return
    community = await communities.get(ctx.session, stretch.community_id)
    if community is None or community.room != state["room"] or community.state not in OPENED:
        await _stopped(ctx, stretch, state["platform"], "moved")
        return
    page = Past.model_validate(state["page"])
    await _count(ctx, stretch.community_id, page, state)
    stretch.position, stretch.changed_at = page.position, ctx.now
    stretch.seen += page.seen
    stretch.reached = min((each for each in (page.oldest, stretch.reached) if each), default=None)
    untold = {name for each in page.untold for name in _UNTOLD[each]}
    if stretch.kind == "arrival":
        untold -= {"replies"}  # all but those to what was written before the past that is counted
    stretch.untold = " ".join(sorted(untold))
    ctx.session.add(stretch)
    await ctx.session.flush()
    if page.position:
        await _page(ctx, stretch, community)
        return
    stretch.state = "done"
    ctx.session.add(stretch)
    await _freeze(ctx, stretch, community, limited=page.limited)
    await _next(ctx, state["platform"])


async def _count(ctx: Context, community: int, page: Past, state: State) -> None:
    members, numbers = await _people(ctx, page, state)
    left_out = await activation.left_out(ctx.session, ctx.settings)
    tally = Tally(await rows.objecting(ctx.session, members.values()))
    for event in page.events:
        person = members.get(event.by)
        if (person is not None or event.by in numbers) and person not in left_out:
            tally.add(community, ctx.calendar.today(event.at), event, person)
    await tally.write(ctx.session, presence_since(ctx))


async def _people(ctx: Context, page: Past, state: State) -> tuple[dict[str, int], set[str]]:
    """The members who did something, by their accounts; and the accounts of who left since, who count as numbers."""
    platform, by = state["platform"], {each.by for each in page.events}
    gone_for_good = set(await erased.among(ctx.session, platform, by))
    known = await rows.known(ctx.session, platform, by)
    numbers: set[str] = set()
    for account, about in state["who"].items():
        profile = Profile.model_validate(about)
        if account in gone_for_good:
            continue
        if profile.kind == "member" and account not in known:
            known[account] = await people.update(ctx.session, platform, profile, ctx.now)
        elif profile.kind == "gone":
            numbers.add(account)
    out = {each.person_id for each in known.values()} & await activation.left_out(ctx.session, ctx.settings)
    numbers -= {account for account, each in known.items() if each.person_id in out}
    return {account: each.person_id for account, each in known.items() if each.kind == "member"}, numbers


async def _stopped(ctx: Context, stretch: PulseBackfill, platform: str, why: str) -> None:
    stretch.state, stretch.why, stretch.changed_at = "stopped", why, ctx.now
    ctx.session.add(stretch)
    await ctx.session.flush()
    await _next(ctx, platform)


async def _in_vain(state: State, code: str, ctx: Context) -> None:
    """The platform refused: it is tried again in a day, from where it stands."""
    stretch = await backfill.get(ctx.session, state["stretch"])
    if stretch is not None and stretch.state == "going":
        await _stopped(ctx, stretch, state["platform"], code)


nudge.sequences[PAST] = SequenceSpec(PAST, (Step("page", run=_read, done=_counted),), _in_vain)


# ---------------------------------------------------------------- its days


async def _freeze(ctx: Context, stretch: PulseBackfill, community: Community, *, limited: bool) -> None:
    """Freeze what is told of the days of a stretch; days of which something was told already are corrected."""
    begins = ctx.calendar.today(stretch.since)
    first, until = begins, ctx.calendar.today(stretch.until)
    if stretch.kind == "arrival" and stretch.reached is None and not limited:
        return  # before the first trace of a room, it was none
    if stretch.kind == "arrival":
        # No later than the stretch, wherever the platform's clock stands.
        first = min(ctx.calendar.today(stretch.reached), until) if stretch.reached else until
    if limited:
        first = first + _DAY if stretch.reached else until
        about = {"platform": community.platform, "community_id": community.id, "why": "limit"}
        ctx.session.add(PulseGap.model_validate({**about, "since": begins, "until": first - _DAY}))
        await ctx.session.flush()
    last = min(until, days.over(ctx.now, ctx.calendar))
    if first > last:
        return
    number = community.id or 0
    most = await _most(ctx, stretch)
    told = await frozen.latest(ctx.session, first, last)
    counts = await frozen.counts(ctx.session, first, ctx.calendar.today(ctx.now))
    new: list[PulseDay] = []
    for day in days.days(first, last):
        if (number, day) not in told and most != 0:
            whole = day < until and (day > begins or stretch.kind == "arrival")
            whole = whole and "replies" not in stretch.untold.split()
            row = days.frozen_day(community, day, counts.get((number, day), {}), measured=whole, told_at=ctx.now)
            row.why, row.untold = "backfill", stretch.untold
            new.append(row)
    await days.correct(ctx.session, first, last, ctx.now, "backfill", only=number)
    await frozen.tell(ctx.session, await _arranged(ctx, number, new, counts, most))


async def _most(ctx: Context, stretch: PulseBackfill) -> int | None:
    """For how many people at most a community may be taken on the days of a stretch; None: as many as is reckoned.

    Where nobody tells who came and went, those there now may all have come later: what was told before the bot was
    away is a bound; of the time before it came there is none (0), and nothing of it is told.
    """
    if "joins" not in stretch.untold.split():
        return None
    if stretch.kind == "arrival":
        return 0
    day = ctx.calendar.today(stretch.since)
    told = await frozen.as_of(ctx.session, day - _BEFORE * _DAY, day, stretch.since)
    mine = [each for (community, _), each in told.items() if community == stretch.community_id]
    return max(mine, key=lambda each: each.day).members if mine else 0


async def _arranged(
    ctx: Context,
    community: int,
    new: list[PulseDay],
    counts: Mapping[frozen.Key, Mapping[str, int]],
    most: int | None = None,
) -> list[PulseDay]:
    """Days of the past, each with no more people than there were: those who are there now, less who came since.

    most: nor with more than these, see `_most`.
    """
    left_out = await activation.left_out(ctx.session, ctx.settings)
    now = sorted((await frozen.members(ctx.session, left_out)).get(community, ()))
    moved: defaultdict[date, int] = defaultdict(int)
    for (number, day), sums in counts.items():
        if number == community:
            moved[day] += sums["joins"] - sums["leaves"]
    since = sorted(moved, reverse=True)
    found: list[PulseDay] = []
    came = 0
    for row in sorted(new, key=lambda each: each.day, reverse=True):
        while since and since[0] > row.day:
            came += moved[since.pop(0)]
        there: Collection[int] = now[: max(0, min(len(now), len(now) - came))][:most]
        found += days.arranged([row], {community: there}, ctx.smallest_group)
    return found
