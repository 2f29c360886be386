"""What a client writes directly is on a quorum when it is acknowledged, whatever is done to the shard meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Iterator

import psycopg
import psycopg.sql
import pytest
import throughline
from throughline import Decision, ServedBy

from conftest import Open, fresh_key_where
from grid_under_test import GridUnderTest
from shards import Shards

# Nobody has this name, so no commit is released.
NOBODY = "ANY 1 (nobody)"


class Replication:
    """Of shard-1."""

    def __init__(self, superuser: psycopg.Connection):
        self._superuser = superuser
        # Its own writes, of settings, must not wait.
        superuser.execute("SET synchronous_commit = 'local'")
        self._names = self._ask("SHOW synchronous_standby_names")

    def _ask(self, query: str) -> str:
        return self._superuser.execute(query).fetchone()[0]

    @contextmanager
    def waiting_for(self, names: str) -> Iterator[None]:
        self.set(names)
        try:
            yield
        finally:
            self.set(self._names)

    def set(self, names: str) -> None:
        self._superuser.execute(
            psycopg.sql.SQL("ALTER SYSTEM SET synchronous_standby_names = {}").format(names)
        )
        self._superuser.execute("SELECT pg_reload_conf()")
        _await(lambda: self._ask("SHOW synchronous_standby_names") == names)
        # Other sessions read it when they are next idle, the checkpointer, which has a say too, within moments.
        time.sleep(0.2)

    def restore(self) -> None:
        self.set(self._names)

    def await_waiting_commits(self, application: str = "throughline client") -> None:
        _await(lambda: self._waiting(application))

    def cancel_waiting_commits(self, application: str = "throughline client") -> None:
        for pid in self._waiting(application):
            self._superuser.execute("SELECT pg_cancel_backend(%s)", (pid,))

    def _waiting(self, application: str) -> list[int]:
        return [
            pid
            for (pid,) in self._superuser.execute(
                "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = %s", (application,)
            )
        ]


def _await(condition) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def replication(grid: GridUnderTest) -> Iterator[Replication]:
    with grid.superuser("shard-1") as superuser:
        replication = Replication(superuser)
        yield replication
        replication.restore()


@pytest.fixture
def key(shards: Shards) -> str:
    return fresh_key_where(lambda key: shards.owner(key) == "shard-1")


@pytest.fixture
def map(resilient: throughline.ResilientGrid, key: str) -> throughline.ResilientMap:
    map = resilient.map("kv")
    map.remove(key)
    return map


def test_while_replication_is_off_a_direct_write_is_refused_and_reads_go_on(
    map: throughline.ResilientMap, replication: Replication, key: str, shards: Shards
):
    map.put_if_absent(key, "before")
    with replication.waiting_for(""):
        for write in (
            lambda: map.remove(key),
            lambda: map.put_if_absent(key, "during"),
            lambda: map.replace(key, "before", "during"),
            lambda: map.put(key, "during"),
        ):
            with pytest.raises(throughline.RefusedError) as refused:
                write()
            assert refused.value.code == "NOT_REPLICATED"
        assert map.get(key).value == "before"
        assert shards.value("kv", key) == "before"
    assert map.replace(key, "before", "after") == Decision(True, None)


def test_a_commit_whose_wait_was_cancelled_is_not_acknowledged(
    map: throughline.ResilientMap, replication: Replication, key: str, shards: Shards
):
    """PostgreSQL reports it as a success, with a WARNING."""
    with ThreadPoolExecutor(1) as thread, replication.waiting_for(NOBODY):
        answered = thread.submit(map.put_if_absent, key, "during")
        replication.await_waiting_commits()
        replication.cancel_waiting_commits()
        with pytest.raises(throughline.UnknownOutcomeError) as unknown:
            answered.result(5)
    assert unknown.value.code == "NOT_REPLICATED"
    assert "it was committed on the primary, and no standby has confirmed it" in str(unknown.value)
    assert shards.value("kv", key) == "during"


def test_a_commit_released_by_emptying_the_standby_names_is_not_acknowledged(
    map: throughline.ResilientMap, replication: Replication, key: str
):
    with ThreadPoolExecutor(1) as thread, replication.waiting_for(NOBODY):
        answered = thread.submit(map.remove, key)
        replication.await_waiting_commits()
        replication.set("")
        with pytest.raises(throughline.UnknownOutcomeError) as unknown:
            answered.result(5)
    assert unknown.value.code == "NOT_REPLICATED"


def test_a_commit_that_waits_longer_than_the_socket_timeout_is_sent_again_and_takes_effect_once(
    open_resilient: Open, replication: Replication, key: str, shards: Shards
):
    """Nothing is cancelled: the connection is closed, and the copy that follows waits for the one before."""
    map = open_resilient(connections={"socket-timeout": "1s"}).map("kv")
    map.remove(key)
    with ThreadPoolExecutor(1) as thread:
        with replication.waiting_for(NOBODY):
            answered = thread.submit(map.put_if_absent, key, "slow")
            replication.await_waiting_commits()
            time.sleep(1.5)
            assert not answered.done()
        assert answered.result(10) == Decision(True, None)
    (row,) = shards.rows("kv", key)
    assert (row.value, len(row.operations)) == ("slow", 2)


def test_whoever_chooses_availability_is_acknowledged_on_one_machine(
    open_resilient: Open, replication: Replication, key: str, shards: Shards
):
    map = open_resilient(write={"on-degraded": "warn"}).map("kv")
    with replication.waiting_for(""):
        assert map.remove(key) is ServedBy.SHARD
        assert map.put_if_absent(key, "on one machine") == Decision(True, None)
    assert shards.value("kv", key) == "on one machine"
