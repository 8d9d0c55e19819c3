"""Rows together with those that refer to them: how many there are, and the newest ten."""

from typing import Any

from peewee import PREFETCH_TYPE, Load, ModelSelect, fn

NEWEST = 10  # rows that are shown with the row they refer to
TOTAL = "_total"  # `posts_total` says how many posts there are


def shown_backrefs(model: Any) -> list[Any]:
    """The foreign keys of other models whose rows `model` shows, as users show their posts."""
    return [key for key in model._meta.backrefs if key.backref in model.shows]


def counted(model: Any) -> "ModelSelect[Any]":
    """The rows of `model`, each with its totals, in one query."""
    keys = [key for key in shown_backrefs(model) if key.backref + TOTAL in model.shows]
    totals = [
        key.model.select(fn.COUNT(key.model.id)).where(key == model.id).alias(key.backref + TOTAL) for key in keys
    ]
    return model.select(model, *totals)


def with_newest(model: Any) -> "ModelSelect[Any]":
    """Rows that are ready to be `read()`: one query more for each kind of row they show, however many there are."""
    rows = counted(model)
    for key in shown_backrefs(model):
        newest = key.model.select().order_by(key.model.id.desc())
        backref = getattr(model, key.backref)
        rows = rows.with_related(Load(backref, newest, strategy=PREFETCH_TYPE.MATERIALIZE, per_parent=NEWEST))
    return rows


def newest_of(row: Any, backref: str) -> list[Any]:
    """The newest rows that refer to `row` by that name: those that were loaded with it, or else they are asked for."""
    rows = getattr(row, backref)
    return rows if isinstance(rows, list) else list(rows.order_by(rows.model.id.desc()).limit(NEWEST))
