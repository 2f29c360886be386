"""Many keys in one call, and many clients on one key."""

from concurrent.futures import ThreadPoolExecutor

from hazelcast import HazelcastClient
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from counts import Counts, Traffic
from grid_under_test import GridUnderTest
from shards import Shards

KEYS = 1000
CLIENTS = 16
PUTS_OF_A_CLIENT = 25


def test_a_thousand_entries_at_once(kv: BlockingMap, shards: Shards, counts: Counts):
    entries = {fresh_key(): f"value {number}" for number in range(KEYS)}

    _, traffic = counts.during(lambda: kv.put_all(entries))
    assert traffic == Traffic(stores=KEYS, loads=0)
    assert shards.values("kv", entries) == {
        key: (shards.owner(key), shards.partition(key), value) for key, value in entries.items()
    }
    assert {shards.owner(key) for key in entries} == {"shard-1", "shard-2"}

    kv.evict_all()
    found, traffic = counts.during(lambda: kv.get_all(list(entries)))
    assert found == entries
    assert traffic == Traffic(stores=0, loads=KEYS)


def test_sixteen_clients_that_put_one_key_leave_memory_and_row_equal(
    grid: GridUnderTest, kv: BlockingMap, key: str, shards: Shards
):
    with ThreadPoolExecutor(CLIENTS) as threads:
        clients = list(threads.map(lambda _: grid.new_client(), range(CLIENTS)))
        try:
            written = list(threads.map(_put_repeatedly, clients, range(CLIENTS), [key] * CLIENTS))
            last = kv.get(key)
            assert last in {values[-1] for values in written}
            shards.assert_row("kv", key, last)
            kv.evict(key)
            assert kv.get(key) == last
            assert {client.get_map("kv").blocking().get(key) for client in clients} == {last}
        finally:
            list(threads.map(lambda client: client.shutdown(), clients))


def _put_repeatedly(client: HazelcastClient, number: int, key: str) -> list[str]:
    map = client.get_map("kv").blocking()
    values = [f"put {put} of client {number}" for put in range(PUTS_OF_A_CLIENT)]
    for value in values:
        map.put(key, value)
    return values
