"""Accounts that a teacher or an admin has closed."""

from peewee import DateTimeField, ForeignKeyField

from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel
from models.user import User


class ClosedAccount(BaseModel):
    """That `user` may not log in, and why. What they have made stays."""

    user = ForeignKeyField(User, backref="closed", unique=True, on_delete="CASCADE")
    reason = LineField(max_length=300, null=True)
    closed_by = ForeignKeyField(User, null=True, backref="closed_accounts", on_delete="SET NULL")
    created = DateTimeField(default=utc_now)

    sort = "-id"

    class Meta:
        table_name = "closed_accounts"
