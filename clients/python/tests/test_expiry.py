"""Memory holds an entry for its time to live; the shard keeps the row, and a read refills memory from it."""

import time

from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from counts import Counts, Traffic
from memory import TTL_SECONDS, await_gone
from shards import Shards


def test_after_the_ttl_a_get_refills_from_the_shard(kv: BlockingMap, key: str, shards: Shards, counts: Counts):
    kv.set(key, "put")
    written = time.monotonic()
    shards.overwrite("kv", key, "changed by SQL")

    assert counts.during(lambda: kv.get(key)) == ("put", Traffic(stores=0, loads=0)), "memory served it"
    await_gone(kv, key)
    # Hazelcast keeps time in whole seconds.
    assert TTL_SECONDS - 1 <= time.monotonic() - written <= TTL_SECONDS + 2
    assert len(shards.rows("kv", key)) == 1

    assert counts.during(lambda: kv.get(key)) == ("changed by SQL", Traffic(stores=0, loads=1)), "the shard served it"
    assert counts.during(lambda: kv.get(key)) == ("changed by SQL", Traffic(stores=0, loads=0)), "memory again"
    assert kv.get_entry_view(key).ttl == TTL_SECONDS * 1000, "what was refilled expires as well"


def test_an_entry_s_own_ttl_ends_its_time_in_memory_and_not_its_row(kv: BlockingMap, key: str, shards: Shards):
    kv.set(key, "short", ttl=1)
    await_gone(kv, key)
    shards.assert_row("kv", key, "short")
    assert kv.get(key) == "short"


def test_what_the_shard_does_not_have_is_asked_for_each_time(kv: BlockingMap, counts: Counts):
    absent = fresh_key()
    for _ in range(3):
        assert counts.during(lambda: kv.get(absent)) == (None, Traffic(stores=0, loads=1))


def test_put_transient_is_forgotten_with_its_ttl(kv: BlockingMap, key: str, shards: Shards):
    kv.set(key, "kept")
    kv.put_transient(key, "forgotten", ttl=1)
    assert kv.get(key) == "forgotten"
    shards.assert_row("kv", key, "kept")
    await_gone(kv, key)
    assert kv.get(key) == "kept"

