"""Measure everything: `make bench`, or `python -m bench [--limit N] [--reuse] DATA ...`.

Predictions of every system on every data set, the table of scores, what is left of dirt, speed against the others and
by stage, whole crawls, growth, and the plot of the first data set.  Each part is a process of its own, one after
another.
Predictions hold the pages' texts and stay in bench/predictions/, which git leaves alone; any predictions file that
somebody else put there (out-of-fold ones, say) is scored as well.  Results go to bench/results/, those of a limited run
beside the predictions.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from bench.quality.dataset import list_pages, name_of
from bench.quality.systems import SYSTEMS
from bench.speed.crawl import find_nginx

HERE = Path(__file__).parent
PREDICTIONS = HERE / "predictions"
RESULTS = HERE / "results"


def main() -> None:
    """Read the command line and run the parts."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="+", help="folders with html/ and ground-truth/")
    parser.add_argument("--dirty", type=Path, nargs="*", default=[], help="folders of pages made dirty")
    parser.add_argument("--limit", type=int, help="pages of each data set, for a quick run")
    parser.add_argument("--reuse", action="store_true", help="keep the peers' predictions that are there already")
    chosen = parser.parse_args()
    folders = [folder.absolute() for folder in chosen.data]
    for folder in folders:
        list_pages(folder)  # a wrong path ends the run now, not after the first data set
    base, out = (PREDICTIONS / "limited", PREDICTIONS / "limited") if chosen.limit else (PREDICTIONS, RESULTS)
    for folder in folders:
        files = predict_all(folder, base / name_of(folder), chosen.limit, chosen.reuse)
        run("bench.quality.score", folder, *files, "--out", out)
    pages = ["--pages", chosen.limit] if chosen.limit else []
    for dirty in [] if chosen.limit else chosen.dirty:
        run("bench.quality.dirty", dirty.absolute(), "--out", out)
    run("bench.speed.compare", *folders, *pages, "--out", out)
    run("bench.speed.stages", *folders, *pages, "--out", out)
    if find_nginx():
        run("bench.speed.crawl", folders[0], *pages, "--out", out)
    else:
        print("bench.speed.crawl is left out: nginx is not installed")
    run("bench.speed.growth", *(["--largest", 1_000_000] if chosen.limit else []), "--out", out)
    plot = out / "quality-against-time.svg"
    run("bench.quality.plot", out / f"{name_of(folders[0])}.json", out / "speed.json", plot)
    print(f"results in {out}")


def predict_all(data: Path, out: Path, limit: int | None, reuse: bool) -> list[Path]:
    """Predict with every system; the predictions files to score, those put there by others after ours."""
    files = [out / f"{name.replace(' ', '-')}.json" for name in SYSTEMS]
    for name, file in zip(SYSTEMS, files, strict=True):
        if not (reuse and name != "clearwell" and file.exists()):
            run("bench.quality.predict", data, file, "--system", name, *(["--limit", limit] if limit else []))
    others = sorted(set(out.glob("*.json")) - set(files))
    return [*files[:1], *others, *files[1:]]


def run(module: str, *arguments: object) -> None:
    """Run a module in a process of its own.  Raises SystemExit with its exit code if it fails."""
    done = subprocess.run([sys.executable, "-m", module, *map(str, arguments)], cwd=HERE.parent)
    if done.returncode:
        raise SystemExit(f"{module} failed with exit code {done.returncode}")


if __name__ == "__main__":
    main()
