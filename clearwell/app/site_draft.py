"""A site file from what a look at the site found: only the keys that matter, each with the reason why it is there."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import unquote, urlsplit

from clearwell.article import Article
from clearwell.discovery.addresses import host_without_www
from clearwell.discovery.findings import Findings, FoundSource, is_loopback

OWN_DELAY = 0.5  # seconds, that of a crawl; what a site asks for below it changes nothing
MAX_DELAY = 3_600  # seconds a site file may say
ENOUGH = 3  # articles that a source must name to be worth starting at
MAX_FOLDERS = 4  # below the root that an `include` is drafted of
_FOLDER = re.compile(r"[\w%.-]{1,60}")


def name_site(address: str) -> str:
    """A name for the site at an address: its host, fit for a file; empty when it has none.

    >>> name_site("https://www.Health.example/de/"), name_site("http://127.0.0.1:8471"), name_site("https://[::1]/")
    ('health.example', '127.0.0.1-8471', '1')
    """
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    return re.sub(r"[^a-z0-9.-]+", "-", host.removeprefix("www.").replace(":", "-")).strip("-.")[:100]


def draft_site(name: str, findings: Findings, articles: Sequence[Article], browser: bool, day: date) -> str:
    """The text of a site file; `articles` are the samples that came out well."""
    starts, reason = choose_starts(findings)
    made = f", made with {findings.platform.name}" if findings.platform.name else ""
    host = urlsplit(findings.home or findings.address).netloc
    lines = [
        f"# {_plain(host)}{made}; looked up by `clearwell probe` on {day}.",
        f"# All keys: docs/adding-a-site.md. To check this file: clearwell sites check {name}",
        "",
        f"# {reason}",
        "start = [",
        *(f"    {_quoted(start)}," for start in starts),
        "]",
        *_draft_hosts(starts, articles),
        *_draft_patterns(findings, articles),
        *_draft_languages(articles),
        *(["", "# Its pages show their text only in a browser.", "browser = true"] if browser else []),
        "",
        "# Take the # off for a first try.",
        "# maxPages = 20",
        *_draft_politeness(findings),
        "",
        "# Take the # off to have it crawled by itself: every day at 4:30, UTC.",
        "# [schedule]",
        '# cron = "30 4 * * *"',
    ]
    return "\n".join(lines) + "\n"


def choose_starts(findings: Findings) -> tuple[list[str], str]:
    """Where a crawl of the site begins, and why there."""
    sitemaps, feeds = _worth(findings.sitemaps), _worth(findings.feeds)
    if sitemaps:
        named = f"{sum(len(source.articles) for source in sitemaps):,}"
        newest = "; the feed has the newest" if feeds else ""
        return [source.url for source in (*sitemaps, *feeds)], f"The sitemap names {named} articles or more{newest}."
    home = [findings.home or findings.address]
    if feeds:
        return [*(source.url for source in feeds), *home], "There is no sitemap: the feed, and the home page's lists."
    return home, "There is neither sitemap nor feed: the home page's lists are followed."


def _worth(sources: Iterable[FoundSource]) -> list[FoundSource]:
    return [source for source in sources if len(source.articles) >= ENOUGH]


def _draft_hosts(starts: Sequence[str], articles: Sequence[Article]) -> list[str]:
    """`hosts`, where articles stand on others than those of the start points."""
    own = {host_without_www(start) for start in starts}
    others = sorted({host_without_www(article.url) for article in articles} - own)
    if not others:
        return []
    hosts = ", ".join(map(_quoted, [*sorted(own), *others]))
    return ["", "# Articles stand on other hosts than the start points.", f"hosts = [{hosts}]"]


def _draft_patterns(findings: Findings, articles: Sequence[Article]) -> list[str]:
    lines: list[str] = []
    folders = _find_folders([article.url for article in articles])
    if folders:
        choice = "|".join(re.escape(folder) for folder in folders)
        lines += ["", "# The articles looked at stand in these folders; take the # off to fetch from no others."]
        lines.append(f"# include = ['^https?://[^/]+/({choice})/']")
    if findings.platform.lists:
        listed = ", ".join(f"'{pattern}'" for pattern in findings.platform.lists)
        lines += ["", f"# What {findings.platform.name} has besides articles.", f"exclude = [{listed}]"]
    return lines


def _find_folders(addresses: Sequence[str]) -> list[str]:
    """The first folders of all addresses, if each has one and they are few."""
    pieces = [urlsplit(address).path.split("/") for address in addresses]
    folders = Counter(unquote(path[1]) if len(path) > 2 else "" for path in pieces)
    fit = len(addresses) >= ENOUGH and len(folders) <= MAX_FOLDERS and all(map(_FOLDER.fullmatch, folders))
    return sorted(folders) if fit else []


def _draft_languages(articles: Sequence[Article]) -> list[str]:
    found = sorted({article.inLanguage for article in articles if article.inLanguage})
    if not found:
        return []
    told = "All that was looked at is in" if len(found) == 1 else "What was looked at is in"
    return ["", f"# {told} {', '.join(found)}; take the # off to take no others.", f"# languages = {json.dumps(found)}"]


def _draft_politeness(findings: Findings) -> list[str]:
    if is_loopback(findings.home or findings.address):
        return ["", "[politeness]", "# A server of your own.", "delay = 0"]
    asked = findings.crawl_delay
    if asked is None or not OWN_DELAY < asked <= MAX_DELAY:
        return []
    return ["", "[politeness]", "# Seconds between two requests, as robots.txt asks.", f"delay = {asked:g}"]


def _quoted(text: str) -> str:
    """A TOML string; what is no sign that shows is written as an escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable())
