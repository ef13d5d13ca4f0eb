"""Runs: one crawl of one target each, what it found so far, and how it ended.

A run is the unit of publishing.  What it finds is staged, each article in a transaction; at its end it is released as a
whole (release.py), or held back.  A run whose process was killed is still `running`: the next crawl of its target takes
it up, so that nothing it found is lost and nothing is found twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, update

from clearwell.article import Article, says_the_same
from clearwell.clean import has_own_address
from clearwell.gates import Tripped
from clearwell.reasons import JUDGED
from clearwell.run_report import FOUND, ArticleSummary, RunReport
from clearwell.storage.database import Database
from clearwell.storage.memories import forget_learned
from clearwell.storage.places import folder_name
from clearwell.storage.tables import articles, rejections, runs, staged, urls

READ_BATCH = 500  # articles read at a time
EMPTY_RUNS = 100  # that are passed over at most when others are looked for
CLOCK_SLACK = timedelta(hours=1)  # by which clocks are put right every day; a run that began later was dated wrongly

State = Literal["running", "released", "held"]
Outcome = Literal["new", "changed", "same"]


class Run(msgspec.Struct, frozen=True):
    """A run; `report` and `tripped` are there once it has ended, `accepted` says that a person released it."""

    id: str
    target: str
    state: State
    started: datetime
    ended: datetime | None = None
    report: RunReport | None = None
    tripped: tuple[Tripped, ...] = ()
    accepted: bool = False


class Runs:
    """The runs of an open store; any failure is a StoreError."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def begin(self, target: str, now: datetime) -> Run:
        """Begin a run of a target, or take up the one whose process was killed.  One process a target at a time."""
        with self.database.begin() as connection:
            unfinished = select(runs).where(runs.c.target == target, runs.c.state == "running")
            row = connection.execute(unfinished.order_by(runs.c.id.desc()).limit(1)).first()
            if row is not None:
                return _read(row)
            number = connection.execute(select(func.count()).where(runs.c.target == target)).scalar() or 0
            run = Run(
                f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{number + 1:05}-{folder_name(target)}", target, "running", now
            )
            values = {"id": run.id, "target": target, "state": run.state, "started": now}
            connection.execute(self.database.insert(runs).values(**values))
        return run

    def find(self, run_id: str) -> Run | None:
        """Read one run."""
        with self.database.begin() as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).first()
        return None if row is None else _read(row)

    def list_last(self, target: str | None = None, count: int = 1, until: datetime | None = None) -> list[Run]:
        """The last runs of a target, or of all, oldest first.

        `until` is now: a run from the future, of a day when the machine's clock was wrong, is then not the last.
        """
        query = select(runs).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(count)
        query = query if until is None else query.where(runs.c.started <= until + CLOCK_SLACK)
        with self.database.begin() as connection:
            rows = connection.execute(query if target is None else query.where(runs.c.target == target)).all()
        return [_read(row) for row in reversed(rows)]

    def find_first(self) -> str | None:
        """The id of the first run, by which a store is known from others; None before that."""
        with self.database.begin() as connection:
            return connection.execute(select(runs.c.id).order_by(runs.c.started, runs.c.id).limit(1)).scalar()

    def list_targets(self) -> list[str]:
        """The names of all that was ever crawled."""
        with self.database.begin() as connection:
            return list(connection.execute(select(runs.c.target).distinct().order_by(runs.c.target)).scalars())

    def read_history(self, target: str, before: str, count: int) -> list[RunReport]:
        """The reports of the released runs before one, oldest first; none before the last that a person accepted.

        A crawl that looked at nothing, since it began outside of the site's hours, says nothing of what is usual.
        """
        query = select(runs).where(runs.c.target == target, runs.c.state == "released", runs.c.id < before)
        with self.database.begin() as connection:
            rows = connection.execute(query.order_by(runs.c.id.desc()).limit(count + EMPTY_RUNS)).all()
        history: list[RunReport] = []
        for run in map(_read, rows):
            if run.report is not None and run.report.outcomes:
                history.append(run.report)
            if run.accepted or len(history) == count:
                break
        return history[::-1]

    def stage(self, run_id: str, batch: Sequence[Article]) -> list[Outcome]:
        """Take down what a run found, in one transaction, and say of each what it is beside what is published."""
        now = datetime.now(UTC)
        with self.database.begin() as connection:
            connection.execute(delete(rejections).where(rejections.c.url.in_([article.url for article in batch])))
            known = select(articles.c.id, articles.c.article).where(
                articles.c.id.in_([article.id for article in batch]), articles.c.withdrawn.is_(None)
            )
            published = {row.id: row.article for row in connection.execute(known)}
            write = self.database.insert(staged)
            found = {name: write.excluded[name] for name in ("run", "url", "article", "at")}
            rows = {
                article.id: {
                    "id": article.id,
                    "run": run_id,
                    "url": article.url,
                    "article": msgspec.json.encode(article),
                    "at": now,
                }
                for article in batch
            }
            connection.execute(
                write.on_conflict_do_update(index_elements=["id"], set_=found), [rows[key] for key in sorted(rows)]
            )
        return [_compare(article, published.get(article.id)) for article in batch]

    def unstage(self, run_id: str, article_id: str) -> None:
        """Take back what a run found under an id."""
        with self.database.begin() as connection:
            connection.execute(delete(staged).where(staged.c.id == article_id, staged.c.run == run_id))

    def list_examples(self, run_id: str, count: int = 3) -> dict[str, list[str]]:
        """Some addresses that a run rejected, by reason."""
        query = select(rejections.c.reason, rejections.c.url).where(rejections.c.run == run_id)
        found: dict[str, list[str]] = {}
        with self.database.begin() as connection:
            for reason, url in connection.execute(query.order_by(rejections.c.url)):
                if len(found.setdefault(reason, [])) < count:
                    found[reason].append(url)
        return found

    def find_staged(self, run_id: str, article_id: str) -> Article | None:
        """What a run found under an id."""
        query = select(staged.c.article).where(staged.c.id == article_id, staged.c.run == run_id)
        with self.database.begin() as connection:
            encoded = connection.execute(query).scalar()
        return None if encoded is None else msgspec.json.decode(encoded, type=Article)

    def report(self, run: Run, ended: datetime, finish_reason: str) -> RunReport:
        """Sum a run up from what is stored of it, that of killed processes too."""
        outcomes: Counter[str] = Counter()
        summary = ArticleSummary()
        for article, outcome in self._iterate_staged(run.id):
            summary.add(article)
            outcomes[outcome] += 1
        with self.database.begin() as connection:
            reasons = connection.execute(
                select(rejections.c.reason, func.count())
                .where(rejections.c.run == run.id)
                .group_by(rejections.c.reason)
            )
            outcomes.update({row[0]: row[1] for row in reasons})
            found = select(staged.c.id).where(staged.c.run == run.id)
            known = urls.c.article_id.is_(None) | urls.c.article_id.not_in(found)
            unchanged = select(urls.c.judgement, func.count()).where(urls.c.run == run.id, known)
            unchanged = unchanged.where(urls.c.outcome == "unchanged").group_by(urls.c.judgement)
            for judgement, count in connection.execute(unchanged):
                outcomes["unchanged" if judgement in (None, "article") else judgement] += count
        failed = sum(count for reason, count in outcomes.items() if reason not in JUDGED | FOUND)
        return RunReport(
            run=run.id,
            site=run.target,
            started=run.started,
            ended=ended,
            finishReason=finish_reason,
            outcomes={name: count for name, count in sorted(outcomes.items()) if count},
            failed=failed,
            **summary.to_fields(),  # type: ignore[arg-type]
        )

    def hold(self, run: Run, report: RunReport, tripped: Sequence[Tripped]) -> None:
        """Hold a run back: nothing of it is published, and its addresses are fetched in full the next time."""
        with self.database.begin() as connection:
            forget = {"etag": None, "last_modified": None, "digest": b"", "rules": ""}
            connection.execute(update(urls).where(urls.c.run == run.id, urls.c.judgement.is_not(None)).values(**forget))
            forget_learned(connection, run.id)
            close_run(connection, run.id, "held", report, tripped)

    def _iterate_staged(self, run_id: str) -> Iterator[tuple[Article, Outcome]]:
        query = (
            select(staged.c.article, articles.c.article.label("published"))
            .select_from(staged.outerjoin(articles, (articles.c.id == staged.c.id) & articles.c.withdrawn.is_(None)))
            .where(staged.c.run == run_id)
            .order_by(staged.c.id)
        )
        with self.database.begin() as connection:
            for row in connection.execution_options(yield_per=READ_BATCH).execute(query):
                article = msgspec.json.decode(row.article, type=Article)
                yield article, _compare(article, row.published)


def close_run(
    connection: Connection,
    run_id: str,
    state: State,
    report: RunReport,
    tripped: Sequence[Tripped],
    accepted: bool = False,
) -> None:
    """Write down how a run ended."""
    values = {
        "state": state,
        "ended": report.ended,
        "report": msgspec.json.encode(report),
        "tripped": msgspec.json.encode(tripped),
        "accepted": accepted,
    }
    connection.execute(update(runs).where(runs.c.id == run_id).values(**values))


def _compare(article: Article, published: bytes | None) -> Outcome:
    if published is None:
        return "new"
    return "same" if is_same(msgspec.json.decode(published, type=Article), article) else "changed"


def is_same(published: Article, found: Article) -> bool:
    """Whether a visit brought nothing new: no word of it, nor its own address where it was known by a variant's."""
    own = has_own_address(found) and not has_own_address(published)
    return says_the_same(published, found) and not own


def _read(row: Row[Any]) -> Run:
    report = msgspec.json.decode(row.report, type=RunReport) if row.report else None
    tripped = msgspec.json.decode(row.tripped, type=tuple[Tripped, ...]) if row.tripped else ()
    return Run(row.id, row.target, row.state, row.started, row.ended, report, tripped, row.accepted)
