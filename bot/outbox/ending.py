"""What an optional message offers where nothing can be pressed: a link that ends its kind. Pure."""

from __future__ import annotations

from bot.chat import Message, Part

_WAYS = frozenset({"parvis.snooze", "parvis.stop-kind", "parvis.stop"})


def ended_by(message: Message, url: str, label: str) -> Message:
    """The message, with the link in the place of what can be pressed and typed in the chat alone."""
    choices = tuple(each for each in message.choices if each.action not in _WAYS)
    parts = (*message.parts, Part(kind="link", text=label, url=url))
    return message.model_copy(update={"stop": url, "parts": parts, "choices": choices})
