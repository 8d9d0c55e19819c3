"""PostgreSQL's part of a backup: a dump by its own program where that is here, else lines; both of one moment."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from models.shared.backup.rows_facts import Facts, facts_of
from models.shared.database import database

DUMP_FILE = "database.pgdump"
ROWS_AT_ONCE = 2000
LAST_NUMBERS = (
    "SELECT t.relname, s.seqrelid::regclass::text FROM pg_sequence s JOIN pg_depend d ON d.objid = s.seqrelid "
    "JOIN pg_class t ON t.oid = d.refobjid WHERE d.deptype IN ('a', 'i') "
    "AND t.relnamespace = current_schema()::regnamespace"
)


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read inside is of one moment."""
    with database.connection_context() if database.is_closed() else nullcontext(), database.transaction():
        database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def postgresql_facts() -> Facts:
    """What is in the database, within a `snapshot`."""
    columns = {table: {column.name for column in database.get_columns(table)} for table in database.get_tables()}
    return facts_of(lambda sql: database.execute_sql(sql).fetchall(), columns, last_numbers())


def last_numbers() -> dict[str, int]:
    """The number that was given last in each table."""
    found = database.execute_sql(LAST_NUMBERS).fetchall()
    numbers = {}
    for table, sequence in found:
        last, is_called = database.execute_sql(f"SELECT last_value, is_called FROM {sequence}").fetchone()  # noqa: S608
        if is_called:
            numbers[table] = last
    return dict(sorted(numbers.items()))


def select_rows(sql: str) -> Iterator[tuple[Any, ...]]:
    """A query's rows, which come some at a time."""
    with database.connection().cursor(name="saved_rows") as cursor:
        cursor.itersize = ROWS_AT_ONCE
        cursor.execute(sql)
        yield from cursor


def dump_to(path: Path) -> bool:
    """Have pg_dump write what this `snapshot` sees; False where it is not here, or does not fit the server."""
    program = shutil.which("pg_dump")
    if not program:
        return False
    (number,) = database.execute_sql("SELECT pg_export_snapshot()").fetchone()
    line = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={number}", f"--file={path}"]
    return run_tool(line, database.database)


def run_tool(line: list[str], name: str, *files: str) -> bool:
    """Run a program of PostgreSQL on the database `name` of this server; whether that went well."""
    password = database.obj.pool.servers.known.get("password")
    with password_file(password) if password else nullcontext() as file:
        place = database.obj.conninfo(dbname=name, password=None, passfile=file)
        done = subprocess.run([*line, f"--dbname={place}", *files], capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0


@contextmanager
def password_file(password: str) -> Iterator[str | None]:
    """Where only we can read it: a command line is seen by others on the machine."""
    with NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n")
        file.flush()
        yield file.name


def set_last_numbers(numbers: dict[str, int]) -> None:
    """No number that was given is given again."""
    for table, sequence in database.execute_sql(LAST_NUMBERS).fetchall():
        if table in numbers:
            database.execute_sql("SELECT setval(%s::regclass, %s)", (sequence, numbers[table]))
