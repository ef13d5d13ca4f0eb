"""The release of a run: what it staged becomes what is published, and the change log says what that changed.

One transaction does all of it: a crash leaves either the run as it was, to be released at the next start, or its
release, whose files can be written from the store at any time.
"""

import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, exists, func, insert, select, text, update

from clearwell.article import Article
from clearwell.gates import Tripped
from clearwell.run_report import RunReport
from clearwell.storage.database import Database
from clearwell.storage.memories import remember_learned
from clearwell.storage.near import decide_originals, forget_sketch, sketch_article
from clearwell.storage.runs import Run, close_run, is_same
from clearwell.storage.tables import articles, changes, staged, urls, versions

READ_BATCH = 200  # articles taken in at a time
KEPT_VERSIONS = 5  # of an article
GONE_RUNS = 2  # in which an address answered that it is gone, before its article is withdrawn
WITHDRAWN_BY = ("rejected:noindex", "rejected:rights-reserved")  # what a site asks for counts at once


class Released(NamedTuple):
    """What a release changed: how many articles are new, changed, the same and gone, and the log's last number."""

    new: int
    changed: int
    same: int
    gone: int
    seq: int


class _Touched(NamedTuple):
    new: set[str]
    changed: set[str]
    same: int
    gone: set[str]


def release_run(
    database: Database,
    run: Run,
    report: RunReport,
    tripped: Sequence[Tripped] = (),
    accepted: bool = False,
    withdraw: Collection[str] = (),
) -> Released:
    """Publish what a run found; what happened is told in `report`, whose `ended` is when it is said to have happened.

    `withdraw` are ids of articles to go, beside those whose addresses say so.  A run that was released already changes
    nothing.
    """
    with database.begin() as connection:
        _wait_for_others(connection)
        touched = _take_in(connection, run, report.ended, withdraw)
        originals = _mark_duplicates(connection, touched)
        seq = _log(connection, touched, originals, run.id, report.ended)
        connection.execute(delete(staged).where(staged.c.run == run.id))
        remember_learned(connection, database, run.id)
        gone = {"gone": len(touched.gone)} if touched.gone else {}  # known only now
        told = msgspec.structs.replace(report, outcomes=report.outcomes | gone)
        close_run(connection, run.id, "released", told, tripped, accepted)
    return Released(len(touched.new), len(touched.changed), touched.same, len(touched.gone), seq)


def _wait_for_others(connection: Connection) -> None:
    """Only one release at a time, so that numbers are given in the order in which they can be read."""
    if connection.dialect.name == "sqlite":
        connection.execute(delete(changes).where(changes.c.seq < 0))  # a write: SQLite lets in one writer at a time
    else:
        connection.execute(text("LOCK TABLE changes IN EXCLUSIVE MODE"))


def _take_in(connection: Connection, run: Run, moment: datetime, withdraw: Collection[str]) -> _Touched:
    touched = _Touched(set(), set(), 0, set())
    same = 0
    for article in _iterate_staged(connection, run.id):
        row = connection.execute(
            select(articles.c.article, articles.c.withdrawn).where(articles.c.id == article.id)
        ).first()
        known = None if row is None else msgspec.json.decode(row.article, type=Article)
        if known is not None and row is not None and row.withdrawn is None and is_same(known, article):
            same += 1
            continue
        _store(connection, article, run, moment, known is not None)
        (touched.new if known is None or (row and row.withdrawn) else touched.changed).add(article.id)
    for article_id in sorted({*_list_gone(connection, run.id), *withdraw}):
        connection.execute(
            update(articles).where(articles.c.id == article_id).values(withdrawn=moment, duplicate_of=None)
        )
        forget_sketch(connection, article_id)
        touched.gone.add(article_id)
    return touched._replace(same=same)


def _iterate_staged(connection: Connection, run_id: str) -> Iterator[Article]:
    last = ""
    while True:
        query = select(staged.c.id, staged.c.article).where(staged.c.run == run_id, staged.c.id > last)
        rows = connection.execute(query.order_by(staged.c.id).limit(READ_BATCH)).all()
        if not rows:
            return
        for row in rows:
            yield msgspec.json.decode(row.article, type=Article)
        last = rows[-1].id


def _store(connection: Connection, article: Article, run: Run, moment: datetime, known: bool) -> None:
    values = {
        "site": article.site,
        "url": article.url,
        "content_hash": article.contentHash,
        "language": article.inLanguage,
        "article": msgspec.json.encode(article),
        "changed": moment,
        "withdrawn": None,
        "duplicate_of": None,
    }
    if known:
        connection.execute(update(articles).where(articles.c.id == article.id).values(**values))
    else:
        # All articles of a run are seen when it began: what comes first within it is chance.
        connection.execute(insert(articles).values(id=article.id, first_seen=run.started, version=0, **values))
    sketch_article(connection, article)


def _list_gone(connection: Connection, run_id: str) -> list[str]:
    """The published articles whose addresses all say that they are gone, or that they are not to be published."""
    lost = (urls.c.gone_runs >= GONE_RUNS) | urls.c.outcome.in_(WITHDRAWN_BY)
    other = urls.alias()
    kept = (other.c.gone_runs < GONE_RUNS) & other.c.outcome.not_in(WITHDRAWN_BY)
    alive = exists().where(other.c.article_id == urls.c.article_id, kept)
    query = (
        select(articles.c.id)
        .distinct()
        .join(urls, urls.c.article_id == articles.c.id)
        .where(urls.c.run == run_id, lost, ~alive, articles.c.withdrawn.is_(None))
        .order_by(articles.c.id)
    )
    return list(connection.execute(query).scalars())


def _mark_duplicates(connection: Connection, touched: _Touched) -> set[str]:
    """Set `duplicateOf` of all that hang on what was touched; returns those for which it changed."""
    marked: set[str] = set()
    decided = decide_originals(connection, touched.new | touched.changed | touched.gone)
    for article_id, original in sorted(decided.items()):
        query = select(articles.c.article, articles.c.duplicate_of).where(articles.c.id == article_id)
        row = connection.execute(query).one()
        article = msgspec.json.decode(row.article, type=Article)
        if article.duplicateOf == original and row.duplicate_of == original:
            continue
        encoded = msgspec.json.encode(msgspec.structs.replace(article, duplicateOf=original))
        values = {"article": encoded, "duplicate_of": original}
        connection.execute(update(articles).where(articles.c.id == article_id).values(**values))
        if article.duplicateOf != original:
            marked.add(article_id)
    return marked


def _log(connection: Connection, touched: _Touched, marked: set[str], run_id: str, moment: datetime) -> int:
    """Append what changed, ordered by id; returns the log's last number."""
    seq = connection.execute(select(func.max(changes.c.seq))).scalar() or 0
    for article_id in sorted(touched.new | touched.changed | touched.gone | marked):
        seq += 1
        row = connection.execute(
            select(articles.c.article, articles.c.version).where(articles.c.id == article_id)
        ).one()
        version = row.version + 1
        op = "delete" if article_id in touched.gone else "upsert"
        values = {"version": version, "changed": moment}
        connection.execute(update(articles).where(articles.c.id == article_id).values(**values))
        connection.execute(insert(changes).values(seq=seq, op=op, id=article_id, version=version, at=moment))
        packed = zlib.compress(row.article)
        connection.execute(
            insert(versions).values(id=article_id, version=version, run=run_id, article=packed, at=moment)
        )
        old = (versions.c.id == article_id) & (versions.c.version <= version - KEPT_VERSIONS)
        connection.execute(delete(versions).where(old))
    return seq
