"""What the maps of one client share, and where each operation goes."""

import time
from dataclasses import dataclass
from typing import Mapping, Optional
from uuid import UUID

from hazelcast.partition import PartitionService

from throughline.breaker import Breaker, Breakers, Work
from throughline.invalidations import PAUSE_SECONDS
from throughline.lane import Lane
from throughline.operation import Operation, Verb
from throughline.settings import Settings
from throughline.shard import DirectShard
from throughline.timeouts import Timeouts


@dataclass(frozen=True)
class Route:
    """Where an operation goes."""

    operation: Operation
    shard: DirectShard
    lane: Lane
    breakers: Breakers
    partitions: PartitionService
    member: Optional[UUID]

    def breaker(self, work: Work) -> Breaker:
        return self.breakers.of(self.member, self.shard.name, work)

    def owner_is_the_same(self) -> bool:
        """Else another member may have been asked before the one that has answered."""
        return self.member is not None and self.member == self.partitions.get_partition_owner(self.operation.partition)


class Fallbacks:
    """Thread-safe."""

    def __init__(self, settings: Settings, partitions: PartitionService, owners: Mapping[int, str]):
        self.settings = settings
        self.timeouts = Timeouts(settings.cache_timeout)
        self.pauses = Timeouts(PAUSE_SECONDS)
        self._partitions = partitions
        self._owners = owners
        self._shards = {name: DirectShard(settings, name) for name in settings.shards}
        self._lanes = {name: Lane(name, settings.connections, settings.queue_limit) for name in settings.shards}
        self._breakers = Breakers(time.monotonic)

    def route(self, verb: Verb, map: str, key: str) -> Route:
        partition = self._partitions.get_partition_id(key)
        shard = self._owners[partition]
        return Route(
            Operation(verb, map, key, partition, shard),
            self._shards[shard],
            self._lanes[shard],
            self._breakers,
            self._partitions,
            self._partitions.get_partition_owner(partition),
        )

    def close(self) -> None:
        """What waits for the cache goes to its shard, and what is under way there ends first."""
        self.timeouts.close()
        for lane in self._lanes.values():
            lane.close()
        self.pauses.close()
        for shard in self._shards.values():
            shard.close()
