"""One person, several accounts: joined by a code that both sides confirm, and taken apart again."""

from bot.accounts.capability import make

__all__ = ["make"]
