"""The database: where it is and how it is opened."""

import atexit
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from peewee import (  # type: ignore[attr-defined]  # its stubs forget the last
    DatabaseProxy,
    PeeweeException,
    __exception_wrapper__,
)

from models.shared.drivers import read_times_kindly
from models.shared.reserve import make_room
from models.shared.sqlite_file import SqliteFile
from models.shared.start_errors import Unusable
from models.shared.storage import Folder, storage
from models.shared.together import current_writing
from models.shared.unavailable import SERVER_READ_ONLY, Unavailable


class Database(DatabaseProxy):
    """The one that is bound later. Its `atomic()` also begins the transaction of `together()`."""

    def atomic(self, *args: Any, **options: Any) -> Any:
        """As Peewee's."""
        all_of_it = current_writing.get()
        if all_of_it:
            all_of_it.begin(self)
        return super().atomic(*args, **options)

    def savepoint(self) -> Any:
        """The one of the database that is bound; Peewee's own would be that of any."""
        return self.obj.savepoint()

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same statement for each of `rows`. What goes wrong is one of Peewee's errors, as with one."""
        with self.told_before(sql), __exception_wrapper__:
            self.cursor().executemany(sql, rows)


database = Database()

POOL_SIZE = 32  # at once and for one process; more than the threads of any usual server
BUSY_SECONDS = 3  # to wait for another writer
SILENT_SECONDS = 5  # to wait for a server that says nothing


def bind_database(  # noqa: PLR0913, PLR0917 - a database has as many sides
    path: Path,
    url: str = "",
    threads: int = 1,
    readable_alone: bool = False,
    seconds: float = SILENT_SECONDS,
    readers: Sequence[str] = (),
) -> None:
    """Point every model at the SQLite file `path`, or at `url` when there is one; pictures go to `uploads` beside it.

    `readable_alone` keeps the main file complete after each commit, for viewers that ignore the write-ahead log
    next to it. Else it is complete when nobody has written for a moment. `seconds` is how long to wait for a server
    that says nothing, and `readers` are URLs of its standbys. Nothing is opened yet; what was bound before is closed.
    Raises `Unusable`.
    """
    if database.obj:
        database.close_all()
    storage.initialize(Folder(path.parent / "uploads"))
    most = max(threads, POOL_SIZE)
    if url and not url.startswith("sqlite:"):
        database.initialize(connect_to(url, most, seconds, readers))
        read_times_kindly()
        return
    journal = "truncate" if readable_alone else "wal"
    database.initialize(
        SqliteFile(
            path_in(url) if url else str(path),
            journal,
            BUSY_SECONDS,
            max_connections=most,
            timeout=BUSY_SECONDS,
            autoconnect=False,
        )
    )
    copy_log_at_exit()


def connect_to(url: str, most: int, seconds: float, readers: Sequence[str] = ()) -> Any:
    """A pool of connections to the servers that `url` names, and others to its `readers`. Raises `Unusable`."""
    try:
        from models.shared.history.told_postgresql import ToldPostgresql
        from models.shared.postgresql.servers import Servers
    except ImportError:
        raise Unusable('DATABASE_URL needs a driver that is not here: pip install "psycopg[binary]"') from None
    try:
        if not readers:
            return ToldPostgresql(Servers(url, seconds), most, BUSY_SECONDS)
        from models.shared.postgresql.standby_database import StandbyPostgresql
        from models.shared.postgresql.standbys import Standbys

        all_readers = Standbys(readers, url, most, seconds)
        return StandbyPostgresql(Servers(url, seconds), most, BUSY_SECONDS, all_readers)
    except ValueError:
        what = "DATABASE_URL and each of DATABASE_READERS" if readers else "DATABASE_URL"
        raise Unusable(f"{what} must be a URL as libpq reads it: write @ in a password as %40, % as %25") from None


def path_in(url: str) -> str:
    """The file that `url` names."""
    from playhouse.db_url import parse

    return str(parse(url)["database"])


@cache
def copy_log_at_exit() -> None:
    """Whoever serves the site: when the process ends, the main file is complete."""
    atexit.register(checkpoint_at_exit)


def checkpoint_at_exit() -> None:
    """Copy what has been written in the last moment."""
    if is_sqlite() and database.obj.copier.stop():
        with suppress(PeeweeException):
            database.obj.copy_log()


def require_writable() -> None:
    """OperationalError when nothing could be written now; it is cheap, and writes nothing."""
    if is_sqlite():
        database.obj.require_writable()
    elif database.execute_sql("SHOW transaction_read_only").fetchone() == ("on",):
        raise Unavailable(SERVER_READ_ONLY)


def room_for_deleting() -> None:
    """See that a row can be deleted, also from a disk that is full. A server has a disk of its own."""
    if is_sqlite():
        make_room(Path(database.database).parent)


def checkpoint() -> None:
    """Bring committed rows into SQLite's main file, so that it can be read alone. They are as safe in the log."""
    if is_sqlite():
        database.obj.copy_log()


def copy_log_soon() -> None:
    """The same in a moment, as after a write: somebody may have died who had written."""
    if is_sqlite():
        database.obj.copier.wanted()


def use_journal() -> None:
    """Switch SQLite's file to the journal it was bound with. OperationalError when another program has it open."""
    if is_sqlite():
        database.obj.use_journal()


def is_sqlite() -> bool:
    """Whether the database is a file of SQLite, and no server."""
    return isinstance(database.obj, SqliteFile)
