"""A Java client and a Python client count up the same counters while members stall: each step is counted once."""

import os
import random
import subprocess
import threading
import time
from pathlib import Path

import throughline

from conftest import fresh_key
from grid_under_test import GridUnderTest
from shards import Shards

SECONDS = 12
COUNTERS = 5
THREADS = 4


class Counting:
    """What CountingClient.java does."""

    def __init__(self, map: "throughline.ResilientMap[str]", keys: "list[str]"):
        self._map = map
        self._keys = keys
        self._lock = threading.Lock()
        self.applied = self.unknown = self.went_back = 0

    def run(self, until: float) -> None:
        while time.monotonic() < until:
            key = random.choice(self._keys)
            try:
                found = self._map.get(key).value
                following = int(found) + 1
                if self._map.replace(key, found, str(following)).applied:
                    back = int(self._map.get(key).value) < following
                    with self._lock:
                        self.applied += 1
                        self.went_back += back
            except throughline.UnknownOutcomeError:
                with self._lock:
                    self.unknown += 1
            except throughline.RefusedError:
                pass  # nothing was counted


def java_client(grid: GridUnderTest, keys: "list[str]") -> "subprocess.Popen[str]":
    build = Path(os.environ["GRID_COMMAND"]).resolve().parent / "target" / "grid" / "current"
    return subprocess.Popen(
        [
            "java",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
            "-cp",
            f"{build}/lib/*",
            str(Path(__file__).parent / "CountingClient.java"),
            str(grid.settings_file),
            ",".join(grid.members),
            ",".join(keys),
            str(SECONDS),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_every_step_counts_once_whoever_makes_it(grid: GridUnderTest, shards: Shards):
    keys = [fresh_key() for _ in range(COUNTERS)]
    with throughline.connect(grid.settings_file, grid.members) as resilient:
        map = resilient.map("kv")
        for key in keys:
            map.put(key, "0")
        java = java_client(grid, keys)
        counting = Counting(map, keys)
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=counting.run, args=(until,)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        while time.monotonic() < until - 3:
            with grid.stalled(random.choice(grid.members)):
                time.sleep(random.uniform(0.5, 3))
            time.sleep(0.5)
        for thread in threads:
            thread.join()
        output, _ = java.communicate(timeout=60)
        assert java.returncode == 0
        (result,) = (line for line in output.splitlines() if line.startswith("counted "))
        java_applied, java_unknown, java_went_back = (int(number) for number in result.split()[1:])

    counted = sum(int(shards.value("kv", key)) for key in keys)
    print(f"counted {counted}: {counting.applied} in Python, {java_applied} in Java")
    assert counting.went_back == java_went_back == 0
    assert counting.applied > 0 and java_applied > 0
    applied = counting.applied + java_applied
    assert applied <= counted <= applied + counting.unknown + java_unknown
