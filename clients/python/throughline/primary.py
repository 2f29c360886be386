"""How a shard's primary is reached, and how it is known to be the right one."""

from typing import Any, Dict, Optional, Sequence, Tuple

import psycopg
from psycopg.conninfo import make_conninfo

from throughline.clock import ShardClock
from throughline.settings import Host, Settings


class WrongShard(psycopg.OperationalError):
    """Nothing that trying again would cure."""


class Primary:
    """Hosts swapped in throughline.yaml are noticed before a row goes astray. Thread-safe.

    Attributes:
        failure: why the last connect failed; None where it didn't.
    """

    def __init__(self, settings: Settings, shard: str):
        self.shard = shard
        self.clock = ShardClock()
        self.socket_timeout = settings.socket_timeout
        self.conninfo = conninfo(settings, settings.shards[shard], "read-write")
        self.failure: Optional[psycopg.Error] = None

    def verify(self, row: Optional[Tuple[Any, ...]], asked: float, answered: float) -> None:
        found = row[0] if row else "no shard of a grid"
        if row is None or found != self.shard:
            raise WrongShard(
                f"the hosts of {self.shard} lead to {found}; correct shards.{self.shard}.hosts or database.name in"
                " throughline.yaml"
            )
        self.clock.set(row[1], asked, answered)


def conninfo(settings: Settings, hosts: Sequence[Host], session: str) -> str:
    parameters: Dict[str, Any] = {
        "host": ",".join(host.name for host in hosts),
        "port": ",".join(str(host.port) for host in hosts),
        "dbname": settings.database,
        "user": settings.user,
        "password": settings.password,
        "target_session_attrs": session,
        "application_name": "throughline client",
        "sslmode": settings.tls,
        **({"sslrootcert": settings.root_certificate} if settings.root_certificate else {}),
        "client_encoding": "UTF8",
        "connect_timeout": round(settings.connect_timeout),
        "keepalives": 1,
        "keepalives_idle": max(1, round(settings.socket_timeout)),
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": round(settings.socket_timeout * 1000),
    }
    return make_conninfo("", **parameters)
