"""How a table differs from its class, column by column, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import ForeignKeyField

from lab.tables.stored import IndexShape, StoredColumn, StoredIndex, StoredTable
from lab.tables.suggested import class_for, line_as_stored, line_of_field
from lab.tables.whose import KnownTable
from models.shared.alteration.facts import type_of
from models.shared.folding_triggers import sql_name
from models.shared.loading import source_of
from models.shared.resource import Resource
from models.shared.trigram_index import TRIGRAM_INDEX

START = "Start the site again"
MIGRATION = "Start the site again. If it says that a migration is missing, add one, as CONTRIBUTING.md tells."


@dataclass(frozen=True)
class Difference:
    """What differs, of a `column` or (None) of the whole table; what to do, and lines for that."""

    column: str | None
    says: str
    cure: str
    lines: str = ""


def differences(known: KnownTable) -> list[Difference]:
    """All of a table; none where it is as its class says, or nobody knows more of it than the database."""
    if known.model is None:
        return [without_class(known.stored)] if is_unclaimed(known) else []
    if known.is_missing:
        return [missing_table(known)]
    found = [each for name, field in known.fields.items() for each in of_field(known, name, field)]
    found += [without_field(known, column) for column in known.stored.columns if column.name not in known.fields]
    return [*found, *of_indexes(known)]


def is_unclaimed(known: KnownTable) -> bool:
    """Whether somebody has made a table, and no class knows of it."""
    return not known.kept_for and known.stored.kind == "table"


def without_class(stored: StoredTable) -> Difference:
    """A table of which no file in models/ knows."""
    says, again = f"No class has the table {stored.name}.", "If a file was taken away from models/, put it back."
    if stored.primary_key != ("id",):
        return Difference(None, says, f"{again} Else drop the table: no class can have it, as its key is not id.")
    file, lines = class_for(stored)
    return Difference(None, says, f"{again} Else write a class in {file}, or drop the table.", lines)


def missing_table(known: KnownTable) -> Difference:
    """A class without a table."""
    says = f"The class {known.model.__name__} has no table {known.name} in the database."
    return Difference(None, says, f"{START}: it makes the table." if is_resource(known) else MIGRATION)


def of_field(known: KnownTable, name: str, field: Any) -> Iterator[Difference]:
    """How a column differs from its field."""
    column = known.stored.by_name.get(name)
    if column is None:
        yield missing_column(known, name, field)
        return
    if field.primary_key:
        return
    if type_of(field) != column.type.lower():
        words = f"is {column.type or 'of no type'} in the table, and {type_of(field).upper()} by the class"
        yield differing(known, name, words)
    if field.null != column.is_null:
        words = (
            "may be NULL in the table, and not by the class"
            if column.is_null
            else "must not be NULL in the table, but may be by the class"
        )
        yield differing(known, name, words)
    if isinstance(field, ForeignKeyField):
        yield from of_reference(known, name, field)


def missing_column(known: KnownTable, name: str, field: Any) -> Difference:
    """A field without a column."""
    says = f"{known.name} has no column {name}, and {known.model.__name__} has the field {field.name}."
    if not is_resource(known):
        return Difference(name, says, MIGRATION)
    if field.null or (field.default is not None and not field.unique):
        return Difference(name, says, f"{START}: it adds the column.")
    return Difference(name, says, f"Say null=True in {field.name}, and start the site again: it adds the column.")


def without_field(known: KnownTable, column: StoredColumn) -> Difference:
    """A column that the class has no field for."""
    says = f"{known.name} has a column {column.name}, and {known.model.__name__} has no such field."
    drop = f"ALTER TABLE {sql_name(known.name)} DROP COLUMN {sql_name(column.name)}"
    cure = f"Add the field to {source_of(known.model)}, or take the column away: {drop}"
    return Difference(column.name, says, cure, line_of_field(column, known.stored))


def differing(known: KnownTable, name: str, words: str) -> Difference:
    """A column that is another one than its field."""
    field = known.fields[name]
    cure = f"Let {known.model.__name__}.{field.name} say the same as the table"
    if is_resource(known):
        stem = known.model.__module__.rpartition(".")[2]
        cure += f"; or make the table again, and lose its rows: python -m seed {stem}"
    else:
        cure += "; or change the table by a migration, as CONTRIBUTING.md tells"
    return Difference(
        name, f"{known.name}.{name} {words}.", f"{cure}.", "" if not is_resource(known) else line_as_stored(known, name)
    )


def of_reference(known: KnownTable, name: str, field: Any) -> Iterator[Difference]:
    """How a foreign key differs."""
    keys = [key for key in known.stored.keys if key.columns == (name,)]
    target = field.rel_model._meta.table_name
    again = f"{START}: it brings the key." if is_resource(known) else MIGRATION
    if not keys:
        yield Difference(
            name, f"{known.name}.{name} refers to nothing in the table, and to {target} by the class.", again
        )
    elif keys[0].table != target:
        yield differing(known, name, f"refers to {keys[0].table} in the table, and to {target} by the class")
    elif rule_of(field) != keys[0].on_delete:
        words = f"has ON DELETE {keys[0].on_delete} in the table, and {rule_of(field)} by the class"
        yield Difference(name, f"{known.name}.{name} {words}.", again)


def rule_of(field: ForeignKeyField) -> str:
    """What becomes of a row when the one it refers to is deleted, by its class."""
    return str(field.on_delete or "NO ACTION").upper()


def of_indexes(known: KnownTable) -> Iterator[Difference]:
    """Indexes that only the class has, or only the table. Of an expression or some rows nothing is said."""
    wanted = wanted_indexes(known.model)
    there = {each.shape: each for each in known.stored.indexes if not each.is_primary and each.name != TRIGRAM_INDEX}
    for shape in wanted.keys() - there.keys():
        if known.stored.by_name.keys() >= set(shape[0]):  # else it is told that the column is missing
            yield missing_index(known, shape, wanted[shape])
    for shape in there.keys() - wanted.keys():
        if None not in shape[0] and not there[shape].is_partial:
            yield without_option(known, there[shape])


def missing_index(known: KnownTable, shape: IndexShape, name: str) -> Difference:
    """One that only the class has."""
    columns, is_unique = shape
    names = ", ".join(sql_name(str(each)) for each in columns)
    lines = f"CREATE {'UNIQUE ' * is_unique}INDEX {sql_name(name)} ON {sql_name(known.name)} ({names});"
    says = f"{known.name} lacks {index_words(shape)}, which {known.model.__name__} asks for."
    return Difference(str(columns[0]), says, "Make it, with the program sqlite3 or psql:", lines)


def without_option(known: KnownTable, index: StoredIndex) -> Difference:
    """One that only the table has."""
    says = f"{known.name} has {index_words(index.shape)}, and {known.model.__name__} has none."
    cure = f"Say it in {known.model.__name__}" + (", or take it away:" if index.sql else ".")
    return Difference(str(index.columns[0]), says, cure, f"DROP INDEX {sql_name(index.name)};" if index.sql else "")


def wanted_indexes(model: Any) -> dict[IndexShape, str]:
    """The columns of each index that the class asks for, whether it is unique, and its name."""
    found: dict[IndexShape, str] = {}
    for index in model._meta.fields_to_index():
        columns = tuple(getattr(each, "column_name", None) for each in index._expressions)
        found[columns, bool(index._unique)] = str(index._name)
    return found


def index_words(shape: IndexShape) -> str:
    """An index in words."""
    columns, is_unique = shape
    return f"{'a unique' if is_unique else 'an'} index on {', '.join(map(str, columns))}"


def is_resource(known: KnownTable) -> bool:
    """Whether its table follows its class."""
    return issubclass(known.model, Resource)
