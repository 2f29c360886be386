"""Each operation of the resilient map, in its blocking and in its asyncio form, in each value format."""

import asyncio
from dataclasses import dataclass
from typing import Any, Callable, Iterator

import pytest
import throughline
from hazelcast.core import HazelcastJsonValue
from hazelcast.proxy.map import BlockingMap
from throughline import Decision, Reading, ServedBy

from conftest import Open, fresh_key
from grid_errors import GridError
from memory import is_held
from shards import Shards, column

VALUES: dict[str, tuple[Any, Any, Any]] = {
    "kv": ("one", "zwölf 'quoted' \\ \"😀\" %s {0} --", ""),
    "documents": tuple(HazelcastJsonValue(text) for text in ('{"n": 1}', '{"n":2, "s":"ü\\n\'" }', "[3, null]")),
    "blobs": (b"\x00\xff'\\", b"", bytes(range(256))),
}


class Awaited:
    """The asyncio form, called as the blocking one."""

    def __init__(self, map: throughline.AsyncResilientMap, loop: asyncio.AbstractEventLoop):
        self._map = map
        self._loop = loop

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._map, name)
        return lambda *arguments: self._loop.run_until_complete(call(*arguments))


@dataclass(frozen=True)
class MapUnderTest:
    name: str
    map: Any
    stock: BlockingMap
    one: Any
    two: Any
    other: Any

    def shown(self, value: Any) -> Any:
        """As the stock client has it."""
        return bytearray(value) if isinstance(value, bytes) else value


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(params=VALUES)
def format(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=["blocking", "asyncio"])
def each(
    request: pytest.FixtureRequest,
    format: str,
    resilient: throughline.ResilientGrid,
    loop: asyncio.AbstractEventLoop,
) -> MapUnderTest:
    blocking = request.param == "blocking"
    map = resilient.map(format) if blocking else Awaited(resilient.async_map(format), loop)
    return MapUnderTest(format, map, request.getfixturevalue(format), *VALUES[format])


def test_a_put_through_the_cache_is_a_row_and_the_value_in_memory(each: MapUnderTest, key: str, shards: Shards):
    for value in (each.one, each.two, each.other):
        each.map.put(key, value)
        assert each.map.get(key).value == value
        assert each.stock.get(key) == each.shown(value)
        (row,) = shards.rows(each.name, key)
        assert (row.shard, row.value) == (shards.owner(key), column(value))
        assert row.attempts


def test_the_cache_serves_while_it_is_quick(each: MapUnderTest):
    served = [each.map.put(fresh_key(), each.one) for _ in range(20)]
    assert served.count(ServedBy.CACHE) > 10


def test_an_absent_key_reads_as_none(each: MapUnderTest, key: str):
    assert each.map.get(key).value is None


def test_a_remove_leaves_a_tombstone_and_nothing_in_memory(each: MapUnderTest, key: str, shards: Shards):
    each.map.put(key, each.one)
    assert each.map.remove(key) is ServedBy.SHARD
    shards.assert_written_directly(each.name, key, None)
    assert each.map.get(key) == Reading(None, ServedBy.SHARD)
    assert each.stock.get(key) is None
    assert each.map.remove(key) is ServedBy.SHARD
    each.map.put(key, each.two)
    assert each.map.get(key).value == each.two


