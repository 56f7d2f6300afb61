"""The mention meter: whom a post would notify, read the way Slack reads it.

Text and mrkdwn objects go live in the forms ``<!channel>``, ``<!here>``, ``<!everyone>``, ``<@U…>`` and
``<!subteam^S…>``; plain_text objects never do; ``parse=full`` and ``link_names`` also turn bare names live
(docs: messaging/formatting-message-text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .state import JSON, Channel, Workspace

TOKEN = re.compile(r"<(?:!(channel|here|everyone|group)|@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))(?:\|[^>]*)?>")
BARE = re.compile(r"(?<![\w<!|])@([\w.-]+)")


@dataclass(frozen=True)
class Mention:
    """One person notified by one post, and why: channel, here, everyone, user, subteam."""

    channel_id: str
    ts: str
    author_id: str
    user_id: str
    why: str


def live_texts(value: Any) -> Iterator[str]:
    """Every text in blocks or attachments that Slack parses; rich text elements come as the tokens they mean."""
    if isinstance(value, list):
        for item in value:
            yield from live_texts(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind in {"mrkdwn", "markdown"} and isinstance(value.get("text"), str):
            yield value["text"]
        elif kind == "broadcast":
            yield f"<!{value.get('range')}>"
        elif kind == "user":
            yield f"<@{value.get('user_id')}>"
        elif kind == "usergroup":
            yield f"<!subteam^{value.get('usergroup_id')}>"
        elif kind != "plain_text":
            for item in value.values():
                yield from live_texts(item)


def attachment_texts(attachments: list[JSON]) -> Iterator[str]:
    """The texts of old-style attachments; all are taken as live, which errs on the safe side."""
    for attachment in attachments:
        for key in ("text", "pretext", "title"):
            yield str(attachment.get(key) or "")
        for entry in attachment.get("fields") or []:
            yield str(entry.get("value") or "")


def notified(workspace: Workspace, channel: Channel, message: JSON, *, names: bool = False) -> Iterator[Mention]:
    """Whom this message notifies, members only. ``names``: bare @names count too (parse=full, link_names)."""
    texts = [str(message.get("text") or ""), *live_texts(message.get("blocks") or [])]
    texts += attachment_texts(message.get("attachments") or [])
    author, seen = str(message.get("user") or message.get("bot_id") or ""), set()
    for user_id, why in (pair for text in texts for pair in _targets(workspace, channel, text, names=names)):
        if user_id in channel.members and user_id != author and (user_id, why) not in seen:
            seen.add((user_id, why))
            yield Mention(channel.id, message["ts"], author, user_id, why)


def _targets(workspace: Workspace, channel: Channel, text: str, *, names: bool) -> Iterator[tuple[str, str]]:
    for broadcast, user_id, group_id in TOKEN.findall(text):
        if broadcast:
            yield from ((member, broadcast) for member in channel.members)
        elif user_id:
            yield user_id, "user"
        elif group_id in workspace.groups:
            yield from ((member, "subteam") for member in workspace.groups[group_id].users)
    if names:
        yield from _bare(workspace, channel, text)


def _bare(workspace: Workspace, channel: Channel, text: str) -> Iterator[tuple[str, str]]:
    for name in BARE.findall(text):
        if name in {"channel", "here", "everyone"}:
            yield from ((member, name) for member in channel.members)
        elif (user := workspace.user_by_handle(name)) is not None:
            yield user.id, "user"
