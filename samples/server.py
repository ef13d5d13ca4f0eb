"""Serve the dirty farm on loopback: `serve()` for tests, `python -m samples.server` for the demo."""

from __future__ import annotations

import argparse
import hashlib
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from samples.reply import Reply
from samples.routes import answer

_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:]{2,45}\](:\d{1,5})?")


def make_etag(body: bytes) -> str:
    """Return a strong ETag of the bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def _is_older(changed: datetime | None, since: str | None) -> bool:
    """Tell whether the page has not changed since the date of the header; a bad date never matches."""
    if changed is None or not since:
        return False
    try:
        return changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


class FarmHandler(BaseHTTPRequestHandler):
    """Turn a request into a `Reply` and write it; everything worth reading is in routes.py."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Mossbank", ""
    timeout = 10  # seconds an idle kept-alive connection may hold its thread

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._write(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of a GET."""
        self._write(self._answer(), with_body=False)

    def log_message(self, *_: object) -> None:
        """Stay quiet: the crawler under test does the talking."""

    def _answer(self) -> Reply:
        self.server.seen.append(self.path)
        host = self.headers.get("Host", "")
        base = "http://" + (host if _HOST.fullmatch(host) else "{}:{}".format(*self.server.server_address[:2]))
        return self.server.answer(self.path, base)

    def _is_fresh(self, reply: Reply) -> bool:
        """Tell whether the client's copy is still good; If-None-Match wins over If-Modified-Since (RFC 9110 13.1.3)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return any(tag.strip().removeprefix("W/") in ("*", make_etag(reply.body)) for tag in tags.split(","))
        return _is_older(reply.changed, self.headers.get("If-Modified-Since"))

    def _write(self, reply: Reply, with_body: bool) -> None:
        plain = reply.status == 200 and not reply.missing_bytes
        fresh = plain and self._is_fresh(reply)
        self.send_response(304 if fresh else reply.status)
        if plain and reply.body:
            self.send_header("ETag", make_etag(reply.body))
        if reply.changed:
            self.send_header("Last-Modified", format_datetime(reply.changed.astimezone(UTC), usegmt=True))
        for name, value in reply.headers:
            self.send_header(name, value)
        if not fresh:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body) + reply.missing_bytes))
        self.end_headers()
        if with_body and not fresh:
            self.wfile.write(reply.body)
        self.close_connection = self.close_connection or bool(reply.missing_bytes)


class FarmServer(ThreadingHTTPServer):
    """A threading server that remembers the targets it was asked for."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], seen: list[str] | None = None, answer: Callable[[str, str], Reply] = answer
    ) -> None:
        super().__init__(address, FarmHandler)
        self.seen = [] if seen is None else seen
        self.answer = answer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away; of anything else, what the library says."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """The base URL, no slash at the end."""
        return "http://{}:{}".format(*self.server_address[:2])


@contextmanager
def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    seen: list[str] | None = None,
    answer: Callable[[str, str], Reply] = answer,
) -> Iterator[str]:
    """Serve in a thread and yield the base URL; port 0 takes a free one.  `answer` may be that of another site.

    Every requested target (path and query) is appended to `seen`, so a test can tell what was never asked for.
    """
    server = FarmServer((host, port), seen, answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; the ready file, if asked for, holds the URL and appears in one step."""
    parser = argparse.ArgumentParser(prog="python -m samples.server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--ready-file", type=Path, help="written with the URL once the server listens")
    options = parser.parse_args(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with serve(port=options.port) as url:
        print(url, flush=True)
        if options.ready_file:
            partial = options.ready_file.with_name(options.ready_file.name + ".part")
            partial.write_text(url + "\n", encoding="utf-8")
            partial.replace(options.ready_file)
        stop.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
