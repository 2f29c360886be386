"""Hazelcast's transactions: isolated until the commit, which then stores one key after the other."""

import pytest
from hazelcast import HazelcastClient
from hazelcast.core import HazelcastJsonValue
from hazelcast.errors import HazelcastError
from hazelcast.proxy.map import BlockingMap
from hazelcast.transaction import ONE_PHASE, TWO_PHASE, Transaction

from conftest import fresh_key
from grid_errors import GridError
from memory import await_gone
from shards import Shards


@pytest.fixture(params=[TWO_PHASE, ONE_PHASE], ids=["two phases", "one phase"])
def transaction(request: pytest.FixtureRequest, client: HazelcastClient) -> Transaction:
    return client.new_transaction(timeout=60, durability=1, type=request.param)


def test_a_commit_stores_what_was_written(
    transaction: Transaction, kv: BlockingMap, documents: BlockingMap, shards: Shards
):
    put, replaced, removed, cold, document = (fresh_key() for _ in range(5))
    for key in (replaced, removed, cold):
        kv.set(key, "before")
    kv.evict(cold)

    with transaction:
        map = transaction.get_map("kv")
        assert map.put(put, "put") is None
        assert map.replace(replaced, "replaced") == "before"
        assert map.remove(removed) == "before"
        assert map.get_for_update(cold) == "before"
        map.set(cold, "after")
        transaction.get_map("documents").set(document, HazelcastJsonValue("[1]"))

        assert map.get(put) == "put", "it reads its own writes"
        shards.assert_no_row("kv", put)
        shards.assert_row("kv", removed, "before")

    shards.assert_row("kv", put, "put")
    shards.assert_row("kv", replaced, "replaced")
    shards.assert_no_row("kv", removed)
    shards.assert_row("kv", cold, "after")
    shards.assert_row("documents", document, HazelcastJsonValue("[1]"))
    assert kv.get_all([put, replaced, removed, cold]) == {put: "put", replaced: "replaced", cold: "after"}
    assert documents.get(document) == HazelcastJsonValue("[1]")


def test_a_rollback_stores_nothing(transaction: Transaction, kv: BlockingMap, key: str, shards: Shards):
    absent = fresh_key()
    kv.set(key, "before")
    transaction.begin()
    transaction.get_map("kv").put(key, "after")
    transaction.get_map("kv").put(absent, "after")
    transaction.rollback()

    shards.assert_row("kv", key, "before")
    shards.assert_no_row("kv", absent)
    assert kv.get(key) == "before"
    kv.set(key, "free again")
    shards.assert_row("kv", key, "free again")


def test_a_commit_of_a_refused_value_says_so_and_may_store_the_others(
    transaction: Transaction, kv: BlockingMap, key: str, shards: Shards
):
    """A commit isn't atomic over keys: each is stored by itself, and the first that fails is what the caller hears."""
    kv.set(key, "before")
    others = [fresh_key() for _ in range(5)]
    transaction.begin()
    map = transaction.get_map("kv")
    for other in others[:2]:
        map.set(other, "after")
    map.set(key, 5)
    for other in others[2:]:
        map.set(other, "after")
    with pytest.raises(HazelcastError) as refused:
        transaction.commit()

    error = GridError.read(refused.value)
    assert (error.code, error.key, error.map) == ("VALUE_TYPE", key, "kv")
    assert kv.get(key) == "before"
    shards.assert_row("kv", key, "before")
    # Nothing stays locked, and what is read agrees with the shard.
    kv.put_all({written: "later" for written in [key, *others]})
    for written in [key, *others]:
        shards.assert_row("kv", written, "later")


def test_a_transaction_that_outlives_the_ttl_is_stored(
    client: HazelcastClient, kv: BlockingMap, key: str, shards: Shards
):
    """A locked entry doesn't expire, so that what the commit finds is what the transaction read."""
    for earlier in ("one", "two", "three"):
        kv.set(key, earlier)
    unlocked = fresh_key()
    kv.set(unlocked, "expires")
    with client.new_transaction(timeout=60, durability=1, type=TWO_PHASE) as transaction:
        assert transaction.get_map("kv").get_for_update(key) == "three"
        await_gone(kv, unlocked)
        transaction.get_map("kv").set(key, "four")
    shards.assert_row("kv", key, "four")
    assert kv.get(key) == "four"
