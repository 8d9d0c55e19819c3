"""Posts that a teacher or an admin has hidden."""

from peewee import DateTimeField, ForeignKeyField

from models.post import Post
from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel
from models.user import User


class HiddenPost(BaseModel):
    """That `post` is seen by its writer and by those who may hide it, and why."""

    post = ForeignKeyField(Post, backref="hidden", unique=True, on_delete="CASCADE")
    reason = LineField(max_length=300)
    hidden_by = ForeignKeyField(User, null=True, backref="hidden_posts", on_delete="SET NULL")
    created = DateTimeField(default=utc_now)

    sort = "-id"

    class Meta:
        table_name = "hidden_posts"
