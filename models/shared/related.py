"""Rows together with those that refer to them: how many there are, and the newest ten."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import Any

from peewee import ModelSelect, fn

from models.shared.database import is_sqlite
from models.shared.prepared import Given, kept, prepared
from models.shared.referred import given_ids, places_for
from models.shared.viewers import EVERYBODY, Viewer, seen_rows

NEWEST = 10  # rows that are shown with the row they refer to
TOTAL = "_total"  # `posts_total` says how many posts there are


def shown_backrefs(model: Any) -> list[Any]:
    """The foreign keys of other models whose rows `model` shows, as users show their posts."""
    return [key for key in model._meta.backrefs if key.backref in model.shows]


@kept
def counted(model: Any, viewer: Viewer = EVERYBODY) -> "ModelSelect[Any]":
    """The rows of `model`, each with its totals of what `viewer` sees, in one query."""
    keys = [key for key in shown_backrefs(model) if key.backref + TOTAL in model.shows]
    totals = [
        seen_rows(key.model.select(fn.COUNT(key.model.id)).where(key == model.id), viewer).alias(key.backref + TOTAL)
        for key in keys
    ]
    query: ModelSelect[Any] = model.select(model, *totals)
    return query


@kept
def with_newest(model: Any, viewer: Viewer = EVERYBODY) -> "ModelSelect[Any]":
    """Rows that are ready to be `read()`: one query more for each kind of row they show, however many there are."""
    rows: Any = counted(model, viewer).clone()
    rows.and_then = partial(load_newest, viewer)
    query: ModelSelect[Any] = rows
    return query


def load_newest(kind: Viewer, rows: list[Any], given: Mapping[str, Any]) -> None:
    """Give each row, all of one model, a list of the newest that refer to it and that the viewer sees."""
    viewer = kind.among(given)
    for key in shown_backrefs(type(rows[0])) if rows else ():
        found = defaultdict(list)
        for child in newest(key, [row.id for row in rows], viewer):
            found[child.__data__[key.name]].append(child)
        for row in rows:
            setattr(row, key.backref, found[row.id])


def newest(key: Any, ids: list[int], viewer: Viewer) -> list[Any]:
    """The newest rows whose `key` is one of `ids`."""
    places = places_for(ids)
    query = newest_of_one if places == 1 else newest_of_each
    return query(key.model, key.name, places, viewer).rows(**given_ids(ids))


@prepared
def newest_of_one(model: Any, key: str, _places: int, viewer: Viewer) -> Any:
    """The newest rows of `model` that refer to one row."""
    is_theirs = model._meta.fields[key] == Given("id 0")
    return model.for_viewer(viewer).where(is_theirs).order_by(model.id.desc()).limit(NEWEST)


@prepared
def newest_of_each(model: Any, key: str, places: int, viewer: Viewer) -> Any:
    """The newest rows of `model` that refer to each of several rows."""
    field = model._meta.fields[key]
    ids = [Given(f"id {place}") for place in range(places)]
    newest_ones = begin_at_the_last_shown if is_sqlite() else ranked
    return newest_ones(model, field, ids, viewer).order_by(model.id.desc())


def begin_at_the_last_shown(model: Any, field: Any, ids: list[Given], viewer: Viewer) -> Any:
    """SQLite finds the last of them by the index, however many there are before it."""
    parent, other = field.rel_model.alias(), model.alias()
    theirs = other.select(other.id).where(getattr(other, field.name) == parent.id)
    condition = None if viewer.sees_all else model.seen_by(viewer, other)
    theirs = theirs if condition is None else theirs.where(condition)
    last = theirs.order_by(other.id.desc()).limit(1).offset(NEWEST - 1)
    rows = model.for_viewer(viewer).join(parent, on=(field == parent.id)).where(parent.id.in_(ids))
    return rows.where(model.id >= fn.COALESCE(last, 0))


def ranked(model: Any, field: Any, ids: list[Given], viewer: Viewer) -> Any:
    """PostgreSQL would look for the last one again for each row."""
    number = fn.ROW_NUMBER().over(partition_by=[field], order_by=[model.id.desc()]).alias("number")
    numbered = seen_rows(model.select(model.id, number).where(field.in_(ids)), viewer).alias("numbered")
    is_new = (model.id == numbered.c.id) & (numbered.c.number <= NEWEST)
    return model.for_viewer(viewer).join(numbered, on=is_new)


def newest_of(row: Any, backref: str, viewer: Viewer = EVERYBODY) -> list[Any]:
    """The newest rows that refer to `row` by that name: those that were loaded with it, or else those `viewer` sees."""
    rows = vars(row).get(backref)
    if rows is None:
        rows = newest(getattr(type(row), backref).field, [row.id], viewer)
    return rows
