"""The tables of Resources follow their classes: made when they are missing, given the columns that they lack."""

import sys
from collections.abc import Collection, Iterator
from typing import Any

from peewee import Field, ForeignKeyField, make_snake_case  # type: ignore[attr-defined]  # its stubs forget the last

from models.shared.alteration.differences import TableDifference, follows_by_itself, table_differences
from models.shared.database import database, is_sqlite
from models.shared.loading import all_models, all_resources
from models.shared.reference_rules import bring_rules, keys_at_once, make_key_anew, other_rules
from models.shared.resource import Resource, plural_of
from models.shared.start_errors import file_of, stop_start, unusable_file

BACK = "Put the class back as it was"
COMMAND = "let a command change the table, which shows first what would become of its rows: python -m models change"


def are_current() -> bool:
    """Whether every Resource has its table and nothing differs, and no other table lacks a column."""
    tables = database.get_tables()
    is_same = all(
        model._meta.table_name in tables and not table_differences(model) and not other_rules(model)
        for model in all_resources()
    )
    return is_same and not any(without_migration())


def follow_classes(with_rows: bool) -> None:
    """Make and change tables, within a transaction. Unusable when a table differs in what cannot be mended here."""
    for field in without_migration():
        name, table = field.column_name, field.model._meta.table_name
        remedy = f"Add a migration, as CONTRIBUTING.md tells; or {COMMAND}"
        stop_start(field.model, f"the table {table} has no column {name}, and no migration makes it.", remedy)
    tables: list[str] = database.get_tables()
    news: list[str] = []
    made: list[type[Resource]] = []
    for model in all_resources():  # parents before children
        with unusable_file(file_of(model)):
            if model._meta.table_name in tables:
                news += change_table(model)
                continue
            refuse_other_name(model, tables)
            with keys_at_once(model):
                model.create_table()
            made.append(model)
            if with_rows:
                fill(model)
    for model in all_resources():
        brought = bring_rules(model)
        news += [] if model in made else brought
    print(*news, sep="\n", end="\n" * bool(news), flush=True)


def refuse_other_name(model: type[Resource], tables: list[str]) -> None:
    """Unusable while its table has the name that the class says it had."""
    old = old_table_of(model, tables)
    if old:
        table, name = model._meta.table_name, model.__name__
        problem = f"the table {old} is called {table} by now, as {name} says, and still has its old name."
        stop_start(model, problem, f"{BACK}, or {COMMAND}")


def old_table_of(model: type[Resource], tables: Collection[str]) -> str:
    """The table that the class says it had before, if it is there: by its name, or by that of its class."""
    said = model.renamed_from
    names = [said, plural_of(make_snake_case(said))] if said else []
    return next((name for name in names if name in tables), "")


def without_migration() -> Iterator[Field]:
    """The fields for whose column a migration is missing, in the tables that do not follow their classes."""
    for model in all_models():
        if not issubclass(model, Resource):
            there = {column.name for column in database.get_columns(model._meta.table_name)}
            yield from (field for field in model._meta.sorted_fields if field.column_name not in there)


def change_table(model: type[Resource]) -> list[str]:
    """A line for each column that was added."""
    found = table_differences(model)
    news = [add_column(difference) for difference in found if difference.kind == "no column"]
    for difference in table_differences(model) if found else ():
        if not is_missing_key(difference):
            refuse_change(difference)
    return news


def is_missing_key(difference: TableDifference) -> bool:
    """Whether it is one that `bring_rules` makes."""
    return difference.kind == "key" and not difference.rule


def fill(model: type[Resource]) -> None:
    """The sample rows that the model's file makes in `init_…()`, named as the table's plural."""
    init = getattr(sys.modules[model.__module__], f"init_{model.plural}", None)
    if init:
        init()


def add_column(difference: TableDifference) -> str:
    """The line that says so."""
    field: Any = difference.field
    model: Any = field.model
    if not follows_by_itself(difference):
        refuse_change(difference)
    from models.shared.alteration.migrator import migrator_for  # only for a changed class

    table = model._meta.table_name
    migrator = migrator_for(database.obj)
    migrator.migrate(migrator.add_column(table, field.column_name, field))
    if isinstance(field, ForeignKeyField) and not is_sqlite():
        make_key_anew(field)  # the migrator forgets when it is looked at
    if field.null and field.default is not None and not field.unique:
        model.update({field: field.default() if callable(field.default) else field.default}).execute()
    return f"The table {table} has a new column {field.column_name}, as {model.__name__} has a new field."


def refuse_change(difference: TableDifference) -> None:
    """Unusable: this difference cannot be mended without losing rows, or without being asked."""
    stop_start(difference.model, f"the table {difference.table} {difference.words}.", f"{BACK}, or {COMMAND}")
