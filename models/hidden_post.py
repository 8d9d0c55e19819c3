"""Posts that a teacher or an admin has hidden."""

from peewee import DateTimeField, ForeignKeyField

from models.post import Post
from models.shared.database import database
from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel
from models.user import User


class HiddenPost(BaseModel):
    """That `post` is seen by its writer and by those who may hide it, and why."""

    post = ForeignKeyField(Post, backref="hidden", unique=True, on_delete="CASCADE")
    reason = LineField(max_length=300)
    hidden_by = ForeignKeyField(User, null=True, backref="hidden_posts", on_delete="SET NULL")
    created = DateTimeField(default=utc_now)

    hidden_by_id: int | None
    sort = "-id"

    class Meta:
        table_name = "hidden_posts"

    def __str__(self) -> str:
        return str(self.reason or f"hidden post {self.id}")

    @property
    def owner_id(self) -> int | None:
        """Who has hidden it."""
        return self.hidden_by_id

    @classmethod
    def hide(cls, post: Post, reason: str | None, by: User) -> "HiddenPost":
        """From now on few see `post`; of one that is hidden already, the reason changes. `Invalid` without a reason."""
        with database.atomic():
            post.lock()
            there = cls.get_or_none(cls.post == post)
            if there:
                return there.update(reason=reason, hidden_by=by)
            return cls.create(post=post, reason=reason, hidden_by=by)

    @classmethod
    def show(cls, post: Post) -> None:
        """Show `post` again. DoesNotExist when it is not hidden."""
        cls.get(cls.post == post).delete()
