"""A web site as a table, on a free port of loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

Table = dict[str, tuple[str | int, str | bytes]]


class Pages(BaseHTTPRequestHandler):
    """Answers from a table of path to (type, body), (status, body) or ("to", address); writes down what was asked for.

    In bodies, BASE stands for the server's own address.
    """

    table: ClassVar[Table] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        kind, body = self.table.get(self.path, self.table.get("*", (404, "")))
        base = "http://{}:{}".format(*self.server.server_address[:2])
        content = body if isinstance(body, bytes) else body.replace("BASE", base).encode()
        self.send_response(302 if kind == "to" else kind if isinstance(kind, int) else 200)
        if kind == "to":
            self.send_header("Location", content.decode())
            content = b""
        self.send_header("Content-Type", kind if isinstance(kind, str) and "/" in kind else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def serving(table: Table, host: str = "127.0.0.1") -> Iterator[tuple[str, list[str]]]:
    """Serve a table; the server's address, and the paths asked for so far."""
    handler = type("Handler", (Pages,), {"table": table, "asked": []})
    server = ThreadingHTTPServer((host, 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_address[1]}", handler.asked
    finally:
        server.shutdown()
        server.server_close()
