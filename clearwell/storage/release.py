"""The release of a run: what it staged becomes what is published, and the change log says what that changed.

One transaction does all of it: a crash leaves either the run as it was, to be released at the next start, or its
release, whose files can be written from the store at any time.
"""

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, insert, select, text, update

from clearwell.article import Article
from clearwell.gates import Tripped
from clearwell.run_report import RunReport
from clearwell.storage.database import Database
from clearwell.storage.memories import remember_learned
from clearwell.storage.near import batched, decide_originals, forget_unused, sketch_articles
from clearwell.storage.runs import Run, close_run, is_same
from clearwell.storage.tables import articles, changes, staged, urls, versions
from clearwell.storage.visits import MOVED, WITHDRAWING, Visit

READ_BATCH = 200  # articles taken in at a time
KEPT_VERSIONS = 5  # of an article
GONE_RUNS = 2  # in which an address answered that it is gone, before its article is withdrawn
ASKED_FOR = ("noindex", "rights-reserved")  # by the page
WITHDRAWN_BY = tuple(f"rejected:{reason}" for reason in WITHDRAWING)  # what a site asks for counts at once


class Released(NamedTuple):
    """What a release changed: how many articles are new, changed, the same and gone, and the log's last number."""

    new: int
    changed: int
    same: int
    gone: int
    seq: int


class _Touched:
    """The ids of what a release touches, and the texts that were there before."""

    def __init__(self) -> None:
        self.new: set[str] = set()
        self.changed: set[str] = set()
        self.gone: set[str] = set()
        self.former_texts: set[str] = set()
        self.same = 0

    def list_all(self) -> set[str]:
        return self.new | self.changed | self.gone


def release_run(
    database: Database,
    run: Run,
    report: RunReport,
    tripped: Sequence[Tripped] = (),
    accepted: bool = False,
) -> Released:
    """Publish what a run found; what happened is told in `report`, whose `ended` is when it is said to have happened.

    A run that was released already changes nothing.
    """
    with database.begin() as connection:
        wait_for_others(connection)
        touched = _take_in(connection, run, report.ended, report.withdraw)
        originals = _mark_duplicates(connection, touched)
        seq = _log(connection, touched, originals, run.id, report.ended)
        connection.execute(delete(staged).where(staged.c.run == run.id))
        remember_learned(connection, database, run.id)
        gone = {"gone": len(touched.gone)} if touched.gone else {}  # known only now
        told = msgspec.structs.replace(report, outcomes=report.outcomes | gone)
        close_run(connection, run.id, "released", told, tripped, accepted)
    return Released(len(touched.new), len(touched.changed), touched.same, len(touched.gone), seq)


def count_lost(database: Database, run_id: str) -> int:
    """How many articles a release would withdraw that are not known to be elsewhere."""
    with database.begin() as connection:
        return len(_list_gone(connection, run_id, urls.c.status != MOVED))


