"""Where the grid is that run-tests started: ./grid status --json says it."""

import json
import os
import signal
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import psycopg
from hazelcast import HazelcastClient


@dataclass(frozen=True)
class GridUnderTest:
    directory: Path
    members: list[str]
    member_pids: dict[str, int]
    metrics_urls: list[str]
    primary_addresses: dict[str, str]
    password: str

    @staticmethod
    def of(directory: Path) -> "GridUnderTest":
        status = _status(directory)
        return GridUnderTest(
            directory=directory,
            members=[member["address"] for member in status["members"]],
            member_pids={member["address"]: member["pid"] for member in status["members"]},
            metrics_urls=[member["health"] + "/metrics" for member in status["members"]],
            primary_addresses={
                shard["name"]: node["address"]
                for shard in status["shards"]
                for node in shard["nodes"]
                if node["role"].lower() == "primary"
            },
            password=_password(directory, "throughline"),
        )

    @contextmanager
    def stalled(self, member: str) -> Iterator[None]:
        self._signal(member, signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(member, signal.SIGCONT)

    def _signal(self, member: str, number: signal.Signals) -> None:
        """Ids are given again: this one must still be a member of this grid."""
        pid = self.member_pids[member]
        command = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout
        assert str(self.directory) in command, f"process {pid} is no member of {self.directory} any more: {command!r}"
        os.kill(pid, number)

    @property
    def settings_file(self) -> Path:
        """The members' own throughline.yaml."""
        return self.directory / "config" / "throughline.yaml"

    def new_client(self) -> HazelcastClient:
        """As config/hazelcast-client.yaml has it, in Python's names."""
        return HazelcastClient(
            cluster_name="throughline",
            cluster_members=self.members,
            heartbeat_interval=1,
            heartbeat_timeout=8,
            connection_timeout=2,
            cluster_connect_timeout=30,
            fail_on_indeterminate_operation_state=True,
        )

    def primaries(self) -> dict[str, psycopg.Connection]:
        return {shard: self.connect(shard) for shard in self.primary_addresses}

    def connect(self, shard: str) -> psycopg.Connection:
        return _connect(self.primary_addresses[shard], "throughline", self.password)

    def superuser(self, shard: str) -> psycopg.Connection:
        return _connect(self.primary_addresses[shard], "postgres", _password(self.directory, "postgres"))


def _connect(address: str, user: str, password: str) -> psycopg.Connection:
    host, port = address.rsplit(":", 1)
    return psycopg.connect(
        host=host, port=int(port), dbname="throughline", user=user, password=password, autocommit=True
    )


def _password(directory: Path, user: str) -> str:
    return (directory / "postgres" / "secrets" / f"{user}.password").read_text().strip()


def _status(directory: Path) -> dict:
    grid = os.environ["GRID_COMMAND"]
    answer = subprocess.run(
        [grid, "status", "--json", "--dir", str(directory)], check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout)
