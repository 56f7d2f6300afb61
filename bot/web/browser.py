"""What a browser asks, taken apart: nothing of it is believed, and nothing of it can break. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bot.chat import WebRequest

FIELDS = 50
"""Fields of a query or of a form; of more there is none."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A request. path: as it was sent, without the address. language: what the browser prefers, "" for none of ours.

    foreign: another site had it sent; what changes something is then refused.
    """

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    language: str
    foreign: bool


def read(request: WebRequest, languages: Iterable[str]) -> Browser:
    """languages: that there are catalogs of."""
    headers = request.headers
    is_form = headers.get("content-type", "").partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"
    return Browser(
        method=request.method,
        path=request.path,
        query=_fields(request.query),
        form=_fields(request.body.decode("utf-8", "replace")) if is_form else {},
        cookies=_cookies(headers.get("cookie", "")),
        language=_preferred(headers.get("accept-language", ""), frozenset(languages)),
        # Every browser of today says so (Fetch Metadata); what says nothing is none, and has no cookies either.
        foreign=headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"},
    )


def _fields(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError:
        return {}


def _cookies(header: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in header.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _preferred(header: str, languages: frozenset[str]) -> str:
    """RFC 9110, section 12.5.4: "fr-CA, en;q=0.8"."""
    found: list[tuple[float, str]] = []
    for each in header.split(",")[:FIELDS]:
        tag, _, how = each.partition(";")
        weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", how) if how else None
        language = tag.strip().partition("-")[0].lower()
        if language in languages and (weight or not how):
            found.append((float(weight[1]) if weight else 1.0, language))
    best = max(found, key=lambda one: one[0], default=(0.0, ""))
    return best[1] if best[0] else ""
