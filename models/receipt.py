"""What was answered to a request with a one-time key, so that it is done once, however often it is sent."""

from datetime import timedelta
from typing import Self

from peewee import CharField, DateTimeField, IntegerField, TextField, chunked

from models.shared.database import database, is_sqlite
from models.shared.fields import utc_now
from models.shared.short_lived import ShortLived
from models.shared.tokens import digest


class Receipt(ShortLived):
    """The answer to one request. It is written in the transaction of what the request changed.

    `digest` is of the key and of whose it is, `content` of all that was asked for. `person` is the id of a user.
    """

    digest = CharField(max_length=64, unique=True)
    content = CharField(max_length=64)
    status = IntegerField()
    location = TextField(null=True)
    content_type = CharField(max_length=100, null=True)
    body = TextField()
    created = DateTimeField(default=utc_now, index=True)
    person = IntegerField(null=True)
    change = IntegerField(null=True)  # what it was in the history, for whoever may undo it

    memory = timedelta(hours=24)
    secrets = ("digest", "content")
    sort = "-id"

    class Meta:
        table_name = "receipts"

    @classmethod
    def of(cls, key: str, whose: str) -> Self | None:
        """The one for this person's key, unless it is too old."""
        return cls.get_or_none(cls.digest == digest_of(key, whose), ~cls.is_over())

    @classmethod
    def keep(cls, key: str, whose: str, **answer: str | int | None) -> None:
        """Write one. IntegrityError when there is one already: somebody else has been quicker."""
        with database.atomic():
            cls.sweep()
            cls.insert(digest=digest_of(key, whose), **answer).execute()

    def confirm(self) -> None:
        """Write it again, before it is told: a commit that waits for another server waits for all before it, too.

        The first one's wait may have been cut, and then only the server that leads has what was done.
        """
        if not is_sqlite():
            type(self).update(status=self.status).where(type(self).id == self.id).execute()

    @classmethod
    def forget(cls, person: int, path: str, changes: set[int]) -> None:
        """What was answered to this person, where it led to their page, and what told of one of these changes."""
        led_there = cls.location.endswith(path) | cls.location.contains(f"{path}?")
        cls.delete().where((cls.person == person) | led_there).execute()
        for some in chunked(changes, 500):
            cls.delete().where(cls.change.in_(list(some))).execute()


def digest_of(key: str, whose: str) -> str:
    """Another person's key is another one."""
    return digest(f"{whose}\n{key}")
