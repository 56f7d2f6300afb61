"""As `connected`, with every other library imported that `parvis run` imports. Argument: the Web API's URL."""

import asyncio
import sys
from typing import Any

# As `parvis run` does: rich counts as not installed while structlog is imported, which would load it.
hidden: dict[str, Any] = {"rich": None}
sys.modules |= hidden

import babel.dates  # noqa: E402
import babel.lists  # noqa: E402, F401
import cyclopts  # noqa: E402, F401
import fluent.runtime  # noqa: E402, F401
import prometheus_client  # noqa: E402, F401
import structlog  # noqa: E402, F401

from bench.bare.connected import main  # noqa: E402

if __name__ == "__main__":
    asyncio.run(main())
