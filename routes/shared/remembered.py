"""Answers to visitors, given again for as long as the database is the same."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from threading import Lock
from typing import Any

from routes.shared.cookie import COOKIE
from routes.shared.environ import Environ, begins_twice
from routes.shared.exchange.wanted import CSV_TYPE
from routes.shared.representation import Representation
from routes.shared.state import AHEAD_KEY

MOST_BYTES = 16 * 1024 * 1024
MOST_ANSWERS = 1000
MOST_OF_ANSWER = 256 * 1024  # bytes


class Memory:
    """Those of one version of the database, within limits; what nobody has asked for longest goes first."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version: Hashable = None
        self.answers: OrderedDict[Hashable, Representation] = OrderedDict()
        self.size = 0

    def find(self, version: Hashable, key: Hashable) -> Representation | None:
        """The answer that was kept for `key`, if that was in this version."""
        with self.lock:
            found = self.answers.get(key) if version == self.version else None
            if found:
                self.answers.move_to_end(key)
            return found

    def last(self, key: Hashable) -> Representation | None:
        """The answer that was kept for `key` last, of whatever version."""
        with self.lock:
            return self.answers.get(key)

    def keep(self, version: Hashable, key: tuple[Hashable, ...], answer: Representation) -> None:
        """Remember `answer`, and forget those of another version."""
        if len(answer.body) > MOST_OF_ANSWER:
            return
        with self.lock:
            if version != self.version:
                self.answers.clear()
                self.version, self.size = version, 0
            if key in self.answers:
                self.size -= size_of(key, self.answers.pop(key))
            self.answers[key] = answer
            self.size += size_of(key, answer)
            while self.size > MOST_BYTES or len(self.answers) > MOST_ANSWERS:
                self.size -= size_of(*self.answers.popitem(last=False))


def size_of(key: Any, answer: Representation) -> int:
    """Bytes, of a long address too."""
    return answer.size + sum(len(str(each)) for each in key)


def key_of(environ: Environ) -> tuple[Hashable, ...] | None:
    """What a visitor's answer depends on, besides the database; None for whoever may be somebody.

    A list may be asked for as CSV. The day is that of people's ages.
    """
    is_visitor = "HTTP_AUTHORIZATION" not in environ and f"{COOKIE}=" not in environ.get("HTTP_COOKIE", "")
    if not is_visitor or begins_twice(environ) or AHEAD_KEY in environ:
        return None
    asked = environ["SCRIPT_NAME"], environ["PATH_INFO"], environ["QUERY_STRING"]
    return *asked, CSV_TYPE in environ.get("HTTP_ACCEPT", "").lower(), date.today()
