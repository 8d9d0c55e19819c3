"""The log of the site, on standard error, whichever server it is in. No text of a request makes an entry of its own."""

import logging
from logging.handlers import QueueHandler, QueueListener
from queue import SimpleQueue
from typing import Any
from urllib.parse import quote

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


def quoted(text: str) -> str:
    """Text of a request, for the log."""
    return quote(text[:LONGEST], safe=":/[]", errors="replace")


def write_log() -> None:
    """Write the log, unless the server that we are in has a place for it."""
    log.setLevel(logging.INFO)
    if not log.hasHandlers():
        handler = logging.StreamHandler()  # no thread of its own, which would be lost where the server forks
        handler.setFormatter(Entry())
        log.addHandler(handler)


def start_log() -> QueueListener:
    """Write the log from a thread of its own, so that no request waits for another one's line."""
    log.setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each request that waits for a thread
    entries: SimpleQueue[Any] = SimpleQueue()
    handler = QueueHandler(entries)
    handler.setFormatter(Entry())
    logging.basicConfig(handlers=[handler])
    writer = QueueListener(entries, logging.StreamHandler())
    writer.start()
    return writer
