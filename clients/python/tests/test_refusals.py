"""What the grid refuses: the error says it, nothing is stored, and what was there before stays."""

from dataclasses import dataclass
from typing import Any, Callable, Hashable

import pytest
from hazelcast.core import HazelcastJsonValue
from hazelcast.errors import HazelcastError, HazelcastSerializationError
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from grid_errors import GridError
from memory import is_held
from shards import Shards

MAX_VALUE_BYTES = 1 << 20

VALUES = {"kv": "earlier", "documents": HazelcastJsonValue('"earlier"'), "blobs": bytearray(b"earlier")}

WRITES: dict[str, Callable[[BlockingMap, Any, Any], Any]] = {
    "put": lambda map, key, value: map.put(key, value),
    "set": lambda map, key, value: map.set(key, value),
    "put_all": lambda map, key, value: map.put_all({key: value}),
    "put_if_absent": lambda map, key, value: map.put_if_absent(key, value),
    "try_put": lambda map, key, value: map.try_put(key, value, 5),
}

READS: dict[str, Callable[[BlockingMap, Any], Any]] = {
    "get": lambda map, key: map.get(key),
    "get_all": lambda map, key: map.get_all([key]),
    "contains_key": lambda map, key: map.contains_key(key),
    "remove": lambda map, key: map.remove(key),
    "delete": lambda map, key: map.delete(key),
    "replace": lambda map, key: map.replace(key, "v"),
}


@dataclass(frozen=True)
class BadKey:
    key: Any
    shown: str
    code: str
    story: str


BAD_KEYS = {
    "an int": BadKey(5, "5", "KEY_TYPE", "the key is a java.lang.Integer, and keys are String"),
    "a float": BadKey(1.5, "1.5", "KEY_TYPE", "the key is a java.lang.Double, and keys are String"),
    "a bool": BadKey(True, "true", "KEY_TYPE", "the key is a java.lang.Boolean, and keys are String"),
    "a list": BadKey(["a"], "[a]", "KEY_TYPE", "the key is a java.util.ArrayList, and keys are String"),
    "JSON": BadKey(HazelcastJsonValue("{}"), "{}", "KEY_TYPE", "HazelcastJsonValue, and keys are String"),
    "bytes": BadKey(bytearray(b"a"), "byte[]", "KEY_TYPE", "the key is a byte[], and keys are String"),
    "empty": BadKey("", "", "KEY_INVALID", "the key has 0 bytes of UTF-8, and keys have 1 to 512"),
    "513 bytes": BadKey("a" * 513, "a" * 80 + "…", "KEY_INVALID", "the key has 513 bytes of UTF-8"),
    "513 bytes in 257 characters": BadKey("é" * 256 + "a", "é" * 80 + "…", "KEY_INVALID", "the key has 513 bytes"),
    "a NUL": BadKey("a\0b", r"a\u0000b", "KEY_INVALID", "the key holds a NUL at index 1"),
}


@pytest.mark.parametrize("bad", BAD_KEYS.values(), ids=BAD_KEYS)
@pytest.mark.parametrize("map_name", VALUES)
def test_a_bad_key_is_refused_by_every_write(
    request: pytest.FixtureRequest, shards: Shards, map_name: str, bad: BadKey
):
    map = request.getfixturevalue(map_name)
    before = shards.count(map_name)
    for name, write in WRITES.items():
        if name == "put_all" and not isinstance(bad.key, Hashable):
            continue  # It takes a dict, which has no such keys.
        with pytest.raises(HazelcastError) as refused:
            write(map, bad.key, VALUES[map_name])
        error = GridError.read(refused.value)
        assert (error.outcome, error.code, error.key) == ("REFUSED", bad.code, bad.shown)
        assert bad.story in error.story
        assert "Nothing was " in error.story and "stored" in error.story
        _assert_place(error, map_name, bad.key, shards)
    assert shards.count(map_name) == before


@pytest.mark.parametrize("bad", BAD_KEYS.values(), ids=BAD_KEYS)
def test_a_bad_key_is_refused_by_every_read_and_delete(kv: BlockingMap, shards: Shards, bad: BadKey):
    for name, read in READS.items():
        if name == "get_all" and not isinstance(bad.key, Hashable):
            continue  # Its answer is a dict, which has no such keys.
        with pytest.raises(HazelcastError) as refused:
            read(kv, bad.key)
        error = GridError.read(refused.value)
        assert (error.outcome, error.code, error.key) == ("REFUSED", bad.code, bad.shown)
        _assert_place(error, "kv", bad.key, shards)


