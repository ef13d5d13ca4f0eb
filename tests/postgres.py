"""A real PostgreSQL server for the tests, from Debian's package, on a free port, gone at the end."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

STARTING = 30  # seconds


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`: on the path, or where Debian puts the newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return versions[-1].parent if versions else None


@contextmanager
def serve_postgres() -> Iterator[str]:
    """Start a server, and yield its address without a database's name."""
    with TemporaryDirectory(prefix="clearwell-postgres-") as folder:  # pytest's own folders admit nobody but us
        yield from _serve(Path(folder))


def _serve(folder: Path) -> Iterator[str]:
    programs = find_programs()
    assert programs is not None
    data, port = folder / "data", _free_port()
    folder.chmod(0o711)
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        data.mkdir()
        shutil.chown(data, "nobody", "nogroup")
    quick = ["-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "unix_socket_directories="]
    initdb = [*as_user, programs / "initdb", "-D", data, "-U", "clearwell", "-A", "trust", "--no-sync", "-E", "UTF8"]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/")
    command = [*as_user, programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), *quick]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    try:
        _wait_for(programs, port, folder / "log")
        yield f"postgresql+psycopg://clearwell@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for clients
        server.wait()


def _wait_for(programs: Path, port: int, log: Path) -> None:
    asked = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "clearwell"]
    end = time.monotonic() + STARTING
    while subprocess.run(asked, check=False).returncode != 0:
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
