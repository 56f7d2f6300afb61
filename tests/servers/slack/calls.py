"""One Web API call: its arguments however they were sent, who calls, and what may be refused before the method runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .state import JSON, Channel, Token, User, Workspace

if TYPE_CHECKING:
    from .server import SlackServer


class SlackError(Exception):
    """Slack says ``ok: false``; ``code`` is its ``error``, ``extra`` goes beside it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code, self.extra = code, extra

    def answer(self) -> JSON:
        """The body Slack sends."""
        return {"ok": False, "error": self.code, **self.extra}


@dataclass(frozen=True)
class Method:
    """A Web API method: what runs and what Slack asks before it runs."""

    name: str
    run: Callable[[Call], JSON]
    scopes: tuple[str, ...]  # any one of these will do; empty: the method asks itself, or needs none
    tokens: frozenset[str]  # bot, user, app; empty: no token needed
    tier: int  # 1 to 4 (docs: apis/web-api/rate-limits), 5: special
    required: tuple[str, ...]


METHODS: dict[str, Method] = {}
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls per minute, method and workspace


def method(
    name: str,
    *,
    tier: int,
    scopes: Iterable[str] = (),
    tokens: Iterable[str] = ("bot", "user"),
    required: Iterable[str] = (),
) -> Callable[[Callable[[Call], JSON]], Callable[[Call], JSON]]:
    """Register a method of the Web API."""

    def register(run: Callable[[Call], JSON]) -> Callable[[Call], JSON]:
        METHODS[name] = Method(name, run, tuple(scopes), frozenset(tokens), tier, tuple(required))
        return run

    return register


class Call:
    """A call being answered."""

    def __init__(self, server: SlackServer, name: str, args: JSON, token: Token | None) -> None:
        self.server, self.name, self.args = server, name, args
        self._token = token

    @property
    def workspace(self) -> Workspace:
        """The state."""
        return self.server.workspace

    @property
    def token(self) -> Token:
        """The caller's token; only methods without tokens have none."""
        assert self._token is not None
        return self._token

    @property
    def me(self) -> User:
        """The user the token speaks for."""
        return self.workspace.users[self.token.user_id]

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument as a boolean; forms send "1", "true", "0", "false"."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        value = self.args.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def data(self, name: str, error: str) -> Any:
        """An argument that is JSON: sent as such in a JSON body, as a string in a form."""
        value = self.args.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                return json.loads(value)
            except ValueError:
                raise SlackError(error) from None
        return value

    def names(self, name: str) -> list[str]:
        """An argument that is a list: comma separated, or a JSON list."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in str(value or "").split(",") if part.strip()]

    def user(self, name: str = "user") -> User:
        """The user an argument names."""
        found = self.workspace.users.get(self.text(name))
        if found is None:
            raise SlackError("user_not_found")
        return found

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names; private ones the caller is not in do not exist for them."""
        found = self.workspace.channels.get(self.text(name))
        if found is None or not found.visible_to(self.token.user_id):
            raise SlackError("channel_not_found")
        return found

    def need(self, *scopes: str) -> None:
        """Refuse unless the token has one of these scopes."""
        if self.server.check_scopes and not self.token.scopes.intersection(scopes):
            provided = ",".join(sorted(self.token.scopes))
            raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)

    def need_kind(self, channel: Channel, right: str) -> None:
        """Refuse unless the token may do ``right`` (read, history, write, join…) in this kind of conversation."""
        self.need(*kind_scopes(channel.kind, right, self.token.kind))

    def has(self, scope: str) -> bool:
        """Whether the token has this scope; some only add keys to answers."""
        return not self.server.check_scopes or scope in self.token.scopes


def kind_scopes(kind: str, right: str, token_kind: str) -> tuple[str, ...]:
    """Scopes for a right in one kind of conversation (docs: reference/scopes).

    Public channels differ by token: bots have ``channels:manage``, users ``channels:write``; invites and topics have
    narrower scopes of their own.
    """
    prefix = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}[kind]
    if right in {"read", "history"}:
        return (f"{prefix}:{right}",)
    broad = "channels:manage" if kind == "channel" and token_kind == "bot" else f"{prefix}:write"
    return (broad,) if right == "write" else (broad, f"{prefix}:write.{right}")


def authorize(call_method: Method, token: Token | None, given: str, workspace: Workspace) -> None:
    """Refuse what Slack refuses about tokens before it looks at anything else."""
    if not call_method.tokens:
        return
    if not given:
        raise SlackError("not_authed")
    if token is None:
        raise SlackError("invalid_auth")
    if token.revoked:
        raise SlackError("token_revoked")
    if workspace.users[token.user_id].deleted:
        raise SlackError("account_inactive")
    if token.kind not in call_method.tokens:
        raise SlackError("not_allowed_token_type")
