"""A wire to PostgreSQL that can be cut between a commit and its answer."""

import contextlib
import socket
import threading


class TcpProxy:
    """Listens on loopback."""

    def __init__(self, server: str):
        host, port = server.rsplit(":", 1)
        self._server = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._lost = threading.Event()
        self._losing: bytes | None = None
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return "127.0.0.1:%d" % self._listener.getsockname()[1]

    def __enter__(self) -> "TcpProxy":
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        # Accepting ends with a call.
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname()).close()
        self._listener.close()
        self._lose()

    def lose_the_answer_to(self, words: bytes) -> threading.Event:
        """To the next commit of what holds these words; set once it is lost. From then on nothing is let through."""
        self._lost.clear()
        self._losing = words
        return self._lost

    def heal(self) -> None:
        self._losing = None
        self._lost.clear()

    def _lose(self) -> None:
        self._losing = None
        self._lost.set()
        with self._lock:
            for one in self._sockets:
                _end(one)
            self._sockets.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                # Closed between two calls.
                return
            if self._closed or self._lost.is_set():
                client.close()
                if self._closed:
                    return
                continue
            server = socket.create_connection(self._server)
            with self._lock:
                self._sockets |= {client, server}
            pair = _Pair(self, client, server)
            threading.Thread(target=pair.requests, daemon=True).start()
            threading.Thread(target=pair.answers, daemon=True).start()


class _Pair:
    def __init__(self, proxy: TcpProxy, client: socket.socket, server: socket.socket):
        self._proxy = proxy
        self._client = client
        self._server = server
        self._loses = False

    def requests(self) -> None:
        with contextlib.suppress(OSError):
            while data := self._client.recv(1 << 16):
                losing = self._proxy._losing
                self._loses = self._loses or (losing is not None and losing in data)
                self._server.sendall(data)
        self._end()

    def answers(self) -> None:
        with contextlib.suppress(OSError):
            while data := self._server.recv(1 << 16):
                if self._loses and b"COMMIT\0" in data:
                    self._proxy._lose()
                    break
                self._client.sendall(data)
        self._end()

    def _end(self) -> None:
        _end(self._client)
        _end(self._server)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
