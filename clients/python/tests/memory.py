"""What a map holds in memory. A query asks that alone, so looking doesn't refill."""

import time

import pytest
from hazelcast.predicate import sql
from hazelcast.proxy.map import BlockingMap

TTL_SECONDS = 5


def is_held(map: BlockingMap, key: str) -> bool:
    return bool(map.key_set(sql(f"__key = '{key}'")))


def await_gone(map: BlockingMap, key: str) -> None:
    deadline = time.monotonic() + 3 * TTL_SECONDS
    while is_held(map, key):
        if time.monotonic() > deadline:
            pytest.fail(f"{key} is still in memory")
        time.sleep(0.05)
