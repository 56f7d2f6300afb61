"""What is sent unasked: who would be written to now, and how far its release is. Changes nothing."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from bot.app import App
from bot.cli import FINE, show
from bot.cli.opening import Desk, opened
from bot.nudge import Context
from bot.nudging import Nudged, telling
from bot.nudging.preview import Preview
from bot.say import Say
from bot.words import Reader, Words

_Found = TypeVar("_Found")


async def status(desk: Desk, now: Callable[[], datetime]) -> int:
    """Show how far it is."""
    app, said = await _asked(desk, now, lambda nudged, ctx: nudged.status(ctx))
    _shown(app.words, said, desk)
    return FINE


async def preview(desk: Desk, now: Callable[[], datetime], *, as_json: bool) -> int:
    """Show who would be written to now, as far as it may be told; as_json: for scripts, with every name."""
    app, found = await _asked(desk, now, lambda nudged, ctx: nudged.preview(ctx))
    if as_json:
        show.line(json.dumps(_data(found, app.words, desk), ensure_ascii=False, indent=2))
        return FINE
    said = telling.shown(found, app.words, _reader(desk), asked=False, smallest=desk.config.parvis.smallest_group)
    _shown(app.words, said, desk)
    return FINE


async def _asked(
    desk: Desk, now: Callable[[], datetime], ask: Callable[[Nudged, Context], Awaitable[_Found]]
) -> tuple[App, _Found]:
    async with opened(desk) as store, store.read() as session:
        app = App(desk.config, store, {}, now)
        return app, await ask(app.nudged, app.parts.context(session, now(), None, app.nudged.nudge))


def _reader(desk: Desk) -> Reader:
    return Reader(language=desk.voice.language, zone=desk.config.parvis.zone)


def _shown(words: Words, said: Say, desk: Desk) -> None:
    for part in words.message(said, _reader(desk)).parts:
        begins = f"{part.label}: " if part.label else "- " if part.kind == "item" else ""
        show.line(f"{begins}{part.text}")


def _data(found: Preview, words: Words, desk: Desk) -> dict[str, Any]:
    reader = _reader(desk)
    return {
        "people": found.people,
        "named": [
            {
                "name": each.name,
                "department": each.department,
                "platform": each.platform,
                "zone": each.zone,
                "language": each.language,
                "kinds": list(each.kinds),
                "about": telling.what(each, words, reader),
            }
            for each in found.named
        ],
        "others": found.others,
        "platforms": dict(found.platforms),
        "zones": dict(found.zones),
        "samples": [
            {
                "kind": each.kind,
                "language": each.language,
                "text": telling.in_words(each, words, reader.zone),
            }
            for each in found.samples
        ],
        "more": found.more,
        "going": list(found.going),
        "begun": list(found.begun),
    }
