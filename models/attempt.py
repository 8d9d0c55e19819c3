"""Guessed passwords, so that nobody guesses for long. They are rows, so all processes count together."""

from datetime import timedelta

from peewee import CharField, DateTimeField

from models.shared.database import database, one_at_a_time
from models.shared.fields import utc_now
from models.shared.rows import BaseModel

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
            cls.delete().where(cls.created <= utc_now() - MEMORY).execute()
            cls.refuse_too_many(uid, address)
            cls.insert(uid=uid, address=address).execute()

    @classmethod
    def refuse_too_many(cls, uid: str, address: str) -> None:
        """TooManyAttempts for this uid from this address, or for all uids from it."""
        here = (cls.address == address) & (cls.created > utc_now() - MEMORY)
        for tries, most in ((here & (cls.uid == uid), MOST_PER_USER), (here, MOST_PER_ADDRESS)):
            newest_first = cls.select(cls.created).where(tries).order_by(cls.created.desc())
            last_allowed = newest_first.offset(most - 1).first()
            if last_allowed:
                wait = last_allowed.created + MEMORY - utc_now()
                raise TooManyAttempts(max(1, int(wait.total_seconds())))

    @classmethod
    def forget(cls, uid: str, address: str) -> None:
        """The password was right."""
        cls.delete().where(cls.uid == uid[:64], cls.address == address[:64]).execute()
