"""`clearwell memory show SITE`: what the site's pages taught, and why."""

from rich.console import Console
from rich.table import Table

from clearwell.app.explain import show_plainly
from clearwell.cleaning.memory import MAX_PAGES, SiteMemory
from clearwell.site import Site


def print_memory(name: str, memory: SiteMemory, site: Site, console: Console) -> None:
    """Print the phrases of a site, each with what speaks for it, and what its file says of them."""
    seen, kept = memory.count_pages(), len(memory.pages)
    of_them = f", of which {kept} are remembered" if kept == MAX_PAGES else ""
    console.print(f"{name}: {'about ' if of_them else ''}{seen:,} pages seen{of_them}", markup=False, highlight=False)
    forbidden = {" ".join(phrase.split()).casefold() for phrase in site.memory.forbid}
    table = Table("phrase", "pages", "times", "between sentences", "then")
    for learned in memory.learned:
        spared = learned.text.casefold() in forbidden
        row = (f"{learned.pages} of {kept}", str(learned.occurrences), str(learned.between))
        table.add_row(show_plainly(learned.text), *row, "stays: the site's file forbids it" if spared else "taken off")
    for phrase in site.memory.pin:
        table.add_row(show_plainly(phrase), "", "", "", "taken off: the site's file pins it")
    if table.row_count:
        console.print(table)
        console.print("Each stands on so many pages, is no sentence, and something else begins behind it each time.")
    else:
        console.print("Nothing that its pages repeat is the site's own.")
