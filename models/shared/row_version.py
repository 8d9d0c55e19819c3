"""Which version of a row somebody has seen, so that nobody changes what they do not know."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

from models.shared.readers import reader, readers

WHOLE, PART = 12, 4  # digits of a version: of all values together, and then of each


class Changed(Exception):
    """The row is not as it was seen by whoever wants to change it.

    `values` are those that are others now, by their names, as far as that is known.
    """

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = values or {}
        super().__init__("It has been changed meanwhile. Please read it again before you change it.")


def version_of(row: Any) -> str:
    """Another one when what may be seen of the row itself is another; rows that refer to it do not count.

    Made from the values, so it holds for writes of any program, and the table needs no column for it. First of all
    values together, which decides; then of each in a few digits, which tell afterwards what has changed.
    """
    pairs = [*own_values(row).values()]
    whole = blake2b(json.dumps(pairs).encode(), digest_size=WHOLE // 2).hexdigest()
    return whole + "".join(map(few_digits, pairs))


def changed_since(row: Any, version: str) -> dict[str, Any]:
    """The values of the row that were others in that version, as they are now; none when it is no version of it."""
    values = own_values(row)
    if len(version) != WHOLE + PART * len(values):
        return {}
    parts = [version[at : at + PART] for at in range(WHOLE, len(version), PART)]
    pairs = zip(values.items(), parts, strict=True)
    return {name: pair[0] for (name, pair), part in pairs if few_digits(pair) != part}


def few_digits(pair: tuple[Any, str | None]) -> str:
    """Of a value, quickly made: they only tell what has changed."""
    return f"{crc32(repr(pair).encode()) % 16**PART:0{PART}x}"


def own_values(row: Any) -> dict[str, tuple[Any, str | None]]:
    """What may be seen of the row itself, by name: in JSON's types, and the text of what cannot be read."""
    model: Any = type(row)
    return {
        name: (read(row), row.unreadable.get(name)) for name, read in readers(model, own_names(model, tuple(row.shows)))
    }


@cache
def own_names(model: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that are values of the row itself."""
    own = model.all_fields()
    return tuple(name for name in names if name in own)


def digests_of(row: Any, names: Iterable[str]) -> dict[str, str]:
    """Of these values of the row, by their names: another one when the value is another."""
    return {name: value_digest(reader(type(row), name)(row), row.unreadable.get(name)) for name in names}


def value_digest(value: Any, unreadable: str | None = None) -> str:
    """Of a value in JSON's types, or of what cannot be read."""
    return blake2b(json.dumps([value, unreadable]).encode(), digest_size=4).hexdigest()


def require_version(row: Any, versions: Iterable[str]) -> None:
    """Changed when the version of `row` is none of these, with what has changed since the first one that tells."""
    if version_of(row) not in versions:
        known = (changed_since(row, version) for version in versions)
        raise Changed(next(filter(None, known), None))


def require_seen(row: Any) -> None:
    """In the transaction that changes `row`: Changed when it is not as `seen_versions` or `seen_values` say."""
    if row.seen_versions or row.seen_values:
        row.lock()
        now = type(row).get_by_id(row.id)
        if row.seen_versions:
            require_version(now, row.seen_versions)
        if digests_of(now, row.seen_values) != row.seen_values:
            raise Changed
