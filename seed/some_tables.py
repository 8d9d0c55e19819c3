"""The tables of some models of one's own again from nothing; all others stay as they are."""

from collections.abc import Callable, Iterable
from typing import Any

from models.changed_row import ChangedRow
from models.shared.changing_tables import changing_tables
from models.shared.database import checkpoint, database, is_sqlite
from models.shared.exchange.tables import words_for
from models.shared.folding import folded
from models.shared.loading import all_resources
from models.shared.picture_rows import all_files, has_column
from models.shared.resource import Resource
from models.shared.resource_tables import follow_classes
from models.shared.schema import SEEDED, make_all_triggers
from models.shared.start_errors import Unusable
from models.shared.text_indexing import drop_indexes


def resources_named(words: Iterable[str]) -> list[type[Resource]]:
    """The models that are called so: by their file, their class or their plural. Unusable for one that is not there."""
    known = {name: model for model in all_resources() for name in words_for(model)}
    for word in words:
        if word.lower() not in known:
            plurals = ", ".join(model.plural for model in all_resources())
            raise Unusable(f"{word} is no model that has a table of its own to be made again. There are: {plurals}.")
    return list(dict.fromkeys(known[word.lower()] for word in words))


def reset_tables(models: list[type[Resource]], with_rows: bool, keep: Callable[[], None] | None = None) -> list[str]:
    """Make these tables again, with their sample rows. Unusable when rows of other tables must refer to theirs.

    As with `reset`, `keep` may copy the old rows first, and the names of the old pictures' files are returned.
    """
    with database.connection_context():
        with changing_tables():
            if keep:
                keep()
            tables = database.get_tables()
            there = [model for model in models if model._meta.table_name in tables]
            for model in there:
                forget_references(model, models)
            before = set(all_files()) if there else set()
            for model in there:
                drop_indexes(model._meta.table_name)
                model.drop_table(cascade=not is_sqlite())
                mark_nothing(model)
            follow_classes(with_rows)
            make_all_triggers()
            begin_anew([model._meta.table_name for model in models])
            old_files = sorted(before.difference(all_files()))
        checkpoint()
    return old_files


def begin_anew(tables: list[str]) -> None:
    """The history of these tables, whose rows have the numbers of others now."""
    ChangedRow.delete().where(ChangedRow.table_name.in_(tables)).execute()
    database.describe_change(SEEDED)


def forget_references(model: type[Resource], models: list[type[Resource]]) -> None:
    """Rows of other tables that need not refer to its rows do so no more."""
    for key in model._meta.backrefs:
        other: Any = key.model
        if other in models or not has_column(key):
            continue
        if key.null:
            other.update({key: None}).where(key.is_null(False)).execute()
        elif other.select().exists():
            both = f"python -m seed {model.plural} {other.plural}"
            raise Unusable(f"Rows of {other.plural} must refer to {model.plural}. Make both again: {both}")


def mark_nothing(model: type[Resource]) -> None:
    """No copy of its texts is left."""
    marks = folded.bind(database)
    marks.delete().where(marks.place.startswith(f"{model._meta.table_name}.")).execute()
