"""Data sets: any folder with html/NAME.html.gz and ground-truth/NAME.json, laid out as WCXB is."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Source(NamedTuple):
    """One page as every system gets it: the same bytes, and the same text decoded beforehand."""

    name: str
    url: str
    body: bytes
    html: str


class Truth(NamedTuple):
    """What the ground truth says of one page; None or empty where it says nothing."""

    kind: str
    url: str
    text: str
    title: str | None
    author: str | None
    date: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def name_of(data: Path) -> str:
    """A data set's short name, for files and titles.

    >>> name_of(Path("/somewhere/wcxb/dev"))
    'wcxb-dev'
    """
    return "-".join(part for part in data.absolute().parts[-2:] if part.strip("/"))


def list_pages(data: Path, limit: int | None = None) -> list[str]:
    """Names of the pages that have both HTML and ground truth, in order; the first `limit` of them.

    Raises SystemExit where there are none, since a measurement of nothing looks like a success.
    """
    names = sorted(path.name.removesuffix(".html.gz") for path in (data / "html").glob("*.html.gz"))
    names = [name for name in names if (data / "ground-truth" / f"{name}.json").exists()]
    if not names:
        raise SystemExit(f"{data} has no html/NAME.html.gz with a ground-truth/NAME.json; see bench/README.md")
    return names[:limit]


def read_sources(data: Path, names: list[str]) -> Iterator[Source]:
    """The pages' sources.  Their files are UTF-8 by the layout's own rule; what is not is replaced."""
    for name in names:
        body = gzip.decompress((data / "html" / f"{name}.html.gz").read_bytes())
        yield Source(name, _load(data, name).get("url") or "", body, body.decode("utf-8", "replace"))


def read_truth(data: Path, name: str) -> Truth:
    """The ground truth of one page."""
    page = _load(data, name)
    truth = page["ground_truth"]
    return Truth(
        page["_internal"]["page_type"]["primary"],
        page.get("url") or "",
        truth.get("main_content") or "",
        truth.get("title") or None,
        truth.get("author") or None,
        truth.get("publish_date") or None,
        tuple(truth.get("with") or ()),
        tuple(truth.get("without") or ()),
    )


def _load(data: Path, name: str) -> dict[str, Any]:
    return json.loads((data / "ground-truth" / f"{name}.json").read_text(encoding="utf-8"))
