"""Runs queries on PostgreSQL: `python -m lab.sql.inside_postgresql` reads and writes lines as `lab.sql.inside` does.

The server holds the role to what it may do; that it may do no more is looked at before each use.
"""

import json
import os
import sys
import time
from threading import Timer
from typing import Any

from lab.postgresql_plan_words import indexed_columns, node_words, nodes_of
from lab.sql.answer import ONLY_BYTES, ONLY_ROWS, cell_of
from lab.sql.inside import NotRun, refuse_some, say
from lab.sql.limits import MOST_BYTES_OF_SQL, MOST_ROWS_OF_SQL, hold_process
from lab.sql.pieces import Piece, pieces_of
from lab.sql.words import TOO_LATE, TOO_MUCH_MEMORY, in_one_line

ONLY_QUERIES = "On PostgreSQL only queries are run here, as there is no copy to change."
NATIVE = (str, int, float, bool, bytes, type(None))
NO_ROLE = "LAB_DATABASE_URL must name another role: {}."
POWERS = ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls")
TABLE_IT_MAY_WRITE = """
SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema') AND (
has_table_privilege(pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
OR has_any_column_privilege(pg_class.oid, 'INSERT, UPDATE')) LIMIT 1
"""
MAY_READ = "SELECT has_column_privilege(quote_ident(%s) || '.' || quote_ident(%s), %s, 'SELECT')"


def main() -> None:
    """Read, run, write."""
    import psycopg

    job = json.loads(sys.stdin.readline())
    hold_process(0)
    try:
        with psycopg.connect(job["url"], connect_timeout=5, options="-c client_encoding=utf8") as connection:
            refuse_role(connection, job)
            run_queries(connection, job)
            connection.rollback()
    except NotRun as error:
        say("problem", str(error))
    except psycopg.errors.QueryCanceled:
        say("problem", TOO_LATE)
    except psycopg.Error as error:
        say("problem", f"PostgreSQL says: {in_one_line(error.diag.message_primary or 'the connection failed')}")
    except ValueError as error:
        say("problem", str(error))
    except MemoryError:
        say("problem", TOO_MUCH_MEMORY)
    say("end", True)
    os._exit(0)


def refuse_role(connection: Any, job: dict[str, Any]) -> None:
    """NotRun for a role that may do more than read what is no secret."""
    execute = connection.execute
    execute("SET TRANSACTION READ ONLY")
    asked = f"SELECT rolname, {', '.join(POWERS)} FROM pg_roles WHERE rolname = current_user"  # noqa: S608
    name, *powers = execute(asked).fetchone()
    power = next((word for word, has in zip(POWERS, powers, strict=True) if has), None)
    if power:
        raise NotRun(NO_ROLE.format("this one is a superuser" if power == "rolsuper" else f"this one has {power}"))
    is_site = execute(
        "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", (job["site_role"],)
    ).fetchone()
    if name == job["site_role"] or (is_site and is_site[0]):
        raise NotRun(NO_ROLE.format("this one is the site's own, or belongs to it"))
    member = execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'pg\\_%' AND pg_has_role(current_user, oid, 'MEMBER')"
    ).fetchone()
    if member:
        raise NotRun(NO_ROLE.format(f"this one belongs to {member[0]}"))
    table = execute(TABLE_IT_MAY_WRITE).fetchone()
    if table:
        raise NotRun(NO_ROLE.format(f"this one may write {table[0]}"))
    for schema, table, column in job["secrets"]:
        if execute(MAY_READ, (schema, table, column)).fetchone()[0]:
            raise NotRun(NO_ROLE.format(f"this one may read {table}.{column}"))


def run_queries(connection: Any, job: dict[str, Any]) -> None:
    """All queries of the job, in their order."""
    tasks = [(piece, values) for sql, values in job["statements"] for piece in pieces_of(sql)]
    refuse_some([piece for piece, _ in tasks])
    if any(piece.kind not in ("read", "explain") or piece.words[:1] == ("PRAGMA",) for piece, _ in tasks):
        raise NotRun(ONLY_QUERIES)
    connection.execute(f"SET statement_timeout = {int(job['seconds'] * 1000)}")
    timer = Timer(job["seconds"], connection.cancel)  # all of them together
    timer.daemon = True
    timer.start()
    say("ready", False)
    left = MOST_BYTES_OF_SQL
    for piece, values in tasks:
        answer = answer_of_query(connection, piece, values, left)
        left -= answer["bytes"]
        say("statement", answer)


def answer_of_query(connection: Any, piece: Piece, values: list[Any], left: int) -> dict[str, Any]:
    """What one gives. It is prepared, so it is one statement, whatever stands in it."""
    plan = plan_of_query(connection, piece, values)
    began = time.perf_counter()
    if piece.kind == "explain":
        cursor = connection.execute(piece.sql, values or None, prepare=True)
    else:
        connection.execute(f"DECLARE asked NO SCROLL CURSOR FOR {piece.sql}", values or None, prepare=True)
        cursor = connection.execute(f"FETCH {MOST_ROWS_OF_SQL + 1} FROM asked")
    found = cursor.fetchall()
    if piece.kind != "explain":
        connection.execute("CLOSE asked")
    rows: list[list[Any]] = []
    size, cut = 0, ONLY_ROWS if len(found) > MOST_ROWS_OF_SQL else ""
    for row in found[:MOST_ROWS_OF_SQL]:
        cells = [cell_of(value if isinstance(value, NATIVE) else str(value)) for value in row]
        size += len(json.dumps(cells))
        if size > left:
            cut = ONLY_BYTES.format(len(rows))
            break
        rows.append(cells)
    milliseconds = round((time.perf_counter() - began) * 1000, 2)
    columns = [column.name for column in cursor.description or ()]
    answer = {"sql": piece.sql, "kind": piece.kind, "columns": columns, "rows": rows, "cut": cut, "count": -1}
    return answer | {"bytes": size, "ms": milliseconds, "plan": plan, "changed": 0}


def plan_of_query(connection: Any, piece: Piece, values: list[Any]) -> dict[str, Any]:
    """How PostgreSQL finds its rows, in words and as it draws it."""
    if piece.kind == "explain":
        return {"words": [], "tree": ""}
    explained, lines = (
        connection.execute(f"EXPLAIN ({how}) {piece.sql}", values or None, prepare=True).fetchall()
        for how in ("FORMAT JSON", "FORMAT TEXT")
    )
    ((said,),) = explained
    nodes = [*nodes_of((json.loads(said) if isinstance(said, str) else said)[0]["Plan"])]
    indexes = {each.get("Index Name", "") for each in nodes} - {""}
    rows = connection.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", ([*indexes],))
    columns = {name: indexed_columns(definition) for name, definition in rows.fetchall()}
    words = dict.fromkeys(text for each in nodes if (text := node_words(each, columns)))
    return {"words": [*words], "tree": "\n".join(line for (line,) in lines)}


if __name__ == "__main__":
    main()
