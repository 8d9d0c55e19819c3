"""Each SQL statement of a request: its values, its time, its rows, and the line that asked for it."""

import sys
from time import perf_counter
from types import FrameType
from typing import Any

from lab.patience import refused_while_describing
from lab.places import FILE_KINDS, OWN, SourceLine, short_name
from lab.recording import Statement, current_recording
from lab.sql_words import verb_of
from models.shared.database import database

MOST_ROWS_SEEN = 100  # of an answer: what a later statement asks for may be one of their values


class CountedCursor:
    """A cursor that counts the rows which are read from it."""

    def __init__(self, cursor: Any, statement: Statement) -> None:
        self.__dict__.update(cursor=cursor, statement=statement)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.cursor, name, value)

    def __iter__(self) -> Any:
        for row in self.cursor:
            self.count([row])
            yield row

    def fetchone(self) -> Any:
        """As the driver's."""
        row = self.cursor.fetchone()
        if row is not None:
            self.count([row])
        return row

    def fetchmany(self, *size: Any, **named: Any) -> Any:
        """As the driver's."""
        rows = self.cursor.fetchmany(*size, **named)
        self.count(rows)
        return rows

    def fetchall(self) -> Any:
        """As the driver's."""
        rows = self.cursor.fetchall()
        self.count(rows)
        return rows

    def count(self, rows: list[Any]) -> None:
        """Count them, and remember the first."""
        statement = self.statement
        statement.rows += len(rows)
        if len(statement.seen) < MOST_ROWS_SEEN:
            statement.seen += rows[: MOST_ROWS_SEEN - len(statement.seen)]


def watch_statements() -> None:
    """Have the database that is bound now tell of its statements, those of requests that are watched."""
    bound: Any = database.obj
    for name in ("execute_sql", "begin", "commit", "rollback"):
        setattr(bound, name, told(name, getattr(bound, name)))
    bound.connect = refused_while_describing(bound.connect)


def told(name: str, method: Any) -> Any:
    """`method` of a database, which leaves a Statement."""

    def execute(*arguments: Any, **named: Any) -> Any:
        recording = current_recording.get()
        if recording is None:
            return method(*arguments, **named)
        sql, values = (*arguments, *named.values(), None)[:2] if name == "execute_sql" else (name.upper(), None)
        statement = recording.add(str(sql), values, asking_line(sys._getframe(1)))
        try:
            found = method(*arguments, **named)
        except BaseException as error:
            statement.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            statement.ended = perf_counter()
        if name != "execute_sql":
            return found
        return CountedCursor(found, statement) if found.description else changed(found, statement)

    return execute


def changed(cursor: Any, statement: Statement) -> Any:
    """The cursor of a statement that changes rows."""
    statement.rows = max(cursor.rowcount, 0)
    if verb_of(statement.sql) == "INSERT":
        statement.new_id = getattr(cursor, "lastrowid", None)
    return cursor


def asking_line(frame: FrameType | None) -> SourceLine | None:
    """The innermost line of the student's that led to this."""
    while frame is not None:
        if FILE_KINDS[frame.f_code.co_filename] == OWN:
            return SourceLine(short_name(frame.f_code.co_filename), frame.f_lineno)
        frame = frame.f_back
    return None
