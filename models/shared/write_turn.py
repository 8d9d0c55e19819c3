"""Whose turn it is to write. SQLite has one writer at a time, so the threads of a process line up here."""

from contextvars import ContextVar
from threading import Condition, get_ident

hurry: ContextVar[float | None] = ContextVar("hurry", default=None)  # seconds after which a writer would rather not


class WriteTurn:
    """A place in a line. While another program holds the database nobody lines up: one thread may wait, no more."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds  # to wait in the line
        self.is_held = False  # by another program, as far as is known
        self.writer: int | None = None  # the thread whose turn it is
        self.changed = Condition()

    def take(self) -> bool:
        """Wait for the turn; False when it did not come."""
        with self.changed:
            seconds = self.seconds if hurry.get() is None else hurry.get()
            self.changed.wait_for(lambda: self.writer is None or self.is_held, seconds)
            if self.writer is not None:
                return False
            self.writer = get_ident()
            return True

    def leave(self, has_written: bool = False) -> None:
        """Let the next one write, if this thread had the turn."""
        if self.writer != get_ident():
            return  # and nobody else can give it the turn
        with self.changed:
            self.writer = None
            self.is_held = self.is_held and not has_written
            self.changed.notify()

    def note_free(self) -> None:
        """No other program holds the database any more."""
        with self.changed:
            self.is_held = False

    def note_held(self) -> None:
        """Another program holds the database, so whoever lines up is told at once."""
        with self.changed:
            self.is_held = True
            self.changed.notify_all()
