"""What was removed and why, and what the health score comes from, for people."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearwell.article import Article
from clearwell.topic import explain_health

COLOURS = {
    "watermark": "magenta",
    "navigation": "cyan",
    "teaser": "yellow",
    "listing": "blue",
    "call": "green",
    "credit": "bright_black",
    "residue": "red",
    "spam": "bright_red",
}
SHOWN = 200  # characters of a removed text


def show_plainly(text: str) -> Text:
    """Text from outside for a terminal: no markup, and control characters as escapes, so that it can do nothing."""
    return Text("".join(char if char.isprintable() else repr(char)[1:-1] for char in text))


def print_removals(article: Article, console: Console) -> None:
    """Print a table of all removals: category, rule, confidence, place in the extracted document, text."""
    removals = article.cleaning.removals
    title = f"{len(removals)} removals, {article.cleaning.removedCharacters} characters"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("category", "rule", "sure", "block:from-to"):
        table.add_column(name, no_wrap=True)
    table.add_column("text", overflow="fold")
    for removal in removals:
        shown = removal.text if len(removal.text) <= SHOWN else removal.text[:SHOWN] + " ..."
        table.add_row(
            Text(removal.category, style=COLOURS[removal.category]),
            removal.rule,
            f"{removal.confidence:.2f}",
            f"{removal.block}:{removal.start}-{removal.end}",
            show_plainly(shown),
        )
    console.print(table)


def print_health(article: Article, console: Console) -> None:
    """Print a table of the concepts behind the health score: points for (or, below zero, against) health, terms."""
    table = Table(
        title=f"health score {article.quality.healthScore:.2f}",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("concept", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("terms", overflow="fold")
    for found in explain_health(article):
        if found.weight:
            table.add_row(found.concept, f"{found.points:+.2f}", show_plainly(", ".join(found.terms)[:SHOWN]))
    console.print(table)
