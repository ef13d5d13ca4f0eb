"""A server whose every answer a test writes, on any of the loopback addresses, each of which is a host to a crawl."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROSE = "Stretching for a minute before bed eased the night cramps of older people in one small trial. "


def article(title: str = "Night cramps", head: str = "", number: int = 0) -> bytes:
    """A page that is an article; another `number` is another text."""
    text = "".join(
        f"<p>{PROSE * 2}In week {number + week} they slept {week} hours more than before.</p>" for week in (1, 2, 3)
    )
    body = f"<body><article><h1>{title}</h1>{text}</article></body>"
    return f"<html><head><title>{title}</title>{head}</head>{body}</html>".encode()


@dataclass
class Asked:
    """A request as it came; `at` is monotonic seconds."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Answer:
    """`wait` is how long the server thinks, in seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0


Route = Answer | bytes | Callable[[Asked], "Answer | bytes"]


class Web:
    """The routes of one host, and what was asked of it; what has no route is not found."""

    def __init__(self, base: str, routes: dict[str, Route]) -> None:
        self.base, self.routes, self.asked = base, routes, list[Asked]()

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        found = self.routes.get(asked.path, Answer(b"no such page", 404))
        found = found(asked) if callable(found) else found
        return Answer(found) if isinstance(found, bytes) else found

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def times(self, start: str = "") -> list[float]:
        return [asked.at for asked in self.asked if asked.path.startswith(start)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
        answer = self.server.web.answer(asked)
        time.sleep(answer.wait)
        self.send_response(answer.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **answer.headers}.items():
            self.send_header(name, value)
        body = b"" if answer.status == 304 else answer.body
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    web: Web

    def handle_error(self, *_: object) -> None:
        """A client that went away is no news."""


@contextmanager
def serve_web(routes: dict[str, Route], host: str = "127.0.0.1", port: int = 0) -> Iterator[Web]:
    """Serve routes, by path; the host's robots.txt is one of them."""
    with _Server((host, port), _Handler) as server:
        server.web = Web(f"http://{host}:{server.server_port}", routes)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.web
        server.shutdown()
