"""JSON: kept byte for byte, queried by Hazelcast in memory and by SQL on the shard."""

import pytest
from hazelcast.core import HazelcastJsonValue
from hazelcast.predicate import and_, equal, greater, less_or_equal, sql
from hazelcast.proxy.map import BlockingMap

from conftest import fresh_key
from shards import Shards

DOCUMENTS = {
    "blanks": ' { "a" :\t1 ,\r\n "b": [ ] } ',
    "order and duplicates of keys": '{"b":1,"a":2,"b":3}',
    "numbers as they were written": "[1.0, 1.00, 1e2, 1E+2, -0, 12345678901234567890.123456789012345678901]",
    "escapes as they were written": r'"\u00e9\/\ud83d\ude00\t"',
    "escapes that jsonb refuses": r'{"nul":"\u0000","lone":"\ud800"}',
    "unicode": '{"ключ":"值 😀"}',
    "scalar string": '""',
    "scalar number": "5",
    "scalar null": "null",
    "empty object": "{}",
    "nested as deeply as may be": "[" * 500 + "]" * 500,
    "1 MiB": '"' + "x" * ((1 << 20) - 2) + '"',
    "a number of 5,000 digits": '{"n":' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_comes_back_byte_for_byte(documents: BlockingMap, key: str, shards: Shards, text: str):
    document = HazelcastJsonValue(text)
    documents.set(key, document)
    shards.assert_row("documents", key, document)
    assert documents.get(key).to_string() == text
    documents.evict(key)
    assert documents.get(key).to_string() == text


def test_a_dict_is_a_document(documents: BlockingMap, key: str, shards: Shards):
    person = {"name": "Ada", "born": 1815, "tags": ["first"]}
    documents.set(key, HazelcastJsonValue(person))
    documents.evict(key)
    assert documents.get(key).loads() == person
    assert shards.value("documents", key) == HazelcastJsonValue(person).to_string()


def test_predicates_see_the_documents_that_are_in_memory(documents: BlockingMap):
    test = fresh_key()
    people = {
        fresh_key(): {"test": test, "name": name, "born": born, "at": {"city": city}}
        for name, born, city in [("Ada", 1815, "London"), ("Alan", 1912, "London"), ("Grace", 1906, "New York")]
    }
    for key, person in people.items():
        documents.set(key, HazelcastJsonValue(person), ttl=60)

    def names(predicate) -> list[str]:
        found = documents.values(and_(equal("test", test), predicate))
        return sorted(document.loads()["name"] for document in found)

    assert names(greater("born", 1900)) == ["Alan", "Grace"]
    assert names(less_or_equal("born", 1815)) == ["Ada"]
    assert names(equal("at.city", "London")) == ["Ada", "Alan"]
    assert names(sql("name LIKE 'A%' AND born > 1900")) == ["Alan"]

    # A query asks memory alone: what only the shard has, it doesn't find.
    ada = next(key for key, person in people.items() if person["name"] == "Ada")
    documents.evict(ada)
    assert names(equal("at.city", "London")) == ["Alan"]
    documents.get(ada)
    assert names(equal("at.city", "London")) == ["Ada", "Alan"]
