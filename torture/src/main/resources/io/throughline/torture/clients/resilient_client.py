"""The resilient map in Python under torture: does what it reads, a JSON object a line, and tells the outcome.

    python resilient_client.py throughline.yaml MAP ORIGIN ADDRESS...
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import throughline

THREADS = 16


class Calls:
    def __init__(self, kv, origin):
        self._kv = kv
        self._origin = origin

    def _now(self):
        # The same clock as Java's System.nanoTime.
        return time.monotonic_ns() - self._origin

    def perform(self, request):
        answer = {"id": request["id"], "direct": True, "error": "", "invoked": self._now()}
        try:
            seen = self._call(request)
            answer.update(completed=self._now(), outcome="ok", **seen)
        except throughline.RefusedError as refused:
            answer.update(completed=self._now(), outcome="refused", error=str(refused))
        except Exception as failed:  # whatever else is told may come after the write
            answer.update(completed=self._now(), outcome="unknown", error=f"{type(failed).__name__}: {failed}")
        return answer

    def _call(self, request):
        deed, key = request["do"], request["key"]
        if deed == "get":
            reading = self._kv.get(key)
            return {"seen": reading.value, "direct": is_direct(reading.served_by)}
        if deed == "put":
            return {"direct": is_direct(self._kv.put(key, request["value"]))}
        if deed == "remove":
            return {"direct": is_direct(self._kv.remove(key))}
        if deed == "replace":
            expected = request["expected"]
            if expected is None:
                decision = self._kv.put_if_absent(key, request["value"])
            else:
                decision = self._kv.replace(key, expected, request["value"])
            return {"replaced": decision.applied, "direct": is_direct(decision.served_by)}
        raise ValueError(f"the resilient map can't do {deed}")


def is_direct(served_by):
    return served_by is throughline.ServedBy.SHARD


def main():
    settings, name, origin, *addresses = sys.argv[1:]
    grid = throughline.connect(settings, addresses, cluster_connect_timeout=-1)
    calls = Calls(grid.map(name), int(origin))
    one_line_at_a_time = threading.Lock()

    def answer(request):
        line = json.dumps(calls.perform(request))
        with one_line_at_a_time:
            print(line, flush=True)

    print('{"ready": true}', flush=True)
    with ThreadPoolExecutor(THREADS) as threads:
        for line in sys.stdin:
            threads.submit(answer, json.loads(line))
    grid.close()


if __name__ == "__main__":
    main()
