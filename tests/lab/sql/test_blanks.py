"""A copy of the database without secrets, whatever has been done to the tables."""

import shutil
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from lab.indexes import is_open
from lab.secrets import HIDDEN
from lab.sql.blanks import blank_copy
from lab.sql.secret_columns import OPEN_COLUMNS, columns_with_secrets, notes_secrets, secrets_of_site
from models.shared.loading import all_models
from models.user import User

HASH = "scrypt:32768:8:1$ifpZzRa5OxIBFSfE$a5384fdb725112a86948c15e5e81b35c4e870de637bd1a9b23c92ccdb38e2fd94"
DIGEST = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
TABLES = {model._meta.table_name: model for model in all_models()}


@pytest.fixture
def blanked(tmp_path):
    """Call it with SQL that makes a database, for a connection to its copy."""
    connections = []

    def make(sql, secrets_of=secrets_of_site):
        with closing(sqlite3.connect(tmp_path / "live.db")) as live:
            live.executescript(sql)
        blank_copy(tmp_path / "live.db", tmp_path / "copy.db", secrets_of)
        assert HASH[20:].encode() not in (tmp_path / "copy.db").read_bytes()
        assert DIGEST.encode() not in (tmp_path / "copy.db").read_bytes()
        connections.append(sqlite3.connect(tmp_path / "copy.db"))
        return connections[-1]

    yield make
    for connection in connections:
        connection.close()


def test_columns_that_are_called_so_are_blank_and_what_is_null_stays(blanked):
    copy = blanked(
        f"CREATE TABLE people (id INTEGER PRIMARY KEY, name, token TEXT UNIQUE, pin_hash TEXT, tokens_left INTEGER);"
        f"INSERT INTO people VALUES (1, 'A', '{DIGEST}', '{HASH}', 7), (2, 'B', 'short', NULL, NULL)"
    )
    assert copy.execute("SELECT * FROM people").fetchall() == [
        (1, "A", f"{HIDDEN} 1", HIDDEN, 0),
        (2, "B", f"{HIDDEN} 2", None, None),
    ]


@pytest.mark.parametrize("value", [f"'{HASH}'", f"'see {DIGEST}.'", f"CAST('{HASH}' AS BLOB)"])
def test_what_looks_like_a_secret_is_blank_whatever_it_is_called(blanked, value):
    copy = blanked(f"CREATE TABLE notes (id INTEGER PRIMARY KEY, note); INSERT INTO notes (note) VALUES ({value})")
    assert HIDDEN in copy.execute("SELECT note FROM notes").fetchone()[0]


def test_a_trigger_does_not_carry_a_secret_away_and_is_there_afterwards(blanked):
    copy = blanked(
        "CREATE TABLE people (id INTEGER PRIMARY KEY, password TEXT); CREATE TABLE log (old TEXT);"
        "CREATE TRIGGER keep AFTER UPDATE ON people BEGIN INSERT INTO log VALUES (substr(OLD.password, 1, 9)); END;"
        "INSERT INTO people VALUES (1, 'hunter2 is it')"
    )
    assert copy.execute("SELECT count(*) FROM log").fetchone() == (0,)
    assert copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall() == [("keep",)]


def test_what_was_deleted_is_not_in_the_file(blanked):
    blanked(
        f"CREATE TABLE people (id INTEGER PRIMARY KEY, password TEXT); INSERT INTO people VALUES (1, '{HASH}');"
        "DELETE FROM people"
    )


def test_checks_generated_columns_indexes_and_keys_without_a_number_are_no_way_around(blanked):
    copy = blanked(
        "CREATE TABLE people (name TEXT PRIMARY KEY, password TEXT CHECK (length(password) > 20), "
        "first TEXT GENERATED ALWAYS AS (substr(password, 1, 30)) STORED) WITHOUT ROWID;"
        f"INSERT INTO people (name, password) VALUES ('A', '{HASH}'); CREATE INDEX first_ones ON people (first);"
        f"CREATE TABLE {'sessions'} (id INTEGER PRIMARY KEY, digest TEXT UNIQUE NOT NULL, more TEXT NOT NULL);"
        f"INSERT INTO sessions VALUES (1, '{DIGEST}', 'x'), (2, 'd', 'y'); ANALYZE"
    )
    assert copy.execute("SELECT * FROM people").fetchall() == [("A", HIDDEN, HIDDEN)]
    assert copy.execute("SELECT * FROM sessions").fetchall() == [(1, f"{HIDDEN} 1", HIDDEN), (2, f"{HIDDEN} 2", HIDDEN)]


def test_the_copies_for_search_of_a_secret_and_an_index_of_it_are_gone(blanked):
    copy = blanked(
        "CREATE TABLE folded (id INTEGER PRIMARY KEY, place, row_id, start, text);"
        "CREATE TABLE people (id INTEGER PRIMARY KEY, secret TEXT, name TEXT);"
        "CREATE VIRTUAL TABLE folded_people USING fts5(text);"
        "INSERT INTO people VALUES (1, 'my cat', 'Ada'); INSERT INTO folded_people VALUES ('my cat');"
        "INSERT INTO folded VALUES (1, 'people.secret', 1, 'my cat', 'my cat'), (2, 'people.name', 1, 'ada', 'ada');"
        f"CREATE VIRTUAL TABLE found USING fts5(text); INSERT INTO found VALUES ('{HASH}');"
        "CREATE VIRTUAL TABLE harmless USING fts5(text); INSERT INTO harmless VALUES ('a cat')"
    )
    assert copy.execute("SELECT text FROM folded").fetchall() == [("ada",)]
    virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
    assert copy.execute(virtual).fetchall() == [("harmless",)]


def test_a_new_table_of_the_program_is_blank_until_somebody_opens_it(blanked):
    copy = blanked(
        "CREATE TABLE new (id INTEGER PRIMARY KEY, what TEXT NOT NULL, many INTEGER);"
        "INSERT INTO new VALUES (1, 'a', 2)",
        lambda table, columns: columns_with_secrets(table, columns, is_machinery=True),
    )
    assert copy.execute("SELECT * FROM new").fetchall() == [(1, HIDDEN, 0)]


@pytest.mark.parametrize("table", OPEN_COLUMNS)
def test_what_is_open_is_a_column_of_such_a_table_and_no_secret(table):
    columns = {field.column_name for field in TABLES[table]._meta.sorted_fields}
    assert columns >= set(OPEN_COLUMNS[table])
    assert not is_open(TABLES[table])


def test_of_the_users_only_the_password_is_secret(tmp_path):
    columns = [field.column_name for field in User._meta.sorted_fields]
    assert secrets_of_site("users", columns) == ["_password"]


def test_the_history_is_open_while_no_class_has_a_secret_that_would_be_noted():
    assert secrets_of_site("changed_rows", ["id", "before", "after"]) == []
    fields = SimpleNamespace(sorted_fields=[SimpleNamespace(name="entrance", column_name="api_token")])
    key = SimpleNamespace(history=True, secrets=(), _meta=fields)
    assert notes_secrets([User, key])
    assert not notes_secrets([User, SimpleNamespace(**vars(key) | {"secrets": ("entrance",)})])
    assert not notes_secrets([User, SimpleNamespace(**vars(key) | {"history": False})])


def test_a_copy_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "live.db").write_bytes(b"no database, but long enough to be one" * 100)
    shutil.copy(tmp_path / "live.db", tmp_path / "second.db")
    with pytest.raises(sqlite3.DatabaseError):
        blank_copy(tmp_path / "live.db", tmp_path / "copy.db", secrets_of_site)
