"""SQL on PostgreSQL: only queries, by a role that may read the columns without secrets and nothing else."""

from typing import Any

from bottle import request

from lab.indexes import is_open
from lab.sql.ending import no_result, result_of_module
from lab.sql.secret_columns import OPEN_COLUMNS, secrets_of_site
from models.shared.database import database
from models.shared.loading import all_models
from models.shared.sql_names import sql_name, sql_text
from models.shared.waiting import without_connection

OFF = (
    "SQL is off here until LAB_DATABASE_URL names a role that may only read, and no secret. The lines for it are below."
)
SQL_OF_COLUMNS = (
    "SELECT table_schema, table_name, column_name FROM information_schema.columns "
    "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_name, ordinal_position"
)
LAB_ROLE = "lab"


def run_on_postgresql(statements: list[tuple[str, list[Any]]], seconds: float) -> dict[str, Any]:
    """What became of the queries."""
    url = str(request.app.config["lab_database_url"])
    if not url:
        return no_result(OFF)
    (role,) = database.execute_sql("SELECT current_user").fetchone()
    secrets = [
        (schema, table, column)
        for (schema, table), columns in columns_on_server().items()
        for column in secrets_of_site(table, columns)
    ]
    job = {"url": url, "site_role": role, "secrets": secrets, "statements": statements, "seconds": seconds}
    with without_connection():
        return result_of_module("lab.sql.inside_postgresql", job)


def columns_on_server() -> dict[tuple[str, str], list[str]]:
    """The columns of each table, by its schema and its name."""
    found: dict[tuple[str, str], list[str]] = {}
    for schema, table, column in database.execute_sql(SQL_OF_COLUMNS).fetchall():
        found.setdefault((schema, table), []).append(column)
    return found


def lines_for_role() -> str:
    """What makes the role, for psql: it may read what is no secret in each table of now."""
    lines = [f"CREATE ROLE {LAB_ROLE} LOGIN PASSWORD {sql_text('a password of its own')};"]
    for (schema, table), columns in columns_on_server().items():
        secret = secrets_of_site(table, columns)
        names = [sql_name(column) for column in columns if column not in secret]
        which = f" ({', '.join(names)})" if secret else ""
        if names and (table in OPEN_COLUMNS or table in tables_with_pages()):
            lines.append(f"GRANT SELECT{which} ON {sql_name(schema)}.{sql_name(table)} TO {LAB_ROLE};")
    return "\n".join(lines)


def tables_with_pages() -> set[str]:
    """The people's, their posts' and one's own."""
    return {model._meta.table_name for model in all_models() if is_open(model)}
