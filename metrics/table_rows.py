"""How many rows each table has, without counting for long: a count that takes long is not made often."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from mmap import mmap
from threading import Lock

from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from models.shared.database import database, is_sqlite
from models.shared.loading import all_models
from models.shared.sql_names import sql_name
from models.shared.totals import totals_by

PATIENCE_SECONDS = 2  # with a server that says nothing: a scraper does not wait for long either
REST = 1000  # times as long as it took to count, nobody counts again


class TableRows:
    """What was counted last, for all processes: the memory is made before the server forks."""

    def __init__(self) -> None:
        self.names = sorted(model._meta.table_name for model in all_models())
        self.lock = Lock()
        self.counted = memoryview(mmap(-1, (len(self.names) + 1) * 8)).cast("d")  # behind them, when it is due again

    def look(self) -> bool:
        """Count if it is due; whether the database answers."""
        try:
            with for_a_moment(), database.connection_context() if database.is_closed() else nullcontext():
                database.execute_sql("SELECT 1")
                self.count_if_due()
        except (PeeweeException, MaxConnectionsExceeded):
            return False
        return True

    def count_if_due(self) -> None:
        """Unless somebody is about it."""
        if self.counted[-1] <= time.time() and self.lock.acquire(blocking=False):
            try:
                self.count()
            finally:
                self.lock.release()

    def count(self) -> None:
        """Ask for all of them with one query."""
        started = time.perf_counter()
        totals = totals_by([(f"SELECT COUNT(*) FROM {sql_name(name)}", ()) for name in self.names])  # noqa: S608
        for number, total in enumerate(totals):
            self.counted[number] = total
        self.counted[-1] = time.time() + REST * (time.perf_counter() - started)

    def known(self) -> dict[str, float]:
        """By the names of the tables; nothing before they have been counted once."""
        return dict(zip(self.names, self.counted, strict=False)) if self.counted[-1] else {}


@contextmanager
def for_a_moment() -> Iterator[None]:
    """Inside, nobody waits for long for a server that says nothing."""
    if is_sqlite():
        yield
        return
    from models.shared.postgresql.deadline import WaitingTime, deadline  # only for a server

    outer = deadline.set(WaitingTime(PATIENCE_SECONDS))
    try:
        yield
    finally:
        deadline.reset(outer)
