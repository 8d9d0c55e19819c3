"""The triggers that mark a text as not folded yet, in plain SQL: they work in every program that opens the database."""

from typing import Any
from zlib import crc32

from models.shared.database import database, is_sqlite
from models.shared.folding import fold_some, folded, folded_fields, text_places
from models.shared.sql_names import sql_name, sql_text

SQLITE_TRIGGERS = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE ? ESCAPE '\\'"
POSTGRESQL_TRIGGERS = (
    "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = current_schema() "
    "WHERE NOT tgisinternal AND tgname LIKE %s"
)


def without_triggers(models: list[Any]) -> list[Any]:
    """The models of which a text is not marked when it changes."""
    there = {name for _table, name in triggers()}
    return [model for model in models if folded_fields(model) and not there.issuperset(statements(model))]


def mark_texts(model: Any) -> None:
    """Make the triggers of `model`, and fold what is in its table."""
    note_texts(model)
    while fold_some(model):
        pass


def note_texts(model: Any) -> None:
    """Make the triggers of `model`; what is in its table is folded later, or by the next list that needs it."""
    table = model._meta.table_name
    drop_triggers(table)
    make_triggers(model)
    marks = folded.bind(database)
    marks.delete().where(marks.place.startswith(f"{table}.")).execute()
    database.execute_sql(f"INSERT INTO folded (place, row_id) {marks_of(model, 'id', f' FROM {sql_name(table)}')}")


def make_triggers(model: Any) -> None:
    """Those of `model`, which are not there."""
    for statement in statements(model).values():
        database.execute_sql(statement)


def drop_triggers(table: str = "") -> None:
    """Those of `table`, or all: a column that one names cannot be taken away."""
    for its_table, name in triggers():
        if table in ("", its_table):
            drop_trigger(its_table, name)


def triggers() -> list[tuple[str, str]]:
    """The (table, name) of each of ours that is there."""
    return triggers_called("folded")


def triggers_called(start: str) -> list[tuple[str, str]]:
    """The (table, name) of each trigger that is there and whose name begins so, with a line behind it."""
    sql = SQLITE_TRIGGERS if is_sqlite() else POSTGRESQL_TRIGGERS
    found: list[tuple[str, str]] = database.execute_sql(sql, (f"{start}\\_%",)).fetchall()
    return found


def drop_trigger(table: str, name: str) -> None:
    """Take one away."""
    database.execute_sql(f"DROP TRIGGER {sql_name(name)}" + ("" if is_sqlite() else f" ON {sql_name(table)}"))


def statements(model: Any) -> dict[str, str]:
    """What makes the triggers of `model`, by their names: other texts give others."""
    columns = ", ".join(sql_name(column) for column in ("id", *(field.column_name for field in folded_fields(model))))
    table, name = sql_name(model._meta.table_name), f"folded_{model._meta.table_name}_{crc32(columns.encode()):08x}"
    added, changed, removed = added_row(model), changed_row(model), removed_row(model, "OLD")
    if is_sqlite():
        bodies = {"insert": added, f"update OF {columns}": changed, "delete": removed}
        names = {when: f"{name}_{when.split()[0]}" for when in bodies}
        return {
            names[when]: f"CREATE TRIGGER {sql_name(names[when])} AFTER {when} ON {table} BEGIN {body} END"
            for when, body in bodies.items()
        }
    # Without the names of columns, as PostgreSQL would let nobody change the type of one.
    body = f"IF TG_OP = 'INSERT' THEN {added} ELSIF TG_OP = 'DELETE' THEN {removed} ELSE {changed} END IF; RETURN NULL;"
    function = f"FUNCTION {sql_name(name)}()"
    made = f"CREATE OR REPLACE {function} RETURNS trigger AS $$ BEGIN {body} END $$ LANGUAGE plpgsql;"
    when = f"AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW"
    return {name: f"{made} CREATE TRIGGER {sql_name(name)} {when} EXECUTE {function}"}


def added_row(model: Any) -> str:
    """The marks of a new row, which may have the number of one whose table was dropped."""
    return f"{removed_row(model, 'NEW')} INSERT INTO folded (place, row_id) {marks_of(model, 'NEW.id')};"


def changed_row(model: Any) -> str:
    """A new mark for each text that is another one."""
    differs = "IS NOT" if is_sqlite() else "IS DISTINCT FROM"
    parts = []
    for field, place in zip(folded_fields(model), sql_places(model), strict=True):
        column = sql_name(field.column_name)
        is_other = f"(NEW.id <> OLD.id OR NEW.{column} {differs} OLD.{column})"
        parts.append(f"DELETE FROM folded WHERE row_id = OLD.id AND place = {place} AND {is_other};")  # noqa: S608
        parts.append(f"INSERT INTO folded (place, row_id) SELECT {place}, NEW.id WHERE {is_other};")
    return " ".join(parts)


def removed_row(model: Any, row: str) -> str:
    """No mark stays."""
    return f"DELETE FROM folded WHERE row_id = {row}.id AND place IN ({', '.join(sql_places(model))});"  # noqa: S608


def marks_of(model: Any, row_id: str, source: str = "") -> str:
    """A query of a mark for each text of a row."""
    return " UNION ALL ".join(f"SELECT {place}, {row_id}{source}" for place in sql_places(model))


def sql_places(model: Any) -> list[str]:
    """Of the texts of a model, as SQL writes them."""
    return [sql_text(place) for place in text_places(model)]
