"""docs/clients.md shows a program; it is run as it stands there, against this grid."""

import re
from pathlib import Path

import pytest
from hazelcast.core import HazelcastJsonValue

from grid_under_test import GridUnderTest
from shards import Shards

PAGE = Path(__file__).parents[3] / "docs" / "clients.md"


def test_the_program_on_the_page_runs(grid: GridUnderTest, shards: Shards, capsys: pytest.CaptureFixture[str]):
    programs = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(programs) == 1
    addresses = re.search(r"cluster_members=\[.*?\]", programs[0]).group()
    exec(programs[0].replace(addresses, f"cluster_members={grid.members!r}"), {})

    greeting, documents, refusal = capsys.readouterr().out.splitlines()
    assert greeting == "hello"
    assert '"born": 1815' in documents
    assert refusal.startswith("[REFUSED KEY_INVALID] put of key '' in map 'kv' (partition ")
    shards.assert_row("kv", "greeting", "hello")
    shards.assert_row("documents", "ada", HazelcastJsonValue({"name": "Ada", "born": 1815}))
    shards.assert_row("blobs", "picture", bytearray(b"\x89PNG"))
