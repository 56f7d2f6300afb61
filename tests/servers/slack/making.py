"""What tests of the server write often: small blocks, and calls that must be refused."""

from __future__ import annotations

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from .state import JSON

MODAL: JSON = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [{"type": "divider"}]}


async def refused(client: AsyncWebClient, method: str, **args: Any) -> JSON:
    """The answer to a call that must be refused."""
    try:
        await client.api_call(method, json=args)
    except SlackApiError as caught:
        return dict(caught.response.data)
    raise AssertionError(f"{method} was not refused: {args}")


async def error(client: AsyncWebClient, method: str, **args: Any) -> str:
    """Its error."""
    return str((await refused(client, method, **args))["error"])


def plain(text: str) -> JSON:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> JSON:
    """A section with mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def actions(*elements: JSON) -> JSON:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> JSON:
    """A button."""
    return {"type": "button", "action_id": "a", "text": plain("Go"), **more}


def select(options: int, **more: Any) -> JSON:
    """A menu with that many options."""
    listed = [{"text": plain(str(n)), "value": str(n)} for n in range(options)]
    return {"type": "static_select", "action_id": "s", "options": listed, **more}
