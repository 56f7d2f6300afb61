"""`python -m bench [NAME …]`: one JSON line per claim on standard output, tables for people on standard error."""

from __future__ import annotations

import asyncio
import sys

from bench import (
    ack,
    announce,
    beside,
    drain,
    due,
    ingest,
    looks,
    memory,
    paced,
    pages,
    phrases,
    profiles,
    send,
    start,
    takeover,
)
from bench.measure import say

FAMILIES = {
    "ack": ack.main,
    "ingest": ingest.main,
    "send": send.main,
    "start": start.main,
    "paced": paced.main,
    "drain": drain.main,
    "takeover": takeover.main,
    "memory": memory.main,
    "due": due.main,
    "profiles": profiles.main,
    "looks": looks.main,
    "beside": beside.main,
    "page": pages.main,
    "phrases": phrases.main,
    "announce": announce.main,
}


async def main(names: list[str]) -> int:
    """Run the families of claims named, or all; the status tells of families that could not be measured."""
    unknown = set(names) - set(FAMILIES)
    if unknown:
        say(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(FAMILIES)}")
        return 2
    failed = 0
    for name in names or FAMILIES:
        say(f"== {name}")
        try:
            await FAMILIES[name]()
        except (RuntimeError, TimeoutError) as error:
            say(f"{name} could not be measured: {error}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
