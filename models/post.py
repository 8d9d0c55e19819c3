"""Posts: what users write."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from peewee import CharField, ForeignKeyField, ModelSelect

from models.base import BaseModel
from models.fields import DateTimeField, TextField, utc_now, utc_text
from models.user import User


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
    examples: ClassVar = {"note": "The engine weaves patterns, as a loom weaves flowers and leaves.", "user": 11}
    shown: ClassVar = {"image": {"type": "null", "description": "For a picture."}}

    class Meta:
        table_name = "posts"

    @property
    def owner_id(self) -> int:
        return self.userID

    def read(self) -> dict[str, Any]:
        """`id, user` (an id), `note, created` (UTC) and `image` (null for now)."""
        return {
            "id": self.id,
            "user": self.userID,
            "note": self.note,
            "created": utc_text(self.created),
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
        "1877: the phonograph, the first machine that plays back a voice it has recorded.",
        "1879: a lamp with a filament of carbon burns for more than thirteen hours.",
        "1,093 patents in the United States.",
    ),
    "niko": (
        "1888: patents for a motor that runs on alternating current.",
        "Since 1960 the unit of magnetic flux density is the tesla.",
    ),
    "lex": ("1876: a patent for the telephone.",),
    "whit": (
        "1794: a patent for the cotton gin.",
        "Muskets made of parts that can take each other's place.",
    ),
    "hop": (
        "1947: a moth in a relay of the Mark II is taped into the logbook.",
        "1952: A-0, a program that puts programs together.",
        "Thirty centimetres of wire: as far as light goes in a nanosecond.",
    ),
    "hedy": ("One r on purpose: the lesson wants two users who are easily mistaken.",),
    "heddy": (
        "1942: US patent 2,292,387, a radio link that hops from frequency to frequency.",
        "Bluetooth hops too.",
    ),
    "marie": (
        "1903: the Nobel Prize in physics.",
        "1911: the Nobel Prize in chemistry.",
    ),
    "wilma": ("1960: the Flintstones are first shown on television.",),
    "fred": (
        "A car that runs on the feet of its driver.",
        "Born in the year 10, to see whether a program can count that far back.",
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
