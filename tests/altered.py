"""Tables that an older class has left behind, and how the command changes them: the same on each engine."""

import io
from dataclasses import dataclass, field

import pytest

import commands as command
from models.joke import Joke
from models.shared.database import database

MAKE = """CREATE TABLE jokes (id {id}, joke VARCHAR(200) NOT NULL, haha INTEGER NOT NULL, boohoo INTEGER NOT NULL)"""
IDS = {"sqlite": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "postgresql": "SERIAL NOT NULL PRIMARY KEY"}
UNIQUE = "CREATE UNIQUE INDEX jokes_joke ON jokes (joke)"
ROWS = [("Knock", 3, 0), ("Who is there?", 4, 1), ("Lost", 5, 2)]
TODAY = [(1, "Knock", 3, 0), (2, "Who is there?", 4, 1)]


@dataclass
class Case:
    """`old` makes the table as it was; `words` must be among what is printed, or in the last line of what ends it."""

    old: list[str]
    arguments: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    refused: str = ""
    rows: list[tuple] = field(default_factory=lambda: TODAY)


def put(column, value):
    return f"UPDATE jokes SET {column} = {value}"


CASES = {
    "a new column": Case(
        ["ALTER TABLE jokes DROP COLUMN haha"],
        words=["Joke.haha is new: 2 rows get 0.", 'migrator.add_column("jokes", "haha", IntegerField(default=0)),'],
        rows=[(1, "Knock", 0, 0), (2, "Who is there?", 0, 1)],
    ),
    "a new column with a value": Case(
        ["ALTER TABLE jokes DROP COLUMN haha"],
        ["--default", "Joke.haha=7"],
        words=["Joke.haha is new: 2 rows get 7."],
        rows=[(1, "Knock", 7, 0), (2, "Who is there?", 7, 1)],
    ),
    "a new column that each row must have another value in": Case(
        ["DROP INDEX jokes_joke", "ALTER TABLE jokes DROP COLUMN joke"],
        ["--default", "joke=x"],
        refused="Joke.joke is new and must differ in each of 2 rows",
    ),
    "a new column without a default": Case(
        ["DROP INDEX jokes_joke", "ALTER TABLE jokes DROP COLUMN joke"],
        refused="Joke.joke is new and has no default; 2 rows need a value. Say --default joke=…",
    ),
    "a new column of an empty table": Case(
        ["DELETE FROM jokes", "DROP INDEX jokes_joke", "ALTER TABLE jokes DROP COLUMN joke"],
        words=["Joke.joke is new: there are no rows yet.", 'migrator.add_not_null("jokes", "joke"),'],
        rows=[],
    ),
    "an old column that may go": Case(
        ["ALTER TABLE jokes ADD COLUMN puns INTEGER", "UPDATE jokes SET puns = 1 WHERE id = 1"],
        ["--drop", "puns"],
        words=["Joke.puns goes: 1 row loses a value."],
    ),
    "an old column that nobody speaks of": Case(
        ["ALTER TABLE jokes ADD COLUMN puns INTEGER", put("puns", 1)],
        refused="Joke has no puns any more; 2 rows have a value there. Say --drop puns",
    ),
    "another name": Case(
        ["ALTER TABLE jokes RENAME COLUMN haha TO laughs"],
        ["--rename", "laughs=haha"],
        words=["Joke.laughs is called haha from now on.", 'migrator.rename_column("jokes", "laughs", "haha"),'],
    ),
    "another name that nobody speaks of": Case(
        ["ALTER TABLE jokes RENAME COLUMN haha TO laughs"],
        refused="Joke has no laughs any more, and haha, of the same type, is new. "
        "Say --rename laughs=haha, or --drop laughs",
    ),
    "another name of an indexed column": Case(
        ["ALTER TABLE jokes RENAME COLUMN joke TO pun"],
        ["--rename", "jokes.pun=joke"],
        words=["Joke.pun is called joke from now on."],
    ),
    "a name that is none": Case(
        ["ALTER TABLE jokes RENAME COLUMN haha TO laughs"],
        ["--rename", "laughs=hoho"],
        refused="--rename laughs=hoho: Joke has no new field of that name",
    ),
    "an answer to nothing": Case(
        ["ALTER TABLE jokes DROP COLUMN haha"],
        ["--default", "hoho=1"],
        refused="What was said fits no difference: hoho.",
    ),
    "another type": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha TEXT NOT NULL DEFAULT ''",
            put("haha", "'12'"),
        ],
        words=["Joke.haha was TEXT, and becomes INTEGER; each value can be turned.", "IntegerField()"],
        rows=[(1, "Knock", 12, 0), (2, "Who is there?", 12, 1)],
    ),
    "a value that cannot be turned": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha TEXT NOT NULL DEFAULT '5'",
            "UPDATE jokes SET haha = 'many' WHERE id = 2",
        ],
        refused="1 row has a value in Joke.haha that cannot be turned: 2 ('many' must be a whole number).",
    ),
    "another value for it": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha TEXT NOT NULL DEFAULT '5'",
            "UPDATE jokes SET haha = 'many' WHERE id = 2",
        ],
        ["--default", "haha=99"],
        words=["They get 99 in its place.", "otherwise=99"],
        rows=[(1, "Knock", 5, 0), (2, "Who is there?", 99, 1)],
    ),
    "a text that is too long": Case(
        [
            "DROP INDEX jokes_joke",
            "ALTER TABLE jokes DROP COLUMN joke",
            "ALTER TABLE jokes ADD COLUMN joke TEXT NOT NULL DEFAULT ''",
            f"UPDATE jokes SET joke = '{'x' * 201}' WHERE id = 1",
        ],
        refused="must have at most 200 characters).",
    ),
    "no longer empty": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha INTEGER",
            "UPDATE jokes SET haha = 3 WHERE id = 1",
        ],
        words=["Joke.haha may no longer be empty: 1 row gets 0.", 'migrator.add_not_null("jokes", "haha"),'],
        rows=[(1, "Knock", 3, 0), (2, "Who is there?", 0, 1)],
    ),
    "no longer empty, without a default": Case(
        [
            "DROP INDEX jokes_joke",
            "ALTER TABLE jokes DROP COLUMN joke",
            "ALTER TABLE jokes ADD COLUMN joke VARCHAR(200)",
            UNIQUE,
        ],
        refused="Joke.joke may no longer be empty; 2 rows need a value. Say --default joke=…",
    ),
    "twins": Case(
        ["DROP INDEX jokes_joke", put("joke", "'The same'")],
        refused="Rows of jokes must differ in joke, and these are twins: 'The same' (rows 1, 2).",
    ),
    "a unique index": Case(
        ["DROP INDEX jokes_joke"],
        words=["Joke gets a unique index on joke.", 'migrator.add_index("jokes", ("joke",), True),'],
    ),
    "an index too many": Case(
        ["CREATE INDEX strange ON jokes (haha)"],
        words=["Joke loses an index on haha from now on.", 'migrator.drop_index("jokes", "strange"),'],
    ),
    "the condition of an index": Case(
        ["DROP INDEX jokes_joke", "CREATE UNIQUE INDEX jokes_joke ON jokes (joke) WHERE haha > 3"],
        words=["Joke gets a unique index on joke.", 'migrator.drop_index("jokes", "jokes_joke"),'],
    ),
    "an index of an expression": Case(["CREATE INDEX small ON jokes (lower(joke))"], words=['"small"']),
    "an index of a column that goes": Case(
        ["ALTER TABLE jokes ADD COLUMN puns INTEGER", put("puns", 1), "CREATE INDEX p ON jokes (puns)"],
        ["--drop", "jokes.puns"],
        words=["Joke.puns goes: 2 rows lose a value."],
    ),
    "a rule": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha INTEGER NOT NULL DEFAULT 3 CHECK (haha >= 0)",
        ],
        words=["Joke no longer asks for"],
        rows=[(1, "Knock", 3, 0), (2, "Who is there?", 3, 1)],
    ),
    "a reference": Case(
        [
            "ALTER TABLE jokes DROP COLUMN haha",
            "ALTER TABLE jokes ADD COLUMN haha INTEGER REFERENCES users (id)",
            put("haha", "NULL"),
        ],
        words=["Joke.haha refers to no row of users any more: it is a plain number."],
        rows=[(1, "Knock", 0, 0), (2, "Who is there?", 0, 1)],
    ),
    "another name of the table": Case(
        ["ALTER TABLE jokes RENAME TO puns"],
        ["--rename", "puns=jokes"],
        words=[
            "Joke has the table puns, which is called jokes from now on.",
            'migrator.rename_table("puns", "jokes"),',
        ],
    ),
    "another name of the table, that nobody speaks of": Case(
        ["ALTER TABLE jokes RENAME TO puns"],
        refused="Joke has no table yet, and puns, of the same columns, has 2 rows and no class. "
        "Say --rename puns=jokes, or --drop puns",
    ),
    "a table that may go": Case(
        ["CREATE TABLE puns (id INTEGER NOT NULL PRIMARY KEY, pun TEXT)", "INSERT INTO puns VALUES (1, 'x')"],
        ["--drop", "puns"],
        words=["The table puns has no class and goes with its 1 row.", "puns 1 → none"],
    ),
}


