"""What to do where a table is not as its class says, where a class has no table, and where a table has no class."""

from collections.abc import Iterator
from dataclasses import dataclass

from lab.tables.stored import StoredTable
from lab.tables.suggested import class_for, line_as_stored, line_of_field
from lab.tables.whose import KnownTable
from models.shared.alteration.differences import TableDifference, follows_by_itself, table_differences
from models.shared.loading import source_of
from models.shared.reference_rules import other_rules
from models.shared.resource import Resource
from models.shared.resource_tables import COMMAND

START = "Start the site again"


@dataclass(frozen=True)
class Advice:
    """What differs, of a `column` or (None) of the whole table; what to do, and lines for that."""

    column: str | None
    says: str
    cure: str
    lines: str = ""


def all_advice(tables: list[KnownTable]) -> dict[str, list[Advice]]:
    """For each table, by its name. The database is asked over the connection of the request."""
    return {known.name: list(advice_on(known)) for known in tables}


def advice_on(known: KnownTable) -> Iterator[Advice]:
    """For one; none where it is as its class says, or nobody knows more of it than the database."""
    if known.model is None:
        if not known.kept_for and known.stored.kind == "table":
            yield on_table_without_class(known.stored)
    elif known.is_missing:
        says = f"The class {known.model.__name__} has no table {known.name} in the database."
        yield Advice(None, says, f"{START}: it makes the table." if is_resource(known) else command())
    elif known.stored.kind != "table":
        says = f"{known.name} is a {known.stored.kind}, and {known.model.__name__} is to have a table."
        yield Advice(None, says, f"Drop it, and {START.lower()}: it makes the table.")
    else:
        yield from (on_difference(known, each) for each in table_differences(known.model))
        yield from on_rules(known)


def on_table_without_class(stored: StoredTable) -> Advice:
    """A table of which no file in models/ knows."""
    says, again = f"No class has the table {stored.name}.", "If a file was taken away from models/, put it back."
    if stored.primary_key != ("id",):
        return Advice(None, says, f"{again} Else drop the table: no class can have it, as its key is not id.")
    file, lines = class_for(stored)
    return Advice(None, says, f"{again} Else write a class in {file}, or drop the table.", lines)


def on_difference(known: KnownTable, difference: TableDifference) -> Advice:
    """A column, a rule or an index that is another one, or that only one of the two has."""
    column = difference.column or next(iter(difference.index.columns if difference.index else ()), None)
    says = f"The table {known.name} {difference.words}{by_class(difference)}."
    if difference.kind == "no column" and follows_by_itself(difference):
        says = f"The table {known.name} has no column {column}, and the class has the field {difference.field.name}."
        return Advice(column, says, f"{START}: it makes the column." if is_resource(known) else command())
    if difference.kind == "no field":
        lines = line_of_field(known.stored.by_name[str(column)], known.stored)
        return Advice(column, says, f"Add the field to {source_of(known.model)}; or {COMMAND}", lines)
    if column in known.stored.by_name and difference.field is not None:
        cure = f"Let {known.model.__name__}.{difference.field.name} say what the table has; or {COMMAND}"
        return Advice(column, says, cure, line_as_stored(known, str(column)))
    return Advice(column, says, command())


def by_class(difference: TableDifference) -> str:
    """What the class says instead, where the words of a difference leave that out."""
    if difference.kind == "key" and difference.rule:
        target = getattr(difference.field, "rel_model", None)
        return f", and the class to {target._meta.table_name}" if target else ", and the class to nothing"
    return ", which the class does not ask for" if difference.kind in ("has index", "has check") else ""


def on_rules(known: KnownTable) -> Iterator[Advice]:
    """What becomes of a row when the one it refers to is deleted."""
    for field in other_rules(known.model):
        keys = [key for key in known.stored.keys if key.columns == (field.column_name,)]
        if keys:  # else it is told that it refers to nothing
            rules = f"ON DELETE {keys[0].on_delete}, and the class says {field.on_delete or 'NO ACTION'}"
            says = f"The table {known.name} has {field.column_name} with {rules}."
            cure = f"{START}: it brings the rule." if is_resource(known) else command()
            yield Advice(field.column_name, says, cure)


def command() -> str:
    """What changes a table."""
    return f"{COMMAND[0].upper()}{COMMAND[1:]}"


def is_resource(known: KnownTable) -> bool:
    """Whether its table follows its class."""
    return issubclass(known.model, Resource)
