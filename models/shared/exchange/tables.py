"""Which tables have files: users, posts and every Resource, by what somebody calls them."""

from typing import Any

from models.shared.loading import all_models
from models.shared.start_errors import Unusable


def table_named(word: str) -> Any:
    """The model that is called so: by its plural, its class or its file. Unusable when none is."""
    models = [model for model in all_models() if model.plural]
    known = {name: model for model in models for name in words_for(model)}
    if word.lower() not in known:
        raise Unusable(f"{word} is no table that has files. There are: {', '.join(model.plural for model in models)}.")
    return known[word.lower()]


def words_for(model: Any) -> tuple[str, str, str]:
    """In small letters."""
    return model.plural, model.__name__.lower(), model.__module__.rpartition(".")[2]
