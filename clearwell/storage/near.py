"""Finds the articles that are one text with others, in the store, without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, delete, insert, select

from clearwell.article import Article
from clearwell.duplicates import (
    LIKENESS,
    SKETCH_VERSION,
    Sketched,
    choose_originals,
    list_bands,
    measure_likeness,
    read_date,
    sketch_text,
)
from clearwell.storage.tables import articles, bands, sketches

MAX_ALIKE = 5_000  # articles that are decided on together; more copies of one text than that are left as they are
BATCH = 500  # ids in one statement


def sketch_article(connection: Connection, article: Article) -> None:
    """Take down what an article's text is like, in the place of what it was like before."""
    forget_sketch(connection, article.id)
    sketch = sketch_text(article.articleBody)
    if sketch is None:
        return
    connection.execute(insert(sketches).values(id=article.id, made_by=SKETCH_VERSION, sketch=sketch))
    rows = [{"band": band, "id": article.id} for band in sorted(set(list_bands(sketch)))]
    connection.execute(insert(bands), rows)


def forget_sketch(connection: Connection, article_id: str) -> None:
    """Forget what an article's text was like; nothing is a duplicate of it any more."""
    connection.execute(delete(sketches).where(sketches.c.id == article_id))
    connection.execute(delete(bands).where(bands.c.id == article_id))


def decide_originals(connection: Connection, touched: Iterable[str]) -> dict[str, str | None]:
    """Decide anew on the articles that were touched and all that hang on them: id to the original's id, or None.

    Those alike to a touched one, alike to these, and so on, are decided on together, so that the result does not hang
    on the order in which articles came.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    known: set[str] = set()
    open_ids = set(touched) | _list_duplicates(connection, touched)
    while open_ids and len(known) < MAX_ALIKE:
        known |= open_ids
        for one, other in _find_pairs(connection, open_ids):
            alike[one].add(other)
        open_ids = {other for one in open_ids for other in alike[one]} - known
    entries = list(_read_entries(connection, known))
    originals = choose_originals(entries, alike)
    return {entry.id: originals.get(entry.id) for entry in entries}


def _list_duplicates(connection: Connection, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for batch in _batched(ids):
        found.update(connection.execute(select(articles.c.id).where(articles.c.duplicate_of.in_(batch))).scalars())
    return found


def _find_pairs(connection: Connection, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The published articles that have the same text as one of `ids`, or nearly."""
    same, other = articles.alias(), articles.alias()
    mine, theirs = bands.alias(), bands.alias()
    for batch in _batched(ids):
        exact = select(same.c.id, other.c.id).where(
            same.c.id.in_(batch),
            same.c.content_hash == other.c.content_hash,
            same.c.id != other.c.id,
            same.c.withdrawn.is_(None),
            other.c.withdrawn.is_(None),
        )
        for row in connection.execute(exact):
            yield row[0], row[1]
        near = select(mine.c.id, theirs.c.id).distinct()
        near = near.where(mine.c.id.in_(batch), mine.c.band == theirs.c.band, mine.c.id != theirs.c.id)
        pairs = [(row[0], row[1]) for row in connection.execute(near)]
        known = _read_sketches(connection, {name for pair in pairs for name in pair})
        for one, two in pairs:
            if one in known and two in known and measure_likeness(known[one], known[two]) >= LIKENESS:
                yield one, two


def _read_sketches(connection: Connection, ids: Iterable[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for batch in _batched(ids):
        query = select(sketches.c.id, sketches.c.sketch)
        query = query.where(sketches.c.id.in_(batch), sketches.c.made_by == SKETCH_VERSION)
        found.update({row[0]: row[1] for row in connection.execute(query)})
    return found


def _read_entries(connection: Connection, ids: Iterable[str]) -> Iterator[Sketched]:
    for batch in _batched(ids):
        query = select(articles.c.id, articles.c.article, articles.c.first_seen)
        for row in connection.execute(query.where(articles.c.id.in_(batch), articles.c.withdrawn.is_(None))):
            published = msgspec.json.decode(row.article, type=_Dated).datePublished
            yield Sketched(row.id, read_date(published), row.first_seen)


class _Dated(msgspec.Struct):
    datePublished: str | None = None


def _batched(ids: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
