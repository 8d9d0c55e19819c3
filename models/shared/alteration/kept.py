"""What is kept for the undo of a change: the rows of before and after, and how each table was made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.shared.alteration.rows_in_words import all_tables, first_of, in_rows
from models.shared.database import database, is_sqlite
from models.shared.fields import utc_now
from models.shared.sql_names import sql_name

KEPT_PREFIX = "alteration_"
LIST = f"{KEPT_PREFIX}list"
MOST_UNDOS = 3


@dataclass
class KeptTable:
    """`old` is its name before and `new` afterwards, empty where it went. `state` says how it was made."""

    old: str
    new: str
    before: str
    after: str
    state: dict[str, Any]


@dataclass
class KeptAlteration:
    """One change. `file` is the migration that was written for it, if one was."""

    number: int
    made: str
    words: list[str]
    tables: list[KeptTable]
    migration: str
    file: str = ""


def is_kept_aside(table: str) -> bool:
    """Whether it is one of these tables, which no class has."""
    return table.startswith(KEPT_PREFIX)


def next_number() -> int:
    """Of the next change, in the transaction that makes it."""
    make_list()
    return int(database.execute_sql(f"SELECT max(id) FROM {LIST}").fetchone()[0] or 0) + 1  # noqa: S608


def make_list() -> None:
    """The table of the changes."""
    columns = "id INTEGER NOT NULL PRIMARY KEY, made TEXT NOT NULL, migration TEXT NOT NULL, content TEXT NOT NULL"
    database.execute_sql(f"CREATE TABLE IF NOT EXISTS {LIST} ({columns})")


def copy_rows_aside(table: str, kept: str) -> None:
    """A copy of the rows, without rules and references: nothing is in its way, and it is in nobody's."""
    database.execute_sql(f"CREATE TABLE {sql_name(kept)} AS SELECT * FROM {sql_name(table)}")  # noqa: S608


def note_alteration(kept: KeptAlteration) -> None:
    """Write it down; the oldest goes."""
    content = {"words": kept.words, "file": kept.file, "tables": [vars(table) for table in kept.tables]}
    values = (kept.number, utc_now().isoformat(" "), kept.migration, json.dumps(content))
    marks = ", ".join([database.param] * len(values))
    database.execute_sql(f"INSERT INTO {LIST} (id, made, migration, content) VALUES ({marks})", values)  # noqa: S608
    forget_alterations(kept_alterations()[MOST_UNDOS:])


def kept_alterations() -> list[KeptAlteration]:
    """All that can be undone, the newest first."""
    if LIST not in all_tables():
        return []
    found = database.execute_sql(f"SELECT id, made, migration, content FROM {LIST} ORDER BY id DESC").fetchall()  # noqa: S608
    return [made_kept(*row) for row in found]


def made_kept(number: int, made: str, migration: str, content: str) -> KeptAlteration:
    """From a row."""
    said = json.loads(content)
    tables = [KeptTable(**table) for table in said["tables"]]
    return KeptAlteration(number, made, said["words"], tables, migration, said["file"])


def forget_alterations(alterations: Iterable[KeptAlteration]) -> None:
    """They cannot be undone any more, and their rows are gone."""
    for kept in alterations:
        for table in kept.tables:
            for name in (table.before, table.after):
                database.execute_sql(f"DROP TABLE IF EXISTS {sql_name(name)}")
        database.execute_sql(f"DELETE FROM {LIST} WHERE id = {database.param}", (kept.number,))  # noqa: S608


def forget_all_kept() -> None:
    """No row of before is kept anywhere in the database, as when somebody is erased for good."""
    forget_alterations(kept_alterations())


def drop_kept() -> None:
    """The same, and the list goes, too."""
    forget_all_kept()
    database.execute_sql(f"DROP TABLE IF EXISTS {LIST}")


def written_since(table: KeptTable) -> list[str]:
    """What has become of its rows since the change, in words; and of the table itself."""
    if not table.new:
        return [f"There is a table {table.old} again."] if table.old in all_tables() else []
    if table.new not in all_tables():
        return [f"The table {table.new} is gone."]
    columns = column_names(table.after)
    if set(columns) != set(column_names(table.new)):
        return [f"The table {table.new} has other columns by now."]
    names = ", ".join(map(sql_name, columns))
    now, then = (f"SELECT {names} FROM {sql_name(each)}" for each in (table.new, table.after))  # noqa: S608
    new, old = numbers_in(f"{now} EXCEPT {then}"), numbers_in(f"{then} EXCEPT {now}")
    changes = {"added": new - old, "changed": new & old, "deleted": old - new}
    return [
        f"{in_rows(len(ids))} of {table.new} {what} since: {first_of(sorted(ids))}."
        for what, ids in changes.items()
        if ids
    ]


def column_names(table: str) -> list[str]:
    """In their order."""
    return [column.name for column in database.get_columns(table)]


def numbers_in(query: str) -> set[int]:
    """Of its rows."""
    return {number for (number,) in database.execute_sql(f"SELECT id FROM ({query}) AS found").fetchall()}  # noqa: S608


def how_made(table: str) -> dict[str, Any]:
    """How it is made: enough to make it again."""
    if is_sqlite():
        from models.shared.alteration.sqlite_state import sqlite_state

        return sqlite_state(table)
    from models.shared.alteration.postgresql_state import postgresql_state

    return postgresql_state(table)


def bring_table_back(table: KeptTable) -> None:
    """Make it as it was, with the rows of before."""
    if is_sqlite():
        from models.shared.alteration.sqlite_state import make_sqlite_as_before as make
    else:
        from models.shared.alteration.postgresql_state import make_postgresql_as_before as make
    make(table.old, table.new, table.before, table.state)
