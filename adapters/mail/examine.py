"""How a mail server stands with the bot: it is connected to and signed in at, and nothing is sent."""

from __future__ import annotations

from adapters.mail.mailbox import Mailbox
from adapters.mail.settings import Mail
from adapters.mail.wire import Wire
from bot.chat import Deferred, Finding, LockedOut, PlatformError


async def examined(wire: Wire, mailbox: Mailbox | None, settings: Mail, address: str) -> list[Finding]:
    """What can be found out. address: of the public listener; "" for none. Never raises."""
    found = await _server(wire, settings)
    found.append(await _box(mailbox))
    found.append(Finding(code="unsubscribing", state="fine" if address else "warning", about=address))
    return found


async def _server(wire: Wire, settings: Mail) -> list[Finding]:
    where = f"{settings.host}:{settings.port}"
    try:
        async with wire.line() as line:
            found = [Finding(code="address", state="fine", about=where), _private(settings), *_signed_in(settings)]
            return [*found, await _sender(wire, line, settings)]
    except LockedOut as error:
        reached = [Finding(code="address", state="fine", about=where), _private(settings)]
        return [*reached, Finding(code="credentials", state="wrong", about="password", evidence=error.reason)]
    except PlatformError as error:
        if error.reason.startswith("certificate"):
            return [Finding(code="wire", state="wrong", about=where, evidence=error.reason)]
        return [Finding(code="address", state="wrong", about=where, evidence=error.reason)]


def _private(settings: Mail) -> Finding:
    return Finding(code="wire", state="fine", about=settings.tls)


def _signed_in(settings: Mail) -> list[Finding]:
    return [Finding(code="credentials", state="fine", about="password")] if settings.user else []


async def _sender(wire: Wire, line: object, settings: Mail) -> Finding:
    """Whether the server takes mail from this sender: it is asked, and what was begun is forgotten (RSET)."""
    try:
        await wire.begin(line, settings.sender)  # type: ignore[arg-type]
    except (LockedOut, Deferred) as error:
        return Finding(code="sender", state="wrong", about=settings.sender, evidence=error.reason)
    return Finding(code="sender", state="fine", about=settings.sender)


async def _box(mailbox: Mailbox | None) -> Finding:
    if mailbox is None:
        return Finding(code="mailbox", state="warning")
    try:
        await mailbox.answers()
    except PlatformError as error:
        return Finding(code="mailbox", state="wrong", about=f"{mailbox.host}:{mailbox.port}", evidence=error.reason)
    return Finding(code="mailbox", state="fine", about=mailbox.user)
