"""For how long a platform is left alone, whatever it, or something in front of it, wrote."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.matrix.calls import failure, pause
from adapters.slack.calls import _seconds
from bot.chat import RateLimited

NEVER = 1e400  # what JSON's 1e400 is read as


@pytest.mark.parametrize(
    ("body", "header", "seconds"),
    [
        (4_424, None, 4.424),
        (4_424, "5", 5.0),
        (None, "20", 20.0),
        (None, None, 5.0),
        (0, None, 5.0),
        (-3, "-1", 5.0),
        ("soon", "Wed, 21 Oct 2026 07:28:00 GMT", 5.0),
        (NEVER, None, 3600.0),
        (None, "inf", 3600.0),
        (float("nan"), "nan", 5.0),
        ({"ms": 3}, "", 5.0),
        (True, None, 5.0),
        ("700", None, 0.7),
        (10**400, None, 5.0),
    ],
)
def test_a_homeserver_is_left_alone_for_a_time_that_clocks_know(body: Any, header: str | None, seconds: float) -> None:
    assert pause(body, header) == pytest.approx(seconds)
    error = failure(429, "M_LIMIT_EXCEEDED", body, header)
    assert isinstance(error, RateLimited)
    assert error.retry_after == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("12", 12.0), ("0", 1.0), (None, 30.0), ("", 30.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 30.0), ("inf", 3600.0),
     ("nan", 1.0), ("-5", 1.0), ("1e400", 3600.0)],
)  # fmt: skip
def test_slack_is_left_alone_for_a_time_that_clocks_know(header: str | None, seconds: float) -> None:
    assert _seconds(header) == seconds
