"""Lines of a bulk file as workers get them: some at a time, never too many bytes."""

from collections.abc import Iterable, Iterator

CHUNK_LINES = 16  # lines sent to a worker at once
CHUNK_BYTES = 4 * 1024 * 1024  # or fewer, if they are long
WINDOW = 3  # chunks under way for each worker; more would only hold memory
LINE_TIMEOUT = 60  # seconds for one page, before its worker is ended


def chunk(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Put lines together, in order."""
    taken: list[bytes] = []
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if len(taken) >= CHUNK_LINES or size >= CHUNK_BYTES:
            yield taken
            taken, size = [], 0
    if taken:
        yield taken
