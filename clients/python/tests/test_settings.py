"""A throughline.yaml that can't be used is refused, with each fault's line and key."""

import os
import re
from pathlib import Path

import pytest
import throughline
from throughline.primary import conninfo
from throughline.settings import Host, MapSettings, Settings, ValueFormat

from grid_under_test import GridUnderTest

GOOD = """\
database: {password-env: PASSWORD_OF_THE_TEST}
shards:
  shard-1: {hosts: ["db1:5432", "[::1]:5433"]}
maps:
  kv: {value-format: text}
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PASSWORD_OF_THE_TEST", "a secret")


def read(folder: Path, text: str) -> Settings:
    file = folder / "throughline.yaml"
    file.write_text(text)
    return Settings.read(file)


def test_what_is_not_there_has_the_defaults_of_the_members(tmp_path: Path):
    settings = read(tmp_path, GOOD)
    assert (settings.partitions, settings.database, settings.user, settings.password) == (
        271,
        "throughline",
        "throughline",
        "a secret",
    )
    assert settings.shards == {"shard-1": (Host("db1", 5432), Host("::1", 5433))}
    assert settings.maps == {"kv": MapSettings("kv", ValueFormat.TEXT, "kv", 1 << 20)}
    assert (settings.connect_timeout, settings.socket_timeout, settings.start_timeout) == (2, 5, 30)
    assert (settings.cache_timeout, settings.direct_timeout, settings.overlay) == (0.25, 15, 5)
    assert (settings.connections, settings.queue_limit, settings.max_clock_skew) == (4, 1000, 60)
    assert settings.refuse_degraded
    assert "secret" not in repr(settings)


def test_the_file_of_the_repository_can_be_read(tmp_path: Path):
    text = (Path(__file__).parents[3] / "config" / "throughline.yaml").read_text(encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    password = tmp_path / "secrets" / "throughline.password"
    password.write_text("a secret\n")
    password.chmod(0o600)
    assert list(read(tmp_path, text).maps) == ["kv", "documents", "blobs"]
    # And so it can with all that it shows in comments, which are the defaults.
    text_with_defaults = re.sub(r"^( *)# ( *[a-z][a-z-]*:( .*)?)$", r"\1\2", text.split("\n", 1)[1], flags=re.MULTILINE)
    assert "\nfallback:\n  cache-timeout: 250ms" in text_with_defaults
    assert read(tmp_path, text_with_defaults) == read(tmp_path, text)


def test_the_servers_certificate_is_verified_as_the_file_says(tmp_path: Path):
    certificate = tmp_path / "ca.pem"
    certificate.write_text("")
    settings = read(tmp_path, GOOD + "connections: {tls: verify-full, root-certificate: ca.pem}\n")
    said = conninfo(settings, settings.shards["shard-1"], "read-write")
    assert "sslmode=verify-full" in said and f"sslrootcert={certificate}" in said
    assert "sslmode=prefer" in conninfo(read(tmp_path, GOOD), settings.shards["shard-1"], "read-write")


FAULTS = {
    "no certificate": (GOOD + "connections: {tls: verify-full}\n", ["connections.root-certificate: is missing"]),
    "no such certificate": (GOOD + "connections: {root-certificate: ca.pem}\n", ["ca.pem doesn't exist"]),
    "no block": ("maps:\n  kv: {value-format: text}\n", ["shards: names no shard", "exactly one of password-file"]),
    "unknown key": (GOOD + "fallback: {queueLimit: 5}\n", ["line 6, fallback.queueLimit: unknown key; did you mean queue-limit?"]),
    "unknown block": (GOOD + "fallbak: {}\n", ["line 6, fallbak: unknown key; did you mean fallback?"]),
    "no unit": (GOOD + "fallback:\n  cache-timeout: 250\n", ["line 7, fallback.cache-timeout: is 250 where a time with its unit"]),
    "out of bounds": (GOOD + "fallback: {connections: 0}\n", ["fallback.connections: is 0, which is outside 1 to 100"]),
    "no number": (GOOD + "partitions: many\n", ["line 6, partitions: is many where a whole number is expected"]),
    "no choice": (GOOD + "write: {on-degraded: maybe}\n", ["write.on-degraded: is maybe where one of refuse, warn"]),
    "no port": (GOOD.replace("db1:5432", "db1"), ['line 3, shards.shard-1.hosts[0]: "db1" has no port; write "db1:5432"']),
    "no time to send again": (
        GOOD + "fallback: {direct-timeout: 5s}\n",
        ["fallback.direct-timeout: is 5s, which isn't longer than connections.socket-timeout"],
    ),
    "no format": (GOOD.replace("text", "xml"), ["line 5, maps.kv.value-format: is xml where one of text, json, binary"]),
    "no such variable": (GOOD.replace("PASSWORD_OF", "NO_PASSWORD_OF"), ["database.password-env: the environment has no NO_"]),
    "no such file": (GOOD.replace("password-env: PASSWORD_OF_THE_TEST", "password-file: nowhere"), ["database.password-file:", "can't be read"]),
    "twice": (GOOD + "maps: {}\n", ["line 6, maps: stands twice"]),
    "not YAML": ("database: [", ["is no YAML"]),
    "empty": ("# nothing\n", ["is empty"]),
    "several": (GOOD + "partitions: 0\nwrite: {on-degraded: no}\n", ["line 6, partitions", "line 7, write.on-degraded"]),
}


@pytest.mark.parametrize("text, said", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_key(tmp_path: Path, text: str, said: list[str]):
    with pytest.raises(throughline.SettingsError) as error:
        read(tmp_path, text)
    assert str(tmp_path / "throughline.yaml") in str(error.value)
    for words in said:
        assert words in str(error.value)


def test_a_password_that_others_can_read_is_refused(tmp_path: Path):
    password = tmp_path / "password"
    password.write_text("a secret\n")
    text = GOOD.replace("password-env: PASSWORD_OF_THE_TEST", "password-file: password")
    os.chmod(password, 0o640)
    with pytest.raises(throughline.SettingsError, match="can be read by others; chmod 600") as error:
        read(tmp_path, text)
    assert "a secret" not in str(error.value)
    os.chmod(password, 0o600)
    assert read(tmp_path, text).password == "a secret"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path):
    with pytest.raises(throughline.SettingsError, match="can't be read"):
        throughline.connect(tmp_path / "throughline.yaml", ["127.0.0.1:5701"])


def test_shards_that_are_not_the_grids_are_refused(grid: GridUnderTest, tmp_path: Path):
    password = grid.directory / "postgres" / "secrets" / "throughline.password"
    hosts = [f'"{address}"' for address in grid.primary_addresses.values()]
    text = GOOD.replace("password-env: PASSWORD_OF_THE_TEST", f"password-file: {password}")
    one = text.replace('"db1:5432", "[::1]:5433"', hosts[0])
    with pytest.raises(throughline.SettingsError, match="the grid was made with shard-1, shard-2"):
        throughline.connect(written(tmp_path, one), grid.members)
    two = one.replace("maps:", f"  shard-2: {{hosts: [{hosts[1]}]}}\nmaps:")
    with pytest.raises(throughline.SettingsError, match="partitions is 31, and the grid was made with 271"):
        throughline.connect(written(tmp_path, two + "partitions: 31\n"), grid.members)


def written(folder: Path, text: str) -> Path:
    file = folder / "throughline.yaml"
    file.write_text(text)
    return file
