"""Text at its limits, as key and as value."""

import pytest
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from shards import Shards

MAX_VALUE_BYTES = 1 << 20
MAX_KEY_BYTES = 512

TEXTS = {
    "empty": "",
    "accents": "àéîõü ÀÉÎÕÜ ß",
    "other scripts": "Ελλάδα Україна 日本語 한국어 עברית العربية हिन्दी",
    "beyond the first plane": "😀 𝄞 𐍈 👩‍👩‍👧‍👦",
    "combining marks, not normalised": "e\u0301 a\u030a",
    "what JSON, SQL and shells know": "\"quotes\" 'single' \\back\\ $1 %s ; -- {\"a\":1} NULL null {}",
    "control characters but NUL": "\x01\t\r\n\x1f\x7f\u0085\u2028\ufeff",
    "blanks at both ends": "  blank  ",
    "noncharacters": "\uffff\U0010ffff",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_value_comes_back_as_it_was(kv: BlockingMap, key: str, shards: Shards, text: str):
    kv.set(key, text)
    shards.assert_row("kv", key, text)
    kv.evict(key)
    assert kv.get(key) == text


@pytest.mark.parametrize("text", [text for text in TEXTS.values() if text], ids=[name for name in TEXTS if name != "empty"])
def test_a_key_is_its_row_s_key_as_it_was(kv: BlockingMap, shards: Shards, text: str):
    key = text + fresh_key()
    kv.set(key, "v")
    shards.assert_row("kv", key, "v")
    kv.evict(key)
    assert kv.get_all([key]) == {key: "v"}
    kv.delete(key)
    shards.assert_no_row("kv", key)


@pytest.mark.parametrize("at", ["user@{}", "{}@", "@{}", "a@b@{}"])
def test_a_key_with_an_at_sign_is_one_key_like_any_other(kv: BlockingMap, shards: Shards, at: str):
    """Hazelcast has a strategy that reads a partition from behind the @; the grid takes the whole key."""
    keys = [at.format(fresh_key()) for _ in range(5)]
    kv.put_all({key: key for key in keys})
    for key in keys:
        shards.assert_row("kv", key, key)
        kv.evict(key)
    assert kv.get_all(keys) == {key: key for key in keys}


@pytest.mark.parametrize("character", ["a", "é", "日", "😀"])
def test_the_longest_key_has_512_bytes(kv: BlockingMap, shards: Shards, character: str):
    width = len(character.encode())
    key = fresh_key()
    key += character * ((MAX_KEY_BYTES - len(key)) // width)
    key += "x" * (MAX_KEY_BYTES - len(key.encode()))
    assert len(key.encode()) == MAX_KEY_BYTES
    kv.set(key, "v")
    shards.assert_row("kv", key, "v")


@pytest.mark.parametrize("character", ["a", "é", "日", "😀"])
def test_the_largest_value_has_1_MiB(kv: BlockingMap, key: str, shards: Shards, character: str):
    width = len(character.encode())
    value = character * (MAX_VALUE_BYTES // width) + "x" * (MAX_VALUE_BYTES % width)
    assert len(value.encode()) == MAX_VALUE_BYTES
    kv.set(key, value)
    shards.assert_row("kv", key, value)
    kv.evict(key)
    assert kv.get(key) == value
