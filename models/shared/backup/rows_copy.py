"""The rows of one moment, as files that are put into a backup."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from models.shared.backup.manifest import moment_now
from models.shared.backup.postgresql_copy import DUMP_FILE, dump_to, postgresql_facts, select_rows, snapshot
from models.shared.backup.row_lines import ROWS_FOLDER, lines_of_all
from models.shared.backup.rows_facts import Facts
from models.shared.backup.sqlite_copy import sqlite_facts
from models.shared.database import database, is_sqlite
from models.shared.live_copy import Told, copy_live
from models.shared.unavailable import FULL, Unavailable
from models.shared.writable import has_room

SQLITE_FILE = "database.sqlite"


@dataclass(frozen=True)
class RowsCopy:
    """`files` are their places, by their names in a backup; `rows_in` as in a manifest."""

    moment: str
    engine: str
    rows_in: str
    facts: Facts
    files: dict[str, Path]


def copy_of_rows(work: Path, after_step: Callable[[], None], told: Told, as_lines: bool) -> RowsCopy:
    """Copy them into the folder `work`; `after_step` is called again and again meanwhile."""
    copied = sqlite_rows(work, after_step, told) if is_sqlite() else postgresql_rows(work, after_step, as_lines)
    return sqlite_lines(copied, work) if as_lines and is_sqlite() else copied


def sqlite_rows(work: Path, after_step: Callable[[], None], told: Told) -> RowsCopy:
    """A copy of the file."""
    copy = work / SQLITE_FILE
    if not has_room(work, Path(database.database).stat().st_size * 2):
        raise Unavailable(FULL)  # before those who write have no room either
    moment = moment_now().isoformat()

    def note(done: int, in_all: int) -> None:
        after_step()
        told(done, in_all)

    copy_live(database.database, copy, note)
    return RowsCopy(moment, "sqlite", SQLITE_FILE, sqlite_facts(copy, "The database"), {SQLITE_FILE: copy})


def sqlite_lines(copied: RowsCopy, work: Path) -> RowsCopy:
    """The same rows as lines."""
    with closing(sqlite3.connect(copied.files[SQLITE_FILE])) as connection:
        files = lines_of_all(work, copied.facts.tables, connection.execute)
    copied.files[SQLITE_FILE].unlink()
    return replace(copied, rows_in=ROWS_FOLDER, facts=only_lines(copied.facts, files), files=files)


def postgresql_rows(work: Path, after_step: Callable[[], None], as_lines: bool) -> RowsCopy:
    """A dump by pg_dump where that is here, else lines."""
    with snapshot():
        moment, facts = moment_now().isoformat(), postgresql_facts()
        after_step()
        if not as_lines and dump_to(work / DUMP_FILE):
            return RowsCopy(moment, "postgresql", DUMP_FILE, facts, {DUMP_FILE: work / DUMP_FILE})
        return postgresql_lines(work, moment, facts)


def postgresql_lines(work: Path, moment: str, facts: Facts) -> RowsCopy:
    """In a transaction: the rows that it sees, of which these are the facts."""
    files = lines_of_all(work, facts.tables, select_rows)
    return RowsCopy(moment, "postgresql", ROWS_FOLDER, only_lines(facts, files), files)


def only_lines(facts: Facts, files: dict[str, Path]) -> Facts:
    """What is said of the tables whose rows are saved."""
    tables = {table: count for table, count in facts.tables.items() if f"{ROWS_FOLDER}/{table}.jsonl" in files}
    sequences = {table: number for table, number in facts.sequences.items() if table in tables}
    return replace(facts, tables=tables, sequences=sequences)
