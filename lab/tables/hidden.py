"""Columns of which nobody sees a value: hashes, digests, tokens, and what has such a name."""

from lab.secrets import is_secret_name
from lab.sql.secret_columns import secrets_of_site
from models.shared.folding import folded_fields
from models.shared.loading import all_models

COPIES = ("start", "text", "c0")  # where the tables of the search have the copies of texts


def hidden_columns(table: str, columns: list[str]) -> frozenset[str]:
    """The names of those of a table."""
    return frozenset([*secrets_of_site(table, columns), *(secret_copies() if table.startswith("folded") else ())])


def secret_copies() -> tuple[str, ...]:
    """The columns with copies for the search, if something secret may be searched."""
    searched = [field for model in all_models() for field in folded_fields(model)]
    is_any = any(is_secret_name(name) for field in searched for name in (field.name, field.column_name))
    return COPIES if is_any else ()
