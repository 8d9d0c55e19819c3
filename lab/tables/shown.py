"""The tables as a picture has them: each row a column, in SQL's words and with its attribute."""

from collections.abc import Iterator
from typing import NamedTuple

from lab.tables.advice import Advice
from lab.tables.stored import StoredColumn, StoredKey, StoredTable
from lab.tables.whose import KnownTable
from models.shared.alteration.facts import type_of

STATE_SIGNS = {"missing": "?", "differs": "≠"}
HEAD_ROW = -1  # the number of the row that a line to the whole table leads to


class ShownRow(NamedTuple):
    """A column: `marks` are of its keys and indexes; `state` is `missing` in the table, `differs`, or nothing."""

    name: str
    type: str
    marks: str
    attribute: str
    state: str


class Tie(NamedTuple):
    """A reference, from a row of one table to a row of another. It says how many there may be at both its ends."""

    table: str
    row: int
    to: str
    to_row: int
    is_optional: bool
    is_unique: bool
    words: str


class ShownTable(NamedTuple):
    """A table. `state` is `missing`, `unclaimed`, `view`, `differs` or nothing."""

    name: str
    class_name: str
    rows: list[ShownRow]
    state: str


class Choice(NamedTuple):
    """What of the tables is in the picture."""

    without_id: bool = False
    keys_only: bool = False
    own_only: bool = False

    def takes(self, known: KnownTable) -> bool:
        """Whether it has this table. What only the engine or the search needs is in no picture."""
        return not known.kept_for and (known.is_own or not self.own_only)


class SchemaPicture(NamedTuple):
    """The tables of a picture, and what refers to what."""

    tables: list[ShownTable]
    ties: list[Tie]


def schema_picture(tables: list[KnownTable], advice: dict[str, list[Advice]], choice: Choice) -> SchemaPicture:
    """What is to be drawn."""
    chosen = [known for known in tables if choice.takes(known)]
    shown = {known.name: shown_table(known, advice[known.name], choice) for known in chosen}
    places = {name: {row.name: i for i, row in enumerate(table.rows)} for name, table in shown.items()}
    ties = [tie for known in chosen for tie in ties_of(known, places)]
    return SchemaPicture(list(shown.values()), ties)


def shown_table(known: KnownTable, found: list[Advice], choice: Choice) -> ShownTable:
    """One table, with what differs."""
    differing = {each.column for each in found}
    rows = [
        row
        for row in shown_rows(known, differing)
        if not (choice.without_id and is_usual_key(row, known))
        and not (choice.keys_only and not row.state and not {"PK", "FK"} & set(row.marks.split()))
    ]
    class_name = known.model.__name__ if known.model else ""
    return ShownTable(known.name, class_name, rows, state_of_table(known, found))


def state_of_table(known: KnownTable, found: list[Advice]) -> str:
    """In a word."""
    if known.is_missing:
        return "missing"
    if known.stored.kind == "view":
        return "view"
    return ("differs" if known.model else "unclaimed") if found else ""


def is_usual_key(row: ShownRow, known: KnownTable) -> bool:
    """Whether it is the key that every table has."""
    return row.name == "id" and not row.state and known.stored.primary_key in (("id",), ())


def shown_rows(known: KnownTable, differing: set[str | None]) -> Iterator[ShownRow]:
    """The columns of the table, then those that only the class knows."""
    fields, class_name = known.fields, known.model.__name__ if known.model else ""
    for column in known.stored.columns:
        field = fields.get(column.name)
        attribute = f"{class_name}.{field.name}" if field else ""
        state = "differs" if column.name in differing else ""
        words = f"{column.short_type} NULL" if column.is_null and known.stored.kind == "table" else column.short_type
        yield ShownRow(
            column.name, words.strip(), signed(marks_of_column(column, known.stored), state), attribute, state
        )
    for name, field in fields.items():
        if name not in known.stored.by_name:
            marks = ["PK"] * bool(field.primary_key) + ["FK"] * (field in known.model._meta.refs)
            words = f"{type_of(field).upper()}{' NULL' * field.null}"
            state = "" if known.is_missing else "missing"
            yield ShownRow(name, words, signed(marks, state), f"{class_name}.{field.name}", state)


def signed(marks: list[str], state: str) -> str:
    """The marks, behind the sign of what differs."""
    return " ".join([STATE_SIGNS[state], *marks] if state else marks)


def marks_of_column(column: StoredColumn, stored: StoredTable) -> list[str]:
    """Of the keys and indexes that it belongs to; small letters where an index has other columns, too."""
    marks = ["PK"] * bool(column.key_place) + ["FK"] * bool(stored.keys_at(column.name))
    if column.key_place and len(stored.primary_key) == 1:
        return marks
    shapes = {each.shape for each in stored.indexes if not each.is_primary and column.name in each.columns}
    alone = {is_unique for columns, is_unique in shapes if len(columns) == 1}
    among = {is_unique for columns, is_unique in shapes if len(columns) > 1}
    found = ["UQ" if True in alone else "IX"] if alone else ["uq" if True in among else "ix"] if among else []
    return marks + found


def ties_of(known: KnownTable, places: dict[str, dict[str, int]]) -> Iterator[Tie]:
    """The references of a table to those that are shown."""
    for key in keys_of_table(known):
        if key.table in places and places[known.name].keys() >= {key.columns[0]}:
            to_row = places[key.table].get(key.to_columns[0] if key.to_columns else "", HEAD_ROW)
            columns = [known.stored.by_name[each] for each in key.columns if each in known.stored.by_name]
            words = f"{known.name}.{', '.join(key.columns)} refers to {key.table}.{', '.join(key.to_columns)}"
            yield Tie(
                known.name,
                places[known.name][key.columns[0]],
                key.table,
                to_row,
                any(column.is_null for column in columns),
                any(each.is_unique and set(each.columns) <= set(key.columns) for each in known.stored.indexes)
                or known.stored.primary_key == key.columns,
                words,
            )


def keys_of_table(known: KnownTable) -> list[StoredKey]:
    """The foreign keys of a table; of one that is missing, those of its class."""
    if not known.is_missing:
        return list(known.stored.keys)
    refs = known.model._meta.refs
    return [StoredKey((key.column_name,), key.rel_model._meta.table_name, ("id",)) for key in refs]
