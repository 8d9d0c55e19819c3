"""A single row: found by its id, or whether there is one with some values."""

from typing import Any

from peewee import ModelSelect

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
