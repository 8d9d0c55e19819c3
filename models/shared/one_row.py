"""A single row: found by its id, or whether there is one with some values; inserted, or changed."""

from typing import Any

from peewee import ModelSelect

from models.shared.database import database
from models.shared.prepared import Given, kept, prepared


def row_of(query: "ModelSelect[Any]", id: Any) -> Any:
    """The row of `query` that has this id. DoesNotExist when there is none."""
    rows = by_id(query).rows(id=id)
    if not rows:
        raise query.model.DoesNotExist
    return rows[0]


@kept
def all_of(model: Any) -> "ModelSelect[Any]":
    """All rows of `model`."""
    query: ModelSelect[Any] = model.select()
    return query


@prepared
def by_id(query: "ModelSelect[Any]") -> Any:
    """The rows of `query` with one id."""
    return query.where(query.model.id == Given("id"))


def is_there(model: Any, values: dict[str, Any], but: int = 0) -> bool:
    """Whether there is a row with these values, `but` this one."""
    given = {f"value {name}": value for name, value in values.items()}
    return with_values(model, tuple(values)).value(but=but, **given) is not None


@prepared
def with_values(model: Any, names: tuple[str, ...]) -> Any:
    """The id of one row that has these values, but another id."""
    same = [model._meta.fields[name] == Given(f"value {name}") for name in names]
    return model.select(model.id).where(*same, model.id != Given("but")).limit(1)


def insert_row(model: Any, values: dict[str, Any]) -> int:
    """Insert a row of these values by the names of all columns that have one or a default; its id."""
    cursor = insertion(model, tuple(values)).execute(**values)
    new_id: int = cursor.fetchone()[0] if database.returning_clause else cursor.lastrowid
    return new_id


def insert_rows(model: Any, rows: list[dict[str, Any]]) -> None:
    """The same for many rows, all with values of the same names, and perhaps an id."""
    if rows:
        many = insertion(model, tuple(rows[0]))
        database.execute_many(many.sql, [many.parameters(**values) for values in rows])


@prepared
def insertion(model: Any, names: tuple[str, ...]) -> Any:
    """What inserts a row of these columns."""
    return model.insert(given_to(model, names))


def change_row(model: Any, id: int, values: dict[str, Any]) -> int:
    """Change these columns of a row, by their names; how many rows there are with that id."""
    changed: int = change(model, tuple(values)).execute(**values, **{"this id": id}).rowcount
    return changed


@prepared
def change(model: Any, names: tuple[str, ...]) -> Any:
    """What changes these columns of a row."""
    return model.update(given_to(model, names)).where(model.id == Given("this id"))


def given_to(model: Any, names: tuple[str, ...]) -> dict[Any, Given]:
    """Values that the columns of these names are given."""
    fields = [model._meta.fields[name] for name in names]
    return {field: Given(field.name, field) for field in fields}
