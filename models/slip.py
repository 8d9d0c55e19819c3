"""One-time passwords, as they are handed out on slips of paper."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField

from models.shared.fields import utc_now
from models.shared.rows import BaseModel
from models.user import User


class Slip(BaseModel):
    """What opens the site for `user` once, until it is over: a password, or a link with or without a PIN.

    Only what cannot be turned back is kept of them.
    """

    user = ForeignKeyField(User, backref="slips", unique=True, on_delete="CASCADE")
    password_hash = CharField()
    link_digest = CharField(max_length=64, unique=True)
    pin_hash = CharField(null=True)
    pin_tries = IntegerField(default=0)
    created = DateTimeField(default=utc_now)
    expires = DateTimeField(index=True)

    history = False
    secrets = ("password_hash", "link_digest", "pin_hash")
    sort = "-id"

    class Meta:
        table_name = "slips"
