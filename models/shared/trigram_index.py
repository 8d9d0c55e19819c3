"""PostgreSQL's own index of folded texts, by `pg_trgm`: there it is kept by the server, and asked for three letters."""

from contextlib import suppress

from peewee import PeeweeException, PostgresqlDatabase

from models.shared.database import database
from models.shared.waiting import one_at_a_time

TRIGRAM_INDEX = "folded_trigrams"


def make_trigram_index() -> None:
    """Unless it is there. Where the server lacks `pg_trgm`, or lets nobody have it, texts are looked through."""
    if not isinstance(database.obj, PostgresqlDatabase) or has_trigram_index():
        return
    with suppress(PeeweeException), database.atomic():
        one_at_a_time(TRIGRAM_INDEX)
        database.execute_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        database.execute_sql(f"CREATE INDEX IF NOT EXISTS {TRIGRAM_INDEX} ON folded USING gin (text gin_trgm_ops)")


def has_trigram_index() -> bool:
    """Whether it is there."""
    sql = "SELECT 1 FROM pg_indexes WHERE indexname = %s AND schemaname = ANY (current_schemas(false))"
    return database.execute_sql(sql, (TRIGRAM_INDEX,)).fetchone() is not None
