"""One try to answer a request, where the database is a server that may die meanwhile: whether there may be another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

MOST_TRIES = 4  # the first one, and three more

Result = TypeVar("Result")


@dataclass
class Try:
    """What is known of it. `is_safe` is for a request that only reads, `has_key` for one that is done once, ever.

    `failure` is the error for which it is worth trying again; `is_in_doubt` when it may have been committed.
    """

    number: int = 1
    is_safe: bool = False
    has_key: bool = False
    has_committed: bool = False
    is_in_doubt: bool = False
    failure: Exception | None = None
    has_time: Callable[[], bool] = lambda: True  # whether the request may wait for the server yet
    is_repeated: bool | None = None
    done: dict[Hashable, list[Any]] = field(default_factory=lambda: defaultdict(list))  # in all tries of the request
    reused: Counter[Hashable] = field(default_factory=Counter)

    def may_be_repeated(self) -> bool:
        """Whether nothing would be done twice by another try, and it may help. It is decided once."""
        if self.failure and self.is_repeated is None:
            is_open = self.is_safe or not (self.has_committed or (self.is_in_doubt and not self.has_key))
            self.is_repeated = is_open and self.number < MOST_TRIES and self.has_time()
        return bool(self.is_repeated)

    def may_be_saved(self) -> bool:
        """Whether nobody can say that nothing was written."""
        return not self.is_safe and (self.is_in_doubt or (bool(self.failure) and self.has_committed))

    def following(self) -> "Try":
        """The next one. What is in doubt stays so until one of them has an answer."""
        known: dict[str, Any] = {"is_in_doubt": self.is_in_doubt, "has_time": self.has_time, "done": self.done}
        return Try(self.number + 1, self.is_safe, self.has_key, **known)


current_try: ContextVar[Try | None] = ContextVar("current_try", default=None)  # none on SQLite, and in a command


def is_in_doubt() -> bool:
    """Whether what this request has written may be there for good: then its files stay, and are swept if it is not."""
    this = current_try.get()
    return bool(this and this.is_in_doubt)


@contextmanager
def repeatable() -> Iterator[None]:
    """What is written inside may be written twice: the request may be tried again all the same."""
    this = current_try.get()
    before = (this.has_committed, this.is_in_doubt) if this else None
    try:
        yield
    finally:
        if this and before:
            this.has_committed, this.is_in_doubt = before


def only_once(what: Hashable, do: Callable[[], Result]) -> Result:
    """What `do` gives. When the request is tried again, what it gave before: for what is slow, or must count once."""
    this = current_try.get()
    if not this:
        return do()
    number, this.reused[what] = this.reused[what], this.reused[what] + 1
    if number == len(this.done[what]):
        with repeatable():
            this.done[what].append(do())
    result: Result = this.done[what][number]
    return result
