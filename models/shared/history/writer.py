"""Who writes: whoever asked for a page, or a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST_COMMAND = 150


class Writer:
    """One request or one command. All that it writes is one change, however many transactions that takes.

    `who` is asked when something is written; it gives the id of a user, or nothing.
    """

    def __init__(self, command: str = "", who: Callable[[], int | None] = lambda: None) -> None:
        self.command = command[:LONGEST_COMMAND]
        self.who = who
        self.change: int | None = None  # what was committed last, if anything was


current_writer: ContextVar[Writer | None] = ContextVar("current_writer", default=None)


@contextmanager
def writing(writer: Writer) -> Iterator[Writer]:
    """What is written inside, `writer` writes."""
    outer = current_writer.set(writer)
    try:
        yield writer
    finally:
        current_writer.reset(outer)
