"""The service in a process of its own, on the grid in GRID_DIR. Run by clients/python/run-tests."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import pytest

from grid_under_test import GridUnderTest

HERE = Path(__file__).resolve().parent
CLIENT = HERE.parents[1] / "clients" / "python"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    served_by: str


class Service:
    def __init__(self, process: "subprocess.Popen[str]"):
        assert process.stdout is not None
        self.process = process
        self.url = process.stdout.readline().strip().rpartition(" ")[2]

    def send(self, method: str, path: str, body: "bytes | None" = None) -> Answer:
        request = urllib.request.Request(self.url + path, data=body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, response.read().decode(), response.headers.get("Served-By", ""))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read().decode(), "")


@pytest.fixture(scope="module")
def grid() -> GridUnderTest:
    return GridUnderTest.of(Path(os.environ["GRID_DIR"]))


@pytest.fixture(scope="module")
def service(grid: GridUnderTest) -> Iterator[Service]:
    command = [sys.executable, str(HERE / "service.py"), str(grid.settings_file), *grid.members, "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(CLIENT)}
    ) as process:
        try:
            yield Service(process)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0, "it ends in order"


@pytest.fixture
def note() -> str:
    return f"/notes/{uuid.uuid4()}"


def test_a_note_is_read_back(service: Service, note: str) -> None:
    written = service.send("PUT", note, "Milch für morgen".encode())

    assert (written.status, written.served_by) == (200, "CACHE")
    assert service.send("GET", note).text == "Milch für morgen"


def test_a_note_that_was_removed_is_not_found(service: Service, note: str) -> None:
    service.send("PUT", note, b"milk")

    assert service.send("DELETE", note).served_by == "SHARD"
    assert service.send("GET", note).status == 404


def test_what_the_grid_refuses_is_a_bad_request_with_the_reason(service: Service) -> None:
    answer = service.send("PUT", "/notes/", b"no name")

    assert answer.status == 400
    assert "[REFUSED KEY_INVALID]" in answer.text


def test_with_a_member_stalled_every_note_is_written_and_read(
    service: Service, grid: GridUnderTest, note: str
) -> None:
    with grid.stalled(grid.members[0]):
        for number in range(12):
            assert service.send("PUT", f"{note}-{number}", b"milk").status == 200
            assert service.send("GET", f"{note}-{number}").text == "milk"
