"""The grid, a stock client of it and its shards, once for all tests. Each test takes keys of its own."""

import os
import uuid
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
import throughline
import yaml
from hazelcast import HazelcastClient
from hazelcast.proxy.map import BlockingMap

from counts import Counts
from grid_under_test import GridUnderTest
from shards import Shards


@pytest.fixture(scope="session")
def grid() -> GridUnderTest:
    return GridUnderTest.of(Path(os.environ["GRID_DIR"]))


@pytest.fixture(scope="session")
def client(grid: GridUnderTest) -> Iterator[HazelcastClient]:
    client = grid.new_client()
    yield client
    client.shutdown()


@pytest.fixture(scope="session")
def shards(grid: GridUnderTest, client: HazelcastClient) -> Iterator[Shards]:
    with Shards(grid.primaries(), client.partition_service) as shards:
        yield shards


@pytest.fixture(scope="session")
def counts(grid: GridUnderTest) -> Counts:
    return Counts(grid.metrics_urls)


@pytest.fixture(scope="session")
def kv(client: HazelcastClient) -> BlockingMap:
    return client.get_map("kv").blocking()


@pytest.fixture(scope="session")
def documents(client: HazelcastClient) -> BlockingMap:
    return client.get_map("documents").blocking()


@pytest.fixture(scope="session")
def blobs(client: HazelcastClient) -> BlockingMap:
    return client.get_map("blobs").blocking()


@pytest.fixture(scope="session")
def resilient(grid: GridUnderTest) -> Iterator[throughline.ResilientGrid]:
    with throughline.connect(grid.settings_file, grid.members) as resilient:
        yield resilient


Open = Callable[..., throughline.ResilientGrid]


@pytest.fixture
def open_resilient(grid: GridUnderTest, tmp_path: Path) -> Iterator[Open]:
    """Opens a grid with changed blocks of throughline.yaml: open_resilient(fallback={"queue-limit": 1})."""
    with ExitStack() as stack:

        def open(**blocks: dict[str, Any]) -> throughline.ResilientGrid:
            file = tmp_path / f"throughline-{uuid.uuid4()}.yaml"
            file.write_text(changed_settings(grid, **blocks))
            return stack.enter_context(throughline.connect(file, grid.members))

        yield open


def changed_settings(grid: GridUnderTest, **blocks: dict[str, Any]) -> str:
    settings = yaml.safe_load(grid.settings_file.read_text())
    settings["database"]["password-file"] = str(grid.directory / "postgres" / "secrets" / "throughline.password")
    for block, changes in blocks.items():
        settings[block] = {**settings.get(block, {}), **changes}
    return yaml.safe_dump(settings)


@pytest.fixture
def key() -> str:
    """A key that no other test uses."""
    return fresh_key()


def fresh_key() -> str:
    return f"python-{uuid.uuid4()}"


def fresh_key_where(condition: Callable[[str], bool]) -> str:
    return next(key for key in iter(fresh_key, None) if condition(key))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
