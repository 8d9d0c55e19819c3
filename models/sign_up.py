"""Sign-ups, so that nobody fills the table of users."""

from datetime import timedelta
from typing import Any

from peewee import CharField, DateTimeField

from models.shared.counted import Counted, Limit
from models.shared.fields import utc_now

PER_NETWORK = Limit(100, seconds=36, step=10)  # in an hour: a few classes


class SignUp(Counted):
    """One user who was added from `address`, a network."""

    address = CharField(max_length=64, index=True)
    created = DateTimeField(default=utc_now, index=True)

    memory = timedelta(hours=1)
    sort = "-id"

    class Meta:
        table_name = "sign_ups"

    @classmethod
    def begin(cls, address: str) -> int:
        """Count one before it is done; its id. TooManyAttempts when there were too many."""
        return cls.begin_as(address=address[:64])

    @classmethod
    def limits(cls, **values: Any) -> list[tuple[Any, Limit]]:
        """All from this address."""
        return [(cls.address == values["address"], PER_NETWORK)]
