"""Removes what the archive has no use for any more: files in which no address has its last capture."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from clearwell.errors import StoreError
from clearwell.storage.store import Store
from clearwell.storage.tables import captures, runs


def prune_archive(store: Store, folder: Path, kept: timedelta, now: datetime) -> int:
    """Remove the files that nothing points to and that were not written to for as long as `kept`; returns how many.

    A place is only ever given out in a file that is being written, so that a file of that age is never pointed to
    again, and a crash at any point leaves nothing but a file that the next crawl removes.  A store that is younger than
    `kept` removes nothing: it may stand in the place of one that was lost.
    """
    edge = now - kept
    with store.database.begin() as connection:
        first = connection.execute(select(func.min(runs.c.started))).scalar()
        if first is None or first > edge:
            return 0
        needed = set(connection.execute(select(captures.c.file).distinct()).scalars())
    removed = 0
    try:
        for path in sorted(folder.glob("*/*.warc.gz")):
            if path.relative_to(folder).as_posix() not in needed and path.stat().st_mtime < edge.timestamp():
                path.unlink()
                removed += 1
    except FileNotFoundError:
        return removed  # another crawl removes the same; the next one goes on
    except OSError as error:
        raise StoreError(f"the archive {folder} cannot be tidied: {error}; give access to it") from error
    return removed
