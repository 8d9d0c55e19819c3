"""Runs statements: `python -m lab.sql.inside` reads what to do as a line of JSON, and writes what came, line by line.

It is a process of its own, so that it can be ended. It knows a copy of the database without secrets, and nothing else.
"""

import json
import os
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from lab.sql.answer import answer_to, plan_of_statement
from lab.sql.difference import difference_of_copies
from lab.sql.limits import (
    MOST_BYTES_OF_SQL,
    MOST_STATEMENTS_AT_ONCE,
    MOST_WRITTEN,
    STEPS_BETWEEN_LOOKS,
    hold_connection,
    hold_process,
)
from lab.sql.permissions import Permissions, triggers_in
from lab.sql.pieces import Piece, pieces_of
from lab.sql.words import reason_of

CHANGING_KINDS = ("change", "make", "control")


class NotRun(Exception):
    """The message says why."""


def main() -> None:
    """Read, run, write."""
    job = json.loads(sys.stdin.readline())
    try:
        run_job(job)
    except NotRun as error:
        say("problem", str(error))
    except (sqlite3.Error, sqlite3.Warning, OSError, ValueError, MemoryError) as error:
        say("problem", reason_of(error))
    say("end", True)
    os._exit(0)


def say(what: str, value: Any) -> None:
    """A line for whoever waits."""
    print(json.dumps({what: value}), flush=True)


def run_job(job: dict[str, Any]) -> None:
    """All statements of the job, in their order."""
    copy, place = Path(job["copy"]), Path(job["place"])
    tasks = [(pieces_of(sql), values) for sql, values in job["statements"]]
    pieces = [piece for each, _ in tasks for piece in each]
    refuse_some(pieces)
    is_changing = any(piece.kind in CHANGING_KINDS for piece in pieces)
    hold_process(copy.stat().st_size + MOST_WRITTEN if is_changing else 0)
    if is_changing:
        copy = shutil.copyfile(copy, place / "changed.db")
    say("ready", is_changing)
    with closing(opened_copy(copy, is_changing)) as connection:
        permissions = Permissions(is_changing, job["secrets"], triggers_in(connection))
        run = Run(connection, permissions, job["seconds"])
        for each, values in tasks:
            for piece in each:
                run.one(piece, values)
        run.finish()
    if is_changing:
        say("comparing", True)
        say("changes", difference_of_copies(Path(job["copy"]), copy, list(run.tables), job["secrets"]))


def refuse_some(pieces: list[Piece]) -> None:
    """NotRun, for the first one that is not done here, before any other one is."""
    if not pieces:
        raise NotRun("There is no statement in it.")
    if len(pieces) > MOST_STATEMENTS_AT_ONCE:
        raise NotRun(f"These are {len(pieces):,} statements, and at most {MOST_STATEMENTS_AT_ONCE} are run at once.")
    for piece in pieces:
        if piece.kind == "refused":
            raise NotRun(piece.reason)


def opened_copy(copy: Path, may_change: bool) -> sqlite3.Connection:
    """A connection to the copy, and to no other file."""
    place = f"{copy.absolute().as_uri()}?{'mode=rw' if may_change else 'mode=ro&immutable=1'}"
    connection = sqlite3.connect(place, uri=True, isolation_level=None, cached_statements=0)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    settings = ["temp_store = memory", "foreign_keys = 1"]
    settings += ["journal_mode = memory", "synchronous = off"] if may_change else ["query_only = 1"]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").fetchall()
    hold_connection(connection)
    return connection


class Run:
    """Several statements on one connection."""

    def __init__(self, connection: sqlite3.Connection, permissions: Permissions, seconds: float) -> None:
        self.connection, self.permissions = connection, permissions
        self.may_change = permissions.may_change
        self.left = MOST_BYTES_OF_SQL
        self.tables: dict[str, None] = {}
        self.until = time.monotonic() + seconds
        connection.set_authorizer(permissions)
        connection.set_progress_handler(lambda: time.monotonic() > self.until, STEPS_BETWEEN_LOOKS)

    def one(self, piece: Piece, values: list[Any]) -> None:
        """Say what it will touch, run it, and say what came."""
        self.permissions.may_change = self.may_change or piece.kind == "explain"  # which changes nothing
        self.permissions.begin(piece.sql)
        try:
            plan = plan_of_statement(self.connection, piece, values)
            if piece.kind in ("change", "make"):
                say("touches", self.touched_by(piece, values))
            self.permissions.begin(piece.sql)
            before = self.connection.total_changes
            answer = answer_to(self.connection, piece, values, self.left)
        except (sqlite3.Error, sqlite3.Warning, ValueError, MemoryError) as error:
            raise NotRun(reason_of(error, self.permissions.refused)) from None
        self.tables |= {table: None for table, *_ in self.permissions.touched}
        self.left -= answer["bytes"]
        for column in self.permissions.read_secrets:
            say("read_secret", column)
        say("statement", answer | {"plan": plan, "changed": self.connection.total_changes - before})

    def touched_by(self, piece: Piece, values: list[Any]) -> list[tuple[str, str, str]]:
        """Which rows a statement would write: to explain it does not run it, but for a PRAGMA."""
        if piece.words[:1] != ("PRAGMA",):
            self.connection.execute(f"EXPLAIN {piece.sql}", values).close()
        return [*self.permissions.touched]

    def finish(self) -> None:
        """What a transaction has left open is taken back, as SQLite would."""
        if self.connection.in_transaction:
            self.connection.set_progress_handler(None, 0)
            self.connection.execute("ROLLBACK")
            say("note", "The transaction was not ended by COMMIT, so nothing of it stays.")


if __name__ == "__main__":
    main()
