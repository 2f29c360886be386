"""docs/clients.md and README.md show programs; they are run as they stand there, against this grid."""

import re
from pathlib import Path
from typing import Any

import pytest
from hazelcast.core import HazelcastJsonValue

from grid_under_test import GridUnderTest
from shards import Shards

README = Path(__file__).parents[1] / "README.md"
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


def test_the_three_lines_of_the_readme_run(grid: GridUnderTest, shards: Shards):
    program = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[0]
    place = '"config/throughline.yaml", ["127.0.0.1:5701"]'
    assert place in program
    names: dict[str, Any] = {}
    exec(program.replace(place, f"{str(grid.settings_file)!r}, {grid.members!r}"), names)
    assert names["kv"].get("hello").value == "world"
    names["grid"].close()
    assert shards.value("kv", "hello") == "world"
