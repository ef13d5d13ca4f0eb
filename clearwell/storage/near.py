"""Finds the articles that are one text with others, in the store, without comparing all with all.

Equal texts are one, known by their content hash: a thousand copies cost no more than one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

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

MAX_CROWD = 200  # texts in a bucket; what more than that are alike in is a template, and comparing them takes for ever
MAX_ROUNDS = 20  # from a text to those alike, to those alike to these ...
BATCH = 500  # values in one statement

_Value = TypeVar("_Value", str, int)


def sketch_articles(connection: Connection, batch: Sequence[Article]) -> None:
    """Take down what the texts of articles are like, each text once."""
    texts = {article.contentHash: article.articleBody for article in batch}
    query = select(sketches.c.id).where(sketches.c.id.in_(texts), sketches.c.made_by == SKETCH_VERSION)
    known = set(connection.execute(query).scalars())
    made = {name: sketch_text(text) for name, text in texts.items() if name not in known}
    forget_texts(connection, made)  # those of another version
    found = {name: sketch for name, sketch in sorted(made.items()) if sketch is not None}
    if found:
        rows = [{"id": name, "made_by": SKETCH_VERSION, "sketch": sketch} for name, sketch in found.items()]
        connection.execute(insert(sketches), rows)
        buckets = [{"band": band, "id": name} for name, sketch in found.items() for band in set(list_bands(sketch))]
        connection.execute(insert(bands), buckets)


def forget_texts(connection: Connection, hashes: Collection[str]) -> None:
    """Forget what texts are like."""
    for names in batched(hashes):
        connection.execute(delete(sketches).where(sketches.c.id.in_(names)))
        connection.execute(delete(bands).where(bands.c.id.in_(names)))


def forget_unused(connection: Connection, hashes: Collection[str]) -> None:
    """Forget what texts are like that no published article has any more."""
    used = set(_list_published(connection, hashes))
    forget_texts(connection, [name for name in hashes if name not in used])


def decide_originals(connection: Connection, touched: Collection[str]) -> dict[str, str | None]:
    """Decide anew on the articles that were touched and all that hang on them: id to the original's id, or None.

    Texts alike to a touched one, alike to these, and so on, are decided on together, so that the result hangs not on
    the order in which articles came.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    known: set[str] = set()
    open_texts = _list_texts(connection, touched)
    for _ in range(MAX_ROUNDS):
        known |= open_texts
        for one, other in _find_pairs(connection, open_texts):
            alike[one].add(other)
        open_texts = {other for one in open_texts for other in alike[one]} - known
        if not open_texts:
            break
    return _decide(connection, known, alike)


def _decide(connection: Connection, texts: Collection[str], alike: dict[str, set[str]]) -> dict[str, str | None]:
    """A text is published and seen first when the first article with it was."""
    having: dict[str, list[Sketched]] = defaultdict(list)
    for text, entry in _read_entries(connection, texts):
        having[text].append(entry)
    first = {text: min(entries, key=_rank) for text, entries in having.items()}
    originals = choose_originals((entry._replace(id=text) for text, entry in first.items()), alike)
    decided: dict[str, str | None] = {}
    for text, entries in having.items():
        original = first[originals.get(text, text)].id
        decided.update({entry.id: None if entry.id == original else original for entry in entries})
    return decided


def _rank(entry: Sketched) -> tuple[object, ...]:
    return entry.published or entry.first_seen, entry.first_seen, entry.id


def _list_texts(connection: Connection, touched: Collection[str]) -> set[str]:
    """The texts of articles, and of those that are their duplicates: who loses its original needs another."""
    found: set[str] = set()
    for names in batched(touched):
        which = articles.c.id.in_(names) | articles.c.duplicate_of.in_(names)
        found.update(connection.execute(select(articles.c.content_hash).where(which)).scalars())
    return found


def _list_published(connection: Connection, hashes: Collection[str]) -> Iterator[str]:
    for names in batched(hashes):
        query = select(articles.c.content_hash).where(articles.c.content_hash.in_(names))
        yield from connection.execute(query.where(articles.c.withdrawn.is_(None)).distinct()).scalars()


def _find_pairs(connection: Connection, texts: Collection[str]) -> Iterator[tuple[str, str]]:
    """The texts that are nearly the same as one of `texts`."""
    for names in batched(texts):
        pairs = set(_find_neighbours(connection, names))
        known = _read_sketches(connection, {name for pair in pairs for name in pair})
        for one, two in pairs:
            if one in known and two in known and measure_likeness(known[one], known[two]) >= LIKENESS:
                yield one, two


def _find_neighbours(connection: Connection, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts that share a bucket with one of `names`, if it is not crowded.

    Asked for by values, a join of the table with itself is left to no planner that knows nothing of it yet.
    """
    mine: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(select(bands.c.band, bands.c.id).where(bands.c.id.in_(names))):
        mine[row.band].append(row.id)
    for numbers in batched(mine):
        held = bands.c.band.in_(numbers)
        shared = select(bands.c.band).where(held).group_by(bands.c.band)
        few = connection.execute(shared.having(func.count().between(2, MAX_CROWD))).scalars().all()
        for row in connection.execute(select(bands.c.band, bands.c.id).where(bands.c.band.in_(few))) if few else ():
            yield from ((name, row.id) for name in mine[row.band] if name != row.id)


def _read_sketches(connection: Connection, texts: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for names in batched(texts):
        query = select(sketches.c.id, sketches.c.sketch)
        query = query.where(sketches.c.id.in_(names), sketches.c.made_by == SKETCH_VERSION)
        found.update({row[0]: row[1] for row in connection.execute(query)})
    return found


def _read_entries(connection: Connection, texts: Collection[str]) -> Iterator[tuple[str, Sketched]]:
    for names in batched(texts):
        query = select(articles.c.id, articles.c.content_hash, articles.c.article, articles.c.first_seen)
        for row in connection.execute(query.where(articles.c.content_hash.in_(names), articles.c.withdrawn.is_(None))):
            published = msgspec.json.decode(row.article, type=_Dated).datePublished
            yield row.content_hash, Sketched(row.id, read_date(published), row.first_seen)


class _Dated(msgspec.Struct):
    datePublished: str | None = None


def batched(names: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Values in order, as many at a time as a statement takes well."""
    ordered = sorted(names)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
