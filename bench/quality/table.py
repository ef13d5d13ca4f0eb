"""The table of a scorer's result: one row a measure, one column a system, as Markdown that also reads in a terminal."""

from collections.abc import Callable, Iterable
from typing import Any

Row = tuple[str, Callable[[dict[str, Any]], str]]

NOTHING = "-"


def to_markdown(scores: dict[str, Any]) -> str:
    """The whole table, with a line on what was scored and one on each system's versions."""
    systems = scores["systems"]
    rows = [[label, *(read(system) for system in systems)] for label, read in _rows(systems)]
    left_out = f"; {scores['left out']} pages that not every file has were left out" if scores["left out"] else ""
    lines = [
        f"## {scores['data']}: {scores['pages']} pages{left_out}",
        "",
        *align([["", *(system["system"] for system in systems)], *rows]),
        "",
        *sorted({f"- {_versions(system)}" for system in systems}),
    ]
    return "\n".join(lines) + "\n"


def align(rows: list[list[str]]) -> list[str]:
    """Rows of cells as lines of a Markdown table, the first row its head; columns of figures to the right.

    >>> print("\\n".join(align([["", "a"], ["F1", ".95"]])))
    |    |   a |
    |:---|----:|
    | F1 | .95 |
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]

    def line(cells: Iterable[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"

    rule = "|:" + "-" * (widths[0] + 1) + "|" + "".join("-" * (width + 1) + ":|" for width in widths[1:])
    return [line(rows[0]), rule, *(line(row) for row in rows[1:])]


def _rows(systems: list[dict[str, Any]]) -> list[Row]:
    texts = [system["text"] for system in systems if system["text"]]
    kinds = {kind: scores["pages"] for scores in texts for kind, scores in scores.items()}
    others = sorted((kind for kind in kinds if kind not in ("article", "all")), key=lambda kind: -kinds[kind])
    rows: list[Row] = []
    if "article" in kinds:
        rows += [(f"F1 of {kinds['article']} articles", _mean("article", "f1"))]
        rows += [("  less trafilatura JSON's", _mean("article", "gain", signed=True))]
        rows += [("  precision", _mean("article", "precision")), ("  recall", _mean("article", "recall"))]
    rows += [(f"F1 of {kinds[kind]} {kind} pages", _mean(kind, "f1")) for kind in others]
    rows += [(f"F1 of all {kinds['all']}", _mean("all", "f1"))] if kinds else []
    for label, field in (("`with` snippets found", "with"), ("`without` snippets left", "without")):
        rows += [(label, _share(field))] if any(system[field] is not None for system in systems) else []
    for field in ("title", "author", "date"):
        given = next((system[field]["given"] for system in systems if system[field]), 0)
        if given:
            rows += [(f"{field} right, of {given} given", _accuracy(field))]
            rows += [("  wrong / missing", _counts(field, "wrong", "missing"))]
            if field == "title":
                rows += [("  of the wrong: site's name left on", _counts(field, "site name left on"))]
            rows += [("  given where truth has none", _counts(field, "invented"))]
    rows += [(f"ms a page, one pass: {part}", _time(part)) for part in ("mean", "median", "p95")]
    return [*rows, ("errors", lambda system: str(system["errors"]))]


def _mean(kind: str, measure: str, signed: bool = False) -> Callable[[dict[str, Any]], str]:
    def read(system: dict[str, Any]) -> str:
        value = ((system["text"] or {}).get(kind) or {}).get(measure)
        if value is None:
            return NOTHING
        return f"{value[0]:+.3f} ±{value[1]:.3f}" if signed else f"{value[0]:.3f} ±{value[1]:.3f}"

    return read


def _share(field: str) -> Callable[[dict[str, Any]], str]:
    return lambda system: NOTHING if system[field] is None else f"{system[field]:.1%}"


def _accuracy(field: str) -> Callable[[dict[str, Any]], str]:
    return lambda system: f"{system[field]['accuracy']:.1%}" if system[field] else NOTHING


def _counts(field: str, *verdicts: str) -> Callable[[dict[str, Any]], str]:
    return lambda system: " / ".join(str(system[field][name]) for name in verdicts) if system[field] else NOTHING


def _time(part: str) -> Callable[[dict[str, Any]], str]:
    return lambda system: f"{system['milliseconds'][part]:.1f}" if system["milliseconds"] else NOTHING


def _versions(system: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in (system["versions"] or {}).items())
    day = (system["created"] or "")[:10]
    return f"{system['system']}: {versions or 'no versions'}; Python {system['python']}; {system['machine']}; {day}"
