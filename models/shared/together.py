"""What is written together: all of it comes into the tables, or nothing does."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from peewee import DatabaseProxy


class Writing:
    """What is written `together()`; `undo` is to be called when it is taken back."""

    def __init__(self) -> None:
        self.transaction = ExitStack()
        self.has_begun = False
        self.undo: list[Callable[[], None]] = []

    def begin(self, database: DatabaseProxy) -> None:
        """Begin the transaction, once."""
        if not self.has_begun:
            self.has_begun = True
            self.transaction.enter_context(database.transaction())


current_writing: ContextVar[Writing | None] = ContextVar("current_writing", default=None)


@contextmanager
def together() -> Iterator[None]:
    """All that is written inside comes into the table, or nothing does.

    The transaction begins with the first `database.atomic()`: nobody has to wait for what is slow before that, such as
    a hash or a picture. What must stay in any case is written in a `database.transaction()`.
    """
    writing = Writing()
    outer = current_writing.set(writing)
    try:
        with writing.transaction:
            yield
    except BaseException:
        for undo in writing.undo:
            undo()
        raise
    finally:
        current_writing.reset(outer)


def when_taken_back(undo: Callable[[], None]) -> None:
    """Call this when what has been written `together()` is taken back in the end."""
    writing = current_writing.get()
    if writing:
        writing.undo.append(undo)
