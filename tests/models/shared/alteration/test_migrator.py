"""A table that is made anew keeps all it knew, and two who migrate at once do it once."""

import sys
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from peewee import BooleanField, CharField, DateField, DateTimeField, DecimalField, IntegerField

from models.shared.alteration.migrator import migrator_for
from models.shared.alteration.remade import broken_by_names, sql_of_table
from models.shared.alteration.table_sql import parse_table
from models.shared.changing_tables import changing_tables
from models.shared.database import bind_database, database
from models.shared.migrating import runner

MADE = """CREATE TABLE planets (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- a number, given once
 "name" VARCHAR(20) NOT NULL DEFAULT 'a, (b' COLLATE NOCASE CONSTRAINT short CHECK (length(name) > (1 - 1)),
 [moons] integer DEFAULT NULL, star INTEGER REFERENCES stars (id) ON DELETE SET NULL NOT DEFERRABLE,
 twice INTEGER GENERATED ALWAYS AS (moons * 2), CHECK (moons >= 0), FOREIGN KEY (id) REFERENCES planets (id))"""


@pytest.fixture
def planets(tmp_path):
    """A table with all that SQLite has; a row of it was deleted last."""
    bind_database(tmp_path / "sqlite.db")
    with database.connection_context():
        for sql in (
            "CREATE TABLE stars (id INTEGER PRIMARY KEY)",
            "INSERT INTO stars VALUES (7)",
            "CREATE TABLE seen (what TEXT)",
            MADE,
            "CREATE INDEX many ON planets (moons) WHERE moons > 10",
            "CREATE INDEX small ON planets (lower(name))",
            "CREATE TRIGGER note AFTER INSERT ON planets BEGIN INSERT INTO seen VALUES (NEW.name); END",
            "CREATE TRIGGER back AFTER INSERT ON seen BEGIN SELECT max(name) FROM planets; END",
            "CREATE VIEW moonless AS SELECT name FROM planets WHERE moons = 0",
            "INSERT INTO planets (name, moons) VALUES ('Mars', 2), ('Earth', 1), ('Pluto', 5)",
            "DELETE FROM planets WHERE name = 'Pluto'",
        ):
            database.execute_sql(sql)
        yield migrator_for(database.obj)
    database.close_all()


def rows(sql="SELECT * FROM planets ORDER BY id"):
    return database.execute_sql(sql).fetchall()


