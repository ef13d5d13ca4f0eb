"""Writes the output folder from the store: the change log, one file an article, a snapshot of all, feeds, the manifest.

All of it can be written again at any time, and is: what a crash left undone, the next crawl does.
"""

import itertools
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock

from clearwell.article import SCHEMA_VERSION
from clearwell.errors import StoreError
from clearwell.publishing.changes import (
    find_holes,
    find_last,
    list_segments,
    remove_old,
    write_between,
    write_changes,
)
from clearwell.publishing.feeds import make_atom, make_json_feed
from clearwell.publishing.files import PublishedFile, named_failures, remove_leftovers, sync_folder, write_whole
from clearwell.publishing.run_page import render_run
from clearwell.publishing.schema import encode_schema
from clearwell.storage.log import find_last_seq, name_change, read_changes, restart_log
from clearwell.storage.places import folder_name
from clearwell.storage.runs import Runs
from clearwell.storage.store import Rejection, Store

REPORTS = 50  # of the last runs; those of earlier ones are left as they are
MIN_SHARE = 0.5  # of the articles shown, that another store must have to take their place
LOCK_TIMEOUT = 600  # seconds to wait for others that are publishing; a snapshot of a million articles takes minutes

logger = logging.getLogger(__name__)


def article_path(output: Path, site: str, article_id: str) -> Path:
    """Where an article is published."""
    return output / "articles" / folder_name(site) / f"{article_id}.json"


