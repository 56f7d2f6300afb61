"""Why an announcement did not reach somebody, as far as it may be told. Pure.

What is told of are faults of machines: an address that returns mail, a server that cannot be reached, an account that
is gone. Whatever could be somebody's own doing (they declined, want nothing, are away) looks like what merely waits.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Reason = Literal["bounced", "refused", "unreachable", "words", "account", ""]

NAMED: Collection[Reason] = ("bounced", "refused", "unreachable", "words")
"""Reasons beside which names are shown, to who looks after the announcement: they say nothing of what anybody did.

That somebody has no account any more does: who is not in the network is listed nowhere.
"""

Stuck = Literal["fixed", "unreachable", "refused"]
"""Why what was said cannot be taken back: nothing sent there ever can, the server could not be reached, or the platform
lets it be neither deleted nor changed.
"""

_BEGINS: tuple[tuple[str, Reason], ...] = (
    ("bounced", "bounced"), ("unreachable", "unreachable"), ("deferred", "unreachable"), ("words", "words"),
    ("no_account", "account"), ("account_gone", "account"),
)  # fmt: skip


def reason(error: str, platform: str, addressed: Collection[str]) -> Reason:
    """What is told of a promise that is dead; "" for nothing. addressed: platforms on which people have addresses."""
    code = error.removeprefix("refused:")
    for begins, found in _BEGINS:
        if code.startswith(begins):
            return found
    return "refused" if platform in addressed else ""


def stuck(error: str) -> Stuck:
    """Why a removal is dead."""
    return "unreachable" if reason(error, "", ()) == "unreachable" else "refused"
