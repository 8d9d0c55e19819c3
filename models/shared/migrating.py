"""The migrations: which have been applied, and which are missing."""

from pathlib import Path
from typing import Any

from models.shared.alteration.kept import drop_kept
from models.shared.database import database, is_sqlite
from models.shared.folding_triggers import drop_triggers
from models.shared.loading import all_models, all_resources
from models.shared.rows import BaseModel
from models.shared.start_errors import Unusable
from models.shared.text_indexing import drop_indexes

MIGRATIONS = Path(__file__).parents[1] / "migrations"
APPLIED = "schema_migration"


def has_tables() -> bool:
    """Whether this program has made the tables. Unusable when another one has."""
    tables = database.get_tables()
    if APPLIED in tables:
        return True
    strange = sorted({model._meta.table_name for model in all_models()} & set(tables))
    if strange:
        raise Unusable(f"The database has a table {strange[0]} that this program did not make; use another one")
    return False


def is_current() -> bool:
    """Whether every migration has been applied. Unusable when the tables are not those of this program."""
    if not has_tables():
        return False
    known = {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}
    applied = {name for (name,) in database.execute_sql(f"SELECT name FROM {APPLIED}").fetchall()}  # noqa: S608
    if applied - known:
        what = f"The database was changed by a newer version of this program ({max(applied - known)})"
        raise Unusable(f"{what}: start that version, or restore a backup from before it")
    return applied == known


def make_tables() -> None:
    """Today's tables but those of Resources, and the note that no migration is missing."""
    database.create_tables(tables_of_migrations())
    runner().fake()


def tables_of_migrations() -> list[type[BaseModel]]:
    """Those whose changes are migrations: all but the tables of Resources."""
    return [model for model in all_models() if model not in all_resources()]


def drop_tables() -> None:
    """Remove all tables and the note of the migrations."""
    drop_indexes()
    # The table of a model whose file is gone may refer to one of ours.
    database.drop_tables(all_models(), cascade=not is_sqlite())
    drop_kept()
    database.execute_sql(f"DROP TABLE IF EXISTS {APPLIED}")


def migrate() -> None:
    """Apply the migrations that are missing. Unusable when a row would refer to one that is gone."""
    drop_triggers()
    runner().up()
    if is_sqlite() and database.execute_sql("PRAGMA foreign_key_check").fetchone():
        raise Unusable("A migration would leave rows that refer to rows which are gone; nothing was changed")


def runner() -> Any:
    """What applies the migrations."""
    from models.shared.alteration.runner import OneAtATime  # only a new or an old database needs it

    return OneAtATime(database.obj, str(MIGRATIONS), APPLIED)
