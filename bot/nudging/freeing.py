"""What waited because its kind could not be sent, once it can."""

from __future__ import annotations

from collections.abc import Collection

from bot.nudge import Context, To
from bot.say import Say
from storage import releases


async def free(ctx: Context, kinds: Collection[str]) -> None:
    """What waited of these kinds is planned as if it were asked for now, where nothing holds it any more: with an
    introduction where one is due, and only to those who may be told. What was to be said later still is.
    """
    some = set(kinds)
    for each in await releases.free(ctx.session, some - await releases.held(ctx.session, some), ctx.now):
        await ctx.outbox.tell(
            To(person=each.person_id, platform=each.platform),
            Say.model_validate_json(each.body),
            name=each.name,
            kind=each.kind,
            reason=each.reason,
            priority=each.priority,
            reply_to=each.reply_to,
            batch=each.batch,
            language=each.language,
            not_before=each.not_before,
            not_after=each.not_after,
            asks=each.asks,
            media=each.media.split(),
        )
