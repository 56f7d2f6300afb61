"""The company of the scenarios."""

from tests.scenarios.conftest import (
    alice,
    ana,
    bob,
    company,
    empty_store,
    fresh,
    server,
    settings,
    where,
)

__all__ = ["alice", "ana", "bob", "company", "empty_store", "fresh", "server", "settings", "where"]
