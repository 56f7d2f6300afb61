"""The short code that shows that two accounts are one person's: pure rules."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import scrypt

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
"""No two of these are taken for one another: no O, 0, I, 1, L, B, 8, S, 5, Z, 2, U."""

LENGTH = 8
HINT = 3
"""So many characters find the code again, so that a wrong one can be counted against it; the others are its secret."""

LASTS = timedelta(minutes=15)
WRONG = 5
"""Wrong tries after which a code is void, and after which an account has to wait."""

WAIT = timedelta(hours=1)
"""How long it has to wait."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A code as it is kept. salt, digest: in hexadecimal."""

    hint: str
    salt: str
    digest: str


def make() -> str:
    """A new code, as it is shown: "K7MX-3QNP"."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{drawn[: LENGTH // 2]}-{drawn[LENGTH // 2 :]}"


def read(typed: str) -> str:
    """A code as it was typed, whatever the case, the spaces and the marks around it; "" for what cannot be one."""
    bare = "".join(each for each in typed.upper() if each.isalnum())
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def hint(code: str) -> str:
    """What finds a code."""
    return read(code)[:HINT]


def seal(code: str, salt: str = "") -> Sealed:
    """How a code is kept: slow to guess from what is kept. salt: "" for a new one."""
    salt = salt or secrets.token_hex(16)
    # RFC 7914: 4 MiB and some 10 ms; the code is of no use after a quarter of an hour.
    digest = scrypt(read(code).encode(), salt=bytes.fromhex(salt), n=2**12, r=8, p=1)
    return Sealed(hint(code), salt, digest.hex())


def opens(code: str, salt: str, digest: str) -> bool:
    """Whether this is the code that was kept."""
    return hmac.compare_digest(seal(code, salt).digest, digest)
