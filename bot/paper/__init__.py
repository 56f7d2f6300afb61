"""What is printed: sheets of paper from what is said elsewhere in chats and letters, as a PDF.

`sheets` says what stands on them, `wording` how words go there, `codes` draws addresses as QR codes (all pure);
`typesetting` makes the file. Nothing that people wrote becomes markup: it is data to the one program that sets it.
"""

from bot.paper.sheets import Document, Piece, Sheet
from bot.paper.typesetting import can_print, pictures, typeset

__all__ = ["Document", "Piece", "Sheet", "can_print", "pictures", "typeset"]
