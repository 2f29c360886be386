"""Each way to write, in each value format, and what it leaves on the shard."""

from dataclasses import dataclass
from typing import Any

import pytest
from hazelcast.core import HazelcastJsonValue
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from shards import Shards


@dataclass(frozen=True)
class MapUnderTest:
    """A map and three values of its format."""

    name: str
    map: BlockingMap
    one: Any
    two: Any
    other: Any

    def cold(self, key: str) -> str:
        """The key has a row, and nothing in memory."""
        self.map.set(key, self.one)
        self.map.evict(key)
        return key


VALUES = {
    "kv": ("one", "two", "other"),
    "documents": tuple(HazelcastJsonValue(text) for text in ('{"n": 1}', '{"n":2 }', "[3, null]")),
    "blobs": (bytearray(b"\x00\xff"), bytearray(), bytearray(b"other")),
}


@pytest.fixture(params=VALUES)
def each(request: pytest.FixtureRequest) -> MapUnderTest:
    return MapUnderTest(request.param, request.getfixturevalue(request.param), *VALUES[request.param])


def test_a_put_answers_with_the_value_before_it(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.put(key, each.one) is None
    shards.assert_row(each.name, key, each.one)
    assert each.map.put(key, each.two) == each.one
    shards.assert_row(each.name, key, each.two)
    assert each.map.get(key) == each.two


def test_a_put_finds_the_value_before_it_on_the_shard(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.put(each.cold(key), each.two) == each.one
    shards.assert_row(each.name, key, each.two)


def test_a_set_is_a_row(each: MapUnderTest, key: str, shards: Shards):
    each.map.set(key, each.one)
    shards.assert_row(each.name, key, each.one)
    each.map.set(key, each.two)
    shards.assert_row(each.name, key, each.two)
    assert each.map.get(key) == each.two


def test_put_all_makes_a_row_of_each_entry(each: MapUnderTest, shards: Shards):
    entries = {fresh_key(): value for value in (each.one, each.two, each.other)}
    each.map.put_all(entries)
    for key, value in entries.items():
        shards.assert_row(each.name, key, value)


def test_get_all_reads_memory_and_shard_alike(each: MapUnderTest):
    warm, cold, absent = fresh_key(), each.cold(fresh_key()), fresh_key()
    each.map.set(warm, each.two)
    assert each.map.get_all([warm, cold, absent]) == {warm: each.two, cold: each.one}


def test_a_value_from_the_shard_is_the_one_that_was_put(each: MapUnderTest, key: str):
    assert each.map.get(each.cold(key)) == each.one
    assert each.map.get(fresh_key()) is None


def test_remove_deletes_the_row_and_answers_with_its_value(each: MapUnderTest, key: str, shards: Shards):
    each.map.set(key, each.one)
    assert each.map.remove(key) == each.one
    shards.assert_no_row(each.name, key)
    assert each.map.get(key) is None
    assert each.map.remove(key) is None


def test_remove_finds_what_is_only_on_the_shard(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.remove(each.cold(key)) == each.one
    shards.assert_no_row(each.name, key)


def test_delete_deletes_the_row(each: MapUnderTest, key: str, shards: Shards):
    for arranged in (key, each.cold(fresh_key()), fresh_key()):
        each.map.delete(arranged)
        shards.assert_no_row(each.name, arranged)
        assert each.map.get(arranged) is None


def test_replace_writes_where_there_is_a_value(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.replace(key, each.two) is None
    shards.assert_no_row(each.name, key)
    assert each.map.replace(each.cold(key), each.two) == each.one
    shards.assert_row(each.name, key, each.two)
    assert each.map.replace(key, each.other) == each.two
    shards.assert_row(each.name, key, each.other)


@pytest.mark.parametrize("in_memory", [True, False])
def test_replace_if_same_compares_with_memory_and_shard_alike(
    each: MapUnderTest, key: str, shards: Shards, in_memory: bool
):
    each.cold(key)
    if in_memory:
        each.map.get(key)
    assert not each.map.replace_if_same(key, each.other, each.two)
    shards.assert_row(each.name, key, each.one)
    if not in_memory:
        each.map.evict(key)
    assert each.map.replace_if_same(key, each.one, each.two)
    shards.assert_row(each.name, key, each.two)
    assert each.map.get(key) == each.two
    assert not each.map.replace_if_same(fresh_key(), each.one, each.two)


@pytest.mark.parametrize("in_memory", [True, False])
def test_remove_if_same_compares_with_memory_and_shard_alike(
    each: MapUnderTest, key: str, shards: Shards, in_memory: bool
):
    each.cold(key)
    if in_memory:
        each.map.get(key)
    assert not each.map.remove_if_same(key, each.other)
    shards.assert_row(each.name, key, each.one)
    if not in_memory:
        each.map.evict(key)
    assert each.map.remove_if_same(key, each.one)
    shards.assert_no_row(each.name, key)
    assert each.map.get(key) is None


def test_put_if_absent_leaves_what_is_there(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.put_if_absent(key, each.one) is None
    shards.assert_row(each.name, key, each.one)
    assert each.map.put_if_absent(key, each.two) == each.one
    each.map.evict(key)
    assert each.map.put_if_absent(key, each.two) == each.one
    shards.assert_row(each.name, key, each.one)


def test_contains_key_looks_on_the_shard(each: MapUnderTest, key: str):
    assert not each.map.contains_key(key)
    assert each.map.contains_key(each.cold(key))
    each.map.delete(key)
    assert not each.map.contains_key(key)


def test_try_put_and_try_remove_write_through(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.try_put(key, each.one, 5)
    shards.assert_row(each.name, key, each.one)
    assert each.map.try_remove(key, 5)
    shards.assert_no_row(each.name, key)
