"""The company's list of its people: read from a file or pushed (SCIM), compared, applied, matched with accounts.

cells: what one cell says (pure). headings: which column is which (pure). reading: a file (pure). comparing: what would
change. applying: it changes. matching: which accounts are whose, by what platforms and the roster itself confirm.
addresses: where people on it are written to before they are met in any chat.
capability: what of it runs by itself. scim: the pushing. The queries: `storage.roster`.
"""

from bot.roster.capability import make

__all__ = ["make"]
