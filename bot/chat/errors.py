"""What may go wrong: the only errors that cross the port."""

from __future__ import annotations


class PlatformError(Exception):
    """The platform refused, or could not be reached."""

    def __init__(self, reason: str = "") -> None:
        """reason: the platform's own short code ("restricted_action", "M_FORBIDDEN"); never a text of people."""
        super().__init__(reason or type(self).__name__)
        self.reason = reason or type(self).__name__


class RateLimited(PlatformError):
    """The platform asks us to wait."""

    def __init__(self, retry_after: float, reason: str = "rate_limited") -> None:
        """retry_after: seconds."""
        super().__init__(reason)
        self.retry_after = retry_after


class Paced(RateLimited):
    """It is not the turn of this one yet, and everything else may go on: what it needs has a limit of its own.

    Mostly we ourselves let it wait, before the platform has to ask for it.
    """

    def __init__(self, retry_after: float, reason: str = "paced") -> None:
        """retry_after: seconds."""
        super().__init__(retry_after, reason)


class NotAllowed(PlatformError):
    """The bot may not do this here."""


class LockedOut(PlatformError):
    """The platform does not accept the bot's credentials (any more): nothing can be done there until that is repaired.

    It says nothing about what was asked for, so nothing that waits is given up because of it.
    """

    def __init__(self, reason: str = "", which: str = "") -> None:
        """which: the setting that holds what was refused ("bot_token", "password"); "" where that is not known."""
        super().__init__(reason)
        self.which = which


class NotFound(PlatformError):
    """What was named does not exist, or the bot cannot see it."""


class NameTaken(PlatformError):
    """A room of that name exists already."""


class Unreachable(PlatformError):
    """No answer, or an answer that says nothing: the call may or may not have had its effect."""

    def __init__(self, reason: str = "", *, undone: bool = False) -> None:
        """undone: it certainly had none; nobody was even asked."""
        super().__init__(reason)
        self.undone = undone


class Deferred(Unreachable):
    """The platform is there, and takes this one later: it certainly had no effect. All else may go on."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason, undone=True)


class Unknown(PlatformError):
    """Whether an earlier call had its effect can be told by nobody, here: it is not made again."""


class Overloaded(Exception):
    """Too much waits already, or the database is away: nothing was recorded."""
