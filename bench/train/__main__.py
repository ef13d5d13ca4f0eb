"""Train the extraction model: `python -m bench.train [--folds N] DATA ...` (or `make train`).

First, for each fold of sites, a model is fitted to the other folds' pages, and the whole product runs over the fold's
pages with it: bench/predictions/DATA/clearwell-out-of-fold.json holds what it says of pages it never saw, and
`python -m bench` scores it like any other system.  Then a model is fitted to all pages: clearwell/extraction/model.npz.

Seeded: the same data, machine and versions should give the same bytes.  Sums of floating point numbers depend on the
number of threads (THREADS in fit.py) and may on the processor.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.quality.dataset import list_pages, name_of, read_sources, read_truth
from bench.quality.predict import predict_page
from bench.quality.stamp import stamp
from bench.quality.systems import SYSTEMS
from bench.train.dataset import Example, domain_of, fold_of, read_examples
from bench.train.fit import fit
from clearwell.extraction import select
from clearwell.extraction.model import Model, to_model

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "clearwell" / "extraction" / "model.npz"
PREDICTIONS = ROOT / "bench" / "predictions"
SYSTEM = "clearwell (out of fold)"


def main(arguments: list[str]) -> None:
    """Cross-validate, then fit the model that is shipped."""
    parser = argparse.ArgumentParser(prog="python -m bench.train", description=__doc__)
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=4, help="0 fits the shipped model only")
    parser.add_argument("--limit", type=int, help="pages of each data set, for a quick look; nothing is shipped then")
    parser.add_argument(
        "--reuse", action="store_true", help="predict with the last run's models (features unchanged); fit none"
    )
    options = parser.parse_args(arguments)
    examples = [example for data in options.data for example in read_examples(data, options.limit)]
    print(f"{len(examples)} pages with {sum(len(e.labels) for e in examples):,} blocks", file=sys.stderr)
    if options.folds:
        cross_validate(examples, options.data, options.folds, options.limit, options.reuse)
    if not (options.limit or options.reuse):
        fitted = fit(examples)
        with MODEL.open("wb") as stream:  # only now: what is interrupted before leaves the old one
            np.savez_compressed(stream, **fitted)
        print(f"{MODEL.relative_to(ROOT)}: {MODEL.stat().st_size:,} bytes", file=sys.stderr)


def cross_validate(
    examples: list[Example], folders: list[Path], folds: int, limit: int | None = None, reuse: bool = False
) -> None:
    """Write out-of-fold predictions for every page of every data set."""
    pages: dict[Path, dict[str, object]] = defaultdict(dict)
    for fold in range(folds):
        model = to_model(_fit_fold(examples, fold, folds, reuse and not limit))
        for data in folders:
            names = [name for name in list_pages(data, limit) if _fold_of_page(data, name, folds) == fold]
            with _using(model):
                system = SYSTEMS["clearwell"].make()
                for source in read_sources(data, names):
                    pages[data][source.name] = predict_page(system, source)
        print(f"fold {fold + 1} of {folds} done", file=sys.stderr)
    for data, found in pages.items():
        target = PREDICTIONS / name_of(data) / "clearwell-out-of-fold.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        about = {"system": SYSTEM, **stamp(SYSTEMS["clearwell"].distributions), "data": name_of(data)}
        target.write_text(json.dumps(about | {"pages": dict(sorted(found.items()))}), encoding="utf-8")


def _fit_fold(examples: list[Example], fold: int, folds: int, reuse: bool) -> dict[str, NDArray[Any]]:
    """A model of all pages but one fold's; the one of an earlier run, if that may be used again."""
    kept = PREDICTIONS / "models" / f"{fold + 1}-of-{folds}.npz"
    if reuse and kept.exists():
        with np.load(kept, allow_pickle=False) as arrays:
            return dict(arrays)
    fitted = fit([example for example in examples if fold_of(example.domain, folds) != fold])
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(kept, **fitted)  # type: ignore[arg-type]  # the stubs take the names for options
    return fitted


def _fold_of_page(data: Path, name: str, folds: int) -> int:
    return fold_of(domain_of(read_truth(data, name).url, name), folds)


@contextmanager
def _using(model: Model) -> Iterator[None]:
    """Have the product decide by another model than the one it ships, in this process."""
    shipped = select.shipped_model
    select.shipped_model = lambda: model
    try:
        yield
    finally:
        select.shipped_model = shipped


if __name__ == "__main__":
    main(sys.argv[1:])
