"""What is remembered of each site, and what a run has learned of it that is not remembered yet.

A run cleans with what was known when it began; what it learns is remembered when it is released. So what is published
hangs neither on the order of its pages nor on how often it was killed, and a run that was held back teaches nothing.
"""

import zlib
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, Table, delete, select, update

from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import StoreError
from clearwell.storage.database import Database
from clearwell.storage.tables import learned, memories


class Memories:
    """The memories in an open store; any failure is a StoreError, that of a memory that cannot be read too."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def load(self, site: str) -> SiteMemory:
        """What is remembered of a site; an empty memory where nothing is."""
        with self.database.begin() as connection:
            encoded = connection.execute(select(memories.c.memory).where(memories.c.site == site)).scalar()
        return _decode(site, encoded)

    def list_sites(self) -> list[str]:
        """The names of the sites of which something is remembered."""
        with self.database.begin() as connection:
            return list(connection.execute(select(memories.c.site).order_by(memories.c.site)).scalars())

    def learn(self, run: str, site: str, memory: SiteMemory) -> None:
        """Take down what a run learned of a site, beside what it learned before."""
        with self.database.begin() as connection:
            _merge(connection, self.database, learned, {"run": run, "site": site}, memory)


def remember_learned(connection: Connection, database: Database, run: str) -> None:
    """Remember what a run learned: two runs at a time both count."""
    rows = connection.execute(select(learned).where(learned.c.run == run).order_by(learned.c.site)).all()
    for row in rows:
        _merge(connection, database, memories, {"site": row.site}, _decode(row.site, row.memory))
    forget_learned(connection, run)


def forget_learned(connection: Connection, run: str) -> None:
    """Forget what a run learned."""
    connection.execute(delete(learned).where(learned.c.run == run))


def _merge(connection: Connection, database: Database, table: Table, key: dict[str, str], memory: SiteMemory) -> None:
    changed = {"changed": datetime.now(UTC)} if "changed" in table.c else {}
    # A write first, so that the row is there to be locked: nobody merges between the reading and the writing.
    make = database.insert(table).values(**key, memory=_encode(SiteMemory()), **changed)
    connection.execute(make.on_conflict_do_nothing())
    this = [table.c[name] == value for name, value in key.items()]
    known = connection.execute(select(table.c.memory).where(*this).with_for_update()).scalar()
    merged = _decode(key["site"], known).merge(memory)
    connection.execute(update(table).where(*this).values(memory=_encode(merged), **changed))


def _encode(memory: SiteMemory) -> bytes:
    return zlib.compress(memory.to_json())


def _decode(site: str, encoded: bytes | None) -> SiteMemory:
    if encoded is None:
        return SiteMemory()
    try:
        return SiteMemory.from_json(zlib.decompress(encoded))
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"the memory of {site} in the store cannot be read: {error}; delete its row") from error
