"""What refers to a row: rows of models of one's own, by their foreign keys."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from peewee import SQL, ForeignKeyField, ModelSelect, fn

from models.shared.cursor import Order
from models.shared.filters import Filter, Filters
from models.shared.keyset import rows_after
from models.shared.loading import all_resources
from models.shared.prepared import kept
from models.shared.related import NEWEST, counted
from models.shared.viewers import EVERYBODY, Viewer

MOST_COUNTED = 1000  # so that no row takes long
COUNTED = "_count_"  # and the number of a key

Key = tuple[Any, str]  # a model and the name of its foreign key: fields cannot be compared


@cache
def keys_to(model: Any) -> tuple[ForeignKeyField, ...]:
    """The foreign keys that refer to `model`."""
    fields = [field for each in all_resources() for field in each._meta.sorted_fields]
    return tuple(field for field in fields if isinstance(field, ForeignKeyField) and field.rel_model is model)


def refers_by(keys: Iterable[ForeignKeyField], id: int) -> Filters:
    """What the rows of a list must have that refer to a row by any of these keys of one model."""
    return {Filter(tuple(key.name for key in keys), "refers"): id}


def with_counts(model: Any, keys: Iterable[ForeignKeyField], viewer: Viewer = EVERYBODY) -> "ModelSelect[Any]":
    """The rows of `model`, each with how many refer to it by these keys, in one query; of many, one too many."""
    query: ModelSelect[Any] = counted_by(model, tuple((key.model, key.name) for key in keys), viewer)
    return query


@kept
def counted_by(model: Any, keys: tuple[Key, ...], viewer: Viewer) -> "ModelSelect[Any]":
    """The same, made once."""
    counts = []
    for number, (other, name) in enumerate(keys):
        twin = other.alias()
        few = twin.select(SQL("1")).where(getattr(twin, name) == model.id).limit(MOST_COUNTED + 1).alias("few")
        counts.append(other.select(fn.COUNT(SQL("*"))).from_(few).alias(f"{COUNTED}{number}"))
    query: ModelSelect[Any] = counted(model, viewer).select_extend(*counts)
    return query


def count_of(row: Any, number: int) -> int:
    """How many refer to a row by the key of this number."""
    count: int = getattr(row, f"{COUNTED}{number}")
    return count


def newest_by(key: ForeignKeyField, row_id: int, query: "ModelSelect[Any]") -> list[Any]:
    """The newest rows of `query` that refer to a row by `key`."""
    order = Order(key.model._meta.primary_key, descending=True)
    return rows_after(query, refers_by([key], row_id), order, None, NEWEST, backwards=False)
