"""A copy of SQLite's file as it is at one moment, made while others write, who hardly notice."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from peewee import OperationalError, __exception_wrapper__  # type: ignore[attr-defined]  # its stubs forget the last

from models.shared.unavailable import HELD, Unavailable, raise_in_words

STEP_PAGES = 500  # a step, two megabytes: its sync is done before a writer's own has to wait for long
ASK_SECONDS = 0.0005  # asked often, as SQLite itself would let a busy writer starve us
REST_SECONDS = 0.02  # between two steps where writers come in only then
MOST_BEGINNINGS = 4  # the first one, and three more
HELD_SECONDS = 10  # to wait for another program that lets nobody read

Told = Callable[[int, int], None]  # pages that are copied, and all


class BegunTooOften(Exception):
    """Somebody writes between any two steps."""


class Progress:
    """What SQLite tells after each step; `told` hears it, too, and ends the copy by an exception."""

    def __init__(self, after_step: Callable[[], None], told: Told) -> None:
        self.after_step, self.told = after_step, told
        self.remaining, self.beginnings = -1, 0
        self.held_since = 0.0  # by a writer who commits, or by another program

    def __call__(self, status: int, remaining: int, total: int) -> None:
        """BegunTooOften, or Unavailable while nobody may read."""
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self.held_since = self.held_since or time.monotonic()
            if time.monotonic() >= self.held_since + HELD_SECONDS:
                raise Unavailable(HELD)
            time.sleep(ASK_SECONDS)
            return
        self.held_since = 0.0
        if remaining >= self.remaining:
            self.beginnings += 1
            if self.beginnings > MOST_BEGINNINGS:
                raise BegunTooOften
        self.remaining = remaining
        self.told(total - remaining, total)
        self.after_step()


def told_nobody(_done: int, _all: int) -> None:
    """Of a copy that nobody waits for."""


def copy_live(live: str, copy: Path, told: Told = told_nobody) -> None:
    """Copy all rows of one moment into the new file `copy`, which any program can read alone; it is on the disk then.

    In WAL that is the moment of the beginning, and nobody waits. With a journal no writer comes in beside a reader, so
    there are pauses; who writes in one makes the copy begin again, and after the fourth time it is made in one go.
    """
    place = f"{Path(live).absolute().as_uri()}?mode=rw"  # as `ro` could not open a log that is not in use
    with (
        told_in_words(),
        closing(sqlite3.connect(place, timeout=HELD_SECONDS, uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(copy, isolation_level=None)) as target,
    ):
        source.execute("PRAGMA query_only = 1")
        target.execute("PRAGMA synchronous = off")
        target.execute("PRAGMA journal_mode = memory")
        with copy.open("r+b") as file:  # SQLite has one of its own; no other program knows this file yet
            sync = partial(os.fsync, file.fileno())
            if source.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                copy_pinned(source, target, Progress(sync, told))
            else:
                copy_in_pauses(source, target, sync, told)
            target.execute("PRAGMA journal_mode = delete")  # where the rows are of WAL, the copy would be, too
            sync()


@contextmanager
def told_in_words() -> Iterator[None]:
    """What SQLite finds amiss is one of Peewee's errors, and Unavailable where there are words for it."""
    try:
        with __exception_wrapper__:
            yield
    except OperationalError as error:
        raise_in_words(error)


def copy_pinned(source: sqlite3.Connection, target: sqlite3.Connection, progress: Progress) -> None:
    """The moment stays, as a transaction has it; without one, any other writer would make the copy begin again."""
    source.execute("BEGIN")
    source.execute("SELECT 1 FROM sqlite_master").fetchone()
    source.backup(target, pages=STEP_PAGES, progress=progress)
    source.execute("COMMIT")


def copy_in_pauses(
    source: sqlite3.Connection, target: sqlite3.Connection, sync: Callable[[], None], told: Told
) -> None:
    """Step by step; in one go when others write too often."""

    def rest() -> None:
        sync()
        time.sleep(REST_SECONDS)

    source.execute("PRAGMA busy_timeout = 0")
    try:
        source.backup(target, pages=STEP_PAGES, progress=Progress(rest, told), sleep=0)
    except BegunTooOften:
        source.backup(target, progress=Progress(sync, told), sleep=0)
