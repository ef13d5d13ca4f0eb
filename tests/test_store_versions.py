"""Stores of earlier and later versions, and where a store can be."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, delete, insert, select, text

from clearwell import Page, clean
from clearwell.errors import StoreError
from clearwell.storage import tables
from clearwell.storage.database import Database
from clearwell.storage.log import read_changes
from clearwell.storage.memories import Memories
from clearwell.storage.store import Store
from clearwell.storage.visits import Visits

TEXT = "A cold bath after sport feels good. It slows the growth of muscle; wait four hours if you train for it. " * 3
# As 0.1.0 made them; {blob} is the database's word for bytes, {moment} for a datetime.
FIRST_TABLES = (
    "CREATE TABLE articles (id VARCHAR NOT NULL PRIMARY KEY, site VARCHAR NOT NULL, url VARCHAR NOT NULL,"
    " content_hash VARCHAR NOT NULL, duplicate_of VARCHAR, language VARCHAR, article {blob} NOT NULL,"
    " first_seen {moment} NOT NULL, changed {moment} NOT NULL)",
    "CREATE TABLE rejections (url VARCHAR NOT NULL PRIMARY KEY, site VARCHAR NOT NULL, reason VARCHAR NOT NULL,"
    " message VARCHAR NOT NULL, at {moment} NOT NULL)",
    "CREATE TABLE memories (site VARCHAR NOT NULL PRIMARY KEY, memory {blob} NOT NULL, changed {moment} NOT NULL)",
)


def make_first_version(address, count):
    """A store as 0.1.0 left it: tables without a version."""
    if "://" not in address:
        Path(address).parent.mkdir(parents=True)
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    kinds = {"blob": "BYTEA", "moment": "TIMESTAMP"} if "://" in address else {"blob": "BLOB", "moment": "DATETIME"}
    with engine.begin() as connection:
        for statement in FIRST_TABLES[:count]:
            connection.execute(text(statement.format(**kinds)))
        article = clean(Page(url="https://a.example/1", text=TEXT))
        values = {"id": article.id, "site": "a", "url": article.url, "content_hash": article.contentHash}
        blob, now = b'{"old": true}', datetime(2026, 11, 22, tzinfo=UTC)
        connection.execute(insert(tables.articles).values(**values, article=blob, first_seen=now, changed=now))
    engine.dispose()
    return article.id


@pytest.mark.parametrize("count", [2, 3])
def test_a_store_of_the_first_version_is_brought_up_to_date_without_loss(store_address, count):
    article_id = make_first_version(store_address, count)
    with Store(store_address) as store:
        assert [(row[0], row[2]) for row in store.iterate()] == [(article_id, b'{"old": true}')]
        assert Memories(store.database).list_sites() == []
        log = [(change.seq, change.op, change.id, change.article) for change in read_changes(store.database, 0, 9)]
        assert log == [(1, "upsert", article_id, b'{"old": true}')]
        assert Visits(store.database).find("https://a.example/1") is None
        with store.database.begin() as connection:
            assert connection.execute(select(tables.version.c.version_num)).scalars().all() == [tables.VERSION]


@pytest.mark.parametrize("migrated", [True, False])
def test_new_and_migrated_stores_are_what_the_definitions_say(store_address, migrated):
    if migrated:
        make_first_version(store_address, 2)
    with Store(store_address) as store, store.database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.schema) == []


def test_a_newer_store_is_told_and_left_alone(store_address):
    Store(store_address).close()
    with Database(store_address).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="written by a newer Clearwell"):
        Store(store_address)


def test_opening_a_store_that_is_up_to_date_imports_no_alembic(store_address):
    Store(store_address).close()
    script = (
        "import sys; from clearwell.storage.store import Store; Store(sys.argv[1]); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, store_address], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://user:secret@127.0.0.1/x", "names mysql; known are a path"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/x", "see that the server runs"),
        ("postgresql+psycopg://user:secret@127.0.0.1:port/x", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(address, says):
    with pytest.raises(StoreError, match=says) as caught:
        Store(address)
    assert "secret" not in str(caught.value)


def test_what_a_database_cannot_hold_is_replaced(store_address):
    with Store(store_address) as store:
        store.reject("https://a.example/\ud800", "a\0b", "bad-url", "it holds \0 and \udfff")
        assert [(r.url, r.site, r.message) for r in store.rejections()] == [
            ("https://a.example/?", "a\ufffdb", "it holds \ufffd and ?")
        ]


@pytest.mark.parametrize("left", ["0001", None])
def test_an_upgrade_that_was_killed_is_carried_through(store_address, left):
    with Store(store_address) as store, store.database.begin() as connection:
        connection.execute(delete(tables.version))
        if left:
            connection.execute(insert(tables.version).values(version_num=left))
    with Store(store_address) as store, store.database.begin() as connection:
        assert connection.execute(select(tables.version.c.version_num)).scalars().all() == [tables.VERSION]
