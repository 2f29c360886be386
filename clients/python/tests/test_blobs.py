"""Bytes: a bytearray in Python is a byte[] in Java and a bytea on the shard."""

import pytest
from hazelcast.errors import HazelcastSerializationError
from hazelcast.proxy.map import BlockingMap

from shards import Shards

BYTES = {
    "empty": bytearray(),
    "every byte": bytearray(range(256)),
    "NULs": bytearray(7),
    "no UTF-8": bytearray(b"\xc3\x28\xed\xa0\x80\xff"),
    "1 MiB": bytearray(range(256)) * 4096,
}


@pytest.mark.parametrize("value", BYTES.values(), ids=BYTES)
def test_bytes_come_back_as_they_were(blobs: BlockingMap, key: str, shards: Shards, value: bytearray):
    blobs.set(key, value)
    shards.assert_row("blobs", key, value)
    blobs.evict(key)
    assert blobs.get(key) == value
    assert type(blobs.get(key)) is bytearray


def test_bytes_that_are_no_bytearray_are_refused(blobs: BlockingMap, key: str, shards: Shards):
    """The client pickles a bytes object, as it does with a memoryview, and a member can't read Python's pickles."""
    blobs.set(key, bytearray(b"earlier"))
    with pytest.raises(HazelcastSerializationError, match="no suitable de-serializer for type"):
        blobs.set(key, b"later")
    shards.assert_row("blobs", key, bytearray(b"earlier"))
    assert blobs.get(key) == bytearray(b"earlier")
