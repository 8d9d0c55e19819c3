"""A change is tried where it can do no harm: on a copy of SQLite's file, or in a transaction that is taken back."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from models.shared.alteration.answers import Answers
from models.shared.alteration.carrying_out import Report, carry_out, taken_back
from models.shared.alteration.plan import Alteration
from models.shared.database import BUSY_SECONDS, POOL_SIZE, database, is_sqlite
from models.shared.history.following import follow_tables
from models.shared.history.writer import Writer, writing
from models.shared.live_copy import copy_live
from models.shared.sqlite_file import SqliteFile

OF_A_KILLED_ONE = 3600  # seconds


def rehearse_alteration(alteration: Alteration, answers: Answers) -> Report:
    """What it does and how long it takes. Whatever it raises, nothing has been changed."""
    # What is written on the copy is no part of the change that the command makes.
    with redirect_stdout(StringIO()), writing(Writer()), on_copy() if is_sqlite() else taken_back():
        return carry_out(alteration, answers, with_rows=False)


@contextmanager
def on_copy() -> Iterator[None]:
    """Everything inside happens to a copy of the database."""
    live = database.obj
    place = Path(live.database).parent
    for left in place.glob(".rehearsal-*"):
        if left.stat().st_mtime < time.time() - OF_A_KILLED_ONE:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=".rehearsal-", dir=place) as folder:
        copy = Path(folder) / "sqlite.db"
        copy_live(live.database, copy)
        pool = {"max_connections": POOL_SIZE, "autoconnect": False}
        database.initialize(SqliteFile(str(copy), "truncate", BUSY_SECONDS, **pool))
        follow_tables()
        try:
            with database.connection_context():
                yield
        finally:
            database.close_all()
            database.initialize(live)
