"""`parvis doctor`: how everything stands, and what to do about it. Changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime

from bot.app import App
from bot.chat import Finding, Platform
from bot.cli import FINE, FOUND, Wrong, show
from bot.cli.doctoring import met, network, rights, signon, store
from bot.cli.doctoring.seen import MARKS, Seen, of_capability, of_platform
from bot.cli.opening import Desk, opened
from bot.config import secret_variables
from bot.nudge import Nudge

Open = Callable[[], Mapping[str, Platform]]


async def examined(desk: Desk, platforms: Open, now: Callable[[], datetime], *, as_json: bool) -> int:
    """Say what is so, and what to do; something wrong: FOUND.

    platforms: opens them, for a look. now: the clock (UTC).
    """
    asked = platforms()
    try:
        seen = [each async for each in looked(desk, asked, now)]
    finally:
        for platform in asked.values():
            await platform.close()
    if as_json:
        show.line(json.dumps([each.data(desk.voice) for each in seen], ensure_ascii=False, indent=2))
    else:
        _shown(seen, desk)
    return FOUND if any(each.state == "wrong" for each in seen) else FINE


def _shown(seen: list[Seen], desk: Desk) -> None:
    for each in seen:
        show.line(f"{MARKS[each.state]} {each.says(desk.voice)}")
        if todo := each.todo(desk.voice):
            show.line(f"  → {todo}")
    wrong, warnings = (sum(each.state == state for each in seen) for state in ("wrong", "warning"))
    show.line("\n" + desk.voice("doctor-sum", wrong=wrong, warnings=warnings))


async def looked(desk: Desk, platforms: Mapping[str, Platform], now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    """Everything that there is to see, in the order in which it is told."""
    config = desk.config
    async for each in store.looked(config.database, now):
        yield each
    hosts, away, refused = dict[str, str](), set[str](), await met.refusals(desk, platforms)
    for name, platform in platforms.items():
        names = secret_variables(name, type(config.platforms[name]))
        for finding in await _findings(platform, refused.get(name, ""), config.web.address):
            each = of_platform(name, finding, names, desk.page(name))
            yield each
            if each.code == "address":
                hosts[name] = each.about
            if each.code in {"address", "credentials"} and each.state != "fine" and each.about not in _LENT:
                away.add(name)
    for seen in (*network.proxies(hosts), *network.certificates(os.environ, config.platforms)):
        yield seen
    for told in (
        signon.looked(config, now),
        rights.people(config, platforms, away),
        rights.rooms(config, platforms, away),
        _capabilities(desk, now),
    ):
        async for each in told:
            yield each


async def _findings(platform: Platform, refused: str, address: str) -> Sequence[Finding]:
    try:
        return await platform.examine(refused, address)
    except Exception as error:  # noqa: BLE001 - whatever strange server answers: what else there is to see is seen
        return (Finding(code="address", state="wrong", evidence=type(error).__name__),)


# Without these the bot can do less, but can be asked all that is asked here.
_LENT = ("user_token", "app_token")


async def _capabilities(desk: Desk, now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    try:
        async with opened(desk) as database:
            app = App(desk.config, database, {}, now)
            for nudge in app.nudges:
                if nudge.doctor is None:
                    continue
                async with database.read() as session:
                    for each in await _asked(nudge, app.parts.context(session, now(), None, nudge)):
                        yield each
    except Wrong:
        return  # what is wrong with the database was said already


async def _asked(nudge: Nudge, ctx: object) -> list[Seen]:
    assert nudge.doctor is not None
    return [of_capability(nudge.id, found) for found in await nudge.doctor(ctx)]  # type: ignore[arg-type]
