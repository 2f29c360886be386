"""Notes over HTTP, on the resilient map: PUT, GET and DELETE /notes/NAME.

    pip install clients/python
    python examples/python-service/service.py .grid/config/throughline.yaml 127.0.0.1:5701 --port 8080

    curl -X PUT --data 'buy milk' http://127.0.0.1:8080/notes/today
    curl http://127.0.0.1:8080/notes/today
"""

import argparse
import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional
from urllib.parse import unquote

import throughline

PATH = "/notes/"


class Notes(ThreadingHTTPServer):
    daemon_threads = False  # so that closing it waits for requests under way

    def __init__(self, port: int, kv: "throughline.ResilientMap[str]"):
        super().__init__(("127.0.0.1", port), NotesHandler)
        self.kv = kv


class NotesHandler(BaseHTTPRequestHandler):
    server: Notes
    timeout = 10  # seconds that a caller may be silent

    def do_PUT(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(lambda kv, name: self._done(kv.put(name, text.decode())))

    def do_GET(self) -> None:
        self._answer(lambda kv, name: self._found(kv.get(name)))

    def do_DELETE(self) -> None:
        self._answer(lambda kv, name: self._done(kv.remove(name)))

    def _answer(self, operation: Any) -> None:
        if not self.path.startswith(PATH):
            return self._send(HTTPStatus.NOT_FOUND)
        try:
            operation(self.server.kv, unquote(self.path[len(PATH) :]))
        except throughline.RefusedError as error:  # nothing was stored, and nothing will be
            overloaded = error.code in ("OVERLOADED", "SHARD_UNAVAILABLE", "NOT_REPLICATED")
            self._send(HTTPStatus.SERVICE_UNAVAILABLE if overloaded else HTTPStatus.BAD_REQUEST, str(error))
        except throughline.UnknownOutcomeError as error:  # it may be stored, now or later
            self._send(HTTPStatus.GATEWAY_TIMEOUT, str(error))
        except UnicodeDecodeError:
            self._send(HTTPStatus.BAD_REQUEST, "a note is UTF-8")

    def _found(self, reading: "throughline.Reading[str]") -> None:
        if reading.value is None:
            self._send(HTTPStatus.NOT_FOUND)
        else:
            self._send(HTTPStatus.OK, reading.value, reading.served_by)

    def _done(self, served_by: throughline.ServedBy) -> None:
        self._send(HTTPStatus.OK, "", served_by)

    def _send(self, status: HTTPStatus, text: str = "", served_by: Optional[throughline.ServedBy] = None) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if served_by is not None:
            self.send_header("Served-By", served_by.name)  # CACHE, or SHARD where the cache took longer
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """No line for each request."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Notes over HTTP, on the resilient map.")
    parser.add_argument("throughline_yaml", help="the members' own")
    parser.add_argument("members", nargs="+", help="host:port of one member or more")
    parser.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    options = parser.parse_args()

    with throughline.connect(options.throughline_yaml, options.members) as grid:
        with Notes(options.port, grid.map("kv")) as notes:
            # From a thread of its own: shutdown waits for the loop below, which the signal has interrupted.
            signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=notes.shutdown).start())
            print(f"listening on http://127.0.0.1:{notes.server_port}", flush=True)
            notes.serve_forever()


if __name__ == "__main__":
    main()