def around():
    return dict(rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name <> 'planets'"))


def migrate(migrator, *operations):
    with changing_tables():
        migrator.migrate(*operations)


@pytest.mark.parametrize(
    "change",
    [
        lambda migrator: migrator.add_not_null("planets", "moons"),
        lambda migrator: migrator.drop_not_null("planets", "name"),
        lambda migrator: migrator.alter_column_type("planets", "moons", CharField()),
        lambda migrator: migrator.add_column("planets", "rings", IntegerField(null=True)),
        lambda migrator: migrator.add_check("planets", "moons < 1000"),
        lambda migrator: migrator.drop_check("planets", '"Moons">=0'),
        lambda migrator: migrator.add_key("planets", "moons", "stars", "CASCADE"),
        lambda migrator: migrator.drop_key("planets", "star"),
        lambda migrator: migrator.drop_column("planets", "star"),
        lambda migrator: migrator.add_column_default("planets", "moons", 3),
        lambda migrator: migrator.drop_column_default("planets", "name"),
    ],
)
def test_what_sqlite_cannot_change_is_made_anew_and_keeps_rows_numbers_indexes_triggers_and_views(planets, change):
    before, there = [row[:2] for row in rows()], around()
    migrate(planets, change(planets))
    assert [row[:2] for row in rows()] == before
    assert around() == there
    assert "AUTOINCREMENT" in sql_of_table("planets")
    database.execute_sql("INSERT INTO planets (name, moons) VALUES ('Venus', 7)")
    assert rows("SELECT max(id) FROM planets") == [(4,)]
    assert rows("SELECT what FROM seen")[-1] == ("Venus",)


def test_a_statement_is_taken_apart_and_says_the_same_when_put_together():
    parts = parse_table(MADE)
    assert list(parts.columns) == ["id", "name", "moons", "star", "twice"]
    assert [clause.word for clause in parts.columns["name"].clauses] == ["TYPE", "NOT", "DEFAULT", "COLLATE", "CHECK"]
    assert parts.columns["name"].get("DEFAULT") == "DEFAULT 'a, (b'"
    assert parts.columns["star"].get("REFERENCES").endswith("ON DELETE SET NULL NOT DEFERRABLE")
    assert parse_table(parts.text("planets")) == parts


def test_a_column_takes_its_indexes_and_rules_along(planets):
    database.execute_sql("DROP VIEW moonless")
    migrate(planets, planets.drop_column("planets", "twice"), planets.drop_column("planets", "moons"))
    assert around().keys() == {"stars", "seen", "small", "note", "back"}
    assert "moons" not in sql_of_table("planets")
    assert broken_by_names() == ""


def test_a_trigger_that_names_a_column_which_is_gone_is_found(planets):
    assert broken_by_names() == ""
    migrate(planets, planets.drop_column("planets", "name"))
    assert broken_by_names() == "trigger back: no such column: name"


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        (IntegerField(), ["7", " 12 ", 3.0], [7, 12, 3]),
        (CharField(), [7, 1.5, "x"], ["7", "1.5", "x"]),
        (BooleanField(), ["true", 0, "FALSE"], [1, 0, 0]),
        (DateField(), ["2008-04-05", "2009-04-05 00:00:00"], ["2008-04-05", "2009-04-05"]),
        (DateTimeField(), ["2008-04-05"], ["2008-04-05 00:00:00"]),
        (DecimalField(max_digits=5, decimal_places=2), ["1.5", 2], [1.5, 2]),
    ],
)
def test_values_are_turned_with_the_type_of_their_column(planets, field, before, after):
    migrate(planets, planets.drop_check("planets", "moons >= 0"))
    migrate(planets, planets.drop_column("planets", "twice"))
    migrate(planets, planets.alter_column_type("planets", "moons", CharField()))
    database.execute_sql("DELETE FROM planets")
    for value in before:
        database.execute_sql("INSERT INTO planets (name, moons) VALUES ('x', ?)", (value,))
    migrate(planets, planets.alter_column_type("planets", "moons", field))
    assert [value for (value,) in rows("SELECT moons FROM planets ORDER BY id")] == after


def test_a_value_that_cannot_be_turned_ends_the_migration_unless_there_is_another_one(planets):
    with pytest.raises(ValueError, match="must be a date"):
        migrate(planets, planets.alter_column_type("planets", "name", DateField()))
    assert "VARCHAR(20)" in sql_of_table("planets")
    migrate(planets, planets.alter_column_type("planets", "name", DateField(), "2000-01-01"))
    assert rows("SELECT DISTINCT name FROM planets") == [("2000-01-01",)]


@pytest.fixture
def migration(tmp_path, monkeypatch):
    """Call it with the text of the only migration that there is."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    monkeypatch.setattr("models.shared.migrating.MIGRATIONS", folder)
    return (folder / "0001_row.py").write_text


@pytest.mark.usefixtures("planets")
def test_a_migration_of_the_house_gives_no_number_out_again(migration):
    migration("def up(migrator, db):\n    migrator.migrate(migrator.add_not_null('planets', 'moons'))\n")
    runner().up()
    database.execute_sql("INSERT INTO planets (name, moons) VALUES ('Venus', 7)")
    assert rows("SELECT max(id) FROM planets") == [(4,)]


def test_two_runners_at_once_apply_each_migration_once(tmp_path, monkeypatch, migration, at_once):
    both = threading.Barrier(2)

    def meet():
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)  # who waits for their turn does not come here

    monkeypatch.setitem(sys.modules, "meeting", SimpleNamespace(meet=meet))
    migration(
        "import meeting\nmeeting.meet()\ndef up(migrator, db):\n    db.execute_sql('INSERT INTO seen VALUES (1)')\n"
    )
    bind_database(tmp_path / "sqlite.db")
    with database.connection_context():
        database.execute_sql("CREATE TABLE seen (what INTEGER)")
    applied = []

    def up():
        with database.connection_context():
            applied.append(runner().up())

    at_once(up, up)
    with database.connection_context():
        assert rows("SELECT count(*) FROM seen") == [(1,)]
    assert sorted(applied) == [[], ["0001_row"]]
    database.close_all()
