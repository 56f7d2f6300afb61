"""Markdown, as people write it, to rich text that each platform shows in its own way. Pure.

`read(text)` gives the blocks, and what could not be kept as it was meant; `tell` says the latter in a preview.
"""

from bot.markdown.reading import WHOLE, Lost, Reading, read
from bot.markdown.telling import tell

__all__ = ["WHOLE", "Lost", "Reading", "read", "tell"]
