"""Clean every page of a data set and write the texts: `python -m bench.quality.predict DATA OUT.json`.

DATA has html/NAME.html.gz and ground-truth/NAME.json, as WCXB has.  OUT holds versions, and for each page the text and
the milliseconds `clean` took.  Single process, one pass: times are for orientation, bench/speed compares them fairly.
"""

import gzip
import json
import platform
import sys
import time
from pathlib import Path

from clearwell import Page, __version__, clean
from clearwell.errors import UnsupportedPage


def predict(data: Path) -> dict[str, object]:
    """Texts and times by page name."""
    pages = {}
    for path in sorted((data / "html").glob("*.html.gz")):
        name = path.name.removesuffix(".html.gz")
        url = json.loads((data / "ground-truth" / f"{name}.json").read_text()).get("url", "")
        page = Page(url=url, body=gzip.decompress(path.read_bytes()))
        started = time.perf_counter()
        try:
            text = clean(page).articleBody
        except UnsupportedPage:
            text = ""
        pages[name] = {"text": text, "milliseconds": round((time.perf_counter() - started) * 1000, 3)}
    return {"system": f"clearwell {__version__}", "python": platform.python_version(), "pages": pages}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(predict(Path(sys.argv[1]))), encoding="utf-8")
