"""Guessed passwords, so that nobody guesses for long. They are rows, so all processes count together."""

import math
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from peewee import CharField, DateTimeField, fn

from models.shared.database import database, one_at_a_time
from models.shared.fields import utc_now
from models.shared.rows import BaseModel
from models.user import User

MEMORY = timedelta(minutes=15)
MOST_PER_USER = 10  # from one place
MOST_PER_ADDRESS = 300  # a whole class may sit behind one


class Limit(NamedTuple):
    """After `most` tries the next one must wait `seconds`; this doubles with each `step` of more tries."""

    most: int
    seconds: float
    step: int

    def seconds_left(self, tries: int, last: datetime | None) -> float:
        """How long the next one must wait yet; never longer than tries are remembered."""
        if last is None or tries < self.most:
            return 0
        steps = min((tries - self.most) // self.step, 10)
        wait = min(timedelta(seconds=self.seconds * 2**steps), MEMORY)
        return (last + wait - utc_now()).total_seconds()


PER_USER = Limit(MOST_PER_USER, seconds=15, step=1)
PER_ADDRESS = Limit(MOST_PER_ADDRESS, seconds=3, step=50)  # nobody behind it is kept out for long


class TooManyAttempts(Exception):
    """`seconds` is when it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts; try again in {seconds} second{'s' * (seconds != 1)}.")
        self.seconds = seconds


class Attempt(BaseModel):
    """One try to log in as `uid`; it is forgotten when the password was right, or after a while.

    `address` is where from: a network, or a browser that this user has used before.
    """

    uid = CharField(max_length=64)
    address = CharField(max_length=64)
    created = DateTimeField(default=utc_now, index=True)

    sort = "-id"

    class Meta:
        table_name = "attempts"
        indexes = ((("address", "uid"), False),)

    @classmethod
    def begin(cls, uid: str, address: str) -> None:
        """Count this try before its password is looked at. TooManyAttempts when there were too many."""
        uid, address = uid[:64], address[:64]
        cls.refuse_too_many(uid, address)  # whoever is refused need not wait for other writers
        with database.atomic():
            one_at_a_time(address)
            cls.delete().where((cls.created <= utc_now() - MEMORY) | (cls.created > utc_now() + MEMORY)).execute()
            cls.refuse_too_many(uid, address)
            cls.insert(uid=uid, address=address).execute()

    @classmethod
    def refuse_too_many(cls, uid: str, address: str) -> None:
        """TooManyAttempts for this uid from this address, or for all uids from it."""
        now = utc_now()
        # A clock that was set back leaves tries in the future.
        here = (cls.address == address) & (cls.created > now - MEMORY) & (cls.created <= now)
        for tries, limit in ((here & (cls.uid == uid), PER_USER), (here & cls.is_of_somebody(), PER_ADDRESS)):
            seconds = limit.seconds_left(*cls.count_and_last(tries))
            if seconds > 0:
                raise TooManyAttempts(math.ceil(seconds))

    @classmethod
    def count_and_last(cls, tries: Any) -> tuple[int, datetime | None]:
        """How many there are, and when the last one was."""
        found: Any = cls.select(fn.COUNT(cls.id), fn.MAX(cls.created)).where(tries).tuples().get()
        return found[0], found[1]

    @classmethod
    def is_of_somebody(cls) -> Any:
        """A made-up uid finds nobody's password. It costs a hash, and those are shared between networks."""
        return cls.uid.in_(User.select(User.uid)) | cls.uid.startswith("#")

    @classmethod
    def forget(cls, uid: str, address: str) -> None:
        """The password was right."""
        cls.delete().where(cls.uid == uid[:64], cls.address == address[:64]).execute()
