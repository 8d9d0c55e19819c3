"""The lesson's four verbs for one row: create, read, update, delete."""

from collections.abc import Iterator
from typing import Any

from peewee import ForeignKeyField

from lab.twins.person_sql import column_in_sql, everything_of, table_in_sql, value_in_sql
from lab.twins.twin import Twin
from lab.twins.values import another, in_python, label_field, named_fields, new_values, shown_fields
from models.shared.deletion import NO_ACTION, Deletion, among
from models.shared.resource import singular_of
from models.shared.values import to_json

MOST_LOOKED_AT = 20  # rows that might be deleted
MADE_BY_CLASS = "The class also checks its rules, and gives each column without a value its default."


def twins_of_rows(model: Any) -> Iterator[Twin]:
    """Those for which there is a row, or could be one."""
    one = singular_of(model)
    values = new_values(model)
    if values is not None:
        yield creating_one(model, one, values)
    rows = list(model.select(model.id).order_by(model.id.desc()).limit(MOST_LOOKED_AT).tuples())
    if not rows:
        return
    yield reading_one(model, one, rows[-1][0])
    newest = model.get_by_id(rows[0][0])
    yield from updating_one(model, one, newest)
    yield deleting_one(
        model, one, next((row for (row,) in rows if nothing_in_the_way(model.get_by_id(row))), newest.id)
    )


def creating_one(model: Any, one: str, values: dict[str, Any]) -> Twin:
    """A new row. SQL knows no default of a class, so these values are written out."""
    fields = [field for field in model._meta.sorted_fields if not field.primary_key]
    constants = {f.name: f.default for f in fields if f.default is not None and not callable(f.default)}
    all_values = constants | values
    given = [field for field in fields if all_values.get(field.name) is not None]
    columns = ", ".join(map(column_in_sql, given))
    texts = ", ".join(value_in_sql(field, all_values[field.name]) for field in given)
    python = ", ".join(f"{name}={in_python(value)}" for name, value in values.items())
    into = f"INSERT INTO {table_in_sql(model)}"
    sql = f"{into} ({columns})\nVALUES ({texts})" if given else f"{into} DEFAULT VALUES"
    return Twin("create", f"Create a {one}", f"{model.__name__}.create({python})", sql, MADE_BY_CLASS, True)


def reading_one(model: Any, one: str, row: int) -> Twin:
    """One row by its id."""
    variable = variable_of(model)
    python = f"{variable} = {model.__name__}.get_by_id({row})\n{variable}.read()"
    about = (
        "read() makes a dictionary of what may be seen, also of rows that refer to it: so it may ask more than once."
    )
    return Twin("read", f"Read a {one}", python, f"{everything_of(model)}\nWHERE id = {row}", about)


def updating_one(model: Any, one: str, newest: Any) -> Iterator[Twin]:
    """Another value for what a row is called by, or for the first column that can have one."""
    names = [label_field(model).name, *(field.name for field in shown_fields(model))]
    for field in named_fields(model, *(name for name in names if name not in model.read_only)):
        before = newest.__data__.get(field.name)
        value = None if before is None or isinstance(field, ForeignKeyField) else another(field, before)
        if value not in (None, before):
            variable, text = variable_of(model), to_json(field, value)
            python = f"{variable} = {model.__name__}.get_by_id({newest.id})\n"
            python += f"{variable}.update({field.name}={in_python(text)})"
            new = f"{column_in_sql(field)} = {value_in_sql(field, text)}"
            sql = f"UPDATE {table_in_sql(model)}\nSET {new}\nWHERE id = {newest.id}"
            yield Twin("update", f"Update a {one}", python, sql, "The class checks the new value first.", True)
            return


def deleting_one(model: Any, one: str, row: int) -> Twin:
    """A row and what goes with it."""
    variable = variable_of(model)
    python = f"{variable} = {model.__name__}.get_by_id({row})\n{variable}.delete()"
    sql = f"DELETE FROM {table_in_sql(model)}\nWHERE id = {row}"  # noqa: S608 - a text to be shown
    about = "Rows that belong to it go along: the table of each says so with ON DELETE."
    return Twin("delete", f"Delete a {one}", python, sql, about if model._meta.backrefs else "", True)


def nothing_in_the_way(row: Any) -> bool:
    """Whether the database alone deletes it with all that goes along."""
    found = Deletion(row).found
    keys = [(key, ids) for rule in found for key, ids in found[rule].items() if key.on_delete == NO_ACTION]
    return not any(key.model.select(key.model.id).where(among(key, ids)).exists() for key, ids in keys)


def variable_of(model: Any) -> str:
    """What a program calls one row."""
    name = singular_of(model).replace(" ", "_")
    return name if name != model.__name__ and name not in ("date", "datetime", "fn", "print") else "row"
