"""Peewee's migrator with what it lacks: a table of SQLite keeps all it knew, and values are turned, too."""

from collections.abc import Callable
from typing import Any

from peewee import Field, PostgresqlDatabase
from playhouse.migrate import PostgresqlMigrator, SchemaMigrator, SqliteMigrator, operation

from models.shared.alteration.remade import definitions_of, make_anew, plain_columns, sql_around
from models.shared.alteration.table_sql import (
    SQL_TOKEN,
    Clause,
    Definition,
    TableSql,
    inner_of,
    plain_identifier,
    plain_sql,
)
from models.shared.alteration.turning import REFUSED, turn_values, turned_as_text
from models.shared.database import database
from models.shared.sql_names import sql_name, sql_text

CHECKS_OF_TABLE = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
)


def migrator_for(bound: Any) -> Any:
    """What migrations of this database are given."""
    if isinstance(bound, PostgresqlDatabase):
        return OnPostgresql(bound)
    return OnSqlite(bound)


class Filling(SchemaMigrator):
    """What is the same on each engine."""

    @operation
    def fill(self, table: str, column: str, value: Any) -> None:
        """Give `value` to the rows that have none."""
        where = f"{sql_name(column)} IS NULL"
        sql = f"UPDATE {sql_name(table)} SET {sql_name(column)} = {database.param} WHERE {where}"  # noqa: S608
        database.execute_sql(sql, (value,))


class OnPostgresql(Filling, PostgresqlMigrator):
    """PostgreSQL changes a table where it is."""

    @operation
    def alter_column_type(self, table: str, column: str, field: Field, otherwise: Any = REFUSED) -> None:
        """As Peewee's, and each value is turned; `otherwise` is for those that cannot be."""
        name, place = sql_name(column), f"ALTER TABLE {sql_name(table)} ALTER COLUMN {sql_name(column)} TYPE"
        new = turned_as_text(table, column, field, otherwise)
        database.execute_sql(f"{place.removesuffix('TYPE')} DROP DEFAULT")  # it is of the old type
        database.execute_sql(f"{place} text USING {name}::text")
        update = f"UPDATE {sql_name(table)} SET {name} = %s WHERE {name} = %s"  # noqa: S608
        database.execute_many(update, [(after, before) for before, after in new.items() if after != before])
        ddl = str(field.ddl_datatype(self.make_context()).sql)
        collation = f" COLLATE {sql_name(field.collation)}" if field.collation else ""
        database.execute_sql(f"{place} {ddl}{collation} USING {name}::{ddl}")

    @operation
    def add_check(self, table: str, rule: str) -> None:
        """What must be true of each row."""
        database.execute_sql(f"ALTER TABLE {sql_name(table)} ADD CHECK ({rule.replace('%', '%%')})")

    @operation
    def drop_check(self, table: str, rule: str) -> None:
        """It need not be true any more; it is told as PostgreSQL tells it."""
        for name, text in database.execute_sql(CHECKS_OF_TABLE, (sql_name(table),)).fetchall():
            if plain_sql(inner_of(text)) == plain_sql(rule):
                database.execute_sql(f"ALTER TABLE {sql_name(table)} DROP CONSTRAINT {sql_name(name)}")

    @operation
    def add_key(self, table: str, column: str, target: str, when_deleted: str = "") -> None:
        """The column refers to the rows of `target`."""
        late = " DEFERRABLE INITIALLY IMMEDIATE" if when_deleted == "NO ACTION" else ""
        database.execute_sql(f"ALTER TABLE {sql_name(table)} ADD {key_text(column, target, when_deleted)}{late}")

    @operation
    def drop_key(self, table: str, column: str) -> None:
        """The column is a plain number."""
        return self.drop_foreign_key_constraint(table, column)


