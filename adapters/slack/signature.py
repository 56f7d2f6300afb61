"""Whether a request comes from Slack. Pure. (docs.slack.dev, authentication/verifying-requests-from-slack)"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

STAMPED, SIGNED = "x-slack-request-timestamp", "x-slack-signature"  # headers
WINDOW = 300.0  # seconds: an older request may be one that somebody recorded, and plays again

_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a request bears Slack's signature, made within the last five minutes.

    secret: the app's signing secret; an empty one signs nothing. headers: names in lower case. body: as it came, byte
    for byte. now: seconds since 1970. Whatever the headers hold, the answer is yes or no.
    """
    stamp = headers.get(STAMPED, "")
    if not secret or not _STAMP.fullmatch(stamp) or abs(now - int(stamp)) > WINDOW:
        return False
    given = headers.get(SIGNED, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(signature(secret, stamp, body), given)


def signature(secret: str, stamp: str, body: bytes) -> bytes:
    """The signature of a body at an instant. stamp: seconds since 1970, in digits."""
    signed = f"v0:{stamp}:".encode() + body
    return b"v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode()
