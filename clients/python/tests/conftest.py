"""The grid, a stock client of it and its shards, once for all tests. Each test takes keys of its own."""

import os
import uuid
from pathlib import Path
from typing import Iterator

import pytest
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


@pytest.fixture
def key() -> str:
    """A key that no other test uses."""
    return fresh_key()


def fresh_key() -> str:
    return f"python-{uuid.uuid4()}"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
