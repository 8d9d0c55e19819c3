"""How a table of PostgreSQL is made, and how it is made so again where it is."""

from typing import Any

from models.shared.alteration.rows_in_words import all_tables
from models.shared.database import database
from models.shared.sql_names import sql_name

COLUMNS_NOW = """SELECT attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid),
    CASE WHEN attcollation <> typcollation THEN collname END
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""
CONSTRAINTS_NOW = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype IN ('c', 'f', 'u') AND conrelid = %s::regclass"""
INDEXES_NOW = """SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = %s::regclass AND NOT indisprimary
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype = 'u')"""
TRIGGERS_NOW = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass"


def postgresql_state(table: str) -> dict[str, Any]:
    """Its columns, rules, indexes and triggers, and the highest number of a row."""
    place = (sql_name(table),)

    def named_texts(sql: str) -> dict[str, str]:
        return dict(database.execute_sql(sql, place).fetchall())

    (sequence,) = database.execute_sql("SELECT pg_get_serial_sequence(%s, 'id')", place).fetchone()
    last = database.execute_sql(f"SELECT last_value FROM {sequence}").fetchone()[0] if sequence else 0  # noqa: S608
    return {
        "columns": [list(row) for row in database.execute_sql(COLUMNS_NOW, place).fetchall()],
        "constraints": named_texts(CONSTRAINTS_NOW),
        "indexes": named_texts(INDEXES_NOW),
        "triggers": named_texts(TRIGGERS_NOW),
        "last": last,
        "sequence": sequence,
    }


def make_postgresql_as_before(old: str, new: str, before: str, state: dict[str, Any]) -> None:
    """The table `new` becomes `old` again, with the rows of `before`."""
    if not new:
        make_empty(old, state)
    elif new != old:
        alter(f"{sql_name(new)} RENAME TO {sql_name(old)}")
        rename_sequence(old, state["sequence"])
    for before_it, name in state["renamed"].items():
        alter(f"{sql_name(old)} RENAME COLUMN {sql_name(name)} TO {sql_name(before_it)}")
    table = sql_name(old)
    alter(f"{table} DISABLE TRIGGER USER")
    drop_others(table, old, state)
    bring_columns(table, old, state)
    names = [row[0] for row in state["columns"]]
    if new:
        pairs = ", ".join(f"{sql_name(name)} = kept.{sql_name(name)}" for name in names if name != "id")
        database.execute_sql(f"UPDATE {table} SET {pairs} FROM {sql_name(before)} AS kept WHERE kept.id = {table}.id")  # noqa: S608
    else:
        all_of_them = ", ".join(map(sql_name, names))
        database.execute_sql(f"INSERT INTO {table} ({all_of_them}) SELECT {all_of_them} FROM {sql_name(before)}")  # noqa: S608
    bring_rules_back(table, old, state)
    alter(f"{table} ENABLE TRIGGER USER")


def alter(sql: str) -> None:
    """ALTER TABLE …"""
    database.execute_sql(f"ALTER TABLE {sql}".replace("%", "%%"))


def rename_sequence(table: str, wanted: str) -> None:
    """What counts the rows is called as before."""
    (name,) = database.execute_sql("SELECT pg_get_serial_sequence(%s, 'id')", (sql_name(table),)).fetchone()
    if name and wanted and name != wanted:
        database.execute_sql(f"ALTER SEQUENCE {name} RENAME TO {wanted.rpartition('.')[2]}")


def make_empty(table: str, state: dict[str, Any]) -> None:
    """With its key, and with the numbers going on."""
    kind = "SERIAL" if state["sequence"] else next(row[1] for row in state["columns"] if row[0] == "id")
    database.execute_sql(f"CREATE TABLE {sql_name(table)} (id {kind} NOT NULL PRIMARY KEY)")
    if state["sequence"]:
        place = (sql_name(table), max(1, state["last"]))
        database.execute_sql("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", place)


def drop_others(table: str, name: str, state: dict[str, Any]) -> None:
    """What the table did not have goes, and what another text makes."""
    now = postgresql_state(name)
    for constraint, text in now["constraints"].items():
        if state["constraints"].get(constraint) != text:
            alter(f"{table} DROP CONSTRAINT {sql_name(constraint)}")
    for index, text in now["indexes"].items():
        if state["indexes"].get(index) != text:
            database.execute_sql(f"DROP INDEX {sql_name(index)}")
    known = {row[0] for row in state["columns"]}
    for row in now["columns"]:
        if row[0] not in known:
            alter(f"{table} DROP COLUMN {sql_name(row[0])}")


def bring_columns(table: str, name: str, state: dict[str, Any]) -> None:
    """Each has its type again, and may be empty for now."""
    now = {row[0]: row for row in postgresql_state(name)["columns"]}
    for column, kind, _not_null, _default, collation in state["columns"]:
        if column == "id":
            continue
        place, order = sql_name(column), f" COLLATE {sql_name(collation)}" if collation else ""
        if column not in now:
            alter(f"{table} ADD COLUMN {place} {kind}{order}")
            continue
        alter(f"{table} ALTER COLUMN {place} DROP NOT NULL")
        if (kind, collation) != (now[column][1], now[column][4]):
            alter(f"{table} ALTER COLUMN {place} DROP DEFAULT")
            alter(f"{table} ALTER COLUMN {place} TYPE {kind}{order} USING NULL")


def bring_rules_back(table: str, name: str, state: dict[str, Any]) -> None:
    """What the table had and has no more."""
    for column, _kind, is_not_null, default, _collation in state["columns"]:
        if column == "id":
            continue
        alter(f"{table} ALTER COLUMN {sql_name(column)} {f'SET DEFAULT {default}' if default else 'DROP DEFAULT'}")
        if is_not_null:
            alter(f"{table} ALTER COLUMN {sql_name(column)} SET NOT NULL")
    now = postgresql_state(name)
    tables = all_tables()
    for constraint, text in state["constraints"].items():
        if constraint not in now["constraints"] and name in tables:
            alter(f"{table} ADD CONSTRAINT {sql_name(constraint)} {text}")
    for kind in ("indexes", "triggers"):
        for each, text in state[kind].items():
            if each not in now[kind]:
                database.execute_sql(text.replace("%", "%%"))
