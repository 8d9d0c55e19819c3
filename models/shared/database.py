"""The database: where it is, how it is opened, who writes when."""

import atexit
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from peewee import DatabaseProxy, OperationalError, PeeweeException, PostgresqlDatabase

from models.shared.drivers import read_times_kindly
from models.shared.reserve import make_room
from models.shared.sqlite_file import SqliteFile
from models.shared.storage import Folder, storage
from models.shared.unavailable import READ_ONLY, Unavailable


class Database(DatabaseProxy):
    """The one that is bound later. Its `atomic()` also begins the transaction of `together()`."""

    def atomic(self, *args: Any, **options: Any) -> Any:
        """As Peewee's."""
        all_of_it = current_writing.get()
        if all_of_it:
            all_of_it.begin()
        return super().atomic(*args, **options)


class Writing:
    """What is written `together()`; `undo` is to be called when it is taken back."""

    def __init__(self) -> None:
        self.transaction = ExitStack()
        self.has_begun = False
        self.undo: list[Callable[[], None]] = []

    def begin(self) -> None:
        """Begin the transaction, once."""
        if not self.has_begun:
            self.has_begun = True
            self.transaction.enter_context(database.transaction())


current_writing: ContextVar[Writing | None] = ContextVar("current_writing", default=None)
database = Database()

POOL_SIZE = 32  # at once and for one process; more than the threads of any usual server
BUSY_SECONDS = 3  # to wait for another writer


def bind_database(path: Path, url: str = "", threads: int = 1, readable_alone: bool = False) -> None:
    """Point every model at the SQLite file `path`, or at `url` when there is one; pictures go to `uploads` beside it.

    `readable_alone` keeps the main file complete after each commit, for viewers that ignore the write-ahead log
    next to it. Else it is complete when nobody has written for a moment. Nothing is opened yet; what was bound
    before is closed.
    """
    if database.obj:
        database.close_all()
    storage.initialize(Folder(path.parent / "uploads"))
    pool = {"max_connections": max(threads, POOL_SIZE), "timeout": BUSY_SECONDS, "autoconnect": False}
    if url and not url.startswith("sqlite:"):
        database.initialize(connect_to(url, pool))
        if isinstance(database.obj, PostgresqlDatabase) and find_spec("psycopg"):
            read_times_kindly()
        return
    journal = "truncate" if readable_alone else "wal"
    database.initialize(SqliteFile(path_in(url) if url else str(path), journal, BUSY_SECONDS, **pool))
    copy_log_at_exit()


def connect_to(url: str, pool: dict[str, Any]) -> Any:
    """A pool of connections to the server that `url` names."""
    from playhouse.db_url import connect  # it tries every driver there is, which takes its time

    engine, _, place = url.partition("://")
    return connect(f"{engine}+pool://{place}", unquote_user=True, unquote_password=True, **pool)


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


@contextmanager
def together() -> Iterator[None]:
    """All that is written inside comes into the table, or nothing does.

    The transaction begins with the first `database.atomic()`: nobody has to wait for what is slow before that, such as
    a hash or a picture. What must stay in any case is written in a `database.transaction()`.
    """
    writing = Writing()
    outer = current_writing.set(writing)
    try:
        with writing.transaction:
            yield
    except BaseException:
        for undo in writing.undo:
            undo()
        raise
    finally:
        current_writing.reset(outer)


def when_taken_back(undo: Callable[[], None]) -> None:
    """Call this when what has been written `together()` is taken back in the end."""
    writing = current_writing.get()
    if writing:
        writing.undo.append(undo)


class Busy(Exception):
    """Too much is going on for this just now; the message says what. It is worth asking again in so many `seconds`."""

    def __init__(self, words: str, seconds: int = 1) -> None:
        super().__init__(words)
        self.seconds = max(1, seconds)


@contextmanager
def without_connection() -> Iterator[None]:
    """Whoever waits here holds no connection, so that there is one for others. A transaction keeps its own."""
    if not database.obj or database.is_closed() or database.in_transaction():
        yield
        return
    opened_by = [*database._state.ctx]  # Peewee forgets it in between
    database.close()
    try:
        yield
    finally:
        try:
            database.connect()
        finally:
            database._state.ctx.extend(opened_by)


@contextmanager
def without_waiting() -> Iterator[None]:
    """What is written here is written at once or not at all: when another writer is busy, never mind."""
    if not is_sqlite():
        yield  # a server locks rows, and nobody holds those for long
        return
    database.obj.wait_at_most(0)
    try:
        with suppress(OperationalError):
            yield
    finally:
        database.obj.wait_at_most(BUSY_SECONDS)


def locked(query: Any) -> Any:
    """The rows of `query`, which nobody else changes before this transaction ends."""
    return query.for_update() if database.for_update else query  # SQLite has one writer at a time


def require_writable() -> None:
    """OperationalError when nothing could be written now; it is cheap, and writes nothing."""
    if is_sqlite():
        database.obj.require_writable()
    elif database.execute_sql("SHOW transaction_read_only").fetchone() == ("on",):
        raise Unavailable(READ_ONLY)


def room_for_deleting() -> None:
    """See that a row can be deleted, also from a disk that is full. A server has a disk of its own."""
    if is_sqlite():
        make_room(Path(database.database).parent)


def one_at_a_time(name: str) -> None:
    """In a transaction, from here to its end: nobody else comes past this with the same `name`.

    Where rows are counted before one more is inserted, there is no row to lock.
    """
    if isinstance(database.obj, PostgresqlDatabase):  # SQLite has one writer at a time
        database.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))


def checkpoint() -> None:
    """Bring committed rows into SQLite's main file, so that it can be read alone. They are as safe in the log."""
    if is_sqlite():
        database.obj.copy_log()


def use_journal() -> None:
    """Switch SQLite's file to the journal it was bound with. OperationalError when another program has it open."""
    if is_sqlite():
        database.obj.use_journal()


def is_sqlite() -> bool:
    """Whether the database is a file of SQLite, and no server."""
    return isinstance(database.obj, SqliteFile)
