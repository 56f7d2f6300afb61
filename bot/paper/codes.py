"""Addresses as QR codes. Pure."""

from __future__ import annotations

import io

import segno

LONGEST = 600
"""Characters of an address that a telephone still reads from a code of three centimetres."""


def drawn(url: str) -> str:
    """The code as SVG, with the white border that readers need (ISO/IEC 18004, "quiet zone": four modules).

    "": the address is too long for one.
    """
    if len(url.encode()) > LONGEST:
        return ""
    svg = io.BytesIO()
    segno.make(url, error="m", micro=False).save(svg, kind="svg", xmldecl=False, border=4)
    return svg.getvalue().decode()
