"""Which columns hold secrets: in the program's own tables all but those named here, in others what is called so."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from lab.indexes import is_open
from lab.secrets import is_secret_name
from models.shared.alteration.kept import is_kept_aside
from models.shared.loading import all_models

# Of the tables that have no pages. A column that is new stays hidden until it stands here.
OPEN_COLUMNS: dict[str, tuple[str, ...]] = {
    "sessions": ("id", "user_id", "kind", "label", "created", "last_used", "expires", "chooses"),
    "attempts": ("id", "created"),  # a wrong uid may be a password that was typed in the wrong place
    "sign_ups": ("id", "address", "created"),
    "known_browsers": ("id", "user_id", "last_used"),
    "receipts": ("id", "status", "content_type", "created"),
    "drafts": ("id", "known_browser_id", "path", "created"),
    "changes": ("id", "created", "person", "command", "label", "undone_by"),
    "changed_rows": ("id", "change_id", "table_name", "row_id", "done", "before", "after"),  # but see `notes_secrets`
    "groups": ("id", "name", "quiet", "join_until", "join_most", "created"),
    "memberships": ("id", "group_id", "user_id", "role", "created"),
    "slips": ("id", "user_id", "pin_tries", "created", "expires"),
    "joinings": ("id", "group_id", "user_id", "name", "uid", "created", "answered"),
    "hidden_posts": ("id", "post_id", "reason", "hidden_by_id", "created"),
    "closed_accounts": ("id", "user_id", "reason", "closed_by_id", "created"),
    "folded": ("id", "place", "row_id", "start", "text"),
}


def columns_with_secrets(table: str, columns: list[str], is_machinery: bool) -> list[str]:
    """Those of these columns that must not be read. `is_machinery` says that the table has no pages."""
    if table in OPEN_COLUMNS or is_machinery or is_kept_aside(table):
        return [name for name in columns if name not in OPEN_COLUMNS.get(table, ("id",))]
    return [name for name in columns if is_secret_name(name)]


def secrets_of_site(table: str, columns: list[str]) -> list[str]:
    """The same for a table of this site. The attribute of a class may be called so where the column is not."""
    machinery, by_attribute = names_in_classes()
    named = columns_with_secrets(table, columns, table in machinery)
    return list(dict.fromkeys([*named, *(name for name in columns if name in by_attribute.get(table, ()))]))


@cache
def names_in_classes() -> tuple[set[str], dict[str, set[str]]]:
    """The tables that have no pages, and for each table the columns whose attributes are called like a secret."""
    models = all_models()
    machinery = {model._meta.table_name for model in models if not is_open(model)}
    by_attribute = {
        model._meta.table_name: {each.column_name for each in model._meta.sorted_fields if is_secret_name(each.name)}
        for model in models
    }
    if notes_secrets(models):
        by_attribute["changed_rows"] = {"before", "after"}
    return machinery, by_attribute


def notes_secrets(models: Iterable[Any]) -> bool:
    """Whether the history has values of what is called like a secret, as no class names it in its `secrets`."""
    return any(
        is_secret_name(name) and field.name not in model.secrets
        for model in models
        if model.history
        for field in model._meta.sorted_fields
        for name in (field.name, field.column_name)
    )
