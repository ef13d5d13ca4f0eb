"""The database below the store: SQLite (a file, by default) or PostgreSQL, opened at the newest version."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Table, create_engine, event, insert, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from clearwell.errors import StoreError
from clearwell.storage import tables

BUSY_TIMEOUT = 30  # seconds to wait for another process that writes
CONNECT_TIMEOUT = 10  # seconds to wait for a PostgreSQL server
LOCK_NUMBER = 0x636C656172  # of the PostgreSQL lock under which tables are made: `clear` as a number
DAMAGED = ("malformed", "not a database")  # what SQLite says of a file that is broken
MIGRATIONS = Path(__file__).with_name("migrations")

Insert = postgresql.Insert | sqlite.Insert  # both know `on_conflict_do_update`


class Database:
    """An open database, with the store's tables at the newest version; safe to use from several threads.

    `address` is a path (SQLite) or `postgresql+psycopg://user:password@host/name`.  Any failure is a StoreError that
    names the place, without its password.
    """

    def __init__(self, address: str | Path) -> None:
        url = _read_address(address)
        self._local = threading.local()
        self.place = url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)
        with self._failing():
            self.engine = _connect(url, self.place)
            try:
                self._bring_up_to_date()
            except BaseException:
                self.engine.dispose()
                raise

    def close(self) -> None:
        """Give the connections back; the data is whole at any time."""
        self.engine.dispose()

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction; committed at the end, rolled back on any error.  Inside of `together`, a part of that one."""
        shared: Connection | None = getattr(self._local, "connection", None)
        if shared is not None:
            with self._failing():
                yield shared
            return
        with self._failing(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Everything this thread does inside is one transaction: all of it is stored at the end, or nothing."""
        with self.begin() as connection:
            self._local.connection = connection
            try:
                yield
            finally:
                self._local.connection = None

    def insert(self, table: Table) -> Insert:
        """An insert that can say what to do on a conflict, in the words of this database."""
        return sqlite.insert(table) if self.engine.dialect.name == "sqlite" else postgresql.insert(table)

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, Timeout, OSError) as error:
            cause = str(getattr(error, "orig", None) or error).strip()
            if "://" in self.place:
                advice = "see that the server runs and lets this user write"
            elif any(sign in cause for sign in DAMAGED):
                advice = (
                    "put a copy of it back, or move it away and crawl anew (docs/consuming.md says what consumers "
                    "then see); `sqlite3 FILE .recover` may save what is whole"
                )
            else:
                advice = "see that the disk has room and the file can be written"
            raise StoreError(f"the store {self.place} cannot be used: {cause}; {advice}") from error

    # -- versions ----------------------------------------------------------------------------------------------------

    def _bring_up_to_date(self) -> None:
        """Make the tables, or change those of an earlier version; one SELECT when there is nothing to do."""
        with contextlib.suppress(DBAPIError):  # there is no version yet; whatever else it is comes up again below
            if self._read_version() == tables.VERSION:
                return
        with self._alone():
            with self.engine.connect() as connection:
                existing = inspect(connection).get_table_names()
            if "articles" not in existing:
                self._create()
            elif "alembic_version" not in existing or self._read_version() != tables.VERSION:
                self._upgrade()

    def _read_version(self) -> str | None:
        with self.engine.connect() as connection:
            return connection.execute(select(tables.version.c.version_num)).scalar()

    def _create(self) -> None:
        with self.engine.begin() as connection:
            tables.schema.create_all(connection)
            connection.execute(insert(tables.version).values(version_num=tables.VERSION))

    def _upgrade(self) -> None:
        from alembic import command  # imports for 0.1 s, needed once in a store's life
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:  # it does not know the version it found
            raise StoreError(
                f"the store {self.place} was written by a newer Clearwell ({error}); "
                "install that one, or set CLEARWELL_STORE to another place"
            ) from error

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two first crawls would both make the tables: the second waits here."""
        if self.engine.dialect.name == "sqlite":
            with FileLock(f"{self.place}.lock", timeout=BUSY_TIMEOUT):
                yield
            return
        with self.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
            yield


def _read_address(address: str | Path) -> URL:
    """A path or an address as SQLAlchemy has it; StoreError for a database that is neither of the two."""
    if isinstance(address, Path) or "://" not in address:
        return URL.create("sqlite", database=str(address))
    try:
        url = make_url(address)
    except (SQLAlchemyError, ValueError) as error:
        raise StoreError(
            "CLEARWELL_STORE cannot be read; it is a path or postgresql+psycopg://user:password@host/name"
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(
            f"CLEARWELL_STORE names {url.get_backend_name()}; known are a path (SQLite) and postgresql+psycopg"
        )
    return url.set(drivername="postgresql+psycopg")


def _connect(url: URL, place: str) -> Engine:
    if url.drivername != "sqlite":
        try:
            return create_engine(url, connect_args={"connect_timeout": CONNECT_TIMEOUT}, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"the store {place} needs the driver of PostgreSQL: pip install 'clearwell[postgresql]'"
            ) from error
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})

    @event.listens_for(engine, "connect")
    def _set_durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # WAL's default may lose the last commits in a power cut

    return engine
