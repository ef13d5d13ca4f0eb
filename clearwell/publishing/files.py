"""Published files: one a article, a snapshot of all, what was rejected, and the manifest, written last.

Every file appears in one step (temporary file, fsync, rename, fsync of the folder), so that a reader at any moment,
and after a crash at any moment, finds whole files.  output/README.md is the contract.
"""

import contextlib
import hashlib
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from filelock import FileLock, Timeout

from clearwell.article import SCHEMA_VERSION, Article
from clearwell.errors import StoreError
from clearwell.publishing.schema import encode_schema
from clearwell.storage.store import Rejection, Store

LOCK_TIMEOUT = 60  # seconds to wait for another crawl that is publishing
_UNSAFE = re.compile(r"[^a-z0-9.-]+")


class PublishedFile(NamedTuple):
    """What the manifest says of a file: enough to see that a copy is whole."""

    sha256: str
    bytes: int
    lines: int


def folder_name(site: str) -> str:
    """A site's name as a folder that cannot lead anywhere else.

    >>> folder_name("health.example:8080"), folder_name("../etc"), folder_name("")
    ('health.example_8080', '_etc', 'unknown')
    """
    return _UNSAFE.sub("_", site.lower()).lstrip(".").replace("..", "_")[:100] or "unknown"


def article_path(output: Path, site: str, article_id: str) -> Path:
    """Where an article is published."""
    return output / "articles" / folder_name(site) / f"{article_id}.json"


class Publisher:
    """Writes the output folder; any failure of the disk is a StoreError and leaves the published files whole."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def publish_articles(self, articles: Sequence[Article]) -> list[StoreError | None]:
        """Publish stored articles, and sync each folder once for all of them; gives the error of each that failed."""
        errors = [_error_of(self.output, self._write_article, article) for article in articles]
        folders = {article_path(self.output, article.site, article.id).parent for article in articles}
        unsynced = {folder: error for folder in folders if (error := _error_of(self.output, _sync_folder, folder))}
        return [
            error or unsynced.get(article_path(self.output, article.site, article.id).parent)
            for article, error in zip(articles, errors, strict=True)
        ]

    def _write_article(self, article: Article) -> None:
        path = article_path(self.output, article.site, article.id)
        write_whole(path, [msgspec.json.encode(article), b"\n"], sync_folder=False)

    def withdraw_articles(self, articles: Iterable[tuple[str, str]]) -> None:
        """Remove the files of articles, named by site and id, from sites they no longer belong to."""
        with _failing(self.output):
            for site, article_id in articles:
                article_path(self.output, site, article_id).unlink(missing_ok=True)

    def publish_snapshot(self, store: Store) -> None:
        """Publish everything stored: missing article files, snapshot, rejections, and last the manifest."""
        with _failing(self.output):
            self.output.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.output / ".publish.lock", timeout=LOCK_TIMEOUT)
            with lock:
                self._publish_all(store)

    def _publish_all(self, store: Store) -> None:
        _remove_leftovers(self.output)
        files = {
            "articles.jsonl": write_whole(self.output / "articles.jsonl", self._lines(store)),
            "schema/article.schema.json": write_whole(
                self.output / "schema" / "article.schema.json", [encode_schema()]
            ),
        }
        rejections = sorted(store.rejections(), key=lambda rejection: (folder_name(rejection.site), rejection.url))
        for site, records in itertools.groupby(rejections, key=lambda rejection: folder_name(rejection.site)):
            name = f"rejected/{site}.jsonl"
            files[name] = write_whole(self.output / name, (_line(record) for record in records))
        for stale in (self.output / "rejected").glob("*.jsonl"):
            if f"rejected/{stale.name}" not in files:
                stale.unlink()
        write_whole(self.output / "manifest.json", [_manifest(store, files)])

    def _lines(self, store: Store) -> Iterator[bytes]:
        """The snapshot's lines; on the way, an article whose own file a crash prevented or left behind gets it."""
        for article_id, site, encoded in store.iterate():
            path = article_path(self.output, site, article_id)
            line = encoded + b"\n"
            if not path.exists() or path.read_bytes() != line:
                write_whole(path, [line])
            yield line


def write_whole(path: Path, parts: Iterable[bytes], sync_folder: bool = True) -> PublishedFile:
    """Write a file so that it is there either as before or whole and new, whatever happens.

    Without `sync_folder` the caller syncs it, or a power cut may bring the file of before back.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    digest, size, lines = hashlib.sha256(), 0, 0
    try:
        with temporary.open("wb") as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
                lines += part.count(b"\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    if sync_folder:
        _sync_folder(path.parent)
    return PublishedFile(digest.hexdigest(), size, lines)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_leftovers(output: Path) -> None:
    """Remove the temporary files of processes that were killed; those of living ones stay."""
    for temporary in output.rglob(".*.tmp"):
        owner = temporary.name.split(".")[-2]
        if not (owner.isdigit() and _is_running(int(owner))):
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _line(rejection: Rejection) -> bytes:
    return msgspec.json.encode(rejection._asdict()) + b"\n"


def _manifest(store: Store, files: dict[str, PublishedFile]) -> bytes:
    counts = store.count()
    manifest = {
        "schemaVersion": SCHEMA_VERSION,
        "publishedAt": datetime.now(UTC),
        "articles": sum(counts.by_site.values()),
        "duplicates": counts.duplicates,
        "bySite": counts.by_site,
        "byLanguage": counts.by_language,
        "rejected": counts.rejected,
        "files": {name: file._asdict() for name, file in sorted(files.items())},
    }
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


_Given = TypeVar("_Given")


def _error_of(output: Path, write: Callable[[_Given], None], given: _Given) -> StoreError | None:
    """Write, and give what went wrong."""
    try:
        with _failing(output):
            write(given)
    except StoreError as error:
        return error
    return None


@contextlib.contextmanager
def _failing(output: Path) -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise StoreError(f"another crawl is publishing to {output}; try again when it has ended") from error
    except OSError as error:
        raise StoreError(
            f"{output} cannot be written: {error}; see that the disk has room and the folder can be written"
        ) from error
