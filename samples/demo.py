"""`make crawl`: serve the dirty farm on loopback, crawl it, and show one article before and after."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

from samples.server import serve

PORT = 8471  # the one sites/sample.toml starts at, so that a second run meets the same addresses
SOME_PAGES_FAILED = 1  # the exit code of a crawl that met broken pages, which the farm has on purpose


def main() -> int:
    """Crawl the farm with the installed `clearwell`; 0 when the crawl went as it should."""
    port = int(os.environ.get("PORT", PORT))
    try:
        with serve(port=port) as base:
            return _crawl(base)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"port {port} is in use; choose another: make crawl PORT=8472", file=sys.stderr)
        return 2


def _crawl(base: str) -> int:
    print(f"The sample site is at {base}; some of its pages are broken on purpose.", flush=True)
    starts = ",".join(base + path for path in ("/sitemap.xml", "/feed.xml", "/"))
    command = [str(Path(sys.executable).with_name("clearwell")), "crawl", "sample", "--start", starts]
    allowed = {"CLEARWELL_ALLOWED_NETWORKS": "127.0.0.1"}  # a crawl goes to no loopback address by itself
    code = subprocess.run(command, env={**os.environ, **allowed}, check=False).returncode
    return 0 if code == SOME_PAGES_FAILED else code


if __name__ == "__main__":
    raise SystemExit(main())
