"""Guessed passwords, so that nobody guesses for long."""

from typing import Any

from peewee import CharField, DateTimeField

from models.shared.counted import Counted, Limit
from models.shared.fields import utc_now
from models.shared.tries import repeatable
from models.user import User

MOST_PER_USER = 10  # from one place
MOST_PER_ADDRESS = 300  # a whole class may sit behind one
PER_USER = Limit(MOST_PER_USER, seconds=15, step=1)
PER_ADDRESS = Limit(MOST_PER_ADDRESS, seconds=3, step=50)  # it gets slow; nobody behind it is kept out for long


class Attempt(Counted):
    """One try to log in as `uid`; it is forgotten when the password was right, or after a while.

    `address` is where from: a network, or a browser that this user has used before.
    """

    uid = CharField(max_length=64)
    address = CharField(max_length=64)
    created = DateTimeField(default=utc_now, index=True)

    secrets = ("address",)  # it may be that of somebody else
    sort = "-id"

    class Meta:
        table_name = "attempts"
        indexes = ((("address", "uid"), False),)

    @classmethod
    def begin(cls, uid: str, address: str) -> None:
        """Count this try before its password is looked at. TooManyAttempts when there were too many."""
        cls.begin_as(uid=uid[:64], address=address[:64])

    @classmethod
    def limits(cls, **values: Any) -> list[tuple[Any, Limit]]:
        """For this uid from this address, and for all uids from it."""
        here = cls.address == values["address"]
        # A made-up uid finds nobody's password. It costs a hash, and those are shared between networks.
        is_of_somebody = cls.uid.in_(User.select(User.uid)) | cls.uid.startswith("#")
        return [(here & (cls.uid == values["uid"]), PER_USER), (here & is_of_somebody, PER_ADDRESS)]

    @classmethod
    def forget(cls, uid: str, address: str) -> None:
        """The password was right."""
        with repeatable():
            cls.delete().where(cls.uid == uid[:64], cls.address == address[:64]).execute()