class Publisher:
    """Writes the output folder; any failure of the disk is a StoreError and leaves the published files whole."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def publish(self, store: Store, now: datetime | None = None) -> None:
        """Publish what the store has released and this folder does not show yet; one process at a time."""
        with named_failures(self.output):
            self.output.mkdir(parents=True, exist_ok=True)
            with FileLock(self.output / ".publish.lock", timeout=LOCK_TIMEOUT):
                self._publish_all(store, now or datetime.now(UTC))

    def _publish_all(self, store: Store, now: datetime) -> None:
        remove_leftovers(self.output)
        log = self.output / "changes"
        shown = self._settle_log(store, log, now)
        seq = find_last_seq(store.database)
        for last, first in list(find_holes(log)):  # a segment was removed by somebody; the oldest ones may be
            write_between(log, read_changes(store.database, last, first - 1))
        write_changes(log, read_changes(store.database, find_last(log), seq))
        remove_old(log, now)
        sites = self._publish_articles(store, shown, seq)
        if shown == 0:
            self._remove_strays(store)
        files = {"articles.jsonl": write_whole(self.output / "articles.jsonl", self._snapshot(store))}
        schema = "schema/article.schema.json"
        files[schema] = write_whole(self.output / schema, [encode_schema()])
        files |= self._publish_rejections(store)
        lacking = {site for site in store.count().by_site if not self._has_feeds(site)}
        if sites or lacking or not self._has_feeds(None):
            self._publish_feeds(store, sites | lacking, now)
        self._publish_reports(Runs(store.database))
        write_whole(self.output / "manifest.json", [_manifest(store, files, seq, now)])

    def _settle_log(self, store: Store, log: Path, now: datetime) -> int:
        """See that this folder shows a part of the store's log; returns up to which number.

        A store that was lost, exchanged, or restored from a copy has another log, or less of it: then that begins anew,
        and all files with it.  StoreError for one that has not half of what the folder shows: it may be the wrong one.
        """
        shown, name, articles = self._read_shown()
        written = max(shown, find_last(log))
        own = name_change(store.database, shown or written)
        if written == 0 or (own is not None and (name or own) == own):
            return shown
        if (have := sum(store.count().by_site.values())) < MIN_SHARE * articles:
            raise StoreError(
                f"{self.output} shows {articles:,} articles, the store {store.database.place} has {have:,}: is "
                f"CLEARWELL_STORE right?  If so, delete {self.output / 'manifest.json'} to publish what the store has"
            )
        logger.warning("%s shows the changes of another store; the change log begins anew", self.output)
        restart_log(store.database, written, now)
        for segment in list_segments(log):
            segment.unlink()
        return 0

    def forget_report(self, run_id: str) -> None:
        """Have a run's report written anew when next something is published."""
        with named_failures(self.output):
            self._report_path(run_id).unlink(missing_ok=True)

    def _report_path(self, run_id: str) -> Path:
        return self.output / "reports" / f"{run_id}.html"

    def _read_shown(self) -> tuple[int, str | None, int]:
        """The last change that all files of this folder show, by number (0: not known) and name, and their articles."""
        try:
            manifest = json.loads((self.output / "manifest.json").read_bytes())
            return int(manifest["seq"]), manifest.get("lastChange"), int(manifest["articles"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return 0, None, 0

    def _publish_articles(self, store: Store, shown: int, seq: int) -> set[str]:
        """Write and remove the files of articles that changed since; returns the sites these are of."""
        touched: set[Path] = set()
        sites: set[str] = set()
        for change in read_changes(store.database, shown, seq):
            own = article_path(self.output, change.site, change.id)
            for stray in (self.output / "articles").glob(f"*/{change.id}.json"):
                if change.article is None or stray != own:  # gone, or it moved to another site
                    stray.unlink(missing_ok=True)
                    touched.add(stray.parent)
            if change.article is not None:
                write_whole(own, [change.article, b"\n"], sync=False)
                touched.add(own.parent)
            sites.add(change.site)
        for folder in touched:
            sync_folder(folder)
        return sites

    def _remove_strays(self, store: Store) -> None:
        """Remove the files of articles that are not published, where nobody can tell which those are."""
        published = {article_path(self.output, site, article_id) for article_id, site, _ in store.iterate()}
        for path in (self.output / "articles").glob("*/*.json"):
            if path not in published:
                path.unlink()

    def _snapshot(self, store: Store) -> Iterator[bytes]:
        """The snapshot's lines; on the way, an article whose own file somebody removed gets it back."""
        for article_id, site, encoded in store.iterate():
            path = article_path(self.output, site, article_id)
            line = encoded + b"\n"
            if not path.exists():
                write_whole(path, [line])
            yield line

    def _publish_rejections(self, store: Store) -> dict[str, PublishedFile]:
        files: dict[str, PublishedFile] = {}
        rejections = sorted(store.rejections(), key=lambda rejection: (folder_name(rejection.site), rejection.url))
        for site, records in itertools.groupby(rejections, key=lambda rejection: folder_name(rejection.site)):
            name = f"rejected/{site}.jsonl"
            files[name] = write_whole(self.output / name, (_line(record) for record in records))
        for stale in (self.output / "rejected").glob("*.jsonl"):
            if f"rejected/{stale.name}" not in files:
                stale.unlink()
        return files

    def _publish_feeds(self, store: Store, sites: Iterable[str], now: datetime) -> None:
        for site in (None, *sorted(sites)):
            newest = store.list_newest(site)
            json_feed, atom = self._feed_paths(site)
            title = site or "All articles"
            write_whole(json_feed, [make_json_feed(title, newest)])
            write_whole(atom, [make_atom(title, newest, now)])

    def _feed_paths(self, site: str | None) -> tuple[Path, Path]:
        name = "all" if site is None else folder_name(site)
        return self.output / "feeds" / f"{name}.json", self.output / "feeds" / f"{name}.atom"

    def _has_feeds(self, site: str | None) -> bool:
        return all(path.exists() for path in self._feed_paths(site))

    def _publish_reports(self, runs: Runs) -> None:
        """Write the reports of runs that have none yet."""
        for run in runs.list_last(count=REPORTS):
            path = self._report_path(run.id)
            if run.report is None or path.exists():
                continue
            history = [former.report for former in runs.list_last(run.target, REPORTS) if former.id < run.id]
            known = [report for report in history if report is not None]
            page = render_run(run.report, known, run.tripped, run.state == "held", runs.list_examples(run.id))
            told = {"state": run.state, "tripped": [gate._asdict() for gate in run.tripped], "report": run.report}
            encoded = msgspec.json.format(msgspec.json.encode(told), indent=2)
            write_whole(path.with_suffix(".json"), [encoded, b"\n"])
            write_whole(path, [page])


def _line(rejection: Rejection) -> bytes:
    return msgspec.json.encode(rejection._asdict()) + b"\n"


def _manifest(store: Store, files: dict[str, PublishedFile], seq: int, now: datetime) -> bytes:
    counts = store.count()
    manifest = {
        "schemaVersion": SCHEMA_VERSION,
        "publishedAt": now,
        "seq": seq,
        "lastChange": name_change(store.database, seq),
        "articles": sum(counts.by_site.values()),
        "duplicates": counts.duplicates,
        "bySite": counts.by_site,
        "byLanguage": counts.by_language,
        "rejected": counts.rejected,
        "files": {name: file._asdict() for name, file in sorted(files.items())},
    }
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
