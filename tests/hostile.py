"""Servers that misbehave, for tests: each path has a fault of its own, and whoever connects is counted."""

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import brotli
from backports import zstd

Answer = bytes | Callable[["Visit"], None]
HTML = "text/html; charset=utf-8"
MEGABYTE = 1024 * 1024


@dataclass
class Visit:
    """One request: the connection to answer on, and what was asked."""

    socket: socket.socket
    path: str
    head: str

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def reset(self) -> None:
        """Break the connection with a reset instead of an end."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


@dataclass
class HostileServer:
    """Answers by path; `connections` counts accepted sockets, `heads` keeps what was asked of which path."""

    answers: dict[str, Answer]
    connections: int = 0
    heads: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(20)
            head = _read_head(connection)
            path = head.split(" ")[1] if head.startswith("GET ") else ""
            self.heads[path] = head
            answer = self.answers.get(path.partition("?")[0], make_response(b"", 404))
            if callable(answer):
                answer(Visit(connection, path, head))
            else:
                connection.sendall(answer)
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_WR)
                    connection.recv(1)  # an end, not a reset, though the crawler may have more to say


def _read_head(connection: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MEGABYTE:
        received = connection.recv(65_536)
        if not received:
            break
        head += received
        if head.startswith(b"\x16"):  # TLS, which nobody here speaks
            break
    return head.decode("latin-1")


@contextmanager
def serve_hostile(
    answers: dict[str, Answer], host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[HostileServer]:
    """Serve in threads on a port of `host`; 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=128)
    server = HostileServer(answers, port=listener.getsockname()[1])
    threading.Thread(target=_accept, args=(server, listener, tls), daemon=True).start()
    try:
        yield server
    finally:
        listener.close()


def _accept(server: HostileServer, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        threading.Thread(target=_serve, args=(server, connection, tls), daemon=True).start()


def _serve(server: HostileServer, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        server.answer(tls.wrap_socket(connection, server_side=True) if tls else connection)


def make_response(body: bytes, status: int = 200, kind: str = HTML, length: int | None = -1, **headers: str) -> bytes:
    """A response as bytes; `length` None leaves Content-Length out, a number may lie; `_` in names is a hyphen."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close"]
    if length is not None:
        lines.append(f"Content-Length: {len(body) if length == -1 else length}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    """A redirect; the location goes out as it is, in Latin-1."""
    return make_response(b"", status, Location=location)


@contextmanager
def refuse_connections() -> Iterator[int]:
    """A port whose queue of connections is full: what comes is neither taken nor refused."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


# -- faults ----------------------------------------------------------------------------------------------------------


def drip(beginning: bytes, piece: bytes, pause: float = 0.2, seconds: float = 20) -> Callable[[Visit], None]:
    """Send a little again and again, so that the connection is never idle."""

    def answer(visit: Visit) -> None:
        visit.send(beginning)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            visit.send(piece)
            time.sleep(pause)

    return answer


def flood(beginning: bytes, piece: bytes, megabytes: int = 400) -> Callable[[Visit], None]:
    """Send without end, as fast as it is taken."""

    def answer(visit: Visit) -> None:
        visit.send(beginning)
        piece_of_many = piece * max(1, 65_536 // len(piece))
        for _ in range(megabytes * MEGABYTE // len(piece_of_many)):
            visit.send(piece_of_many)

    return answer


def break_off(beginning: bytes) -> Callable[[Visit], None]:
    """Send a beginning, then reset the connection."""

    def answer(visit: Visit) -> None:
        visit.send(beginning)
        time.sleep(0.2)  # so that the beginning is read before the reset throws it away
        visit.reset()

    return answer


def stay_silent(visit: Visit) -> None:
    """Never answer."""
    time.sleep(20)


def shut_down(visit: Visit) -> None:
    """Close our half of the connection and leave the other open."""
    visit.socket.shutdown(socket.SHUT_WR)
    time.sleep(20)


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=1),
    "zstd": zstd.compress,
}


def bomb(coding: str, megabytes: int = 8) -> bytes:
    """A response that is small on the wire and large when unpacked."""
    return make_response(PACK[coding](b"<p>" + b"\0" * (megabytes * MEGABYTE)), Content_Encoding=coding)
