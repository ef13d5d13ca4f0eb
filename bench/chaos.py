"""Kill a crawl of the sample site at random moments, and a consumer of its change log too: `python -m bench.chaos`.

Each crawl, its workers with it, is killed by SIGKILL somewhere between its start and its end, and started again.  At
the end store, snapshot and change log must be those of crawls that nobody disturbed, and the consumer must hold the
same articles.  After every kill all published files must be whole.
"""

import argparse
import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from clearwell.storage.runs import Runs
from clearwell.storage.store import Store
from samples.server import serve

ROOT = Path(__file__).parents[1]
SITE = """start = ["{0}/sitemap.xml", "{0}/feed.xml", "{0}/"]
[politeness]
delay = 0
"""
WHEN = ("fetchedAt", "at", "publishedAt")  # what two crawls of the same pages may differ in


class Home:
    """A home of its own, with one site."""

    def __init__(self, folder: Path, base: str) -> None:
        (folder / "sites").mkdir(parents=True)
        (folder / "sites" / "farm.toml").write_text(SITE.format(base))
        self.folder = folder
        self.output, self.store = folder / "output", folder / "store" / "clearwell.sqlite"
        places = {"CLEARWELL_OUTPUT": str(self.output), "CLEARWELL_STORE": str(self.store)}
        allowed = {"CLEARWELL_ALLOWED_NETWORKS": "127.0.0.1"}
        self.environment = {**os.environ, "CLEARWELL_HOME": str(folder), **places, **allowed}

    def start(self) -> "subprocess.Popen[bytes]":
        """Start a crawl in a process group of its own."""
        command = [sys.executable, "-m", "clearwell.app.cli", "crawl", "farm"]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def count_runs(self) -> int:
        """How many runs were released."""
        with Store(self.store) as store:
            return sum(run.state == "released" for run in Runs(store.database).list_last("farm", 10_000))

    def read(self) -> dict[str, Any]:
        """What is stored and published, without the moments at which it was."""
        with Store(self.store) as store:
            stored = [[name, site, _forget(json.loads(article))] for name, site, article in store.iterate()]
            rejected = sorted(rejection.url for rejection in store.rejections())  # the reason may hang on speed
        log = [line for path in sorted((self.output / "changes").glob("*.jsonl")) for line in _read_lines(path)]
        files = sorted(str(path.relative_to(self.output)) for path in (self.output / "articles").rglob("*"))
        return {
            "store": stored,
            "rejected": rejected,
            "snapshot": _read_lines(self.output / "articles.jsonl"),
            "log": log,
            "files": files,
        }

    def check_files(self) -> int:
        """Read every published file; raises what is wrong with one that is not whole.  Returns how many there are."""
        paths = [path for path in self.output.rglob("*.json*") if not path.name.startswith(".")]
        for path in paths:
            _read_lines(path) if path.suffix == ".jsonl" else json.loads(path.read_bytes())
        return len(paths)


def kill_group(process: "subprocess.Popen[bytes]") -> bool:
    """Kill a process and all it started; says whether it was still running."""
    running = process.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return running


def follow(home: Home, database: Path, draw: random.Random | None) -> None:
    """Run the consumer of docs/consuming.md; with `draw`, kill it somewhere."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "consuming.md").read_text(encoding="utf-8"), re.S)
    script = f"{code}\nimport sys\nfollow(Path(sys.argv[1]), sqlite3.connect(sys.argv[2]))"
    process = subprocess.Popen([sys.executable, "-c", script, str(home.output), str(database)], start_new_session=True)
    if draw is not None:
        time.sleep(draw.uniform(0.02, 0.2))
        kill_group(process)
    elif process.wait() != 0:
        raise RuntimeError("the consumer failed")


def main() -> int:
    """Print how often was killed and what was lost; 1 when anything was."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, serve() as base:
        calm, disturbed = Home(Path(folder) / "calm", base), Home(Path(folder) / "disturbed", base)
        started = time.monotonic()
        calm.start().wait()
        length = time.monotonic() - started
        consumed = Path(folder) / "consumer.sqlite"
        kills = files = 0
        while kills < options.kills:
            process = disturbed.start()
            time.sleep(draw.uniform(0.2, length * 1.1))
            kills += kill_group(process)
            files += disturbed.check_files()
            follow(disturbed, consumed, draw)
        disturbed.start().wait()
        for _ in range(disturbed.count_runs() - 1):
            calm.start().wait()
        follow(disturbed, consumed, None)
        return report(calm, disturbed, consumed, kills, files)


def report(calm: Home, disturbed: Home, consumed: Path, kills: int, files: int) -> int:
    """Compare, and say what differs."""
    expected, found = calm.read(), disturbed.read()
    with sqlite3.connect(consumed) as database:
        rows = database.execute("SELECT id, article FROM articles ORDER BY id").fetchall()
    expected["consumer"] = expected["snapshot"]
    found["consumer"] = [_forget(json.loads(article)) for _, article in rows]
    lost = [name for name in expected if expected[name] != found[name] or not expected[name]]
    print(f"{kills} crawls killed, as many consumers; {disturbed.count_runs()} runs released")
    print(f"{files:,} published files read after the kills, all whole")
    for name in expected:
        print(f"{name}: {len(found[name]):,} of {len(expected[name]):,}, {'DIFFERS' if name in lost else 'the same'}")
    return int(bool(lost))


def _read_lines(path: Path) -> list[Any]:
    return [_forget(json.loads(line)) for line in path.read_bytes().removesuffix(b"\n").split(b"\n") if line]


def _forget(value: Any) -> Any:
    """A value without the moments in it."""
    if isinstance(value, dict):
        return {key: _forget(inner) for key, inner in value.items() if key not in WHEN}
    return [_forget(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
