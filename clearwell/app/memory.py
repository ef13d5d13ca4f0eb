"""`clearwell memory show SITE`: what the site's pages taught, and why."""

from rich.console import Console
from rich.table import Table

from clearwell.app.explain import show_plainly
from clearwell.cleaning.memory import MAX_PAGES, SiteMemory
from clearwell.cleaning.repetition import plain_phrase
from clearwell.site import Site

SPARED = "stays: the site's file forbids it"


def print_memory(name: str, memory: SiteMemory, site: Site, console: Console) -> None:
    """Print the phrases of a site, each with what speaks for it, and what its file says of them."""
    seen, kept = memory.count_pages(), len(memory.pages)
    of_them = f", of which {kept} are remembered" if kept == MAX_PAGES else ""
    console.print(show_plainly(f"{name}: {'about ' if of_them else ''}{seen:,} pages seen{of_them}"))
    forbidden = set(map(plain_phrase, site.memory.forbid))
    table = Table("phrase", "pages", "times", "between sentences", "then")
    for learned in memory.learned:
        spared = plain_phrase(learned.text) in forbidden
        row = (f"{learned.pages} of {kept}", str(learned.occurrences), str(learned.between))
        table.add_row(show_plainly(learned.text), *row, SPARED if spared else "taken off")
    for ending in memory.endings:
        spared = plain_phrase(ending.text) in forbidden
        place = "label below articles" if ending.is_label else "line below articles"
        row = (f"{ending.pages} of {kept}", str(ending.pages), place)
        table.add_row(show_plainly(ending.text), *row, SPARED if spared else "taken off")
    for phrase in site.memory.pin:
        spared = plain_phrase(phrase) in forbidden
        table.add_row(show_plainly(phrase), "", "", "", SPARED if spared else "taken off: the site's file pins it")
    if table.row_count:
        console.print(table)
        console.print("Each stands on so many pages, is no sentence, and something else begins behind it each time.")
    else:
        console.print("Nothing that its pages repeat is the site's own.")
