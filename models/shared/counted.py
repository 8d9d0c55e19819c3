"""What nobody may do for long without a pause: each try is a row, so all processes count together."""

import math
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import fn

from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.short_lived import ShortLived
from models.shared.tries import only_once, repeatable

LONGEST_WAIT = timedelta(minutes=15)


class TooManyAttempts(Exception):
    """`seconds` is when it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts; try again in {seconds} second{'s' * (seconds != 1)}.")
        self.seconds = seconds


class Limit(NamedTuple):
    """After `most` tries the next one must wait `seconds`; this doubles with each `step` of more tries."""

    most: int
    seconds: float
    step: int

    def seconds_left(self, tries: int, last: datetime | None) -> float:
        """How long the next one must wait yet."""
        if last is None or tries < self.most:
            return 0
        steps = min((tries - self.most) // self.step, 10)
        wait = min(timedelta(seconds=self.seconds * 2**steps), LONGEST_WAIT)
        return (last + wait - utc_now()).total_seconds()


class Counted(ShortLived):
    """A try."""

    memory = timedelta(minutes=15)

    @classmethod
    def begin_as(cls, **values: Any) -> int:
        """Count a try before it is made; its id. TooManyAttempts when there were too many."""
        return only_once((cls, repr(values)), lambda: cls.count_one(**values))

    @classmethod
    def count_one(cls, **values: Any) -> int:
        """See `begin_as`."""
        cls.refuse_too_many(**values)  # whoever is refused need not wait for other writers
        with database.transaction():  # by itself: it is counted also when what it was for is taken back
            cls.sweep()
            this: int = cls.insert(**values).execute()
        try:
            cls.refuse_too_many(but=this, **values)  # who came at the same moment has been counted, too
        except TooManyAttempts:
            cls.take_back(this)
            raise
        return this

    @classmethod
    def refuse_too_many(cls, but: int = 0, **values: Any) -> None:
        """TooManyAttempts when one more with these values would be too many, `but` this one that is there already."""
        now = utc_now()
        # A clock that was set back leaves tries in the future.
        lately = (cls.created > now - cls.memory) & (cls.created <= now) & (cls.id != but)
        for tries, limit in cls.limits(**values):
            counted: Any = cls.select(fn.COUNT(cls.id), fn.MAX(cls.created)).where(tries, lately).tuples().get()
            seconds = limit.seconds_left(*counted)
            if seconds > 0:
                raise TooManyAttempts(math.ceil(seconds))

    @classmethod
    def limits(cls, **values: Any) -> list[tuple[Any, Limit]]:
        """Which other tries count for one with these values, and how many there may be."""
        raise NotImplementedError

    @classmethod
    def take_back(cls, id: int) -> None:
        """It was none."""
        with repeatable():
            cls.delete().where(cls.id == id).execute()
