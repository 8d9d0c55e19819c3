"""Takes the secrets out of a copy of the database, before anybody's statement meets it.

A rule by names alone has ways around it: a column that was copied, a trigger that notes old rows. So all values are
looked at, too. The copy is written anew in the end, as SQLite leaves what was deleted in its file.
"""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from lab.secrets import HIDDEN, LOOKS_SECRET, without_hashes
from models.shared.sql_names import sql_name

SHORTEST_SECRET = 32  # letters: no hash and no token is shorter
NUMBERS = re.compile(r"INT|REAL|FLOA|DOUB|NUM|DEC|BOOL", re.IGNORECASE)
SETTINGS = (
    "journal_mode = off",
    "synchronous = off",
    "temp_store = memory",
    "ignore_check_constraints = 1",
)
SecretsOf = Callable[[str, list[str]], list[str]]  # the secret ones among the columns of a table
SAMPLES = "sqlite_stat[34]"  # what ANALYZE may keep of values


class TableOfCopy(NamedTuple):
    """A table with rows of its own: its columns that can be written, with their types, and those that are unique."""

    name: str
    types: dict[str, str]
    unique: set[str]
    has_rowid: bool


def blank_copy(path: Path, blanked: Path, secrets_of: SecretsOf) -> dict[str, list[str]]:
    """Write `blanked`: the database at `path` without its secrets; which columns of which tables they were in.

    `secrets_of` is asked for the columns of a table that must not be read.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        for setting in SETTINGS:
            copy.execute(f"PRAGMA {setting}")
        copy.create_function("looks_secret", 1, looks_secret, deterministic=True)
        copy.create_function("without_hashes", 1, without_hashes_in, deterministic=True)
        triggers = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:  # one may write a secret elsewhere
            copy.execute(f"DROP TRIGGER {sql_name(name)}")
        for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE name GLOB ?", (SAMPLES,)).fetchall():
            copy.execute(f"DROP TABLE {name}")
        secrets = blank_tables(copy, secrets_of)
        for _, sql in triggers:
            copy.execute(sql)
        copy.execute("VACUUM INTO ?", (str(blanked),))
    return secrets


def blank_tables(copy: sqlite3.Connection, secrets_of: SecretsOf) -> dict[str, list[str]]:
    """Blank what is secret by its name, then what looks so; the columns of the first kind."""
    secrets = {}
    virtual = [name for name, sql in tables_with_sql(copy) if is_virtual(sql)]
    for table in tables_of_copy(copy, virtual):
        secret = secrets_of(table.name, list(table.types))
        for column in secret:
            blank_column(copy, table, column)
        if secret:
            secrets[table.name] = secret
            forget_folded(copy, table.name, secret, virtual)
        hide_values(copy, table)
    for name in virtual:
        drop_if_secret(copy, name)
    return secrets


def tables_with_sql(copy: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables by their names, and what made them."""
    return copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL").fetchall()


def is_virtual(sql: str) -> bool:
    """Whether a table keeps its rows in others."""
    return sql.lower().startswith("create virtual")


def tables_of_copy(copy: sqlite3.Connection, virtual: list[str]) -> list[TableOfCopy]:
    """Those that can be written: no virtual ones, nor those in which these keep their rows."""
    found = []
    for name, sql in tables_with_sql(copy):
        if is_virtual(sql) or name.startswith("sqlite_") or any(name.startswith(f"{each}_") for each in virtual):
            continue
        columns = copy.execute(f"PRAGMA table_xinfo({sql_name(name)})").fetchall()
        types = {column: kind for _, column, kind, *_, hidden in columns if not hidden}
        found.append(TableOfCopy(name, types, unique_columns(copy, name), not re.search(r"WITHOUT\s+ROWID", sql, re.I)))
    return found


def unique_columns(copy: sqlite3.Connection, table: str) -> set[str]:
    """The columns of which no value may be there twice, alone or with others."""
    indexes = [each[1] for each in copy.execute(f"PRAGMA index_list({sql_name(table)})").fetchall() if each[2]]
    return {
        column
        for index in indexes
        for _, _, column in copy.execute(f"PRAGMA index_info({sql_name(index)})").fetchall()
        if column
    }


def blank_column(copy: sqlite3.Connection, table: TableOfCopy, column: str) -> None:
    """Put the same into all its rows; where it must be unique, with the number of the row."""
    number = "rowid" if table.has_rowid else "abs(random())"
    if NUMBERS.search(table.types[column]):
        blank = number if column in table.unique else "0"
    else:
        blank = f"'{HIDDEN} ' || {number}" if column in table.unique else f"'{HIDDEN}'"
    name = sql_name(column)
    copy.execute(f"UPDATE {sql_name(table.name)} SET {name} = {blank} WHERE {name} IS NOT NULL")  # noqa: S608


def hide_values(copy: sqlite3.Connection, table: TableOfCopy) -> None:
    """Blank each value that looks like a hash, a digest or a token, whatever its column is called."""
    number = "rowid" if table.has_rowid else "abs(random())"
    for column in table.types:
        name = sql_name(column)
        value = f"'{HIDDEN} ' || {number}" if column in table.unique else f"without_hashes({name})"
        copy.execute(
            f"UPDATE {sql_name(table.name)} SET {name} = {value} WHERE typeof({name}) IN ('text', 'blob') "  # noqa: S608
            f"AND length({name}) >= {SHORTEST_SECRET} AND looks_secret({name})"
        )


def forget_folded(copy: sqlite3.Connection, table: str, columns: list[str], virtual: list[str]) -> None:
    """The copies for search of secret texts, and the index that was made of them."""
    if "folded" not in {name for name, _ in tables_with_sql(copy)}:
        return
    places = [f"{table}.{column}" for column in columns]
    marks = ", ".join("?" * len(places))
    if copy.execute(f"DELETE FROM folded WHERE place IN ({marks})", places).rowcount:  # noqa: S608
        for name in {f"folded_{table}", f"folded_{table}_short"} & {*virtual}:
            copy.execute(f"DROP TABLE {sql_name(name)}")
            virtual.remove(name)


def drop_if_secret(copy: sqlite3.Connection, virtual: str) -> None:
    """Drop a virtual table when what it keeps looks like a secret: its own tables must not be written."""
    kept = [name for name, _ in tables_with_sql(copy) if name.startswith(f"{virtual}_")]
    for name in kept:
        columns = [sql_name(each[1]) for each in copy.execute(f"PRAGMA table_info({sql_name(name)})").fetchall()]
        looks = " OR ".join(f"(typeof({each}) = 'text' AND looks_secret({each}))" for each in columns)
        if copy.execute(f"SELECT 1 FROM {sql_name(name)} WHERE {looks} LIMIT 1").fetchone():  # noqa: S608
            copy.execute(f"DROP TABLE {sql_name(virtual)}")
            return


def looks_secret(value: Any) -> bool:
    """Whether a hash, a digest or a token is in it."""
    return bool(LOOKS_SECRET.search(as_letters(value)))


def without_hashes_in(value: Any) -> str:
    """The value with ••• in place of each."""
    return without_hashes(as_letters(value))


def as_letters(value: Any) -> str:
    """A text, or bytes as one."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
