"""Guessed passwords, so that nobody guesses for long. They are rows, so all processes count together."""

from datetime import timedelta
from typing import ClassVar

from peewee import CharField

from models.base import BaseModel, database
from models.fields import DateTimeField, utc_now

MEMORY = timedelta(minutes=15)
MOST_PER_USER = 10  # from one address
MOST_PER_ADDRESS = 300  # a whole class may sit behind one


class TooManyAttempts(Exception):
    """`seconds` is when it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts; try again in {seconds} seconds.")
        self.seconds = seconds


class Attempt(BaseModel):
    """One try to log in as `uid`; it is forgotten when the password was right, or after a while."""

    uid = CharField(max_length=64)
    address = CharField(max_length=64)
    created = DateTimeField(default=utc_now, index=True)

    sort: ClassVar = "-id"

    class Meta:
        table_name = "attempts"
        indexes = ((("address", "uid"), False),)

    @classmethod
    def begin(cls, uid: str, address: str) -> None:
        """Count this try before its password is looked at. TooManyAttempts when there were too many."""
        with database.atomic():
            cls.delete().where(cls.created <= utc_now() - MEMORY).execute()
            cls.refuse_too_many(uid, address)
            cls.insert(uid=uid[:64], address=address[:64]).execute()

    @classmethod
    def refuse_too_many(cls, uid: str, address: str) -> None:
        """TooManyAttempts when it is not worth trying yet. It only reads, so it costs next to nothing."""
        here = (cls.address == address[:64]) & (cls.created > utc_now() - MEMORY)
        for tries, most in ((here & (cls.uid == uid[:64]), MOST_PER_USER), (here, MOST_PER_ADDRESS)):
            counted = list(cls.select(cls.created).where(tries).order_by(cls.created.desc()).limit(most))
            if len(counted) == most:
                wait = counted[-1].created + MEMORY - utc_now()
                raise TooManyAttempts(max(1, int(wait.total_seconds())))

    @classmethod
    def forget(cls, uid: str, address: str) -> None:
        """The password was right."""
        cls.delete().where(cls.uid == uid[:64], cls.address == address[:64]).execute()
