"""The tables: a new database gets those of today, an old one the changes it has missed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import ImproperlyConfigured, PeeweeException, PostgresqlDatabase, SqliteDatabase

from models.shared.database import database, without_waiting
from models.shared.loading import all_models, all_resources
from models.shared.resource_tables import are_current, follow_classes
from models.shared.rows import BaseModel
from models.shared.start_errors import Unusable

MIGRATIONS = Path(__file__).parents[1] / "migrations"
HISTORY = "schema_migration"
LOCK_NUMBER = 8086  # any number, the same in each process that may change the tables


def nothing() -> None:
    """What fills a new database that shall stay empty."""


def prepare(
    sample_rows: Callable[[], Callable[[], None]] = lambda: nothing, with_rows: bool = False, follow: bool = True
) -> bool:
    """Make or migrate the tables; True when the database was new. Raises `Unusable`.

    A new database is made and filled in one transaction, an old one gets all its pending
    migrations in one; any number of processes may do this at once. `sample_rows` is called
    before the transaction begins, to do what takes its time, and returns what fills the tables.
    `with_rows` gives the new table of a Resource its own; without `follow` an old one is left as it is.
    """
    all_models()  # the files first, as a table cannot be better than its file
    with unusable_in_words(), database.connection_context():
        if is_current() and (not follow or are_current()):
            return False
        fill = nothing if has_history() else sample_rows()
        with changing_tables():
            was_new = not has_history()
            if was_new:
                make_tables()
                fill()
            elif not is_current():  # nobody else has done it while we waited
                migrate()
            if was_new or follow:
                follow_classes(with_rows)
        checkpoint()
        return was_new


def is_new() -> bool:
    """Whether there are no tables yet. Raises `Unusable`."""
    with unusable_in_words(), database.connection_context():
        return not has_history()


@contextmanager
def unusable_in_words() -> Iterator[None]:
    try:
        yield
    except ImproperlyConfigured as error:
        raise Unusable('DATABASE_URL needs a driver that is not here: pip install "psycopg[binary]"') from error
    except PeeweeException as error:
        raise Unusable(f"The database cannot be used: {str(error).splitlines()[0]}") from error


def has_history() -> bool:
    return HISTORY in database.get_tables()


def is_current() -> bool:
    """Whether every migration has been applied. Unusable when the tables are not those of this program."""
    tables = database.get_tables()
    if HISTORY not in tables:
        strange = sorted({model._meta.table_name for model in all_models()} & set(tables))
        if strange:
            raise Unusable(f"The database has a table {strange[0]} that this program did not make; use another one")
        return False
    known = {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}
    applied = {name for (name,) in database.execute_sql(f"SELECT name FROM {HISTORY}").fetchall()}  # noqa: S608
    if applied - known:
        raise Unusable(f"The database was changed by a newer version of this program ({max(applied - known)})")
    return applied == known


def make_tables() -> None:
    """Today's tables but those of Resources, and the note that no migration is missing."""
    database.create_tables(tables_of_migrations())
    runner().fake()


def tables_of_migrations() -> list[type[BaseModel]]:
    return [model for model in all_models() if model not in all_resources()]


def drop_tables() -> None:
    # The table of a model whose file is gone may refer to one of ours.
    database.drop_tables(all_models(), cascade=not is_sqlite())
    database.execute_sql(f"DROP TABLE IF EXISTS {HISTORY}")


def migrate() -> None:
    runner().up()
    if is_sqlite() and database.execute_sql("PRAGMA foreign_key_check").fetchone():
        raise Unusable("A migration would leave rows that refer to rows which are gone; nothing was changed")


@contextmanager
def changing_tables() -> Iterator[None]:
    """One transaction at a time over all processes, in which SQLite may rebuild a table."""
    if is_sqlite():
        # With foreign keys on, the rebuilding of a table would delete the rows that refer to it.
        database.execute_sql("PRAGMA foreign_keys = 0")
    try:
        with database.atomic():
            if isinstance(database.obj, PostgresqlDatabase):
                database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK_NUMBER,))
            yield
    finally:
        if is_sqlite():
            database.execute_sql("PRAGMA foreign_keys = 1")


def checkpoint() -> None:
    """Bring committed rows into SQLite's main file, so that it can be read alone. They are as safe in the log."""
    if is_sqlite():
        with without_waiting():
            database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def is_sqlite() -> bool:
    return isinstance(database.obj, SqliteDatabase)


def runner() -> Any:
    from playhouse.migrations import Runner  # only a new or an old database needs it

    return Runner(database.obj, str(MIGRATIONS), HISTORY)