@dataclass(frozen=True)
class BadValue:
    map: str
    value: Any
    code: str
    story: str


BAD_VALUES = {
    "an int as text": BadValue(
        "kv", 5, "VALUE_TYPE", "the value is a java.lang.Integer, and this map's values are String (value-format: text)"
    ),
    "a float as text": BadValue("kv", 1.5, "VALUE_TYPE", "java.lang.Double"),
    "a bool as text": BadValue("kv", True, "VALUE_TYPE", "java.lang.Boolean"),
    "a list as text": BadValue("kv", ["a"], "VALUE_TYPE", "java.util.ArrayList"),
    "bytes as text": BadValue("kv", bytearray(b"a"), "VALUE_TYPE", "byte[]"),
    "JSON as text": BadValue("kv", HazelcastJsonValue("{}"), "VALUE_TYPE", "HazelcastJsonValue"),
    "text as JSON": BadValue(
        "documents", "{}", "VALUE_TYPE", "java.lang.String, and this map's values are HazelcastJsonValue"
    ),
    "bytes as JSON": BadValue("documents", bytearray(b"{}"), "VALUE_TYPE", "byte[]"),
    "text as bytes": BadValue("blobs", "a", "VALUE_TYPE", "java.lang.String, and this map's values are byte[]"),
    "JSON as bytes": BadValue("blobs", HazelcastJsonValue("{}"), "VALUE_TYPE", "HazelcastJsonValue"),
    "a NUL in text": BadValue("kv", "ab\0", "VALUE_TEXT_INVALID", "the value holds a NUL at index 2"),
    "a NUL in JSON": BadValue("documents", HazelcastJsonValue('"\0"'), "VALUE_TEXT_INVALID", "a NUL at index 1"),
    "JSON without its end": BadValue(
        "documents", HazelcastJsonValue('{"a":'), "VALUE_JSON_INVALID", "the value is no JSON: Unexpected end-of-input"
    ),
    "no JSON": BadValue("documents", HazelcastJsonValue("nope"), "VALUE_JSON_INVALID", "the value is no JSON"),
    "JSON with a comma too many": BadValue("documents", HazelcastJsonValue("[1,]"), "VALUE_JSON_INVALID", "is no JSON"),
    "JSON in single quotes": BadValue("documents", HazelcastJsonValue("{'a':1}"), "VALUE_JSON_INVALID", "is no JSON"),
    "NaN": BadValue("documents", HazelcastJsonValue(float("nan")), "VALUE_JSON_INVALID", "Non-standard token 'NaN'"),
    "two JSON documents": BadValue(
        "documents", HazelcastJsonValue("{} {}"), "VALUE_JSON_INVALID", "holds more than one JSON document"
    ),
    "empty JSON": BadValue("documents", HazelcastJsonValue(""), "VALUE_JSON_INVALID", "an empty text is no JSON"),
    "blank JSON": BadValue("documents", HazelcastJsonValue("  "), "VALUE_JSON_INVALID", "an empty text is no JSON"),
    "JSON nested too deeply": BadValue(
        "documents", HazelcastJsonValue("[" * 501 + "]" * 501), "VALUE_JSON_INVALID", "is nested deeper than 500"
    ),
    "JSON nested absurdly": BadValue(
        "documents", HazelcastJsonValue('{"a":' * 100_000 + "1" + "}" * 100_000), "VALUE_JSON_INVALID", "deeper than 500"
    ),
    "text of a byte too many": BadValue(
        "kv",
        "a" * (MAX_VALUE_BYTES + 1),
        "VALUE_TOO_LARGE",
        "the value has 1048577 bytes, and max-value-bytes is 1048576",
    ),
    "text of a byte too many, in fewer characters": BadValue(
        "kv", "é" * (MAX_VALUE_BYTES // 2) + "a", "VALUE_TOO_LARGE", "the value has 1048577 bytes"
    ),
    "JSON of a byte too many": BadValue(
        "documents", HazelcastJsonValue('"' + "a" * (MAX_VALUE_BYTES - 1) + '"'), "VALUE_TOO_LARGE", "1048577 bytes"
    ),
    "bytes of one too many": BadValue("blobs", bytearray(MAX_VALUE_BYTES + 1), "VALUE_TOO_LARGE", "1048577 bytes"),
}


@pytest.mark.parametrize("bad", BAD_VALUES.values(), ids=BAD_VALUES)
def test_a_bad_value_of_a_new_key_is_stored_nowhere(
    request: pytest.FixtureRequest, key: str, shards: Shards, bad: BadValue
):
    map = request.getfixturevalue(bad.map)
    for write in WRITES.values():
        with pytest.raises(HazelcastError) as refused:
            write(map, key, bad.value)
        _assert_refused(refused.value, bad, key, shards)
        assert not is_held(map, key)
        shards.assert_no_row(bad.map, key)


@pytest.mark.parametrize("bad", BAD_VALUES.values(), ids=BAD_VALUES)
def test_a_bad_value_leaves_the_earlier_one_in_memory_and_on_the_shard(
    request: pytest.FixtureRequest, key: str, shards: Shards, bad: BadValue
):
    map, earlier = request.getfixturevalue(bad.map), VALUES[bad.map]
    map.set(key, earlier)
    overwrites: dict[str, Callable[[], Any]] = {
        "put": lambda: map.put(key, bad.value),
        "set": lambda: map.set(key, bad.value),
        "put_all": lambda: map.put_all({key: bad.value}),
        "replace": lambda: map.replace(key, bad.value),
        "replace_if_same": lambda: map.replace_if_same(key, earlier, bad.value),
    }
    for overwrite in overwrites.values():
        with pytest.raises(HazelcastError) as refused:
            overwrite()
        _assert_refused(refused.value, bad, key, shards)
        assert map.get(key) == earlier
        shards.assert_row(bad.map, key, earlier)
    map.evict(key)
    assert map.get(key) == earlier


def test_of_many_entries_the_refused_one_is_missing_and_memory_agrees_with_the_shards(kv: BlockingMap, shards: Shards):
    entries: dict[str, Any] = {fresh_key(): "v" for _ in range(200)}
    bad = list(entries)[100]
    entries[bad] = 5
    with pytest.raises(HazelcastError) as refused:
        kv.put_all(entries)
    assert GridError.read(refused.value).key == bad

    # Each partition goes its own way: only what shares the refused key's partition may be missing.
    rows = shards.values("kv", entries)
    assert bad not in rows
    elsewhere = {key for key in entries if shards.partition(key) != shards.partition(bad)}
    assert elsewhere <= rows.keys()
    assert kv.get_all(list(entries)) == {key: value for key, (_, _, value) in rows.items()}


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b", "\udc00\ud800"])
def test_a_lone_surrogate_does_not_leave_the_client(kv: BlockingMap, documents: BlockingMap, shards: Shards, text: str):
    """UTF-8 has no lone surrogates, so Python's client can't encode one: this is its own refusal, not the grid's."""
    key = fresh_key()
    kv.set(key, "earlier")
    before = shards.count("kv")
    for refused in (
        lambda: kv.put(key, text),
        lambda: kv.put(text, "v"),
        lambda: kv.get(text),
        lambda: documents.put(key, HazelcastJsonValue(f'"{text}"')),
    ):
        with pytest.raises(HazelcastSerializationError, match="utf-8"):
            refused()
    assert kv.get(key) == "earlier"
    assert shards.count("kv") == before
    shards.assert_row("kv", key, "earlier")


def test_none_does_not_leave_the_client(kv: BlockingMap, key: str, shards: Shards):
    for write in WRITES.values():
        with pytest.raises(AssertionError, match="key can't be None"):
            write(kv, None, "v")
        with pytest.raises(AssertionError, match="value can't be None"):
            write(kv, key, None)
    with pytest.raises(AssertionError, match="key can't be None"):
        kv.get(None)
    shards.assert_no_row("kv", key)


@pytest.mark.parametrize("value", [{"a": 1}, ("a",), {"a"}, b"bytes", 1j], ids=["dict", "tuple", "set", "bytes", "complex"])
def test_what_the_client_pickles_is_refused_by_the_member(kv: BlockingMap, key: str, shards: Shards, value: Any):
    """Hazelcast's own error: it comes before the grid sees the value, so it has no code of the grid's."""
    kv.set(key, "earlier")
    with pytest.raises(HazelcastSerializationError, match="no suitable de-serializer for type"):
        kv.set(key, value)
    assert kv.get(key) == "earlier"
    shards.assert_row("kv", key, "earlier")


def _assert_refused(error: HazelcastError, bad: BadValue, key: str, shards: Shards) -> None:
    said = GridError.read(error)
    assert (said.outcome, said.code, said.verb, said.key) == ("REFUSED", bad.code, "put", key)
    assert bad.story in said.story
    assert "Nothing was stored." in said.story
    _assert_place(said, bad.map, key, shards)


def _assert_place(said: GridError, map_name: str, key: Any, shards: Shards) -> None:
    assert (said.map, said.partition, said.shard) == (map_name, shards.partition(key), shards.owner(key))

