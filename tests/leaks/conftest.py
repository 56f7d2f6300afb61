"""The company of the scenarios."""

from tests.scenarios.conftest import (
    alice,
    ana,
    bob,
    capabilities,
    company,
    empty_store,
    fresh,
    released,
    server,
    settings,
    where,
)

__all__ = [
    "alice",
    "ana",
    "bob",
    "capabilities",
    "company",
    "empty_store",
    "fresh",
    "released",
    "server",
    "settings",
    "where",
]