def test_put_if_absent_is_decided_by_the_shard(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.put_if_absent(key, each.one) == Decision(True, None)
    assert each.map.put_if_absent(key, each.two) == Decision(False, each.one)
    shards.assert_written_directly(each.name, key, column(each.one))
    each.map.remove(key)
    assert each.map.put_if_absent(key, each.two) == Decision(True, None)
    assert each.map.get(key).value == each.two
    assert each.stock.get(key) == each.shown(each.two)


def test_replace_is_decided_by_the_shard(each: MapUnderTest, key: str, shards: Shards):
    assert each.map.replace(key, each.one, each.two) == Decision(False, None)
    each.map.put(key, each.one)
    assert each.map.replace(key, each.two, each.other) == Decision(False, each.one)
    assert each.map.replace(key, each.one, each.two) == Decision(True, None)
    shards.assert_written_directly(each.name, key, column(each.two))
    assert each.map.get(key).value == each.two
    each.map.remove(key)
    assert each.map.replace(key, each.two, each.one) == Decision(False, None)


def test_many_entries_at_once(each: MapUnderTest, shards: Shards):
    entries = {fresh_key(): value for _ in range(100) for value in (each.one, each.two, each.other)}
    assert list(each.map.put_all(entries)) == list(entries)
    assert {key: value for key, (_, _, value) in shards.values(each.name, entries).items()} == {
        key: column(value) for key, value in entries.items()
    }
    absent = fresh_key()
    found = each.map.get_all([*entries, absent])
    assert {key: reading.value for key, reading in found.items()} == {**entries, absent: None}
    assert each.map.put_all({}) == {} and each.map.get_all([]) == {}


BAD = {
    "an empty key": ("kv", "", "v", "KEY_INVALID"),
    "a long key": ("kv", "é" * 256 + "a", "v", "KEY_INVALID"),
    "a NUL in a key": ("kv", "a\0b", "v", "KEY_INVALID"),
    "a lone surrogate in a key": ("kv", "\ud800", "v", "KEY_INVALID"),
    "a key that is no text": ("kv", 5, "v", "KEY_TYPE"),
    "no key": ("kv", None, "v", "KEY_TYPE"),
    "a number": ("kv", "k", 5, "VALUE_TYPE"),
    "no value": ("kv", "k", None, "VALUE_TYPE"),
    "a dict": ("documents", "k", {"a": 1}, "VALUE_TYPE"),
    "text as bytes": ("blobs", "k", "v", "VALUE_TYPE"),
    "a NUL": ("kv", "k", "a\0", "VALUE_TEXT_INVALID"),
    "a lone surrogate": ("kv", "k", "\udc00", "VALUE_TEXT_INVALID"),
    "half a JSON": ("documents", "k", HazelcastJsonValue('{"a":'), "VALUE_JSON_INVALID"),
    "a byte too many": ("blobs", "k", bytes((1 << 20) + 1), "VALUE_TOO_LARGE"),
    "a byte too many, in fewer characters": ("kv", "k", "é" * (1 << 19) + "a", "VALUE_TOO_LARGE"),
}


@pytest.mark.parametrize("name, key, value, code", BAD.values(), ids=BAD)
def test_what_can_be_no_row_is_refused_before_anything_is_sent(
    resilient: throughline.ResilientGrid, shards: Shards, name: str, key: Any, value: Any, code: str
):
    map = resilient.map(name)
    before = shards.count(name)
    good = fresh_key()
    writes: list[Callable[[], Any]] = [
        lambda: map.put(key, value),
        lambda: map.put_if_absent(key, value),
        lambda: map.put_all({good: VALUES[name][0], key: value}),
        lambda: map.replace(key, VALUES[name][0], value),
    ]
    if code.startswith("KEY"):
        writes += [lambda: map.get(key), lambda: map.remove(key), lambda: map.get_all([good, key])]
    for write in writes:
        with pytest.raises(throughline.RefusedError) as refused:
            write()
        assert refused.value.code == code
        assert str(refused.value).startswith(f"[REFUSED {code}] ")
        assert "Nothing was " in str(refused.value)
    assert shards.count(name) == before


def test_an_error_is_of_one_family_and_names_key_and_shard(resilient: throughline.ResilientGrid, shards: Shards):
    with pytest.raises(throughline.ThroughlineError) as refused:
        resilient.map("kv").put("a key", 5)
    assert isinstance(refused.value, throughline.RefusedError)
    place = f"(partition {shards.partition('a key')}, {shards.owner('a key')})"
    assert str(refused.value).startswith(f"[REFUSED VALUE_TYPE] put of key 'a key' in map 'kv' {place}: the value is a int")


def test_the_refusal_of_a_member_is_an_error_of_the_same_family(
    open_resilient: Open, grid, kv: BlockingMap, key: str, shards: Shards
):
    """Its own limit is below what the client was told."""
    map = open_resilient(
        maps={"kv": {"value-format": "text", "max-value-bytes": 2 << 20}},
        # Else a machine that is busy for a moment has the shard asked, which knows no limit.
        fallback={"cache-timeout": "5s"},
    ).map("kv")
    kv.set(key, "earlier")
    with pytest.raises(throughline.RefusedError) as refused:
        map.put(key, "a" * ((1 << 20) + 1))
    assert refused.value.code == "VALUE_TOO_LARGE"
    assert GridError.read(refused.value).key == key
    shards.assert_row("kv", key, "earlier")


def test_a_map_that_the_settings_do_not_name_is_refused(resilient: throughline.ResilientGrid):
    with pytest.raises(throughline.SettingsError, match="has no map nope; it has kv, documents, blobs"):
        resilient.map("nope")


def test_a_key_that_the_shard_decided_is_read_from_it(resilient: throughline.ResilientGrid, key: str, shards: Shards):
    map = resilient.map("kv")
    map.remove(key)
    map.put_if_absent(key, "one")
    assert map.get(key) == Reading("one", ServedBy.SHARD)
    shards.overwrite("kv", key, "changed by SQL")
    assert map.get(key) == Reading("changed by SQL", ServedBy.SHARD)


def test_an_operation_has_an_odd_id_where_a_condition_decides(each: MapUnderTest, key: str, shards: Shards):
    for _ in range(5):
        each.map.remove(key)
        each.map.put_if_absent(key, each.one)
        each.map.replace(key, each.one, each.two)
        each.map.put(key, each.one)
        (row,) = shards.rows(each.name, key)
        assert [id % 2 for id in row.operations] == [0, 1, 1, 0]


def test_a_direct_write_is_evicted_from_the_cache(
    resilient: throughline.ResilientGrid, kv: BlockingMap, key: str
):
    kv.set(key, "cached")
    assert resilient.map("kv").replace(key, "cached", "direct").applied
    assert not is_held(kv, key)
    assert kv.get(key) == "direct"


def test_a_client_of_the_application_stays_open(grid, key: str):
    from hazelcast import HazelcastClient

    client = HazelcastClient(
        cluster_name="throughline", cluster_members=grid.members, custom_serializers=throughline.SERIALIZERS
    )
    with throughline.ResilientGrid.open(client, grid.settings_file) as resilient:
        resilient.map("kv").put(key, "v")
    assert client.get_map("kv").blocking().get(key) == "v"
    client.shutdown()


def test_a_client_without_the_serializer_is_told_so(grid, key: str, shards: Shards):
    client = grid.new_client()
    with throughline.ResilientGrid.open(client, grid.settings_file) as resilient:
        with pytest.raises(throughline.RefusedError, match="throughline.SERIALIZERS") as refused:
            resilient.map("kv").put(key, "v")
    assert refused.value.code == "ENVELOPE_INVALID"
    shards.assert_no_row("kv", key)
    client.shutdown()


def test_a_closed_client_refuses(open_resilient: Open, key: str):
    resilient = open_resilient()
    resilient.close()
    with pytest.raises(throughline.RefusedError) as refused:
        resilient.map("kv").remove(key)
    assert refused.value.code == "CLIENT_CLOSED"
    with pytest.raises(throughline.ThroughlineError):
        resilient.map("kv").put(key, "v")


def test_a_task_that_is_cancelled_stops_waiting_and_its_write_goes_on(
    resilient: throughline.ResilientGrid, loop: asyncio.AbstractEventLoop, key: str
):
    map = resilient.async_map("kv")

    async def cancelled() -> None:
        task = asyncio.ensure_future(map.put_if_absent(key, "v"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while (await map.get(key)).value is None:
            await asyncio.sleep(0.01)

    loop.run_until_complete(asyncio.wait_for(cancelled(), 10))


def test_what_postgresql_refuses_is_refused_with_its_reason(open_resilient: Open, key: str):
    map = open_resilient(maps={"kv": {"value-format": "text", "schema": "nowhere"}}).map("kv")
    for write in (lambda: map.remove(key), lambda: map.put_if_absent(key, "v"), lambda: map.replace(key, "v", "w")):
        with pytest.raises(throughline.RefusedError) as refused:
            write()
        assert refused.value.code == "DATABASE_REFUSED"
        assert 'SQLState 42P01: relation "nowhere.entries" does not exist' in str(refused.value)