def make_old(engine, statements):
    """The table of jokes with two rows, of which the last one has been deleted, and then what was before."""
    with database.connection_context():
        for sql in (
            *("DELETE FROM folded WHERE place LIKE 'jokes.%%'" if engine == "postgresql" else "SELECT 1",),
            "DROP TABLE jokes",
            MAKE.format(id=IDS[engine]),
            UNIQUE,
        ):
            database.execute_sql(sql)
        Joke.insert_many(ROWS, [Joke.joke, Joke.haha, Joke.boohoo]).execute()
        database.execute_sql("DELETE FROM jokes WHERE id = 3")
        for sql in statements:
            database.execute_sql(sql)


def run_change(capsys, monkeypatch, *arguments, typed=None):
    """(how it ends, what it prints)."""
    ended = ""
    stdin = io.StringIO("\n".join(typed) + "\n" if typed else "")
    stdin.isatty = lambda: typed is not None
    monkeypatch.setattr("sys.stdin", stdin)
    try:
        command.main(["change", *arguments])
    except SystemExit as end:
        ended = str(end.code)
    said = capsys.readouterr()
    return ended + said.err, said.out


def jokes_now():
    with database.connection_context():
        return database.execute_sql("SELECT id, joke, haha, boohoo FROM jokes ORDER BY id").fetchall()