def wait_for_others(connection: Connection) -> None:
    """Only one release at a time, so that numbers are given in the order in which they can be read."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(changes).where(changes.c.seq < 0))  # a write: SQLite lets in one writer at a time
    else:
        connection.execute(text("LOCK TABLE changes IN EXCLUSIVE MODE"))


def _take_in(connection: Connection, run: Run, moment: datetime, withdraw: Collection[str]) -> _Touched:
    touched = _Touched()
    for batch in _iterate_staged(connection, run.id):
        query = select(articles.c.id, articles.c.article, articles.c.withdrawn, articles.c.content_hash)
        rows = connection.execute(query.where(articles.c.id.in_([article.id for article in batch])))
        _store(connection, batch, {row.id: row for row in rows}, run, moment, touched)
    for names in batched({*_list_gone(connection, run.id), *withdraw}):
        these = articles.c.id.in_(names) & articles.c.withdrawn.is_(None)
        going = connection.execute(select(articles.c.id, articles.c.content_hash).where(these)).all()
        touched.gone.update(row.id for row in going)
        touched.former_texts.update(row.content_hash for row in going)
        connection.execute(update(articles).where(these).values(withdrawn=moment, duplicate_of=None))
    forget_unused(connection, touched.former_texts)
    return touched


def _iterate_staged(connection: Connection, run_id: str) -> Iterator[list[Article]]:
    last = ""
    while True:
        query = select(staged.c.id, staged.c.article).where(staged.c.run == run_id, staged.c.id > last)
        rows = connection.execute(query.order_by(staged.c.id).limit(READ_BATCH)).all()
        if not rows:
            return
        yield [msgspec.json.decode(row.article, type=Article) for row in rows]
        last = rows[-1].id


def _store(
    connection: Connection,
    batch: Sequence[Article],
    known: Mapping[str, Any],
    run: Run,
    moment: datetime,
    touched: _Touched,
) -> None:
    """Store what is new in a batch, and what changed."""
    taken: list[Article] = []
    for article in batch:
        row = known.get(article.id)
        if row is None or row.withdrawn is not None:
            touched.new.add(article.id)
        elif is_same(msgspec.json.decode(row.article, type=Article), article):
            touched.same += 1
            continue
        else:
            touched.changed.add(article.id)
            touched.former_texts.add(row.content_hash)
        taken.append(article)
    # All articles of a run are seen when it began: what comes first within it is chance.
    inserted = [_row(a, moment) | {"first_seen": run.started, "version": 0} for a in taken if a.id not in known]
    updated = [_row(a, moment) | {"this": a.id} for a in taken if a.id in known]
    if inserted:
        connection.execute(insert(articles), inserted)
    if updated:
        connection.execute(update(articles).where(articles.c.id == bindparam("this")), updated)
    sketch_articles(connection, taken)


def _row(article: Article, moment: datetime) -> dict[str, Any]:
    return {
        "id": article.id,
        "site": article.site,
        "url": article.url,
        "content_hash": article.contentHash,
        "language": article.inLanguage,
        "article": msgspec.json.encode(article),
        "changed": moment,
        "withdrawn": None,
        "duplicate_of": None,
    }


def _is_lost(address: Any) -> ColumnElement[bool]:
    """Of the columns of an address; one that asked not to be taken does so as long as it is unchanged."""
    asks: ColumnElement[bool] = func.coalesce(address.judgement, "").in_(ASKED_FOR)
    lost: ColumnElement[bool] = (address.gone_runs >= GONE_RUNS) | address.outcome.in_(WITHDRAWN_BY) | asks
    return lost


def is_to_stay_away(visit: Visit) -> bool:
    """Whether an address says that nothing of it is to be published, whatever was archived of it before.

    Not so what the site's settings say of a page: that is judged again when it is cleaned.
    """
    judgement = visit.reading.judgement if visit.reading else None
    asked = judgement in ASKED_FOR or visit.outcome in {f"rejected:{reason}" for reason in (*ASKED_FOR, "excluded")}
    return asked or visit.gone_runs >= GONE_RUNS


def _list_gone(connection: Connection, run_id: str, which: ColumnElement[bool] | None = None) -> list[str]:
    """The published articles whose addresses all say that they are gone, or that they are not to be published."""
    other = urls.alias()
    alive = exists().where(other.c.article_id == urls.c.article_id, ~_is_lost(other.c))
    query = (
        select(articles.c.id)
        .distinct()
        .join(urls, urls.c.article_id == articles.c.id)
        .where(urls.c.run == run_id, _is_lost(urls.c), ~alive, articles.c.withdrawn.is_(None))
        .order_by(articles.c.id)
    )
    return list(connection.execute(query if which is None else query.where(which)).scalars())


def _mark_duplicates(connection: Connection, touched: _Touched) -> set[str]:
    """Set `duplicateOf` of all that hang on what was touched; returns those for which it changed."""
    marked: set[str] = set()
    decided = decide_originals(connection, touched.list_all())
    for names in batched(decided):
        query = select(articles.c.id, articles.c.article, articles.c.duplicate_of).where(articles.c.id.in_(names))
        rows = []
        for row in connection.execute(query):
            original = decided[row.id]
            if row.duplicate_of == original and original is None:
                continue  # as nearly all: its JSON need not be read
            article = msgspec.json.decode(row.article, type=Article)
            if article.duplicateOf != original:
                marked.add(row.id)
            encoded = msgspec.json.encode(msgspec.structs.replace(article, duplicateOf=original))
            rows.append({"this": row.id, "article": encoded, "duplicate_of": original})
        if rows:
            connection.execute(update(articles).where(articles.c.id == bindparam("this")), rows)
    return marked


def _log(connection: Connection, touched: _Touched, marked: set[str], run_id: str, moment: datetime) -> int:
    """Append what changed, ordered by id; returns the log's last number."""
    seq: int = connection.execute(select(func.max(changes.c.seq))).scalar() or 0
    for names in batched(touched.list_all() | marked):
        connection.execute(
            update(articles).where(articles.c.id.in_(names)).values(version=articles.c.version + 1, changed=moment)
        )
        query = select(articles.c.id, articles.c.article, articles.c.version).where(articles.c.id.in_(names))
        rows = connection.execute(query.order_by(articles.c.id)).all()
        logged = [
            {
                "seq": seq + number,
                "op": "delete" if row.id in touched.gone else "upsert",
                "id": row.id,
                "version": row.version,
                "at": moment,
            }
            for number, row in enumerate(rows, 1)
        ]
        kept = [
            {"id": r.id, "version": r.version, "run": run_id, "article": zlib.compress(r.article), "at": moment}
            for r in rows
        ]
        connection.execute(insert(changes), logged)
        connection.execute(insert(versions), kept)
        newest = select(articles.c.version).where(articles.c.id == versions.c.id).scalar_subquery()
        old = versions.c.version <= newest - KEPT_VERSIONS
        connection.execute(delete(versions).where(versions.c.id.in_(names), old))
        seq += len(rows)
    return seq
