"""A grid as an application uses it that must not wait for a slow member."""

from os import PathLike
from types import TracebackType
from typing import Any, Dict, Optional, Sequence, Type, Union

from hazelcast.client import HazelcastClient
from hazelcast.serialization.api import StreamSerializer

from throughline.aio import AsyncResilientMap
from throughline.attempt import AttemptEnvelope, AttemptSerializer
from throughline.errors import SettingsError
from throughline.fallbacks import Fallbacks
from throughline.map_operations import MapOperations
from throughline.resilient_map import ResilientMap
from throughline.settings import Settings
from throughline.shard_map import owners_of_partitions

# What a HazelcastClient has to be given as custom_serializers.
SERIALIZERS: Dict[Type[Any], Type[StreamSerializer]] = {AttemptEnvelope: AttemptSerializer}


def connect(
    throughline_yaml: Union[str, "PathLike[str]"],
    cluster_members: Sequence[str],
    cluster_name: str = "throughline",
    **hazelcast_options: Any,
) -> "ResilientGrid":
    """Makes a Hazelcast client as config/hazelcast-client.yaml has it, and opens the grid with it.

    Takes the members' own throughline.yaml, the addresses of one member or more, and whatever else a HazelcastClient does.
    Waits until it has reached a member. Raises SettingsError.
    """
    settings = Settings.read(throughline_yaml)
    owners = owners_of_partitions(settings)
    options: Dict[str, Any] = {
        # Backups acknowledge to the owner: a backup that this client isn't connected to yet can't answer it.
        "backup_ack_to_client_enabled": False,
        "heartbeat_interval": 1,
        "heartbeat_timeout": 8,
        "connection_timeout": 2,
        **hazelcast_options,
    }
    serializers = {**options.pop("custom_serializers", {}), **SERIALIZERS}
    client = HazelcastClient(
        cluster_name=cluster_name,
        cluster_members=list(cluster_members),
        custom_serializers=serializers,
        **options,
    )
    try:
        return ResilientGrid(settings, client, owners, owns_client=True)
    except BaseException:
        client.shutdown()
        raise


class ResilientGrid:
    """One for an application: its connections, breakers and overlays are shared by all its maps.

    Made by :func:`connect` or :meth:`open`. Thread-safe; to be closed.
    """

    def __init__(
        self, settings: Settings, client: HazelcastClient, owners: Dict[int, str], owns_client: bool
    ):
        count = client.partition_service.get_partition_count()
        if count != settings.partitions:
            raise SettingsError(f"{settings.file}: partitions is {settings.partitions}, and the members have {count}")
        self._settings = settings
        self._client = client
        self._owns_client = owns_client
        self._fallbacks = Fallbacks(settings, client.partition_service, owners)
        self._maps = {
            name: MapOperations[Any](self._fallbacks, map_settings, client.get_map(name))
            for name, map_settings in settings.maps.items()
        }

    @staticmethod
    def open(hazelcast: HazelcastClient, throughline_yaml: Union[str, "PathLike[str]"]) -> "ResilientGrid":
        """With a client of the application's own, made with ``custom_serializers=throughline.SERIALIZERS``.

        It stays the application's to shut down. Raises SettingsError.
        """
        settings = Settings.read(throughline_yaml)
        return ResilientGrid(settings, hazelcast, owners_of_partitions(settings), owns_client=False)

    @property
    def hazelcast(self) -> HazelcastClient:
        """The client beneath, for all that is not a resilient map."""
        return self._client

    def map(self, name: str) -> ResilientMap[Any]:
        """Raises SettingsError for a map that throughline.yaml doesn't name."""
        return ResilientMap(self._operations(name))

    def async_map(self, name: str) -> AsyncResilientMap[Any]:
        """As :meth:`map`, for asyncio."""
        return AsyncResilientMap(self._operations(name))

    def _operations(self, name: str) -> MapOperations[Any]:
        operations = self._maps.get(name)
        if operations is None:
            raise SettingsError(f"{self._settings.file} has no map {name}; it has {', '.join(self._maps)}")
        return operations

    def close(self) -> None:
        """Ends what is under way at the shards, then closes every connection."""
        if self._owns_client:
            self._client.shutdown()
        self._fallbacks.close()

    def __enter__(self) -> "ResilientGrid":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()
