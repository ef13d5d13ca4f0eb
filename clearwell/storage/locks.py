"""One crawl of a target at a time: a lock on a file, which the system lets go of however the process ends."""

from filelock import FileLock, Timeout

from clearwell.errors import StoreError
from clearwell.storage.places import folder_name, store_folder


class TargetBusy(StoreError):
    """Another process crawls the target; leave it to that one."""


def lock_target(target: str) -> FileLock:
    """Take a target for this process; release it, or end.  Raises TargetBusy."""
    folder = store_folder() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{folder_name(target)}.lock", thread_local=False)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise TargetBusy(f"{target} is being crawled by another process; wait until that has ended") from error
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error}; give access to it") from error
    return lock


def is_busy(target: str) -> bool:
    """Whether another process crawls the target at this moment."""
    try:
        lock_target(target).release()
    except TargetBusy:
        return True
    return False
