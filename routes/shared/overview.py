"""What the first page says of the tables: how many rows there are, the newest one, and what refers to what."""

import logging
from typing import NamedTuple

from models.post import Post
from models.shared.keyset import number_of
from models.shared.last_rows import last_rows
from models.shared.loading import all_resources, source_of
from models.shared.resource import heading_of
from models.shared.rows import BaseModel
from models.shared.totals import totals_by
from models.user import User
from routes.shared.drawing import Tables
from routes.shared.names import name_of
from routes.shared.permissions import may_read, rows_of, sees_own_only

log = logging.getLogger("portfolio")


class Card(NamedTuple):
    """A table. `total` is None where who is asking may read no row, and `is_theirs` where they read their own only."""

    title: str
    path: str
    file: str
    total: int | None
    is_theirs: bool
    for_admins: bool
    newest: str  # what that row is called
    newest_path: str


def cards() -> list[Card]:
    """Of all tables that have pages: one query for the totals, and one for the newest rows of thirty tables."""
    models = shown_models()
    queries = {model: rows_of(model) for model in models if may_read(model)}
    counts = [number_of(query, ()) for query in queries.values()]
    totals = totals_by([(each.sql, each.parameters()) for each in counts]) if counts else ()
    found = dict(zip(queries, zip(totals, last_rows(list(queries.values())), strict=True), strict=True))
    return [card(model, *found.get(model, (None, None))) for model in models]


def card(model: type[BaseModel], total: int | None, newest: BaseModel | None) -> Card:
    """What is said of one table."""
    path = f"/{model._meta.table_name}"
    return Card(
        title=heading_of(model),
        path=path,
        file=source_of(model),
        total=total,
        is_theirs=total is not None and sees_own_only(model),
        for_admins=getattr(model, "readers", "") == "admins",
        newest=name_in_any_case(newest) if newest else "",
        # A post has no page of its own; its list begins with the newest one.
        newest_path=f"{path}/{newest.id}" if newest and model is not Post else path,
    )


def name_in_any_case(row: BaseModel) -> str:
    """What its class calls it. The mistake of one class takes down its own pages, but not the first one of all."""
    try:
        return name_of(row)
    except Exception as error:
        log.error("%s %s has no name", row._meta.table_name, row.id, exc_info=error)
        return f"{row._meta.table_name} {row.id}"


def tables() -> Tables:
    """The names in the database of the tables that have pages, and what of it they refer to, for a drawing."""
    models = shown_models()
    return {
        model._meta.table_name: [
            (key.name, key.rel_model._meta.table_name) for key in model._meta.refs if key.rel_model in models
        ]
        for model in models
    }


def shown_models() -> list[type[BaseModel]]:
    """Those that have pages: users and posts first, then one's own."""
    return [User, Post, *sorted(all_resources(), key=heading_of)]
