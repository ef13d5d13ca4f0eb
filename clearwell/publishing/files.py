"""How files are published: each appears in one step, so that a reader at any moment, and after a crash, finds it whole.

A temporary file, fsync, rename, fsync of the folder.  output/README.md is the contract.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import Timeout

from clearwell.errors import StoreError


class PublishedFile(NamedTuple):
    """What the manifest says of a file: enough to see that a copy is whole."""

    sha256: str
    bytes: int
    lines: int


def write_whole(path: Path, parts: Iterable[bytes], sync: bool = True) -> PublishedFile:
    """Write a file so that it is there either as before or whole and new, whatever happens.

    Without `sync` the caller syncs the folder, or a power cut may bring the file of before back.
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
    if sync:
        sync_folder(path.parent)
    return PublishedFile(digest.hexdigest(), size, lines)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(output: Path) -> None:
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


@contextlib.contextmanager
def named_failures(output: Path) -> Iterator[None]:
    """Turn what the disk says into a StoreError that says what to do."""
    try:
        yield
    except Timeout as error:
        raise StoreError(f"another crawl is publishing to {output}; try again when it has ended") from error
    except OSError as error:
        raise StoreError(
            f"{output} cannot be written: {error}; see that the disk has room and the folder can be written"
        ) from error
