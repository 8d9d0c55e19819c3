"""The log of the site, on standard error, whichever server it is in. No text of a request makes an entry of its own."""

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import Any
from urllib.parse import quote

PAUSE_SECONDS = 0.1  # in which entries gather
LONGEST_PIECE = 4096  # bytes, which a pipe takes as one: else those of several processes would be mixed
LONGEST = 200  # letters of a text of somebody's

log = logging.getLogger("portfolio")


class Entry(logging.Formatter):
    """A line with the time. What an exception says stands further in, so that it cannot look like another entry."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The lines of an entry; what cannot be printed is escaped."""
        lines = super().format(record).splitlines()
        return "\n    ".join(line if line.isprintable() else ascii(line) for line in lines)


class LogForm:
    """How entries are written in this process, and what is `note`d of one by the thread that it comes from."""

    def __init__(self) -> None:
        self.entry: logging.Formatter = Entry()
        self.note: Callable[[logging.LogRecord], bool] | None = None

    def give(self, handler: logging.Handler) -> None:
        """Have a handler write so."""
        handler.setFormatter(self.entry)
        if self.note:
            handler.addFilter(self.note)


log_form = LogForm()


def quoted(text: str) -> str:
    """Text of a request, for the log."""
    return quote(text[:LONGEST], safe=":/[]", errors="replace")


def write_log() -> None:
    """Write the log, unless the server that we are in has a place for it."""
    log.setLevel(logging.INFO)
    if not log.hasHandlers():
        handler = logging.StreamHandler()  # no thread of its own, which would be lost where the server forks
        log_form.give(handler)
        log.addHandler(handler)


class LogWriter(logging.StreamHandler[Any]):
    """Writes from a thread of its own, a moment later and many entries at once, so that no request waits for a line.

    A thread that woke up for each entry would take more time from the others than the entry does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: deque[logging.LogRecord] = deque()
        self.has_entries, self.has_ended = Event(), Event()
        self.thread = Thread(target=self.run, daemon=True)
        self.thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an entry for the thread."""
        self.entries.append(record)
        if not self.has_entries.is_set():
            self.has_entries.set()

    def run(self) -> None:
        """Write until the end."""
        while not self.has_ended.is_set():
            self.has_entries.wait()
            self.has_ended.wait(PAUSE_SECONDS)
            self.write()

    def write(self) -> None:
        """Write what is there."""
        self.has_entries.clear()
        lines = [self.line_of(self.entries.popleft()) for _ in range(len(self.entries))]
        with suppress(OSError, ValueError):  # the terminal is gone, and the site goes on
            for piece in pieces(lines):
                self.stream.write(piece)
                self.flush()

    def line_of(self, record: logging.LogRecord) -> str:
        """What is written; nothing for an entry that cannot be put into words."""
        try:
            return f"{self.format(record)}\n"
        except Exception:  # noqa: BLE001 - whatever it is, the other entries are written
            self.handleError(record)
            return ""

    def stop(self) -> None:
        """Write the rest, and end."""
        self.has_ended.set()
        self.has_entries.set()
        self.thread.join()
        self.write()


def pieces(lines: list[str]) -> Iterator[str]:
    """As many whole lines together as may be."""
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) > LONGEST_PIECE:
            yield piece
            piece = ""
        piece += line
    yield piece


def start_log() -> LogWriter:
    """Write the log of a process that has the server to itself."""
    # An entry names no line of code and no thread, so nobody need find them out.
    logging._srcfile = None  # as Python's documentation advises
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    log.setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each request that waits for a thread
    writer = LogWriter()
    log_form.give(writer)
    logging.basicConfig(handlers=[writer])
    return writer
