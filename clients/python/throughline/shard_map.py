"""Which shard owns each partition: a table that every shard has, and standbys too."""

import time
from typing import Dict, List, Sequence

import psycopg

from throughline import statements
from throughline.errors import SettingsError
from throughline.primary import conninfo
from throughline.settings import Settings

_PAUSE_SECONDS = 0.5


def owners_of_partitions(settings: Settings) -> Dict[int, str]:
    """Asks one shard after the other, for connections.start-timeout. Raises SettingsError."""
    until = time.monotonic() + settings.start_timeout
    while True:
        failures: List[str] = []
        for shard in settings.shards:
            try:
                return _checked(settings, _ask(settings, shard))
            except psycopg.Error as failure:
                failures.append(f"{shard}: {str(failure).strip()}")
        if time.monotonic() > until:
            raise SettingsError(
                f"no shard of {settings.file} has said within {settings.start_timeout:g} s"
                " (connections.start-timeout) which partitions it owns:\n  " + "\n  ".join(failures)
            )
        time.sleep(_PAUSE_SECONDS)


def _ask(settings: Settings, shard: str) -> Dict[str, Sequence[int]]:
    with psycopg.connect(conninfo(settings, settings.shards[shard], "any"), autocommit=True) as connection:
        return dict(connection.execute(statements.SHARD_MAP).fetchall())


def _checked(settings: Settings, partitions: Dict[str, Sequence[int]]) -> Dict[int, str]:
    if partitions.keys() != settings.shards.keys():
        raise SettingsError(
            f"{settings.file}: shards are {', '.join(settings.shards)}, and the grid was made with"
            f" {', '.join(partitions)}"
        )
    owners = {partition: shard for shard, owned in partitions.items() for partition in owned}
    if owners.keys() != set(range(settings.partitions)):
        raise SettingsError(
            f"{settings.file}: partitions is {settings.partitions}, and the grid was made with {len(owners)}"
        )
    return owners
