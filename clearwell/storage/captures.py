"""Where the archive has what each address answered last."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, func, select, update

from clearwell.storage.archive import Place
from clearwell.storage.database import Database
from clearwell.storage.tables import articles, captures, staged

READ_BATCH = 500  # rows read at a time


class Captured(NamedTuple):
    """An address, and the place of its last capture."""

    url: str
    place: Place


class Captures:
    """The archive's index in an open store; any failure is a StoreError."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def is_known(self, url: str, body: bytes) -> bool:
        """Whether the last capture of an address has this very body."""
        query = select(captures.c.digest).where(captures.c.url == url)
        with self.database.begin() as connection:
            return connection.execute(query).scalar() == _digest(body)

    def record(self, site: str, url: str, body: bytes, fetched_at: datetime, place: Place) -> None:
        """Take down where a body was archived; an earlier capture of the address is forgotten (pruning.py)."""
        row = {"site": site, "fetched_at": fetched_at, "digest": _digest(body), **place._asdict()}
        with self.database.begin() as connection:
            write = self.database.insert(captures).values(url=url, **row)
            connection.execute(write.on_conflict_do_update(index_elements=["url"], set_=row))

    def forget(self, url: str) -> None:
        """Forget what an address answered; the bytes go with the file they are in (pruning.py)."""
        with self.database.begin() as connection:
            connection.execute(delete(captures).where(captures.c.url == url))

    def measure_files(self) -> dict[str, int]:
        """How many bytes of each file of the archive are needed: those of the last capture of each address."""
        query = select(captures.c.file, func.sum(captures.c.length)).group_by(captures.c.file)
        with self.database.begin() as connection:
            return {file: int(size) for file, size in connection.execute(query)}

    def list_of_file(self, file: str) -> list[Captured]:
        """The captures that are in a file of the archive, in the order in which they stand there."""
        query = select(captures).where(captures.c.file == file).order_by(captures.c.offset)
        with self.database.begin() as connection:
            rows = connection.execute(query).all()
        return [Captured(row.url, Place(row.file, row.offset, row.length)) for row in rows]

    def move(self, moved: Sequence[tuple[Captured, Place]]) -> None:
        """Take down new places of captures, in one transaction; one that was followed by another since stays there."""
        with self.database.begin() as connection:
            for (url, old), new in moved:
                here = (captures.c.url == url) & (captures.c.file == old.file) & (captures.c.offset == old.offset)
                connection.execute(update(captures).where(here).values(**new._asdict()))

    def list_sites(self) -> list[str]:
        """The sites of which something is archived."""
        with self.database.begin() as connection:
            return list(connection.execute(select(captures.c.site).distinct().order_by(captures.c.site)).scalars())

    def list_addresses(self, site: str) -> list[str]:
        """The archived addresses of a site, in their order."""
        query = select(captures.c.url).where(captures.c.site == site).order_by(captures.c.url)
        with self.database.begin() as connection:
            return list(connection.execute(query).scalars())

    def iterate(self, site: str) -> Iterator[Captured]:
        """The captures of a site, in the order of their addresses; no transaction is open between two batches."""
        for batch in self._iterate_batches(site):
            yield from batch

    def iterate_articles(self, site: str, run: str) -> Iterator[tuple[Captured, bytes]]:
        """The captures that articles were taken from, with their JSON: as a run staged it, or as it is published."""
        for batch in self._iterate_batches(site):
            urls = [captured.url for captured in batch]
            found = select(staged.c.url, staged.c.article).where(staged.c.run == run, staged.c.url.in_(urls))
            anew = exists().where(staged.c.id == articles.c.id, staged.c.run == run)
            known = select(articles.c.url, articles.c.article).where(
                articles.c.url.in_(urls), articles.c.withdrawn.is_(None), ~anew
            )
            with self.database.begin() as connection:
                rows = [*connection.execute(known), *connection.execute(found)]
            taken = {row.url: row.article for row in rows}
            yield from ((captured, taken[captured.url]) for captured in batch if captured.url in taken)

    def _iterate_batches(self, site: str) -> Iterator[list[Captured]]:
        last = ""
        while True:
            query = select(captures).where(captures.c.site == site, captures.c.url > last)
            with self.database.begin() as connection:
                rows = connection.execute(query.order_by(captures.c.url).limit(READ_BATCH)).all()
            if not rows:
                return
            yield [Captured(row.url, Place(row.file, row.offset, row.length)) for row in rows]
            last = rows[-1].url


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()
