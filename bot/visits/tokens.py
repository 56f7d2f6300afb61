"""What links and browsers show, signed: whoever has not the key makes none. Pure."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

LINK, BROWSER, SIGN_ON, STOP, ACT = "link", "browser", "signon", "stop", "act"
"""What is signed: what is good for one purpose is good for no other."""


def _serializer(key: bytes, purpose: str) -> URLSafeSerializer:
    how = {"digest_method": sha256, "key_derivation": "hmac"}
    return URLSafeSerializer(key, salt=f"parvis.{purpose}", signer_kwargs=how)


def sign(key: bytes, purpose: str, what: Any) -> str:
    """what: plain JSON. The text can stand in an address."""
    return _serializer(key, purpose).dumps(what)


def signed(key: bytes | None, purpose: str, text: str) -> Any:
    """What was signed; None where it was not, or not by us. key: None where nothing was ever signed."""
    if not key:
        return None
    try:
        return _serializer(key, purpose).loads(text)
    except BadData:
        return None


def digest(token: str) -> str:
    """What is kept of what a browser shows."""
    return sha256(token.encode()).hexdigest() if token else ""
