"""What rows have now, in the words of the history: columns as the database has them, but no secrets. And written so."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from models.shared.database import database, is_sqlite
from models.shared.history.noted import Noted
from models.shared.history.sqlite_triggers import as_object, json_member, sql_names
from models.shared.history.stored import stored_value
from models.shared.sql_names import sql_name

State = dict[str, Any]  # columns with their values, in JSON's types
IDS_AT_ONCE = 500  # rows


def noted_state(text: str | None) -> State:
    """What the history says in this text. A number with a point stays as it is written."""
    state: State = json.loads(text or "{}", parse_float=str)
    return state


def states_of(noted: Noted, ids: Iterable[int]) -> dict[int, State]:
    """By their ids, of those that are there."""
    wanted = sorted(set(ids))
    found: dict[int, State] = {}
    lock = " FOR UPDATE" if database.for_update and database.in_transaction() else ""
    for at in range(0, len(wanted), IDS_AT_ONCE):
        numbers = ", ".join(map(str, wanted[at : at + IDS_AT_ONCE]))
        sql = f"SELECT id, {state_in_sql(noted)} FROM {sql_name(noted.table)} AS t WHERE id IN ({numbers}){lock}"  # noqa: S608
        found |= {row_id: noted_state(text) for row_id, text in database.execute_sql(sql).fetchall()}
    return found


def state_in_sql(noted: Noted) -> str:
    """The text of a row."""
    if is_sqlite():
        return as_object(json_member(column, sql_name(column)) for column in noted.kept)
    secrets = "".join(f" - '{column}'" for column in ("id", *noted.secrets))
    return f"(to_jsonb(t){secrets})::text"


def insert_state(noted: Noted, row_id: int, text: str, columns: Collection[str]) -> None:
    """Give the row back, with the id that it had and what these columns have in the text."""
    table, names = sql_name(noted.table), sql_names(["id", *columns])
    if is_sqlite():
        values = [row_id, *values_to_write(text, columns)]
        execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", *values)  # noqa: S608
    else:
        source = f"SELECT {', '.join(['%s', *map(sql_name, columns)])} FROM {record(table)}"  # noqa: S608
        execute(f"INSERT INTO {table} ({names}) {source}", row_id, text)


def update_state(noted: Noted, row_id: int, text: str, columns: Collection[str]) -> None:
    """Give these columns of the row what they have in the text."""
    table, names = sql_name(noted.table), sql_names(columns)
    if is_sqlite():
        pairs = ", ".join(f"{sql_name(column)} = ?" for column in columns)
        execute(f"UPDATE {table} SET {pairs} WHERE id = ?", *values_to_write(text, columns), row_id)  # noqa: S608
    else:
        execute(f"UPDATE {table} SET ({names}) = (SELECT {names} FROM {record(table)}) WHERE id = %s", text, row_id)  # noqa: S608


def delete_state(noted: Noted, row_id: int) -> None:
    """Take the row away."""
    execute(f"DELETE FROM {sql_name(noted.table)} WHERE id = {row_id:d}")  # noqa: S608


def record(table: str) -> str:
    """PostgreSQL's reading of such a text, as a row of the table."""
    return f"jsonb_populate_record(NULL::{table}, %s::jsonb)"


def values_to_write(text: str, columns: Iterable[str]) -> list[Any]:
    """What SQLite has for them: JSON has no bytes, and not every number exactly."""
    state = json.loads(text)
    return [stored_value(state[column]) for column in columns]


def execute(sql: str, *values: Any) -> None:
    """One statement, whose writer is told."""
    database.execute_sql(sql, values)
