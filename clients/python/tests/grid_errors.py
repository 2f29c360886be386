"""What an error of the grid says to a client in any language: it stands in the message."""

import re
from dataclasses import dataclass

from hazelcast.errors import HazelcastError

_MESSAGE = re.compile(
    r"\[(?P<outcome>REFUSED|UNKNOWN) (?P<code>[A-Z_]+)\] (?P<verb>put|remove|load) of key '(?P<key>.*?)'"
    r" in map '(?P<map>.*?)' \(partition (?P<partition>\d+), (?P<shard>\S+)\): (?P<story>[^\n]*)"
)


@dataclass(frozen=True)
class GridError:
    outcome: str
    code: str
    verb: str
    key: str
    map: str
    partition: int
    shard: str
    story: str

    @staticmethod
    def read(error: HazelcastError) -> "GridError":
        found = _MESSAGE.search(str(error))
        assert found, f"no code of the grid in: {error}"
        said = found.groupdict()
        return GridError(**{**said, "partition": int(said["partition"])})
