"""A Slack workspace for tests: Web API, Socket Mode and signed HTTP on 127.0.0.1, with people who type, press and read.

It keeps state, speaks over the wire to the unpatched SDK, and refuses what Slack refuses. Usage::

    async with SlackServer() as server:                  # limits="on" enforces rate limits on server.clock
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
        app = AsyncApp(client=client, authorize=...)     # see tests/contract/slack_server/test_bolt.py
        handler = AsyncSocketModeHandler(app, server.app_token)
        await handler.connect_async()
        await server.connected()
        alice = server.person("alice")                   # kind="guest", "deactivated", "stranger", "admin"…
        reply = await alice.command("/community", "request chess")   # waits for the ack; reply.error if none came
        await alice.opened()                             # a modal
        errors = await alice.fill_and_submit({"Name": "chess", "Purpose": "play"})   # {} or {label: text}
        card = await alice.read("New request")           # waits until it is on the screen (direct messages)
        await alice.press(card, "Approve")
        assert server.mentions == [] and server.problems == []

``server.wait_for(predicate)`` waits for anything. ``server.advance(seconds)`` moves the clock: unanswered events are
sent again, trigger ids expire. ``server.fault(method, kind)`` makes trouble. ``server.calls`` holds every Web API call,
``server.sockets.sent`` every envelope, ``server.problems`` what a correct app never does.
``server.hooks.url = "http://…"`` has it call the app there instead of Socket Mode, signed with ``server.hooks.secret``;
``server.install(manifest)`` makes the app from a manifest: its scopes, events, commands, shortcuts, and its address.
``shapes.all_differences(server)`` compares all that was emitted with what is known of Slack (``facts.json``).
``python -m tests.servers.slack --port 8765`` runs it alone.
"""

from .clock import Clock
from .faults import Fault
from .interactions import Reply
from .mentions import Mention
from .people import FieldErrors, Person
from .screen import Seen
from .server import BOT_SCOPES, SlackServer
from .state import APP_ID, BOT_ID, BOT_USER_ID, TEAM_ID, Channel

__all__ = [
    "APP_ID",
    "BOT_ID",
    "BOT_SCOPES",
    "BOT_USER_ID",
    "TEAM_ID",
    "Channel",
    "Clock",
    "Fault",
    "FieldErrors",
    "Mention",
    "Person",
    "Reply",
    "Seen",
    "SlackServer",
]
