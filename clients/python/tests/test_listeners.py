"""Entry events: one for each write that was stored, none for one that was refused."""

import queue
from contextlib import contextmanager
from typing import Any, Iterator

import pytest
from hazelcast.core import HazelcastJsonValue
from hazelcast.errors import HazelcastError
from hazelcast.proxy.map import BlockingMap

from memory import await_gone

WITHIN_SECONDS = 20


class Events:
    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[str, Any, Any, Any]] = queue.Queue()

    def take(self, kind: str):
        return lambda event: self._queue.put((kind, event.key, event.value, event.old_value))

    def next(self) -> tuple[str, Any, Any, Any]:
        return self._queue.get(timeout=WITHIN_SECONDS)

    def assert_none_left(self) -> None:
        assert self._queue.empty()


@contextmanager
def events_of(map: BlockingMap, key: str) -> Iterator[Events]:
    events = Events()
    listener = map.add_entry_listener(
        include_value=True,
        key=key,
        added_func=events.take("added"),
        updated_func=events.take("updated"),
        removed_func=events.take("removed"),
        evicted_func=events.take("evicted"),
        expired_func=events.take("expired"),
        loaded_func=events.take("loaded"),
    )
    try:
        yield events
    finally:
        map.remove_entry_listener(listener)


def test_each_write_that_was_stored_has_its_event(kv: BlockingMap, key: str):
    with events_of(kv, key) as events:
        kv.set(key, "one")
        assert events.next() == ("added", key, "one", None)
        kv.put(key, "two")
        assert events.next() == ("updated", key, "two", "one")
        with pytest.raises(HazelcastError):
            kv.put(key, 5)
        kv.replace_if_same(key, "two", "three")
        assert events.next() == ("updated", key, "three", "two")
        kv.remove(key)
        assert events.next() == ("removed", key, None, "three")
        kv.put_all({key: "four"})
        assert events.next() == ("added", key, "four", None)
        kv.evict(key)
        assert events.next() == ("evicted", key, None, "four")
        kv.get(key)
        assert events.next() == ("loaded", key, "four", None)
        kv.delete(key)
        assert events.next() == ("removed", key, None, "four")
        events.assert_none_left()


def test_expiry_and_refill_have_their_events(documents: BlockingMap, key: str):
    document = HazelcastJsonValue('{"a": 1}')
    with events_of(documents, key) as events:
        documents.set(key, document)
        assert events.next() == ("added", key, document, None)
        # An expired entry is noticed by the next one who asks for it, or by a cleaner that comes round now and then.
        await_gone(documents, key)
        assert documents.get(key) == document
        assert events.next() == ("expired", key, None, document)
        assert events.next() == ("loaded", key, document, None)
