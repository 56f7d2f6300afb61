"""Markdown, as people write it, to rich text that each platform shows in its own way. Pure.

`read(text)` gives the blocks, and what could not be kept as it was meant; `tell` says the latter in a preview. `write`
is the other way round: blocks as Markdown, for somebody to go on with.
"""

from bot.markdown.reading import WHOLE, Lost, Reading, read
from bot.markdown.telling import tell
from bot.markdown.writing import write

__all__ = ["WHOLE", "Lost", "Reading", "read", "tell", "write"]
