"""Rows that others refer to: one query for all of them, and for each there is to choose from where these are few."""

from collections.abc import Collection
from typing import Any

from peewee import SQL, ModelSelect, fn

from models.shared.prepared import Given, prepared

FEW = 100  # rows to choose from; where there are more, their id is asked for
ID_COUNTS = (1, 5, 20, 50, 100)  # for so many ids the SQL is made once


def referred_rows(query: "ModelSelect[Any]", ids: Collection[int]) -> list[Any]:
    """Those rows of `query` that have one of these ids."""
    return with_ids(query, places_for(ids)).rows(**given_ids(ids)) if ids else []


def referred_or_few(query: "ModelSelect[Any]", ids: Collection[int]) -> tuple[list[Any], bool]:
    """The same, or all rows of `query` where these are few; and whether they are."""
    rows = with_ids_or_few(query, places_for(ids)).rows(**given_ids(ids))
    return rows, bool(rows) and rows[0]._how_many <= FEW


def places_for(ids: Collection[int]) -> int:
    """How many ids the SQL has places for."""
    return next((count for count in ID_COUNTS if count >= len(ids)), len(ids))


def given_ids(ids: Collection[int]) -> dict[str, int]:
    """A value for each place; what is named twice is found once."""
    named = [*ids] or [0]
    named += named[-1:] * (places_for(ids) - len(named))
    return {f"id {place}": each for place, each in enumerate(named)}


@prepared
def with_ids(query: "ModelSelect[Any]", places: int) -> Any:
    """The rows of `query` that have one of so many ids."""
    return query.where(is_one_of(query.model, places))


@prepared
def with_ids_or_few(query: "ModelSelect[Any]", places: int) -> Any:
    """The rows of `query` that have one of so many ids, and all if they are few; each says `_how_many` these are."""
    model = query.model
    some = query.select(model.id).order_by(model.id).limit(FEW + 1).alias("some")
    how_many = model.select(fn.COUNT(SQL("*"))).from_(some)
    wanted = model.select(model.id).where(is_one_of(model, places))
    few = model.select(some.c.id).from_(some).where(how_many <= FEW)
    rows = query.select_extend(how_many.alias("_how_many"))
    return rows.where(model.id.in_(wanted | few)).order_by(model.id)


def is_one_of(model: Any, places: int) -> Any:
    """Whether a row has one of so many ids."""
    return model.id.in_([Given(f"id {place}") for place in range(places)])
