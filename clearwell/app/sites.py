"""`clearwell sites`: which there are, what is wrong with their files, and what they say in full."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clearwell.app.explain import show_plainly
from clearwell.discovery.findings import is_loopback
from clearwell.errors import SiteConfigError
from clearwell.extraction.language import can_detect
from clearwell.patterns import matches_any
from clearwell.site import Site
from clearwell.storage.sites import list_sites, load_site

_HOST_IN_PATTERN = re.compile(r"\^?https?\??://(?:\(?(?:\?:)?www\\?\.\)?\??)?([\w-]+(?:\\?\.[\w-]+)+)")


def check_sites(folder: Path, names: list[str], console: Console) -> bool:
    """Say of each site's file (of all, if none is named) what is wrong with it, or odd; whether all are right."""
    right = True
    called: dict[str, str] = {}
    for name in names or list_sites(folder):
        try:
            site = load_site(folder, name)
        except SiteConfigError as error:
            right = False
            console.print(show_plainly(name).append(": wrong", style="red"))
            for line in str(error).splitlines():
                console.print(Text("  ") + show_plainly(line))
            continue
        oddities = list(find_oddities(site))
        if (other := called.setdefault(site.name.casefold(), name)) != name:
            oddities.append(f"it is called `{site.name}`, as is {other}: their articles and memories run together")
        console.print(
            show_plainly(name).append(": odd" if oddities else ": right", style="yellow" if oddities else "green")
        )
        for oddity in oddities:
            console.print(Text("  ") + show_plainly(oddity))
    return right


def find_oddities(site: Site) -> Iterator[str]:
    """What is legal in a site's file, but hardly meant; each once, in whichever version it is."""
    days: list[date | None] = [None, *sorted(version.since for version in site.versions)]
    yield from dict.fromkeys(oddity for day in days for oddity in _find_oddities(site.on(day)))
    for version in site.versions:
        if msgspec.structs.replace(site.on(version.since), versions=site.versions) == site:
            yield f"the version from {version.since} changes nothing"


def _find_oddities(site: Site) -> Iterator[str]:
    if not site.start:
        yield "`start` is missing: a crawl needs --start"
    hosts = {host.lower().removeprefix("www.") for host in site.hosts or map(_host_of, site.start)}
    for address in site.start:
        if site.hosts and _host_of(address) not in hosts:
            yield f"start: {address} is on none of `hosts`"
        if matches_any(site.exclude, address):
            yield f"start: {address} is fetched, though `exclude` matches it"
    for pattern in site.include:
        named = _HOST_IN_PATTERN.match(pattern)
        if named and named[1].replace("\\", "").lower() not in hosts:
            yield f"include: `{pattern}` names a host that the crawl does not visit"
    for pattern in sorted({*site.include} & {*site.exclude}):
        yield f"`{pattern}` is both in `include` and in `exclude`: nothing it matches is fetched"
    for tag in site.languages:
        if not can_detect(tag):
            yield f"languages: `{tag}` cannot be told from the text; a page has to declare it"
    for phrase in sorted({*site.memory.pin} & {*site.memory.forbid}):
        yield f"memory: `{phrase}` is pinned and forbidden: it stays"
    if site.politeness.delay == 0 and not all(is_loopback(f"http://{host}") for host in hosts):
        yield "politeness.delay: 0 turns politeness off; it is for servers of your own"


def print_sites(folder: Path, console: Console) -> None:
    """Print a table of the sites: name, where they start, when they are crawled."""
    table = Table("site", "starts at", "schedule", box=None, pad_edge=False)
    for name in list_sites(folder):
        try:
            site = load_site(folder, name)
        except SiteConfigError as error:
            table.add_row(show_plainly(name), show_plainly(str(error).splitlines()[0]), "")
            continue
        starts = Text("\n").join(map(show_plainly, site.start))
        table.add_row(show_plainly(name), starts, show_plainly(site.schedule.cron or ""))
    console.print(table)


def print_site(site: Site, console: Console) -> None:
    """Print every setting of a site as it is in force, what its file leaves out dimmed."""
    unset = dict(list_settings(Site()))
    for key, value in list_settings(site):
        shown = json.dumps(value, ensure_ascii=False)
        console.print(show_plainly(f"{key} = {shown}"), style="dim" if unset[key] == value else "")


def list_settings(site: Site) -> Iterator[tuple[str, Any]]:
    """Every key of a site with its value, those of sections by their whole name."""
    table = msgspec.to_builtins(site)
    for key, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", held) for inner, held in value.items())
        else:
            yield key, value


def _host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
