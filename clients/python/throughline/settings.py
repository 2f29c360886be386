"""throughline.yaml as a client needs it: the same file as the members', who check all of it."""

import re
from dataclasses import dataclass, field
from enum import Enum
from os import PathLike
from pathlib import Path
from typing import Dict, List, Tuple, Union

import yaml

from throughline.errors import SettingsError
from throughline.password import read_password
from throughline.yaml_section import Section

_TLS = ["disable", "prefer", "require", "verify-ca", "verify-full"]
_SHARD = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SCHEMA = re.compile(r"(?!pg_|(?:throughline|public|information_schema)$)[a-z_][a-z0-9_]{0,62}")
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.%\w-]+)\]|([A-Za-z0-9_][A-Za-z0-9._-]*)):([0-9]{1,5})")


class ValueFormat(Enum):
    TEXT = "text"
    JSON = "json"
    BINARY = "binary"


@dataclass(frozen=True)
class MapSettings:
    name: str
    value_format: ValueFormat
    schema: str
    max_value_bytes: int


@dataclass(frozen=True)
class Host:
    name: str
    port: int


@dataclass(frozen=True)
class Settings:
    """Times are in seconds."""

    file: Path
    partitions: int
    database: str
    user: str
    password: str = field(repr=False)
    shards: Dict[str, Tuple[Host, ...]]
    maps: Dict[str, MapSettings]
    connect_timeout: float
    socket_timeout: float
    start_timeout: float
    tls: str
    root_certificate: str
    refuse_degraded: bool
    max_clock_skew: float
    cache_timeout: float
    direct_timeout: float
    overlay: float
    connections: int
    queue_limit: int

    @staticmethod
    def read(file: Union[str, "PathLike[str]"]) -> "Settings":
        """Raises SettingsError with every fault of the file."""
        path = Path(file)
        problems: List[str] = []
        settings = _settings(path, Section(problems, "", _parse(path)))
        if problems:
            raise SettingsError(f"{path} can't be used:\n  " + "\n  ".join(problems))
        return settings


def _parse(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is no YAML: {error}") from error
    if node is None:
        raise SettingsError(f"{path} is empty; config/throughline.yaml is a file to start from")
    return node


def _settings(path: Path, root: Section) -> Settings:
    database = root.section("database")
    connections = root.section("connections")
    write = root.section("write")
    attempts = root.section("attempts")
    fallback = root.section("fallback")
    settings = Settings(
        file=path,
        partitions=root.number("partitions", 271, 1, 32767),
        database=database.text("name", "throughline"),
        user=database.text("user", "throughline"),
        password=read_password(database, path.parent),
        shards=_shards(root.section("shards")),
        maps=_maps(root.section("maps")),
        connect_timeout=connections.seconds("connect-timeout", 2, 1, 60),
        socket_timeout=connections.seconds("socket-timeout", 5, 1, 600),
        start_timeout=connections.seconds("start-timeout", 30, 1, 3600),
        tls=connections.choice("tls", _TLS, "prefer"),
        root_certificate=_root_certificate(connections, path.parent),
        refuse_degraded=write.choice("on-degraded", ["refuse", "warn"], "refuse") == "refuse",
        max_clock_skew=attempts.seconds("max-clock-skew", 60, 1, 3600),
        cache_timeout=fallback.seconds("cache-timeout", 0.25, 0.01, 60),
        direct_timeout=fallback.seconds("direct-timeout", 15, 1, 600),
        overlay=fallback.seconds("overlay", 5, 1, 3600),
        connections=fallback.number("connections", 4, 1, 100),
        queue_limit=fallback.number("queue-limit", 1000, 1, 1_000_000),
    )
    if fallback.has("direct-timeout") and settings.direct_timeout <= settings.socket_timeout:
        fallback.problem(
            "direct-timeout",
            f"is {settings.direct_timeout:g}s, which isn't longer than connections.socket-timeout"
            f" ({settings.socket_timeout:g}s): after a silent connection there would be no time to send again",
        )
    root.ignore("grid", "members", "strict-lease", "migration", "read")
    connections.ignore("pool-size")
    write.ignore("timeout", "queue-limit", "batch-limit")
    attempts.ignore("tombstone-retention")
    for section in (root, database, connections, write, attempts, fallback):
        section.refuse_unknown_keys()
    return settings


def _root_certificate(connections: Section, folder: Path) -> str:
    if not connections.has("root-certificate"):
        if connections.choice("tls", _TLS, "prefer").startswith("verify"):
            connections.problem("root-certificate", "is missing; tls: verify-… needs what the shards' are signed by")
        return ""
    file = folder / connections.text("root-certificate")
    if not file.is_file():
        connections.problem("root-certificate", f"{file} doesn't exist")
    return str(file)


def _shards(section: Section) -> Dict[str, Tuple[Host, ...]]:
    shards = {}
    for name in section.names():
        if not _SHARD.fullmatch(name):
            section.problem(name, "is no shard's name: lower-case letters, digits and dashes")
        shard = section.section(name)
        shards[name] = tuple(_host(shard, place, text) for place, text in shard.texts("hosts"))
        shard.refuse_unknown_keys()
    if not shards:
        section.problem("", "names no shard")
    return shards


def _host(shard: Section, place: str, text: str) -> Host:
    match = _HOST.fullmatch(text)
    if match is None:
        hint = f'has no port; write "{text}:5432"' if ":" not in text else 'isn\'t host:port, such as "db1.example:5432"'
        shard.problem(place, f'"{text}" {hint}')
        return Host("", 0)
    port = int(match.group(3))
    if not 1 <= port <= 65535:
        shard.problem(place, f'"{text}" has port {port}, which is outside 1 to 65535')
    return Host(match.group(1) or match.group(2), port)


def _maps(section: Section) -> Dict[str, MapSettings]:
    maps = {}
    for name in section.names():
        settings = section.section(name)
        value_format = settings.choice("value-format", [value.value for value in ValueFormat])
        maps[name] = MapSettings(
            name=name,
            value_format=ValueFormat(value_format) if value_format in _FORMATS else ValueFormat.TEXT,
            schema=settings.text("schema", name, _SCHEMA),
            max_value_bytes=settings.number("max-value-bytes", 1 << 20, 1, 64 << 20),
        )
        settings.refuse_unknown_keys()
    if not maps:
        section.problem("", "names no map")
    return maps


_FORMATS = frozenset(value.value for value in ValueFormat)
