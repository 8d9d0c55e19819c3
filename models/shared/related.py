"""Rows together with those that refer to them: how many there are, and the newest ten."""

from collections import defaultdict
from typing import Any

from peewee import ModelSelect, fn

from models.shared.database import is_sqlite
from models.shared.prepared import Given, kept, prepared
from models.shared.referred import given_ids, places_for

NEWEST = 10  # rows that are shown with the row they refer to
TOTAL = "_total"  # `posts_total` says how many posts there are


def shown_backrefs(model: Any) -> list[Any]:
    """The foreign keys of other models whose rows `model` shows, as users show their posts."""
    return [key for key in model._meta.backrefs if key.backref in model.shows]


@kept
def counted(model: Any) -> "ModelSelect[Any]":
    """The rows of `model`, each with its totals, in one query."""
    keys = [key for key in shown_backrefs(model) if key.backref + TOTAL in model.shows]
    totals = [
        key.model.select(fn.COUNT(key.model.id)).where(key == model.id).alias(key.backref + TOTAL) for key in keys
    ]
    query: ModelSelect[Any] = model.select(model, *totals)
    return query


@kept
def with_newest(model: Any) -> "ModelSelect[Any]":
    """Rows that are ready to be `read()`: one query more for each kind of row they show, however many there are."""
    rows: Any = counted(model).clone()
    rows.and_then = load_newest
    query: ModelSelect[Any] = rows
    return query


def load_newest(rows: list[Any]) -> None:
    """Give each row, all of one model, a list of the newest that refer to it."""
    for key in shown_backrefs(type(rows[0])) if rows else ():
        found = defaultdict(list)
        for child in newest(key, [row.id for row in rows]):
            found[child.__data__[key.name]].append(child)
        for row in rows:
            setattr(row, key.backref, found[row.id])


def newest(key: Any, ids: list[int]) -> list[Any]:
    """The newest rows whose `key` is one of `ids`."""
    places = places_for(ids)
    query = newest_of_one if places == 1 else newest_of_each
    return query(key.model, key.name, places).rows(**given_ids(ids))


@prepared
def newest_of_one(model: Any, key: str, _places: int) -> Any:
    """The newest rows of `model` that refer to one row."""
    is_theirs = model._meta.fields[key] == Given("id 0")
    return model.select().where(is_theirs).order_by(model.id.desc()).limit(NEWEST)


@prepared
def newest_of_each(model: Any, key: str, places: int) -> Any:
    """The newest rows of `model` that refer to each of several rows."""
    field = model._meta.fields[key]
    ids = [Given(f"id {place}") for place in range(places)]
    newest_ones = begin_at_the_last_shown if is_sqlite() else ranked
    return newest_ones(model, field, ids).order_by(model.id.desc())


def begin_at_the_last_shown(model: Any, field: Any, ids: list[Given]) -> Any:
    """SQLite finds the last of them by the index, however many there are before it."""
    parent, other = field.rel_model.alias(), model.alias()
    theirs = other.select(other.id).where(getattr(other, field.name) == parent.id)
    last = theirs.order_by(other.id.desc()).limit(1).offset(NEWEST - 1)
    rows = model.select().join(parent, on=(field == parent.id)).where(parent.id.in_(ids))
    return rows.where(model.id >= fn.COALESCE(last, 0))


def ranked(model: Any, field: Any, ids: list[Given]) -> Any:
    """PostgreSQL would look for the last one again for each row."""
    number = fn.ROW_NUMBER().over(partition_by=[field], order_by=[model.id.desc()]).alias("number")
    numbered = model.select(model.id, number).where(field.in_(ids)).alias("numbered")
    is_new = (model.id == numbered.c.id) & (numbered.c.number <= NEWEST)
    return model.select().join(numbered, on=is_new)


def newest_of(row: Any, backref: str) -> list[Any]:
    """The newest rows that refer to `row` by that name: those that were loaded with it, or else they are asked for."""
    rows = vars(row).get(backref)
    if rows is None:
        rows = newest(getattr(type(row), backref).field, [row.id])
    return rows
