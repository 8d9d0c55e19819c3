"""How long the database takes: what is asked of it, and to get a connection."""

import time
from threading import local
from typing import Any

from metrics.durations import Durations
from metrics.numbers import SharedNumbers
from models.shared.database import database

# Methods of Peewee's, and what they are called in the figures.
OPERATIONS = {
    "connect": "connect",
    "execute_sql": "execute",
    "begin": "begin",
    "commit": "commit",
    "rollback": "rollback",
}


class Inside(local):
    """Whether this thread is asking already: what is asked for the sake of that is a part of it."""

    is_inside = False


inside = Inside()


def measure_database(numbers: SharedNumbers, durations: Durations, opening: int) -> None:
    """Have the database that is bound now count what it does; how many threads want a connection, at `opening`."""
    bound: Any = database.obj
    for name, operation in OPERATIONS.items():
        setattr(bound, name, measured(operation, getattr(bound, name), numbers, durations))
    bound.connect = counted_while_waiting(bound.connect, numbers, opening)


def measured(operation: str, method: Any, numbers: SharedNumbers, durations: Durations) -> Any:
    """`method` of a database, whose time is counted."""

    def run(*arguments: Any, **named: Any) -> Any:
        if inside.is_inside:
            return method(*arguments, **named)
        inside.is_inside, started = True, time.perf_counter()
        try:
            return method(*arguments, **named)
        finally:
            inside.is_inside = False
            durations.note(numbers, (operation,), time.perf_counter() - started)

    return run


def counted_while_waiting(method: Any, numbers: SharedNumbers, place: int) -> Any:
    """`method`; a gauge says how many threads are in it."""

    def run(*arguments: Any, **named: Any) -> Any:
        numbers.add(place)
        try:
            return method(*arguments, **named)
        finally:
            numbers.add(place, -1)

    return run
