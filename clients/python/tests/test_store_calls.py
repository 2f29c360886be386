"""What each call makes the members send to the shards: the table of docs/clients.md."""

from typing import Any, Callable

import pytest
from hazelcast.predicate import sql
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from counts import Counts, Traffic
from shards import Shards

ABSENT, COLD, WARM = "absent", "only on the shard", "in memory"

Call = Callable[[BlockingMap, str], Any]

# name, call, then for each state of the key: its answer, rows stored, keys loaded
CALLS: list[tuple[str, Call, dict[str, tuple[Any, int, int]]]] = [
    ("get", lambda kv, key: kv.get(key), {ABSENT: (None, 0, 1), COLD: ("old", 0, 1), WARM: ("old", 0, 0)}),
    ("get_all", lambda kv, key: len(kv.get_all([key])), {ABSENT: (0, 0, 1), COLD: (1, 0, 1), WARM: (1, 0, 0)}),
    ("contains_key", lambda kv, key: kv.contains_key(key), {ABSENT: (False, 0, 1), COLD: (True, 0, 1), WARM: (True, 0, 0)}),
    ("set", lambda kv, key: kv.set(key, "new"), {ABSENT: (None, 1, 0), COLD: (None, 1, 0), WARM: (None, 1, 0)}),
    ("put", lambda kv, key: kv.put(key, "new"), {ABSENT: (None, 1, 1), COLD: ("old", 1, 1), WARM: ("old", 1, 0)}),
    ("put_all", lambda kv, key: kv.put_all({key: "new"}) and None, {ABSENT: (None, 1, 0), COLD: (None, 1, 0), WARM: (None, 1, 0)}),
    ("put_if_absent", lambda kv, key: kv.put_if_absent(key, "new"), {ABSENT: (None, 1, 1), COLD: ("old", 0, 1), WARM: ("old", 0, 0)}),
    ("replace", lambda kv, key: kv.replace(key, "new"), {ABSENT: (None, 0, 1), COLD: ("old", 1, 1), WARM: ("old", 1, 0)}),
    (
        "replace_if_same",
        lambda kv, key: kv.replace_if_same(key, "old", "new"),
        {ABSENT: (False, 0, 1), COLD: (True, 1, 1), WARM: (True, 1, 0)},
    ),
    (
        "replace_if_same, another value",
        lambda kv, key: kv.replace_if_same(key, "another", "new"),
        {ABSENT: (False, 0, 1), COLD: (False, 0, 1), WARM: (False, 0, 0)},
    ),
    ("remove", lambda kv, key: kv.remove(key), {ABSENT: (None, 0, 1), COLD: ("old", 1, 1), WARM: ("old", 1, 0)}),
    (
        "remove_if_same",
        lambda kv, key: kv.remove_if_same(key, "old"),
        {ABSENT: (False, 0, 1), COLD: (True, 1, 1), WARM: (True, 1, 0)},
    ),
    (
        "remove_if_same, another value",
        lambda kv, key: kv.remove_if_same(key, "another"),
        {ABSENT: (False, 0, 1), COLD: (False, 0, 1), WARM: (False, 0, 0)},
    ),
    ("delete", lambda kv, key: kv.delete(key), {ABSENT: (None, 1, 0), COLD: (None, 1, 0), WARM: (None, 1, 0)}),
    ("evict", lambda kv, key: kv.evict(key), {ABSENT: (False, 0, 0), COLD: (False, 0, 0), WARM: (True, 0, 0)}),
    # On a key that isn't in memory, each of the three copies looks it up.
    ("set_ttl", lambda kv, key: kv.set_ttl(key, 3), {ABSENT: (False, 0, 3), COLD: (True, 1, 3), WARM: (True, 1, 0)}),
    ("put_transient", lambda kv, key: kv.put_transient(key, "new"), {ABSENT: (None, 0, 0), COLD: (None, 0, 0), WARM: (None, 0, 0)}),
    ("lock", lambda kv, key: kv.lock(key) or kv.unlock(key), {ABSENT: (None, 0, 0), COLD: (None, 0, 0), WARM: (None, 0, 0)}),
    # What asks memory alone.
    ("get_entry_view", lambda kv, key: kv.get_entry_view(key) is not None, {ABSENT: (False, 0, 0), COLD: (False, 0, 0), WARM: (True, 0, 0)}),
    (
        "key_set by predicate",
        lambda kv, key: len(kv.key_set(sql(f"__key = '{key}'"))),
        {ABSENT: (0, 0, 0), COLD: (0, 0, 0), WARM: (1, 0, 0)},
    ),
    (
        "values by predicate",
        lambda kv, key: kv.values(sql(f"__key = '{key}'")),
        {ABSENT: ([], 0, 0), COLD: ([], 0, 0), WARM: (["old"], 0, 0)},
    ),
    (
        "remove_all by predicate",
        lambda kv, key: kv.remove_all(sql(f"__key = '{key}'")),
        {ABSENT: (None, 0, 0), COLD: (None, 0, 0), WARM: (None, 1, 0)},
    ),
]


@pytest.mark.parametrize("state", [ABSENT, COLD, WARM])
@pytest.mark.parametrize("call, outcomes", [(call, outcomes) for _, call, outcomes in CALLS], ids=[name for name, _, _ in CALLS])
def test_a_call_loads_and_stores_as_documented(
    kv: BlockingMap, key: str, counts: Counts, call: Call, outcomes: dict[str, tuple[Any, int, int]], state: str
):
    if state != ABSENT:
        kv.set(key, "old", ttl=60)
    if state == COLD:
        kv.evict(key)
    answer, stores, loads = outcomes[state]
    assert counts.during(lambda: call(kv, key)) == (answer, Traffic(stores=stores, loads=loads))


def test_clear_deletes_the_rows_of_what_is_in_memory_and_no_others(
    kv: BlockingMap, key: str, shards: Shards, counts: Counts
):
    cold = fresh_key()
    kv.set(cold, "stays")
    kv.evict_all()
    kv.set(key, "goes")
    kv.clear()
    shards.assert_no_row("kv", key)
    shards.assert_row("kv", cold, "stays")
    assert kv.get_all([key, cold]) == {cold: "stays"}


def test_size_and_values_count_what_is_in_memory(kv: BlockingMap, key: str):
    kv.clear()
    kv.set(key, "v")
    assert (kv.size(), kv.is_empty(), kv.values(), kv.key_set(), kv.contains_value("v")) == (1, False, ["v"], [key], True)
    kv.evict(key)
    assert (kv.size(), kv.is_empty(), kv.values(), kv.key_set(), kv.contains_value("v")) == (0, True, [], [], False)
    assert kv.contains_key(key)


def test_set_ttl_writes_the_cached_value_back(kv: BlockingMap, key: str, shards: Shards):
    kv.set(key, "cached")
    shards.overwrite("kv", key, "changed by SQL")
    assert kv.set_ttl(key, 3)
    shards.assert_row("kv", key, "cached")


def test_evict_drops_the_cached_value_alone(kv: BlockingMap, key: str, shards: Shards):
    kv.set(key, "cached")
    shards.overwrite("kv", key, "changed by SQL")
    assert kv.get(key) == "cached"
    assert kv.evict(key)
    assert kv.get(key) == "changed by SQL"
