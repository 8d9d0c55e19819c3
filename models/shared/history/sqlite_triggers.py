"""SQLite's triggers that write the history, in plain SQL: they work in every program that opens the file.

Another program may say REPLACE, which takes rows away without their triggers. So a row that might be replaced is noted
before, without a change, and gets one if it is gone afterwards.
"""

import json
from collections.abc import Iterable

from models.shared.history.noted import Noted
from models.shared.sql_names import sql_name, sql_text

NOW, CHANGE = "datetime('now')", "(SELECT max(id) FROM changes)"
# Where nobody has said who writes, all of one second is one change.
OPEN_CHANGE = (
    f"INSERT INTO changes (created) SELECT {NOW} WHERE NOT EXISTS (SELECT 1 FROM changes WHERE id = {CHANGE} "  # noqa: S608
    f"AND (created IS NULL OR (command IS NULL AND created = {NOW})));"
)
NOTE = "INSERT INTO changed_rows (change_id, table_name, row_id, done, before, after)"
IS_ANY = "EXISTS (SELECT 1 FROM changed_rows WHERE change_id IS NULL)"


def sqlite_triggers(noted: Noted) -> dict[str, str]:
    """What each does, by when it fires."""
    table, columns = sql_name(noted.table), [*noted.values, *noted.secrets]
    came, went = note_whole(noted, "NEW", "create"), note_whole(noted, "OLD", "delete")
    not_gone = forget_notes(noted, "AND row_id = OLD.id")  # it is here, so what was noted of it was for nothing
    confirm_new = confirm_notes(noted, "row_id = NEW.id OR")
    unique, others = sql_names({"id": 0} | {name: 0 for index in noted.unique for name, _ in index}), "id <> OLD.id AND"
    triggers = {
        f"BEFORE INSERT ON {table} WHEN {may_replace(noted)}": note_before(noted),
        f"AFTER INSERT ON {table}": f"{OPEN_CHANGE} {confirm_new} {came}",
        f"BEFORE UPDATE OF {unique} ON {table} WHEN {may_replace(noted, others)}": note_before(noted, others),
        f"AFTER UPDATE OF {unique} ON {table} WHEN {IS_ANY}": f"{OPEN_CHANGE} {not_gone} {confirm_notes(noted)}",
        f"AFTER UPDATE OF id ON {table} WHEN NEW.id <> OLD.id": f"{OPEN_CHANGE} {not_gone} {confirm_new} {went} {came}",
        f"AFTER DELETE ON {table}": f"{OPEN_CHANGE} {not_gone} {went}",
    }
    if columns:
        differ = " OR ".join(map(differs, columns))
        when = f"AFTER UPDATE OF {sql_names(columns)} ON {table} WHEN NEW.id = OLD.id AND ({differ})"
        triggers[when] = f"{OPEN_CHANGE} {note_update(noted)}"
    return triggers


def sql_names(columns: Iterable[str]) -> str:
    """Of columns, as SQL writes them."""
    return ", ".join(map(sql_name, columns))


# What is noted of a row.


def note_whole(noted: Noted, row: str, done: str) -> str:
    """All of it, as it came or went."""
    values = as_object(json_member(column, f"{row}.{sql_name(column)}") for column in noted.kept)
    before, after = ("NULL", values) if done == "create" else (values, "NULL")
    return f"{NOTE} VALUES ({CHANGE}, {sql_text(noted.table)}, {row}.id, '{done}', {before}, {after});"


def note_update(noted: Noted) -> str:
    """The values that are others, and that a secret is another one."""
    parts: dict[str, list[str]] = {"OLD": [], "NEW": []}
    for row, found in parts.items():
        for column in noted.values:
            found.append(if_differs(column, json_member(column, f"{row}.{sql_name(column)}")))
    parts["NEW"] += [if_differs(column, sql_text(f',{json.dumps(column)}:"changed"')) for column in noted.secrets]
    before, after = map(as_object, parts.values())
    return f"{NOTE} VALUES ({CHANGE}, {sql_text(noted.table)}, OLD.id, 'update', {before}, {after});"


def differs(column: str) -> str:
    """Whether it is another value now."""
    return f"NEW.{sql_name(column)} IS NOT OLD.{sql_name(column)} COLLATE BINARY"


def if_differs(column: str, text: str) -> str:
    """That text, or none."""
    return f"CASE WHEN {differs(column)} THEN {text} ELSE '' END"


def as_object(parts: Iterable[str]) -> str:
    """The parts as one JSON object, without the first comma."""
    return f"'{{' || substr({' || '.join(parts) or sql_text('')}, 2) || '}}'"


def json_member(column: str, value: str) -> str:
    """A column of a JSON object. What JSON has not, or not exactly, is an object of its own."""
    return (
        f"{sql_text(f',{json.dumps(column)}:')} || CASE typeof({value}) "
        f"WHEN 'real' THEN '{{\"real\":\"' || printf('%!.17g', {value}) || '\"}}' "
        f"WHEN 'blob' THEN '{{\"hex\":\"' || hex({value}) || '\"}}' ELSE json_quote({value}) END"
    )


# What REPLACE may take away.


def may_replace(noted: Noted, but: str = "") -> str:
    """Whether a row is there that has what must differ."""
    table = sql_name(noted.table)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in that_are_taken(noted, but))  # noqa: S608


def that_are_taken(noted: Noted, but: str) -> list[str]:
    """What such a row meets, for its id and for each unique index."""
    columns = [(("id", "BINARY"),), *noted.unique]
    return [
        f"{but} ({' AND '.join(f'{sql_name(c)} = NEW.{sql_name(c)} COLLATE {k}' for c, k in each)})" for each in columns
    ]


def note_before(noted: Noted, but: str = "") -> str:
    """Those rows, in place of what was noted for a statement that took nothing away."""
    values = as_object(json_member(column, sql_name(column)) for column in noted.kept)
    which = " OR ".join(that_are_taken(noted, but))
    select = f"SELECT NULL, {sql_text(noted.table)}, id, 'delete', {values}, NULL"
    return f"{forget_notes(noted)} {NOTE} {select} FROM {sql_name(noted.table)} WHERE {which};"


def confirm_notes(noted: Noted, or_if: str = "") -> str:
    """Those that are gone are part of the change."""
    is_gone = f"NOT EXISTS (SELECT 1 FROM {sql_name(noted.table)} WHERE id = changed_rows.row_id)"  # noqa: S608
    # By their ids, as SQLite looks for nothing by the column that it sets: it would go through all of the table.
    these = f"id IN (SELECT id FROM changed_rows WHERE {waiting(noted)})"  # noqa: S608
    return f"UPDATE changed_rows SET change_id = {CHANGE} WHERE {these} AND ({or_if} {is_gone});"  # noqa: S608


def forget_notes(noted: Noted, and_if: str = "") -> str:
    """They are not, or it is known already."""
    return f"DELETE FROM changed_rows WHERE {waiting(noted)} {and_if};"  # noqa: S608


def waiting(noted: Noted) -> str:
    """Rows of the table that might be replaced."""
    return f"change_id IS NULL AND table_name = {sql_text(noted.table)}"
