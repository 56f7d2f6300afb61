"""What all tests can ask for: a Matrix server and databases, started only when a test asks."""

import gc
from collections.abc import AsyncIterator

import pytest
from hypothesis import settings

from tests.humans.towns import TOWNS
from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse, is_installed

# A busy machine is not a fault in the code. In CI hypothesis's own profile rules, which also fixes the examples.
settings.register_profile("parvis", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("parvis")

# What a server does for clients, and no test looks at.
UNHEEDED = {each: {"enabled": False} for each in ("push", "presence")}
MARKERS = {"synapse": "matrix", "postgres_url": "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the servers they use, before `-m` chooses among them."""
    for item in items:
        for fixture, marker in MARKERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        rare = _rare(item)
        if rare and not item.get_closest_marker(rare):
            item.add_marker("slow")


class LongFirst:
    """What takes long, and keeps one worker to itself, begins first, so that no worker ends long after the others."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Groups, then what stands on a Matrix server, then the rest as it is."""
        items.sort(key=lambda item: (not item.get_closest_marker("xdist_group"), not item.get_closest_marker("matrix")))


def pytest_collection_finish() -> None:
    """Thousands of collected tests and the libraries stay to the end: looking through them again costs an eighth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    """Add what one module cannot hold twice: the same hook, first and last."""
    config.pluginmanager.register(LongFirst())


def _rare(item: pytest.Item) -> str:
    call = getattr(item, "callspec", None)
    where = TOWNS.get(call.params.get("where")) if call else None
    return where.rare if where else ""


@pytest.fixture(scope="session")
async def synapse() -> AsyncIterator[Synapse]:
    """One Matrix server for the whole run. Nothing is reset: a test makes its own people and rooms."""
    if not is_installed():
        pytest.fail("Synapse is not installed here. Run: make setup-synapse", pytrace=False)
    async with Synapse(settings=UNHEEDED) as server:
        yield server


@pytest.fixture(scope="session")
async def postgres() -> AsyncIterator[Postgres]:
    """One PostgreSQL for the whole run."""
    async with Postgres() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres: Postgres) -> AsyncIterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    async with postgres.database() as url:
        yield url
