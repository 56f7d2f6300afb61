"""What all tests can ask for: a Matrix server and databases, started only when a test asks."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers.postgres import Postgres
from tests.servers.synapse import Synapse, is_installed

# A busy machine is not a fault in the code. In CI hypothesis's own profile rules, which also fixes the examples.
settings.register_profile("parvis", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("parvis")

# What a server does for clients, and no test looks at.
UNHEEDED = {
    "push": {"enabled": False},
    "presence": {"enabled": False},
    "enable_search": False,
    # No other server is told of anything: without a sender in charge of it, Synapse does not even try.
    "federation_sender_instances": ["nobody"],
}
# Where Linux keeps files in memory (man 7 shm_overview); a container may give it a few megabytes only.
IN_MEMORY = Path("/dev/shm")
AMPLE = 6 * 2**30  # bytes
MARKERS = {"synapse": "matrix", "postgres_url": "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the servers they use, before `-m` chooses among them."""
    for item in items:
        for fixture, marker in MARKERS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


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
    """Add what one module cannot hold twice: the same hook, first and last; keep files in memory where it is ample."""
    config.pluginmanager.register(LongFirst())
    if not hasattr(config, "workerinput") and not config.option.basetemp and _is_ample(IN_MEMORY):
        # Databases of tests survive killed processes, and need not survive a power cut: half the waiting is the disk's.
        folder = tempfile.TemporaryDirectory(prefix="parvis-tests-", dir=IN_MEMORY, ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        # PostgreSQL refuses to run as root, and runs as somebody who must reach its programs in here.
        Path(folder.name).chmod(0o711)
        config.option.basetemp = Path(folder.name) / "tests"
        # Workers and servers are children of this process: they take their temporary files where it does.
        os.environ["TMPDIR"] = tempfile.tempdir = folder.name


def _is_ample(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > AMPLE


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
