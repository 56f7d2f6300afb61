"""The company's own sign-on: whether it answers, and takes the bot for the one that it knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.cli.doctoring.seen import Seen
from bot.config import Config
from bot.web.signon.answering import BACK
from bot.web.signon.identity import NotSignedOnError
from bot.web.signon.provider import REFUSED, Provider


async def looked(config: Config, now: Callable[[], datetime]) -> AsyncIterator[Seen]:
    """What is seen of it, where there is one. now: the clock (UTC)."""
    settings, secret = config.sign_on, config.sign_on_secret.get_secret_value()
    if not settings.issuer:
        return
    try:
        await Provider(settings, secret, now).look(f"{config.web.address}{BACK}")
    except NotSignedOnError as error:
        code = "sign-on-client" if error.reason in REFUSED else "sign-on"
        yield Seen(code, "wrong", about=settings.issuer, evidence=error.reason)
    else:
        yield Seen("sign-on", "fine", about=settings.issuer)
