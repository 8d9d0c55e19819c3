"""What the history of the present database says of the time since a backup, until a moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peewee import Field, PeeweeException

from models.change import Change
from models.changed_row import ChangedRow
from models.shared.backup.archive import Archive
from models.shared.backup.from_lines import drop_all_triggers
from models.shared.backup.manifest import BadBackup
from models.shared.backup.row_values import for_file
from models.shared.database import database
from models.shared.history.stored import stored_values
from models.shared.loading import all_models
from models.shared.sql_names import sql_name
from models.shared.start_errors import Unusable

RESTORED = "restored"  # what the history calls a restore: it does not know what went by it
LAST_OF_BACKUP = "SELECT id, created FROM changes ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True)
class Since:
    """The changes until a moment, and the ids of those who came or got another password in that time."""

    changes: list[Change]
    rows: list[ChangedRow]

    @property
    def without_password(self) -> int:
        """How many people there are whose password the history does not have."""
        touched = {row.row_id for row in self.rows if row.table_name == "users" and has_password(row)}
        return len(touched - {row.row_id for row in self.rows if row.table_name == "users" and row.done == "delete"})


def has_password(row: ChangedRow) -> bool:
    """Whether somebody came, or got another password."""
    return row.done == "create" or "_password" in stored_values(row.after)


def changes_since(archive: Archive, last: tuple[int, str] | None, until: datetime) -> Since:
    """Those of the database that is bound. Unusable when its history does not reach back to the backup."""
    number = last[0] if last else 0
    moment = until.astimezone(UTC).replace(tzinfo=None)
    try:
        with database.connection_context():
            if not reaches_back(last):
                raise PeeweeException
            if end := end_of_what_is_known(number, moment):
                raise Unusable(
                    f"A restore has taken away what came later than {end}: it is in a file before-….zip. "
                    f"What can be given is that moment: python -m models restore --at {end} {archive.path}"
                )
            which = (Change.id > number) & (Change.created <= moment)
            changes = list(Change.select().where(which).order_by(Change.id))
            rows = ChangedRow.select().join(Change).where(which).order_by(ChangedRow.id)
            return Since(changes, list(rows))
    except PeeweeException:
        made = archive.manifest.moment.astimezone()
        raise Unusable(
            f"The history does not reach from that backup to then. What can be given is {made:%Y-%m-%d %H:%M:%S}: "
            f"python -m models restore {archive.path}"
        ) from None


def reaches_back(last: tuple[int, str] | None) -> bool:
    """Whether what is bound has gone on from there, and has forgotten nothing since."""
    if last is None:
        return not Change.select().exists() or Change.select().where(Change.id == 1).exists()
    there = Change.get_or_none(Change.id == last[0])
    return there is not None and there.created is not None and str(there.created) == last[1]


def end_of_what_is_known(last: int, until: datetime) -> str:
    """Where a later restore has cut off the history since the change `last` before `until`: of when its end is."""
    later = (Change.id > last) & (Change.label == RESTORED) & (Change.created > until)
    restore = Change.select().where(later).order_by(Change.id).first()
    end = restore and Change.select().where(Change.id < restore.id).order_by(Change.id.desc()).first()
    return f"{end.created.replace(tzinfo=UTC).astimezone().isoformat()}" if end and end.created < until else ""


def last_change(copy: Path) -> tuple[int, str] | None:
    """The newest one of a backup: its number, and when it was."""
    with closing(sqlite3.connect(copy)) as connection, suppress(sqlite3.OperationalError):  # one that has no history
        found: tuple[int, str] | None = connection.execute(LAST_OF_BACKUP).fetchone()
        return found
    return None


def apply_changes(copy: Path, since: Since, name: str) -> None:
    """Do in the file `copy` what was done since. BadBackup when it does not fit."""
    fields = {model._meta.table_name: known_columns(model) for model in all_models()}
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection, table_of_then_in_words(name):
        connection.execute("BEGIN")
        drop_all_triggers(connection)  # the history comes along as it is
        for row in since.rows:
            table = fields.get(row.table_name)
            if table and not do_again(connection, row, table):
                raise BadBackup(f"{name} does not fit to the history: {row.table_name} {row.row_id} is not as it was")
        for each in (*since.changes, *since.rows):
            insert_values(connection, each._meta.table_name, values_of_row(each))
        connection.execute("COMMIT")


@contextmanager
def table_of_then_in_words(name: str) -> Iterator[None]:
    """Unusable where a table or a column of the history is not in the backup."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "no such column" not in str(error) and "has no column" not in str(error):
            raise
        raise Unusable(
            f"{name} is from before a table was changed, and its rows cannot be followed over that: take a moment "
            "before the change with the class of then, or a younger backup"
        ) from None


def values_of_row(row: Any) -> dict[str, Any]:
    """As its table has them."""
    return {field.column_name: for_file(field, row.__data__[field.name]) for field in row._meta.sorted_fields}


def known_columns(model: Any) -> dict[str, Field]:
    """The columns whose values the history has: of a secret it only knows that it changed."""
    return {name: field for name, field in model._meta.columns.items() if field.name not in model.secrets}


def do_again(connection: sqlite3.Connection, row: ChangedRow, fields: dict[str, Field]) -> bool:
    """What was done to one row; whether it was there to be changed."""
    table, after = sql_name(row.table_name), stored_values(row.after)
    values = {column: for_file(fields[column], value) for column, value in after.items() if column in fields}
    if row.done == "create":
        return insert_values(connection, row.table_name, values | {"id": row.row_id})
    sql = f"DELETE FROM {table} WHERE id = ?"  # noqa: S608
    if row.done == "update":
        sets = ", ".join(f"{sql_name(column)} = ?" for column in values) or "id = id"
        sql = f"UPDATE {table} SET {sets} WHERE id = ?"  # noqa: S608
    given = values.values() if row.done == "update" else ()
    return connection.execute(sql, (*given, row.row_id)).rowcount == 1


def insert_values(connection: sqlite3.Connection, table: str, values: dict[str, Any]) -> bool:
    """A row; whether there was room for it."""
    columns, marks = ", ".join(map(sql_name, values)), ", ".join("?" * len(values))
    sql = f"INSERT OR IGNORE INTO {sql_name(table)} ({columns}) VALUES ({marks})"  # noqa: S608
    return connection.execute(sql, tuple(values.values())).rowcount == 1
