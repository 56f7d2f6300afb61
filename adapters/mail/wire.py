"""Handing a message over by SMTP: connections that are used again, and what each answer means.

Sources: RFC 5321 (4.2.1: what the first digit says; 4.2.5: when the server has taken it), RFC 3463 (codes such as
5.1.1), RFC 4954 (6: what is refused to who did not sign in).
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.chat import Deferred, LockedOut, NotAllowed, NotFound, PlatformError, Unreachable

CONNECTING = 10.0
"""Seconds for a connection, TLS and signing in."""
IDLE = 15.0
"""Seconds for which a connection is kept for the next message: servers end those that say nothing."""
TAKING = 20.0
"""Seconds that a server may take until it has accepted a message."""
NOBODY = frozenset({550, 551, 553})
"""What servers say of an address that is nobody's."""
_NOT_SIGNED_IN = frozenset({530, 534, 535, 538})


class Wire:
    """One mail server, as the bot uses it."""

    def __init__(
        self, host: str, port: int, tls: str, user: str = "", password: str = "", trust: ssl.SSLContext | None = None
    ) -> None:
        """tls: "tls", "starttls" or "none". user: "" where nobody signs in. trust: None for what the system trusts."""
        self._host, self._port, self._tls = host, port, tls
        self._user, self._password = user, password
        self._trust = trust
        self._idle: list[tuple[aiosmtplib.SMTP, float]] = []

    async def hand_over(self, sender: str, recipient: str, copy: str, content: bytes) -> None:
        """Give one message to the server, which takes it for all or for nobody. copy: a second recipient; "" for none.

        Raises Deferred, NotFound, NotAllowed, LockedOut: it was surely not taken; Unreachable: nobody knows, unless it
        says that it is undone.
        """
        async with self.line() as line:
            await self._to(line, sender, recipient, copy)
            try:
                await line.data(content, timeout=TAKING)
            except SMTPDataError as error:
                raise _refused(error) from None
            except (SMTPException, OSError, TimeoutError) as error:
                raise Unreachable(type(error).__name__) from None

    async def _to(self, line: aiosmtplib.SMTP, sender: str, recipient: str, copy: str) -> None:
        """Say from whom and to whom. Each of both is refused by itself."""
        try:
            await self.begin(line, sender)
            await line.rcpt(recipient, timeout=CONNECTING)
        except SMTPRecipientRefused as error:
            raise _refused(error, at_recipient=True) from None
        except (SMTPException, OSError, TimeoutError) as error:
            raise broken(error) from None
        try:
            # Without its copy, nobody could tell afterwards whether a message was taken whose answer was lost.
            await (line.rcpt(copy, timeout=CONNECTING) if copy else asyncio.sleep(0))
        except SMTPRecipientRefused as error:
            code = f"copy_{error.code}"
            raise (Deferred(code) if error.code < 500 else LockedOut(code, "copies")) from None
        except (SMTPException, OSError, TimeoutError) as error:
            raise broken(error) from None

    async def begin(self, line: aiosmtplib.SMTP, sender: str) -> None:
        """Say from whom. Raises LockedOut, Deferred."""
        try:
            await line.mail(sender, timeout=CONNECTING)
        except SMTPSenderRefused as error:
            code = f"smtp_{error.code}"
            raise (Deferred(code) if error.code < 500 else LockedOut(code, "sender")) from None

    @asynccontextmanager
    async def line(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """A connection that is signed in; kept for the next one where nothing went wrong on it."""
        line = await self._free() or await self._connected()
        is_well = False
        try:
            yield line
            is_well = True
        except (Deferred, NotFound, NotAllowed):
            is_well = await _reset(line)
            raise
        finally:
            if is_well and line.is_connected:
                self._idle.append((line, asyncio.get_running_loop().time()))
            else:
                line.close()

    async def _free(self) -> aiosmtplib.SMTP | None:
        """One that still answers."""
        while self._idle:
            line, since = self._idle.pop()
            if asyncio.get_running_loop().time() - since < IDLE and line.is_connected and await _reset(line):
                return line
            line.close()
        return None

    async def _connected(self) -> aiosmtplib.SMTP:
        line = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            use_tls=self._tls == "tls",
            start_tls=self._tls == "starttls",
            tls_context=None if self._tls == "none" else self._trust or ssl.create_default_context(),
            username=self._user or None,
            password=self._password or None,
            timeout=CONNECTING,
        )
        try:
            async with asyncio.timeout(CONNECTING):
                await line.connect()
        except BaseException as error:
            line.close()
            if isinstance(error, SMTPException | OSError | TimeoutError):
                raise broken(error) from None
            raise
        return line

    async def close(self) -> None:
        """Let go of all connections."""
        while self._idle:
            line, _ = self._idle.pop()
            line.close()


async def _reset(line: aiosmtplib.SMTP) -> bool:
    """Forget what was begun on a connection. Whether it may be used further."""
    try:
        await line.rset(timeout=CONNECTING)
    except (SMTPException, OSError, TimeoutError):
        return False
    return True


def broken(error: BaseException) -> PlatformError:
    """What an error before the message itself means: nothing was taken."""
    if isinstance(error, PlatformError):
        return error
    if isinstance(error, SMTPAuthenticationError) and error.code >= 500:
        return LockedOut(f"smtp_{error.code}", "password")
    if isinstance(error, SMTPResponseException):
        if error.code in _NOT_SIGNED_IN:
            return LockedOut(f"smtp_{error.code}", "password")
        return Unreachable(f"smtp_{error.code}", undone=True)
    return Unreachable(_reason(error), undone=True)


def _reason(error: BaseException) -> str:
    """A short code: what is wrong with a certificate is not said by the library's own name for it."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLCertVerificationError):
            return f"certificate_{found.verify_code}"
        found = found.__cause__ or found.__context__
    return type(error).__name__


def _refused(error: SMTPResponseException, *, at_recipient: bool = False) -> PlatformError:
    """What a refusal means: try later, nobody's address, or not like this."""
    code = f"smtp_{error.code}"
    if error.code < 500:
        return Deferred(code)
    if error.code in _NOT_SIGNED_IN:
        return LockedOut(code, "password")
    if at_recipient and error.code in NOBODY and "5.7." not in error.message[:12]:
        return NotFound(code)
    return NotAllowed(code)
