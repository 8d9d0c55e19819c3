"""All twins of a model: with its own fields, its own names and values of its own rows."""

from typing import Any

from lab.twins.of_queries import twins_of_queries
from lab.twins.of_rows import twins_of_rows
from lab.twins.of_two_tables import twins_of_two_tables
from lab.twins.twin import Twin
from models.shared.loading import all_models, all_resources


def models_with_twins() -> dict[str, Any]:
    """The models that have lists, by the names of their tables: users and posts, then one's own."""
    models = sorted((each for each in all_models() if each.plural), key=lambda each: each in all_resources())
    return {model._meta.table_name: model for model in models}


def twins_of(model: Any) -> list[Twin]:
    """In the order in which they are learned."""
    return [*twins_of_rows(model), *twins_of_queries(model), *twins_of_two_tables(model)]
