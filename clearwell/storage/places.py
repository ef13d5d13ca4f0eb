"""Where an installation's folders are: sites, output, store, logs.

CLEARWELL_HOME names the folder; without it, it is the checkout this code runs from, or else the current directory.
CLEARWELL_OUTPUT and CLEARWELL_STORE move the two that hold data.
"""

import os
import re
from pathlib import Path

_UNSAFE = re.compile(r"[^a-z0-9.-]+")


def home_folder() -> Path:
    """The folder everything else hangs on, absolute."""
    if stated := os.environ.get("CLEARWELL_HOME"):
        return Path(stated).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "scrapy.cfg").exists() else Path.cwd()


def sites_folder() -> Path:
    """Where the site files are."""
    return home_folder() / "sites"


def output_folder() -> Path:
    """Where articles are published."""
    stated = os.environ.get("CLEARWELL_OUTPUT")
    return Path(stated).expanduser().resolve() if stated else home_folder() / "output"


def store_address() -> str:
    """Where what was crawled is stored: the path of an SQLite file, or a `postgresql+psycopg://` address."""
    stated = os.environ.get("CLEARWELL_STORE")
    if stated and "://" in stated:
        return stated
    return str(Path(stated).expanduser().resolve() if stated else home_folder() / "store" / "clearwell.sqlite")


def store_folder() -> Path:
    """The folder for what stands beside the store: that of its file, or `store` where it is a server's."""
    address = store_address()
    return home_folder() / "store" if "://" in address else Path(address).parent


def archive_folder() -> Path:
    """Where the pages are archived as they came."""
    return store_folder() / "archive"


def folder_name(site: str) -> str:
    """A site's name as a folder that cannot lead anywhere else.

    >>> folder_name("health.example:8080"), folder_name("../etc"), folder_name("")
    ('health.example_8080', '_etc', 'unknown')
    """
    return _UNSAFE.sub("_", site.lower()).lstrip(".").replace("..", "_")[:100] or "unknown"


def log_path() -> Path:
    """The log of the last crawl started from the command line."""
    return store_folder() / "crawl.log"
