"""Rows that have been looked at, until they are written: in a file without a name, as there may be many."""

import pickle  # what is written here is read here only
from collections.abc import Iterator
from typing import IO, Any, NamedTuple


class Ready(NamedTuple):
    """A row that keeps all rules: the values of a new one, or what changes of the one with this `id`."""

    id: int | None
    is_new: bool
    values: dict[str, Any]


def keep_ready(batch: list[Ready], keep: IO[bytes]) -> None:
    """Write some rows to the file."""
    if batch:
        pickle.dump([tuple(each) for each in batch], keep, pickle.HIGHEST_PROTOCOL)


def read_ready(keep: IO[bytes]) -> Iterator[list[Ready]]:
    """All of them, some at a time."""
    keep.seek(0)
    while True:
        try:
            yield [Ready(*each) for each in pickle.load(keep)]  # noqa: S301 - see above
        except EOFError:
            return
