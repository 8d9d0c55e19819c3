"""What happens while one request is answered: it is written down here, and made into a Record afterwards."""

from contextvars import ContextVar
from time import perf_counter
from typing import Any

from lab.calls import Call, Calls
from lab.places import SourceLine
from lab.secrets import Secrets
from lab.sql_words import verb_of

MOST_STATEMENTS = 500  # of one request; beyond that they are counted
MOST_SQL = 4000  # letters
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class Statement:
    """One statement. `call` and `place` are what asked for it; `rows` are those that were read, or changed.

    Times are seconds. `seen` are the first rows that were read.
    """

    __slots__ = ("began", "call", "ended", "error", "new_id", "place", "rows", "seen", "sql", "values")

    def __init__(self, sql: str, values: Any, call: Call | None, place: SourceLine | None) -> None:
        self.sql, self.values, self.call, self.place = sql[:MOST_SQL], values, call, place
        self.began = self.ended = perf_counter()
        self.rows = 0
        self.new_id: int | None = None
        self.error = ""
        self.seen: list[Any] = []

    @property
    def is_control(self) -> bool:
        """Whether it only begins or ends a transaction."""
        return verb_of(self.sql) in CONTROL


class Recording:
    """The calls and the statements of a request that is being answered, and what proxies have `said` of it."""

    def __init__(self, number: int, said: dict[str, str]) -> None:
        self.number, self.said, self.began = number, said, perf_counter()
        self.secrets = Secrets()
        self.calls = Calls(self.secrets)
        self.statements: list[Statement] = []
        self.uncounted = 0
        self.failure: BaseException | None = None
        self.asked_before_failure = 0
        self.view = ""
        self.is_in_foot = False  # whether the page says what was recorded of it

    def asked_of_database(self) -> tuple[int, float]:
        """How many statements there are until now, without BEGIN and COMMIT, and how many milliseconds they took."""
        asked = [each for each in self.statements if not each.is_control]
        return len(asked), sum(each.ended - each.began for each in asked) * 1000

    def add(self, sql: str, values: Any, place: SourceLine | None) -> Statement:
        """A statement begins."""
        statement = Statement(sql, values, self.calls.current, place)
        if len(self.statements) < MOST_STATEMENTS:
            self.statements.append(statement)
        else:
            self.uncounted += 1
        return statement


current_recording: ContextVar[Recording | None] = ContextVar("current_recording", default=None)
last_number: ContextVar[int] = ContextVar("last_number", default=0)  # of what this thread has recorded last
