"""What clients in every language have to agree on: clients/vectors, which Hazelcast's own Java has made."""

import json
from pathlib import Path
from typing import Any

import pytest
from hazelcast import HazelcastClient
from hazelcast.config import Config
from hazelcast.core import HazelcastJsonValue
from hazelcast.hash import hash_to_index
from hazelcast.serialization.service import SerializationServiceV1

from throughline.attempt import Attempt, AttemptEnvelope, AttemptSerializer

VECTORS = Path(__file__).parents[2] / "vectors"
KEYS = json.loads((VECTORS / "keys.json").read_text(encoding="utf-8"))
ENVELOPES = json.loads((VECTORS / "envelopes.json").read_text(encoding="utf-8"))

# In serialized data, after the partition hash and the type id.
PAYLOAD_AT = 8


@pytest.fixture(scope="module")
def serialization() -> SerializationServiceV1:
    config = Config()
    config.custom_serializers = {AttemptEnvelope: AttemptSerializer}
    return SerializationServiceV1(config, None)


@pytest.mark.parametrize("vector", KEYS, ids=range(len(KEYS)))
def test_a_key_belongs_to_the_partition_of_the_vectors(
    serialization: SerializationServiceV1, client: HazelcastClient, vector: dict[str, Any]
):
    key, partitions = vector["key"], vector["partitions"]
    hash = serialization.to_data(key).get_partition_hash()
    assert {count: hash_to_index(hash, int(count)) for count in partitions} == partitions
    assert client.partition_service.get_partition_id(key) == partitions["271"]


def value(vector: dict[str, Any]) -> Any:
    text = vector["value"]
    return {
        "text": lambda: text,
        "json": lambda: HazelcastJsonValue(text),
        "binary": lambda: bytearray.fromhex(text),
    }[vector["format"]]()


@pytest.mark.parametrize("vector", ENVELOPES, ids=range(len(ENVELOPES)))
def test_an_envelope_is_laid_out_as_in_the_vectors(serialization: SerializationServiceV1, vector: dict[str, Any]):
    attempt = Attempt(vector["deadline"], vector["id"])
    data = serialization.to_data(AttemptEnvelope(attempt, value(vector)))
    assert data.buffer[PAYLOAD_AT:].hex() == vector["payload"]
    opened = serialization.to_object(data)
    assert getattr(opened, "to_string", lambda: opened)() == getattr(value(vector), "to_string", lambda: value(vector))()


def test_the_vectors_are_enough():
    assert len(KEYS) >= 40
    assert {len(vector["key"].encode()) for vector in KEYS} >= {1, 511, 512}
    assert {vector["format"] for vector in ENVELOPES if vector["value"] == ""} == {"text", "binary"}
