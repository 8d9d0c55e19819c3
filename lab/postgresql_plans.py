"""PostgreSQL's plans, asked of the server that is bound."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

from peewee import PeeweeException

from lab.changed_rows import PARAMETER, places_in
from lab.plan import Explaining, Plan, long_query
from lab.postgresql_plan_words import SORTED, indexed_columns, node_words, nodes_of
from models.shared.database import database

PREPARED = "lab_plan"  # of what is prepared


@contextmanager
def postgresql_explaining() -> Iterator[Explaining]:
    """In transactions that cannot write."""
    with database.connection_context() if database.is_closed() else nullcontext():
        version = database.execute_sql("SELECT COUNT(*), MAX(indexrelid) FROM pg_index").fetchone()
        yield version, plan_in_postgresql, is_long_in_postgresql


def is_long_in_postgresql(table: str) -> bool:
    """Whether a table has more than some rows."""
    with reading_only():
        return database.execute_sql(long_query(table)).fetchone() is not None


@contextmanager
def reading_only() -> Iterator[None]:
    """A transaction in which nothing can be written, and of which nothing stays."""
    try:
        with database.transaction() as transaction:
            database.execute_sql("SET TRANSACTION READ ONLY")
            yield
            transaction.rollback()
    finally:
        with suppress(PeeweeException):  # there is none when it could not be prepared
            database.execute_sql(f"DEALLOCATE {PREPARED}")


def plan_in_postgresql(sql: str) -> Plan:
    """How PostgreSQL would find the rows, whatever the values are. It prepares the statement and does not run it."""
    values = ", ".join(["NULL"] * places_in(sql))
    try:
        with reading_only():
            database.execute_sql("SET LOCAL plan_cache_mode = force_generic_plan")
            database.execute_sql(f"PREPARE {PREPARED} AS {numbered(sql)}")
            execute = f"EXECUTE {PREPARED}({values})" if values else f"EXECUTE {PREPARED}"
            (said,) = database.execute_sql(f"EXPLAIN (FORMAT JSON) {execute}").fetchone()
            nodes = list(nodes_of((json.loads(said) if isinstance(said, str) else said)[0]["Plan"]))
            columns = {index: indexed_by(index) for index in {each.get("Index Name") for each in nodes} if index}
    except PeeweeException as error:
        return Plan(problem=f"The plan cannot be had: {str(error).splitlines()[0] if str(error) else 'no reason'}.")
    words = [text for each in nodes if (text := node_words(each, columns))]
    scanned = [each["Relation Name"] for each in nodes if each["Node Type"] == "Seq Scan"]
    return Plan(tuple(dict.fromkeys(words)), tuple(scanned), SORTED in words)


def numbered(sql: str) -> str:
    """`sql` with $1, $2 … in place of %s."""
    numbers = iter(range(1, 10_000))
    return PARAMETER.sub(lambda found: f"${next(numbers)}" if found[0] == "%s" else found[0], sql)


def indexed_by(index: str) -> str:
    """The columns of an index."""
    row = database.execute_sql("SELECT indexdef FROM pg_indexes WHERE indexname = %s", (index,)).fetchone()
    return indexed_columns(row[0]) if row else "something"
