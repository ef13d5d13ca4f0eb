"""What every result is stamped with: versions, interpreter, machine, day; and one core for whatever is timed."""

import importlib.metadata
import os
import platform
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_THREADS = "OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS NUMEXPR_NUM_THREADS".split()


def stamp(distributions: tuple[str, ...]) -> dict[str, Any]:
    """Versions of the distributions, Python, the processor's model name, the time (UTC)."""
    return {
        "versions": {name: importlib.metadata.version(name) for name in distributions},
        "python": platform.python_version(),
        "machine": _processor(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def use_one_core() -> None:
    """Keep this process on one core, with one thread in numerical libraries; call it before they are imported."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def use_no_network() -> None:
    """Make every connection of this process fail at once: a peer that fetches is measured on what it does without."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("the bench runs without network")

    socket.getaddrinfo = refuse
    socket.socket.connect = refuse  # type: ignore[method-assign]


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores"
