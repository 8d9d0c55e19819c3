"""Posts: what users write."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from peewee import CharField, DateTimeField, ForeignKeyField, ModelSelect

from models.base import BaseModel
from models.fields import TextField
from models.user import User


def utc_now() -> datetime:
    """Now in UTC, to the second, without its zone."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


class Post(BaseModel):
    """Something a user wrote. It belongs to that user and goes with them."""

    note = TextField(max_length=10_000)
    image = CharField(null=True)
    user = ForeignKeyField(User, column_name="userID", backref="posts", on_delete="CASCADE")
    created = DateTimeField(default=utc_now, index=True)
    userID: int  # noqa: N815 - the lesson's name

    sort: ClassVar = "-id"
    sorts: ClassVar = ("id", "created")
    filters: ClassVar = ("user",)
    searched: ClassVar = ("note",)

    class Meta:
        table_name = "posts"

    def read(self) -> dict[str, Any]:
        """`id, user` (an id), `note, created` (UTC) and `image` (null for now)."""
        return {
            "id": self.id,
            "user": self.userID,
            "note": self.note,
            "created": f"{self.created.isoformat(timespec='seconds')}Z",
            "image": None,
        }

    @classmethod
    def with_user(cls) -> "ModelSelect[Post]":
        """Posts and who wrote them, in one query.

        The `sqlite3` program deletes a user without their posts, as its foreign keys are off;
        the join leaves such posts out.
        """
        return cls.select(cls, User).join(User)


# Notes of the sample users by uid, from old to new.
SAMPLE_NOTES = {
    "toby": (
        "The phonograph said its first words today, and I was the most surprised of all.",
        "Tried another material for the filament. That is one more that does not work.",
        "The lamp has been burning all night. So have I.",
    ),
    "niko": (
        "Alternating current goes further on a thinner wire. The numbers are on my side.",
        "Fed the pigeons, then drew a motor in the sand with a stick.",
    ),
    "lex": ("Asked my assistant to come over, and he heard it through the wire.",),
    "whit": (
        "A day's work by hand is an hour's work with the gin.",
        "If every part is made alike, any part will fit.",
    ),
    "hop": (
        "Found a moth in the relay and taped it into the logbook.",
        "I carry a wire of thirty centimetres: that is how far light goes in a nanosecond.",
        "The compiler works. Now they must believe me that it does.",
    ),
    "hedy": ("Somebody wrote my name with a single r again.",),
    "heddy": (
        "Frequencies that hop like the keys of a piano: try to jam that.",
        "Patent 2,292,387 is ours.",
    ),
    "marie": (
        "After tons of ore, a tenth of a gram, and it glows in the dark.",
        "Second prize, in another science. My notebooks are still warm.",
    ),
    "wilma": ("Left the mammoth running again, and the carpet has never been cleaner.",),
    "fred": (
        "Bowling tonight. Bring your own stone.",
        "The car needs new feet.",
    ),
}
FIRST_NOTE_AT = datetime(2026, 1, 5, 9, 30)


def init_posts() -> None:
    """Put the sample posts into their table: the same ones at the same times whenever it is done."""
    created = FIRST_NOTE_AT
    for uid, notes in SAMPLE_NOTES.items():
        user = User.get(User.uid == uid)
        for note in notes:
            Post.create(user=user, note=note, created=created)
            created += timedelta(hours=7, minutes=11)
