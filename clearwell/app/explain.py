"""What was removed and why, for people."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearwell.article import Article

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


def print_removals(article: Article, console: Console) -> None:
    """Print a table of all removals: category, rule, confidence, place in the extracted document, text."""
    removals = article.cleaning.removals
    table = Table(title=f"{len(removals)} removals, {article.cleaning.removedCharacters} characters", title_justify="left")
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
            Text(shown),
        )
    console.print(table)