OTHERS = ("alteration", "change", "folded", "sqlite_")  # what a change leaves, and what is made from rows


def whole():
    """The tables with all rows, as a text that two moments can be compared by."""
    with database.connection_context():
        tables = sorted(table for table in database.get_tables() if not table.startswith(OTHERS))
        rows = {table: database.execute_sql(f'SELECT * FROM "{table}"').fetchall() for table in tables}
        columns = [sorted(map(repr, database.get_columns(table))) for table in tables]
        indexes = [sorted(map(repr, database.get_indexes(table))) for table in tables]
        return {table: sorted(map(repr, found)) for table, found in rows.items()}, columns, repr(indexes)


def check_change(run, case):
    """It is changed as the case says, and brought back."""
    before = whole()
    ended, said = run(*case.arguments)
    if case.refused:
        assert case.refused in ended
        assert "Nothing was changed" in ended or "--rename" in ended
        assert whole() == before
        return
    assert ended == ""
    for words in case.words:
        assert words in said
    assert [tuple(row) for row in jokes_now()] == case.rows
    assert run() == ("", "Every table fits its class: there is nothing to change.\n")
    with database.connection_context():
        assert Joke.insert(joke="New", haha=0, boohoo=0).execute() == 4
        database.execute_sql("DELETE FROM jokes WHERE id = 4")
    ended, said = run("--undo")
    assert (ended, said.splitlines()[-1].partition(":")[0]) == ("", "As before")
    assert whole() == before


every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
