"""How a table differs from its class: each difference with its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Field

from models.shared.alteration.facts import ColumnFacts, IndexFacts, TableFacts
from models.shared.alteration.table_and_class import facts_of_class, facts_of_table, is_same_sql


@dataclass(frozen=True)
class TableDifference:
    """`kind` is one of those that `table_differences()` makes. `words` go on after “the table planets …”."""

    kind: str
    model: Any
    words: str
    column: str = ""
    field: Any = None
    index: IndexFacts | None = None
    rule: str = ""

    @property
    def table(self) -> str:
        """Of the class."""
        return str(self.model._meta.table_name)


def table_differences(model: Any) -> list[TableDifference]:
    """All of them; columns that have another name by now are told as one that is gone and one that is new."""
    if is_same_sql(model):
        return []
    return list(differences_between(model, facts_of_table(model._meta.table_name), facts_of_class(model)))


def differences_between(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """Between what the table of `model` is and what it is to be."""
    yield from new_columns(model, there, wanted)
    yield from changed_columns(model, there, wanted)
    yield from changed_keys(model, there, wanted)
    yield from changed_checks(model, there, wanted)
    yield from old_columns(model, there)
    yield from changed_indexes(model, there, wanted)


def new_columns(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """Fields that have no column yet; `rule` is the table that one refers to."""
    for field in model._meta.sorted_fields[1:]:
        name = field.column_name
        if name not in there.columns:
            yield TableDifference(
                "no column", model, no_column_words(field), name, field, rule=wanted.keys.get(name, "")
            )


def no_column_words(field: Field) -> str:
    """Why its column cannot be made at once."""
    why = "which must differ in each row" if field.unique else "which is neither null=True nor has a default"
    return f"has no column {field.column_name} yet, {why}"


def follows_by_itself(difference: TableDifference) -> bool:
    """Whether the start makes the column."""
    field = difference.field
    return difference.kind == "no column" and (field.null or (field.default is not None and not field.unique))


def old_columns(model: Any, there: TableFacts) -> Iterator[TableDifference]:
    """Columns in the table that the class has no field for."""
    fields = {field.column_name for field in model._meta.sorted_fields}
    for name in there.columns:
        if name not in fields:
            yield TableDifference("no field", model, f"has a column {name}, and the class has no such field", name)


def changed_columns(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """How columns that are there differ from their fields."""
    nothing = ColumnFacts("", True)
    for field in model._meta.sorted_fields[1:]:
        name = field.column_name
        old, new = there.columns.get(name), wanted.columns.get(name, nothing)
        if old is None:
            continue
        if old.type != new.type:
            words = f"has {name} as {old.type.upper()}, not as {new.type.upper()}"
            yield TableDifference("type", model, words, name, field)
        elif old.collation != new.collation:
            words = f"has {name} in the order {old.collation or 'of bytes'}, not {new.collation or 'of bytes'}"
            yield TableDifference("type", model, words, name, field)
        if old.null != new.null:
            kind = "null" if new.null else "not null"
            yield TableDifference(kind, model, f"has {name} {'with' if old.null else 'without'} null=True", name, field)


def changed_keys(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """Columns that refer to another table, or to one where they should not."""
    for field in model._meta.sorted_fields[1:]:
        name = field.column_name
        old, new = there.keys.get(name), wanted.keys.get(name)
        if name in there.columns and old != new:
            words = f"has {name} refer to {old}" if old else f"has {name} refer to no {new}"
            yield TableDifference("key", model, words, name, field, rule=old or "")


def changed_checks(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """Rules that only the table has, or only the class."""
    for kind, ours, theirs in (("has check", there, wanted), ("lacks check", wanted, there)):
        for plain, text in ours.checks.items():
            if plain not in theirs.checks:
                word = kind.partition(" ")[0]
                yield TableDifference(kind, model, f"{word} the rule {text}", rule=text)


def changed_indexes(model: Any, there: TableFacts, wanted: TableFacts) -> Iterator[TableDifference]:
    """Indexes that only the table has, or only the class."""
    for kind, ours, theirs in (("lacks index", wanted, there), ("has index", there, wanted)):
        for plain, index in ours.indexes.items():
            if plain not in theirs.indexes:
                yield TableDifference(kind, model, f"{kind.partition(' ')[0]} {words_of_index(index)}", index=index)


def words_of_index(index: IndexFacts) -> str:
    """As in: a unique index on name, moons."""
    on = ", ".join(index.columns) or index.on.removeprefix("unique ").removeprefix("btree ")
    return f"{'a unique' if index.unique else 'an'} index on {on}"
