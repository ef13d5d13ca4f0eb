"""Run one system over one data set and write what it says: `python -m bench.quality.predict DATA OUT.json`.

Predictions are a JSON object, whoever writes it (bench/train writes its out-of-fold predictions in the same form):

    {"system": "trafilatura", "versions": {"trafilatura": "2.3.1"}, "python": "3.11.7", "machine": "...",
     "created": "2026-11-22T12:00:00+00:00", "data": "wcxb-dev",
     "pages": {NAME: {"text": "...", "title": null, "authors": [], "date": null, "milliseconds": 12.3, "error": null}}}

`title` and `date` are null and `authors` empty where the system has no answer; `date` begins with the day, YYYY-MM-DD;
`milliseconds` is null where nothing was timed; `error` is null or `Type: message`, and then the text is empty.
Single process, one core, one pass: these times are for orientation, bench/speed compares them fairly.
"""

import argparse
import gc
import json
import logging
import signal
import sys
import time
import warnings
from pathlib import Path
from types import FrameType
from typing import Any

from bench.quality.dataset import Source, list_pages, name_of, read_sources
from bench.quality.stamp import stamp, use_no_network, use_one_core
from bench.quality.systems import SYSTEMS, Prediction, System

MAX_SECONDS = 60  # a system gets for one page; the slowest page of WCXB dev takes the slowest peer a few; 2026-11


class TookTooLong(BaseException):
    """A page took longer than MAX_SECONDS.  Not an Exception: a system's own `except Exception` must not eat it."""


def predict(system: str, data: Path, limit: int | None = None, seconds: float = MAX_SECONDS) -> dict[str, Any]:
    """What a system of SYSTEMS says of every page of a data set, or of the first `limit`."""
    entry = SYSTEMS[system]
    ready = entry.make()
    names = list_pages(data, limit)
    for source in read_sources(data, names[:1]):
        predict_page(ready, source, seconds)  # what is loaded on first use is not timed
    pages = {source.name: predict_page(ready, source, seconds) for source in read_sources(data, names)}
    return {"system": system, **stamp(entry.distributions), "data": name_of(data), "pages": pages}


def predict_page(system: System, source: Source, seconds: float = MAX_SECONDS) -> dict[str, Any]:
    """One page's entry.  Whatever the system raises, or a run cut after `seconds`, is an error with an empty text."""
    gc.collect(1)  # the page before is not this one's to clear away
    found, error = None, None
    earlier = signal.signal(signal.SIGALRM, _cut)
    started = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        found = system.run(source)
    except (Exception, TookTooLong) as problem:
        error = f"{type(problem).__name__}: {problem}"[:200]
    finally:
        spent = time.perf_counter() - started
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
    answer = Prediction() if error else system.read(found)  # not the system's error: reading is ours
    return {
        "text": answer.text,
        "title": answer.title,
        "authors": list(answer.authors),
        "date": answer.date,
        "milliseconds": round(spent * 1000, 3),
        "error": error,
    }


def _cut(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong("cut off")


def write(predictions: dict[str, Any], path: Path) -> None:
    """Write a predictions file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(predictions), encoding="utf-8")  # ASCII: a peer may give half a surrogate pair


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, run, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality.predict", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with html/ and ground-truth/")
    parser.add_argument("out", type=Path, help="the predictions file to write")
    parser.add_argument("--system", choices=SYSTEMS, default="clearwell")
    parser.add_argument("--limit", type=int, help="pages, the first of the data set")
    chosen = parser.parse_args(arguments)
    quieten()
    use_one_core()
    use_no_network()
    predictions = predict(chosen.system, chosen.data, chosen.limit)
    write(predictions, chosen.out)
    errors = sum(page["error"] is not None for page in predictions["pages"].values())
    print(f"{chosen.system}: {len(predictions['pages'])} pages of {predictions['data']}, {errors} errors", flush=True)


def quieten() -> None:
    """Keep the peers' warnings about pages out of the output: what counts is in the predictions."""
    logging.disable(logging.CRITICAL)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


if __name__ == "__main__":
    main()
