"""Posts: what users write."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, ModelSelect, fn

from models.group import Group
from models.shared.fields import LineField, TextField, utc_now
from models.shared.picture import Picture, thumbnail_size
from models.shared.picture_field import PICTURE_FILE, PictureField
from models.shared.prepared import kept
from models.shared.rows import BaseModel
from models.shared.viewers import ALL_SEEING, EVERYBODY, Viewer, seen_in_group, seen_rows
from models.user import User

FOR_GROUP = "Then nobody sees it but the people of this group, its writer and admins."


class Post(BaseModel):
    """Something a user wrote, with a picture if they like. It belongs to that user and goes with them."""

    note = TextField(max_length=10_000)
    image_name = CharField(column_name="image", null=True, index=True)
    user = ForeignKeyField(User, column_name="userID", backref="posts", on_delete="CASCADE")
    created = DateTimeField(default=utc_now, index=True)
    image = PictureField(null=True, verbose_name="Picture", help_text=PICTURE_FILE)
    alt = LineField(
        max_length=300,
        null=True,
        verbose_name="What the picture shows",
        help_text="For those who cannot see it.",
    )
    image_width = IntegerField(null=True)
    image_height = IntegerField(null=True)
    image_bytes = IntegerField(null=True)
    group = ForeignKeyField(Group, null=True, backref="posts", on_delete="NO ACTION", help_text=FOR_GROUP)
    userID: int  # noqa: N815 - the lesson's name
    group_id: int | None
    hidden: Any  # Peewee makes it, as HiddenPost.post says backref="hidden"
    _hidden_because: str | None = None  # as a list loads it
    is_taught = False  # whether whoever looks teaches its writer

    plural, has_page = "posts", False
    shows = ("id", "user", "note", "alt", "created", "image", "group", "hidden_because")
    sort = "-id"
    sorts = ("id", "created")
    filters = ("user", "group")
    ranges = ("created",)
    searched = ("note",)
    examples = {
        "note": "The engine weaves patterns, as a loom weaves flowers and leaves.",
        "user": 11,
        "alt": "A card with punched holes.",
        "group": None,
    }

    class Meta:
        table_name = "posts"
        indexes = ((("user", "group"), False),)  # to count those that somebody sees, it is enough

    def __str__(self) -> str:
        return str(self.note or f"post {self.id}")

    @property
    def owner_id(self) -> int:
        """Who wrote it."""
        return self.userID

    @property
    def thumbnail_size(self) -> tuple[int, int]:
        """Width and height in pixels, so that a page keeps the place free."""
        return thumbnail_size(self.image_width or 1, self.image_height or 1)

    def before_write(self) -> None:
        """Another picture needs another description, so the old one goes unless a new one comes along."""
        if self.is_changed("image_name") and not self.is_changed("alt"):
            self.alt = None

    @classmethod
    def pictured(cls) -> "ModelSelect[Post]":
        """Those whose user is there."""
        return cls.with_user(ALL_SEEING)

    @property
    def hidden_because(self) -> str | None:
        """Why it is hidden, for its writer and those who may show it again."""
        return self._hidden_because

    @property
    def is_for_everybody(self) -> bool:
        """Whether it is for no group, and not hidden."""
        return self.group_id is None and self._hidden_because is None

    @classmethod
    def seen_by(cls, viewer: Viewer, rows: Any = None) -> Any:
        """Those for everybody or a group of theirs, unless they are hidden; of their own and of pupils these, too."""
        rows, hidden = rows or cls, cls.hidden.rel_model
        in_group = seen_in_group(rows.group, None, viewer)
        is_open = rows.id.not_in(hidden.select(hidden.post))
        if viewer.id is None:
            return in_group & is_open
        return (rows.user == viewer.me) | (in_group & (is_open | rows.user.in_(cls.pupils_of(viewer))))

    @staticmethod
    def pupils_of(viewer: Viewer) -> Any:
        """The query of the ids of those whom they teach."""
        return Group.memberships.rel_model.pupils_of(viewer.me)

    @classmethod
    def more_of(cls, viewer: Viewer) -> list[Any]:
        """What a list says of each beside its columns; visitors see none that is hidden."""
        if viewer == EVERYBODY:
            return []
        hidden = cls.hidden.rel_model
        reason = hidden.select(hidden.reason).where(hidden.post == cls.id).alias("_hidden_because")
        if viewer.id is None:
            return [reason]
        return [reason, fn.COALESCE(cls.user.in_(cls.pupils_of(viewer)), None).coerce(False).alias("is_taught")]

    @classmethod
    @kept
    def for_viewer(cls, viewer: Viewer) -> "ModelSelect[Post]":
        """Those that `viewer` sees."""
        return seen_rows(cls.select(cls, *cls.more_of(viewer)), viewer)

    @classmethod
    @kept
    def with_user(cls, viewer: Viewer = EVERYBODY) -> "ModelSelect[Post]":
        """Those that `viewer` sees and who wrote them, in one query.

        The `sqlite3` program deletes a user without their posts, as its foreign keys are off;
        the join leaves such posts out.
        """
        return seen_rows(cls.select(cls, User, *cls.more_of(viewer)).join(User), viewer)


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

# A picture, and what it shows, by the uid and the number of the note that it goes with.
SamplePictures = Mapping[tuple[str, int], tuple[Picture, str]]


def init_posts(pictures: SamplePictures, users: Iterable[User] | None = None) -> None:
    """Put the notes of the sample users who are there into their table: at the same times whenever it is done.

    Of some `users`, only theirs.
    """
    created = FIRST_NOTE_AT
    for user in User.select().order_by(User.id) if users is None else users:
        for number, note in enumerate(SAMPLE_NOTES.get(user.uid, ()), start=1):
            picture, alt = pictures.get((user.uid, number), (None, None))
            Post.create(user=user, note=note, image=picture, alt=alt, created=created)
            created += timedelta(hours=7, minutes=11)
