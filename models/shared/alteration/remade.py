"""A table of SQLite is made anew with another statement, and what the old one knew stays."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from peewee import OperationalError

from models.shared.alteration.table_sql import TableSql, parse_table
from models.shared.database import database
from models.shared.sql_names import sql_name

INDEXES_AND_TRIGGERS = (
    "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL"
)
OF_HISTORY = re.compile("history_[0-9a-f]{8}_[0-9]+")  # triggers that name columns: they are made by what they name
PROBE = "alteration_probe"


def sql_of_table(table: str) -> str:
    """What made it."""
    rows = database.execute_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchall()
    return str(rows[0][0]) if rows else ""


def definitions_of(table: str) -> TableSql:
    """The same, taken apart."""
    return parse_table(sql_of_table(table))


def sql_around(table: str) -> list[str]:
    """What makes its indexes and triggers."""
    found = database.execute_sql(INDEXES_AND_TRIGGERS, (table,)).fetchall()
    return [sql for name, sql in found if not OF_HISTORY.fullmatch(name)]


def plain_columns(table: str) -> list[str]:
    """Those that have a value of their own, as none that SQLite computes has."""
    return [row[1] for row in database.execute_sql(f"PRAGMA table_info({sql_name(table)})").fetchall()]


def make_anew(table: str, sql: str, values: Mapping[str, str], around: list[str], source: str = "") -> None:
    """Make `table` again by the statement `sql`, which calls it `…__new`, within a transaction without foreign keys.

    Its rows come from `source` or the old table: `values` says of each column by what SQL. It keeps the highest number
    that a row has ever had, and gets the indexes and triggers that `around` makes.
    """
    new, last = f"{table}__new", highest_number(table)
    columns = ", ".join(map(sql_name, values))
    database.execute_sql(f"DROP TABLE IF EXISTS {sql_name(new)}")
    database.execute_sql(sql)
    found = f"SELECT {', '.join(values.values())} FROM {sql_name(source or table)}"  # noqa: S608 - names of ours
    database.execute_sql(f"INSERT INTO {sql_name(new)} ({columns}) {found}")
    with only_this_name():
        database.execute_sql(f"DROP TABLE IF EXISTS {sql_name(table)}")
        database.execute_sql(f"ALTER TABLE {sql_name(new)} RENAME TO {sql_name(table)}")
    keep_highest_number(table, last)
    for statement in around:
        database.execute_sql(statement)


def highest_number(table: str) -> int:
    """The highest number that a row of `table` has ever had, as far as SQLite knows."""
    with suppress(OperationalError):  # no table counts its rows yet
        found = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return int(found[0] or 0) if found else 0
    return 0


def keep_highest_number(table: str, last: int) -> None:
    """No row gets a number up to `last` again."""
    with suppress(OperationalError):
        last = max(last, highest_number(table))
        database.execute_sql("DELETE FROM sqlite_sequence WHERE name IN (?, ?)", (table, f"{table}__new"))
        if "AUTOINCREMENT" in sql_of_table(table).upper():
            database.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


@contextmanager
def only_this_name() -> Iterator[None]:
    """A table gets another name, and what stands elsewhere stays as it is: keys of other tables, views, triggers."""
    database.execute_sql("PRAGMA legacy_alter_table = 1")
    try:
        yield
    finally:
        database.execute_sql("PRAGMA legacy_alter_table = 0")


def broken_by_names() -> str:
    """What SQLite says of the first trigger or view that names a column or a table that is not there; else nothing."""
    try:
        with database.atomic():
            database.execute_sql(f"CREATE TABLE {PROBE} (id INTEGER)")
            database.execute_sql(f"ALTER TABLE {PROBE} RENAME TO {PROBE}_2")
            database.execute_sql(f"DROP TABLE {PROBE}_2")
    except OperationalError as error:
        return str(error).removeprefix("error in ").replace(" after rename", "")
    return ""
