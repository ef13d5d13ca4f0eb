"""Pages a second of whole crawls: `python -m bench.speed.crawl DATA [--rounds N] [--times N] [--out FOLDER]`.

The pages of a data set, served by nginx on loopback, are fetched by each crawler of bench/speed/crawlers.py in a
process of its own, in turn, a few rounds of all.  `--times` serves every page under so many addresses, for a long
crawl.  On a machine where other things run, read the processor time rather than the pages a second.
"""

import argparse
import contextlib
import gzip
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.quality.dataset import list_pages
from bench.quality.stamp import stamp
from bench.quality.table import align
from bench.speed.compare import publish
from bench.speed.crawlers import CRAWLERS, EARLY, WINDOW

ROUNDS = 3
DISTRIBUTIONS = ("clearwell", "scrapy", "twisted", "msgspec", "selectolax", "SQLAlchemy")
OURS = "clearwell"
MAX_SECONDS = 3_600  # for one crawl
_ROOT = Path(__file__).parents[2]

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    types {{ text/html html; }}
    charset utf-8;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
        rewrite ^/[0-9]+/(.*)$ /$1 break;
    }}
}}
"""


def unpack(data: Path, folder: Path, limit: int | None) -> list[str]:
    """Unpack a data set's pages for nginx; gives their file names."""
    folder.mkdir()
    names = list_pages(data, limit)
    for name in names:
        (folder / f"{name}.html").write_bytes(gzip.decompress((data / "html" / f"{name}.html.gz").read_bytes()))
    return [f"{name}.html" for name in names]


def find_nginx() -> str | None:
    """Where nginx is; None where it is not installed."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """nginx with what is in `folder`/www, on a free port; gives the address."""
    program = find_nginx()
    if not program:
        raise SystemExit("nginx is not installed; on Debian: apt-get install nginx-light")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    server = subprocess.Popen([program, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")])
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"nginx did not start on port {port}")


def measure(data: Path, crawlers: Sequence[str], limit: int | None, rounds: int, times: int) -> dict[str, Any]:
    """Every crawler once a round, and the figures put together."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)  # nginx's worker may be another user
        names = unpack(data, folder / "www", limit)
        size = sum((folder / "www" / name).stat().st_size for name in names) / len(names) / 1000
        with serve(folder) as base:
            addresses = folder / "addresses.txt"
            addresses.write_text("\n".join(f"{base}/{n}/{name}" for n in range(times) for name in names))
            runs: dict[str, list[dict[str, Any]]] = {name: [] for name in crawlers}
            for _ in range(rounds):
                for name in crawlers:
                    runs[name].append(_crawl(name, addresses))
                    print(f"{name}: {_rate(runs[name][-1]):.1f} pages/s", file=sys.stderr, flush=True)
    return {
        **stamp((*DISTRIBUTIONS, *(["trafilatura"] if "trafilatura" in crawlers else []))),
        "data": data.name,
        "pages": len(names) * times,
        "kilobytes": size,
        "cores": len(os.sched_getaffinity(0)),
        "runs": runs,
    }


def _crawl(name: str, addresses: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.speed.crawlers", name, str(addresses)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])),
    }
    done = subprocess.run(
        command, stdout=subprocess.PIPE, check=True, cwd=_ROOT, env=environment, timeout=MAX_SECONDS, text=True
    )
    return json.loads(done.stdout)


def _rate(run: dict[str, Any]) -> float:
    return run["pages"] / run["seconds"]


def to_markdown(result: dict[str, Any]) -> str:
    """Rates, ratios, processor time and memory of every crawler, and what follows from them."""
    runs = result["runs"]
    head = [
        "",
        "pages/s",
        "each round",
        "CPU ms a page: main",
        "workers",
        f"MB at page {min(EARLY, result['pages'])}",
        "at the last",
        "growth",
    ]
    rows = [head, *(_row(name, found) for name, found in runs.items())]
    ratios = [["pages/s over those of", "ratio", "each round"]]
    ratios += [_ratio_row(runs[OURS], name, found) for name, found in runs.items() if OURS in runs and name != OURS]
    title = f"## Crawl: {result['pages']:,} pages of {result['kilobytes']:.0f} KB mean, {result['cores']} cores"
    versions = ", ".join(f"{name} {version}" for name, version in sorted(result["versions"].items()))
    machine = f"{result['machine']}; Python {result['python']}; {result['created'][:10]}; {versions}"
    tables = ["\n".join(align(table)) for table in (rows, ratios) if len(table) > 1]
    memory = f"Memory: resident sets of main process and workers, summed, mean over {WINDOW} pages, mean of the rounds."
    return "\n\n".join([title, *tables, *_bounds(result), memory, machine]) + "\n"


def _row(name: str, found: list[dict[str, Any]]) -> list[str]:
    main, workers = (
        statistics.fmean(run[part] / run["pages"] for run in found) * 1000 for part in ("cpu main", "cpu workers")
    )
    early, late = (statistics.fmean(run[part] for run in found) for part in ("memory early", "memory late"))
    rates = " ".join(f"{_rate(run):.1f}" for run in found)
    figures = [f"{main:.2f}", f"{workers:.2f}", f"{early:.0f}", f"{late:.0f}", f"{late / early - 1:+.1%}"]
    return [name, f"{statistics.fmean(map(_rate, found)):.1f}", rates, *figures]


def _ratio_row(ours: list[dict[str, Any]], name: str, theirs: list[dict[str, Any]]) -> list[str]:
    ratios = [_rate(one) / _rate(other) for one, other in zip(ours, theirs, strict=True)]
    return [name, f"{statistics.fmean(ratios):.3f}", " ".join(f"{ratio:.3f}" for ratio in ratios)]


def _bounds(result: dict[str, Any]) -> list[str]:
    """What processor time alone allows, in the same pages a second."""
    runs = result["runs"]
    if OURS not in runs or "bare" not in runs:
        return []
    main, workers = (min(run[part] / run["pages"] for run in runs[OURS]) * 1000 for part in ("cpu main", "cpu workers"))
    bare = min(run["cpu main"] / run["pages"] for run in runs["bare"]) * 1000
    cores = result["cores"]
    each = max(main, (main + workers) / cores)
    return [
        f"By processor time (least of the rounds): a page costs the bare spider {bare:.2f} ms of one core, us "
        f"{main:.2f} ms in the main process and {workers:.2f} ms in workers. On {cores} cores that is {each:.2f} ms a "
        f"page at best, {bare / each:.2f} of the bare spider's rate; with {(main + workers) / main:.0f} cores the main "
        f"process alone would bound it, at {bare / main:.2f}."
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.crawl", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="a folder with html/ and ground-truth/")
    parser.add_argument("--pages", type=int, help="the first so many of the data set")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--times", type=int, default=1, help="addresses of each page")
    parser.add_argument("--crawlers", nargs="+", choices=CRAWLERS, default=list(CRAWLERS), metavar="CRAWLER")
    parser.add_argument("--out", type=Path, help="folder for crawl.json and crawl.md")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that nginx ends too
    result = measure(chosen.data.absolute(), chosen.crawlers, chosen.pages, chosen.rounds, chosen.times)
    publish(result, to_markdown(result), chosen.out, "crawl" if chosen.times == 1 else "crawl-long")


if __name__ == "__main__":
    main()
