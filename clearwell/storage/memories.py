"""What is remembered of each site, and what a run has learned of it that is not remembered yet.

A run cleans with what was known when it began; at its end it cleans again where it has learned to do so better
(pipelines/second_pass.py), and what it learned is remembered when it is released.  So what is published hangs neither
on the order of its pages nor on how often it was killed, and a run that was held back teaches nothing.
"""

import zlib
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, Table, delete, select, update

from clearwell.cleaning.memory import SiteMemory
from clearwell.errors import StoreError
from clearwell.storage.database import Database
from clearwell.storage.tables import lessons, memories


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
        """Take down what a run learned of a site's pages, beside what it learned before."""
        with self.database.begin() as connection:
            for page in memory.pages:
                key = {"run": run, "site": site, "page": f"{page.key:016x}"}
                _merge(connection, self.database, lessons, key, SiteMemory((page,)))

    def join_learned(self, run: str) -> dict[str, SiteMemory]:
        """What will be remembered, when a run is released, of the sites that it learned of."""
        with self.database.begin() as connection:
            joined = _read_lessons(connection, run)
        return {site: self.load(site).merge(memory) for site, memory in joined.items()}


def remember_learned(connection: Connection, database: Database, run: str) -> None:
    """Remember what a run learned: two runs at a time both count."""
    for site, memory in _read_lessons(connection, run).items():
        _merge(connection, database, memories, {"site": site}, memory)
    forget_learned(connection, run)


def forget_learned(connection: Connection, run: str) -> None:
    """Forget what a run learned."""
    connection.execute(delete(lessons).where(lessons.c.run == run))


def _read_lessons(connection: Connection, run: str) -> dict[str, SiteMemory]:
    """What a run learned, by site, in their order."""
    found: dict[str, SiteMemory] = {}
    for row in connection.execute(select(lessons).where(lessons.c.run == run).order_by(lessons.c.site)):
        found[row.site] = found.get(row.site, SiteMemory()).merge(_decode(row.site, row.memory))
    return found


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
