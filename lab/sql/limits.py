"""How much one statement may take, and what SQLite is held to for that."""

import sqlite3
from contextlib import suppress

SECONDS_OF_SQL = 2.0
SECONDS_TO_COMPARE = 8.0  # with the copy before it, which a statement of somebody's has no part in
MOST_ROWS_OF_SQL = 1000
MOST_BYTES_OF_SQL = 2 * 1024 * 1024  # of rows
MOST_LETTERS_OF_SQL = 100_000
MOST_STATEMENTS_AT_ONCE = 50
MOST_LETTERS_OF_CELL = 100_000
MEMORY_OF_SQL = 384 * 1024 * 1024  # of the process, Python included
MOST_WRITTEN = 64 * 1024 * 1024  # more than the copy has already
STEPS_BETWEEN_LOOKS = 1000  # of SQLite's machine, before it looks at the clock

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 16 * 1024 * 1024,  # of a value, and of a row
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 2 * MOST_LETTERS_OF_SQL,
    sqlite3.SQLITE_LIMIT_COLUMN: 1000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 300,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 5000,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


def hold_connection(connection: sqlite3.Connection) -> dict[int, int]:
    """Hold it to the limits; what they were before."""
    return {limit: connection.setlimit(limit, most) for limit, most in LIMITS.items()}


def hold_process(written: int) -> None:
    """Hold this process to so much memory and time, and to so many bytes `written`, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows has none: there it is ended from outside
        return
    seconds = int(SECONDS_OF_SQL + SECONDS_TO_COMPARE) + 1
    limits = {resource.RLIMIT_AS: MEMORY_OF_SQL, resource.RLIMIT_FSIZE: written, resource.RLIMIT_CORE: 0}
    for kind, most in {**limits, resource.RLIMIT_CPU: seconds}.items():
        with suppress(OSError, ValueError):  # some systems do not have each of them
            resource.setrlimit(kind, (most, most))
