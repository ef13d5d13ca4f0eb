"""Shared by all tests: where the shared data is, the sample farm, and commands run in a home of their own."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from samples.server import serve
from tests.postgres import find_programs, serve_postgres

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# Servers of the tests are on loopback, where no crawl goes by itself.
os.environ["CLEARWELL_ALLOWED_NETWORKS"] = "127.0.0.0/8"

# Runs repeat exactly, on machines of any speed.
settings.register_profile("clearwell", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("clearwell")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shared() -> Path:
    """The shared data; a test that needs it skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared data is not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def farm() -> Iterator[str]:
    """The sample site, served on a free port."""
    with serve() as base:
        yield base


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL server; a call makes an empty database and gives its address."""
    if find_programs() is None:
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    psycopg = pytest.importorskip("psycopg", reason="pip install 'clearwell[postgresql]'")
    numbers = itertools.count(1)
    with serve_postgres() as server:

        def make_database() -> str:
            name = f"store{next(numbers)}"
            with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return f"{server}/{name}"

        yield make_database


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet; a test that asks for it runs over both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "store" / "s.sqlite")
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which output and store are the test's own."""
    places = {"CLEARWELL_OUTPUT": str(tmp_path / "output"), "CLEARWELL_STORE": str(tmp_path / "store" / "s.sqlite")}
    return {**os.environ, **places, "COLUMNS": "200", "NO_COLOR": "1"}


@pytest.fixture
def run(home: dict[str, str], tmp_path: Path) -> Run:
    """Run the installed `clearwell` (or `scrapy`, from the project's folder) as a user would."""

    def start(*arguments: str, given: bytes | str = "", command: str = "clearwell") -> subprocess.CompletedProcess[str]:
        content = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [str(Path(sys.executable).with_name(command)), *arguments],
            input=content,
            capture_output=True,
            env=home,
            cwd=ROOT if command == "scrapy" else tmp_path,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return start
