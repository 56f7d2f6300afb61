"""What of the answers of the company's sign-on is believed, and whom it names. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.config import SignOnSettings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""With which a token may be signed: by keys that only the company's service has. "none", and what the bot's own secret
could sign, is refused.
"""

LEEWAY = 60
"""Seconds that its clock and ours may differ."""

Why = Literal["cancelled", "away", "wrong", "unverified", "unknown", "several", "over"]


class NotSignedOnError(Exception):
    """Somebody is not signed on.

    why: what people are told. reason: a code for administrators, without anybody's name or words.
    """

    def __init__(self, why: Why, reason: str) -> None:
        super().__init__(f"{why}: {reason}")
        self.why = why
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Known:
    """By what somebody is known. by: "address" (in lower case, confirmed), or "key" (of the roster)."""

    by: Literal["address", "key"]
    value: str


def checked(token: str, keys: Sequence[Mapping[str, Any]], issuer: str, client: str, nonce: str, now: datetime) -> Any:
    """What a token says, once all is checked that OpenID Connect Core 1.0, section 3.1.3.7, asks for.

    keys: of the issuer (RFC 7517). Raises NotSignedOnError; its reason is "key" where no key of that name is known.
    """
    from joserfc import jwk, jws, jwt  # noqa: PLC0415 - an extra, and only needed when somebody signs in
    from joserfc.errors import InvalidKeyIdError, JoseError  # noqa: PLC0415 - as above

    usable: Any = {"keys": [each for each in keys if each.get("use") != "enc" and each.get("kty") != "oct"]}
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        registry = jws.JWSRegistry(algorithms=list(ALGORITHMS))
        claims = jwt.decode(token, jwk.KeySet.import_key_set(usable), registry=registry).claims
        rules.validate(claims)
    except InvalidKeyIdError:
        raise NotSignedOnError("wrong", "key") from None
    except JoseError as error:
        claim = getattr(error, "claim", "")
        raise NotSignedOnError("wrong", f"{error.error}:{claim}" if claim else error.error) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotSignedOnError("wrong", "no_token") from None
    is_for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_for_several else client) != client:
        raise NotSignedOnError("wrong", "invalid_claim:azp")
    return claims


def known(claims: Mapping[str, Any], settings: SignOnSettings) -> Known | None:
    """By what somebody is known; None where nothing is said of that. Raises NotSignedOnError: it is not confirmed."""
    value = claims.get(settings.claim)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        return None
    said = str(value).strip()
    if settings.claim != "email":
        return Known("key", said)
    # Some services write these words, or a number, in the place of JSON's true.
    if claims.get(settings.verified_by) not in (True, "true", "True", "1"):
        raise NotSignedOnError("unverified", "not_confirmed")
    return Known("address", said.casefold())
