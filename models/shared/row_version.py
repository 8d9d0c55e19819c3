"""Which version of a row somebody has seen, so that nobody changes what they do not know."""

import json
from functools import cache
from hashlib import blake2b
from typing import Any

from models.shared.readers import readers


class Changed(Exception):
    """The row is not as it was seen by whoever wants to change it."""

    def __init__(self) -> None:
        super().__init__("It has been changed meanwhile. Please read it again before you change it.")


def version_of(row: Any) -> str:
    """Another one when what may be seen of the row itself is another; rows that refer to it do not count.

    Made from the values, so it holds for writes of any program, and the table needs no column for it.
    """
    model: Any = type(row)
    own = [read(row) for _name, read in readers(model, own_names(model, tuple(row.shows)))]
    return blake2b(json.dumps([own, row.unreadable]).encode(), digest_size=6).hexdigest()


@cache
def own_names(model: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that are values of the row itself."""
    own = model.all_fields()
    return tuple(name for name in names if name in own)


def require_seen(row: Any) -> None:
    """In the transaction that changes `row`: Changed when its version is none of those in `row.seen_versions`."""
    if row.seen_versions:
        row.lock()
        if version_of(type(row).get_by_id(row.id)) not in row.seen_versions:
            raise Changed