class OnSqlite(Filling, SqliteMigrator):
    """SQLite changes little of a table where it is: the rest is made anew, and keeps its triggers and its numbers."""

    def rebuild(self, table: str, change: Callable[[Definition], Definition | None], *more: Definition) -> None:
        """Make the table anew with each definition changed, left out where it is None, and with `more`."""
        old = definitions_of(table)
        changed = [after for after in map(change, old.definitions) if after]
        columns = [each for each in changed if each.column]
        rules = [each for each in changed if not each.column]
        new = TableSql((*columns, *rules, *more), old.tail)
        kept = [name for name in plain_columns(table) if name in new.columns]
        gone = set(old.columns) - set(new.columns)
        around = [sql for sql in sql_around(table) if not (is_index(sql) and gone.intersection(names_in_sql(sql)))]
        make_anew(table, new.text(f"{table}__new"), {name: sql_name(name) for name in kept}, around)

    def rebuild_column(self, table: str, column: str, change: Callable[[Definition], Definition | None]) -> None:
        """The same for one column."""
        found = next((name for name in definitions_of(table).columns if name.lower() == column.lower()), None)
        if found is None:
            raise ValueError(f'Column "{column}" does not exist on "{table}"')
        self.rebuild(table, lambda each: change(each) if each.column == found else each)

    @operation
    def add_not_null(self, table: str, column: str) -> None:
        """As Peewee's."""
        self.rebuild_column(table, column, lambda each: each.without("NOT", "NULL").plus("NOT", "NOT NULL"))

    @operation
    def drop_not_null(self, table: str, column: str) -> None:
        """As Peewee's."""
        self.rebuild_column(table, column, lambda each: each.without("NOT"))

    @operation
    def drop_column(self, table: str, column_name: str, cascade: bool = True) -> None:
        """As Peewee's; its indexes and rules go with it."""

        def left(each: Definition) -> Definition | None:
            is_its = column_name in names_in_sql(each.text) if not each.column else each.column == column_name
            return None if is_its else each

        self.rebuild(table, left)

    @operation
    def alter_column_type(self, table: str, column: str, field: Field, otherwise: Any = REFUSED) -> None:
        """As Peewee's, and each value is turned; `otherwise` is for those that cannot be."""
        ddl = str(field.ddl_datatype(self.make_context()).sql)

        def change(each: Definition) -> Definition:
            plain = each.without("TYPE", "COLLATE")
            changed = Definition(each.column, (Clause("TYPE", ddl), *plain.clauses))
            return changed.plus("COLLATE", f"COLLATE {field.collation}") if field.collation else changed

        self.rebuild_column(table, column, change)
        turn_values(table, column, field, otherwise)

    @operation
    def add_column_default(self, table: str, column: str, default: Any) -> None:
        """As Peewee's."""
        text = str(default() if callable(default) else default)
        is_sql = not isinstance(default, str) or text.endswith((")", "'")) or text.isdigit()
        sql = text if is_sql else sql_text(text)
        self.rebuild_column(table, column, lambda each: each.without("DEFAULT").plus("DEFAULT", f"DEFAULT {sql}"))

    @operation
    def drop_column_default(self, table: str, column: str) -> None:
        """As Peewee's."""
        self.rebuild_column(table, column, lambda each: each.without("DEFAULT"))

    @operation
    def add_check(self, table: str, rule: str) -> None:
        """What must be true of each row."""
        self.rebuild(table, lambda each: each, Definition("", (Clause("CHECK", f"CHECK ({rule})"),)))

    @operation
    def drop_check(self, table: str, rule: str) -> None:
        """It need not be true any more."""

        def change(each: Definition) -> Definition | None:
            left = tuple(clause for clause in each.clauses if not is_check(clause, rule))
            return Definition(each.column, left) if left or each.column else None

        self.rebuild(table, change)

    @operation
    def add_key(self, table: str, column: str, target: str, when_deleted: str = "") -> None:
        """The column refers to the rows of `target`."""
        late = " DEFERRABLE INITIALLY IMMEDIATE" if when_deleted == "NO ACTION" else ""
        text = key_text(column, target, when_deleted) + late
        self.rebuild(table, lambda each: each, Definition("", (Clause("FOREIGN", text),)))

    @operation
    def drop_key(self, table: str, column: str) -> None:
        """The column is a plain number."""

        def change(each: Definition) -> Definition | None:
            if each.column:
                return each.without("REFERENCES") if each.column == column else each
            words = names_in_sql(inner_of(each.text)) if each.get("FOREIGN") else []
            return None if words == [column] else each

        self.rebuild(table, change)


def key_text(column: str, target: str, when_deleted: str) -> str:
    """A foreign key, as SQL writes it."""
    rule = f" ON DELETE {when_deleted}" if when_deleted else ""
    return f'FOREIGN KEY ({sql_name(column)}) REFERENCES {sql_name(target)} ("id"){rule}'


def is_check(clause: Clause, rule: str) -> bool:
    """Whether the clause asks for this."""
    return clause.word == "CHECK" and plain_sql(inner_of(clause.text)) == plain_sql(rule)


def is_index(sql: str) -> bool:
    """Whether the statement makes one."""
    return "INDEX" in sql.upper().split()[:3]


def names_in_sql(sql: str) -> list[str]:
    """The words of `sql`, some of which are names of columns."""
    return [plain_identifier(word) for word in SQL_TOKEN.findall(sql) if word.strip(" \n\t(),")]
