"""Answers to response URLs: five posts within thirty minutes (docs: interactivity/handling-user-interaction)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from . import posting, rules
from .calls import SlackError
from .methods_files import check_pictures
from .state import BOT_USER_ID, JSON, Channel, ResponseUrl

if TYPE_CHECKING:
    from .server import SlackServer

MOST_USES = 5


def answer(server: SlackServer, url_id: str, raw: str) -> web.Response:
    """Handle one post to a response URL."""
    url = server.workspace.response_urls.get(url_id)
    if url is None:
        return web.Response(status=404, text="invalid_token")
    if server.clock.now() > url.expires:
        return web.Response(status=404, text="expired_url")
    if url.uses >= MOST_USES:
        return web.Response(status=404, text="used_url")
    try:
        body = json.loads(raw)
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    url.uses += 1
    try:
        act(server, url, body)
    except SlackError as error:
        return web.Response(status=400, text=error.code)
    return web.Response(text="ok")


def act(server: SlackServer, url: ResponseUrl, body: JSON) -> None:
    """Post, replace or delete what the body says. Also what an ack's payload with text does."""
    channel = server.workspace.channels[url.channel_id]
    text, blocks = str(body.get("text") or ""), body.get("blocks")
    if body.get("delete_original"):
        _delete(server, url, channel)
        return
    rules.check_message(text, blocks, has_more=bool(body.get("attachments")), limit=None, error="invalid_blocks")
    check_pictures(server.workspace, server.workspace.users[BOT_USER_ID], blocks)
    if _replaces(server, url, body):
        _replace(server, url, channel, text, blocks)
    elif body.get("response_type") == "in_channel":
        message = posting.base_message(server, server.workspace.users[BOT_USER_ID], text)
        # Not a member's post: Slack marks it as the app's, so chat.update cannot reach it.
        message |= {"subtype": "bot_message"} | ({"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {})
        if blocks:
            message["blocks"] = rules.completed(blocks, server.workspace.new_id)
        message.pop("user", None)
        posting.put(server, channel, message)
    else:
        posting.whisper(server, channel, server.workspace.users[url.user_id], text, blocks)


def _replaces(server: SlackServer, url: ResponseUrl, body: JSON) -> bool:
    if url.message_ts is None:
        return False
    if body.get("replace_original") is None and body.get("response_type") is None:
        # Slack's pages do not say; legacy messages replaced. Correct apps say what they mean.
        server.problem("an answer to a press that leaves replace_original to chance")
        return True
    return bool(body.get("replace_original"))


def _replace(server: SlackServer, url: ResponseUrl, channel: Channel, text: str, blocks: list[JSON] | None) -> None:
    kept: list[JSON] | None = rules.completed(blocks, server.workspace.new_id) if blocks else None
    if url.ephemeral:
        for ephemeral in server.workspace.ephemerals:
            if ephemeral.ts == url.message_ts:
                ephemeral.message |= {"text": text}
                _set(ephemeral.message, "blocks", kept)
        server.pulse()
    elif url.message_ts in channel.messages:
        message = channel.messages[str(url.message_ts)]
        posting.change(server, channel, message, server.workspace.users[BOT_USER_ID], text=text, blocks=kept)


def _set(message: JSON, key: str, value: Any) -> None:
    if value is None:
        message.pop(key, None)
    else:
        message[key] = value


def _delete(server: SlackServer, url: ResponseUrl, channel: Channel) -> None:
    if url.ephemeral:
        kept = [e for e in server.workspace.ephemerals if e.ts != url.message_ts]
        server.workspace.ephemerals[:] = kept
        server.pulse()
    elif url.message_ts in channel.messages:
        posting.remove(server, channel, str(url.message_ts))
