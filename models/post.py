"""Posts: what users write."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from peewee import CharField, Expression, ForeignKeyField, IntegerField, ModelSelect

from models.shared.database import database, locked
from models.shared.fields import DateTimeField, FileField, LineField, TextField, utc_now, utc_text
from models.shared.picture import (
    TYPES,
    Picture,
    file_names,
    picture_of,
    pictures_with_file,
    remove_files,
    thumbnail_name,
    thumbnail_size,
)
from models.shared.rows import BaseModel
from models.shared.storage import storage
from models.user import User

IMAGE: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "The picture; `thumb` is a small one.",
    "properties": {
        "url": {"type": "string", "format": "uri-reference"},
        "thumb": {"type": "string", "format": "uri-reference"},
        "width": {"type": ["integer", "null"]},
        "height": {"type": ["integer", "null"]},
        "type": {"type": "string", "enum": list(TYPES.values())},
        "bytes": {"type": ["integer", "null"]},
    },
    "required": ["url", "thumb", "width", "height", "type", "bytes"],
}


class Post(BaseModel):
    """Something a user wrote, with a picture if they like. It belongs to that user and goes with them.

    `image` is given as the bytes of a file, or None for no picture, and read as `read()` shows it.
    """

    note = TextField(max_length=10_000)
    image_name = CharField(column_name="image", null=True, index=True)
    user = ForeignKeyField(User, column_name="userID", backref="posts", on_delete="CASCADE")
    created = DateTimeField(default=utc_now, index=True)
    alt = LineField(
        max_length=300,
        null=True,
        verbose_name="What the picture shows",
        help_text="For those who cannot see it.",
    )
    image_width = IntegerField(null=True)
    image_height = IntegerField(null=True)
    image_bytes = IntegerField(null=True)
    userID: int  # noqa: N815 - the lesson's name

    sort: ClassVar = "-id"
    sorts: ClassVar = ("id", "created")
    filters: ClassVar = ("user",)
    searched: ClassVar = ("note",)
    write_only: ClassVar = {"image": FileField(null=True, help_text="A .jpg, .png or .gif of at most 5 MiB.")}
    examples: ClassVar = {
        "note": "The engine weaves patterns, as a loom weaves flowers and leaves.",
        "user": 11,
        "alt": "A card with punched holes.",
        "image_name": "0123456789abcdef0123456789abcdef.png",
        "image_width": 640,
        "image_height": 400,
        "image_bytes": 8159,
    }
    schemas: ClassVar = {"image": IMAGE}

    chosen_image: Any = None  # as it was given, until it is found to be a picture
    picture: Picture | None = None  # whose files are to be kept with the row

    class Meta:
        table_name = "posts"

    @property
    def owner_id(self) -> int:
        return self.userID

    def read(self) -> dict[str, Any]:
        """`id, user` (an id), `note, alt, created` (UTC) and `image`: null or what `image` says."""
        return {
            "id": self.id,
            "user": self.userID,
            "note": self.note,
            "alt": self.alt,
            "created": utc_text(self.created),
            "image": self.image,
        }

    @property
    def image(self) -> dict[str, Any] | None:
        """`url, thumb` (a URL), `width, height` (pixels), `type, bytes` of the picture; None when there is none."""
        name = self.image_name
        if not name or not file_names(name):
            return None
        return {
            "url": storage.url(name),
            "thumb": storage.url(thumbnail_name(name)),
            "width": self.image_width,
            "height": self.image_height,
            "type": TYPES[name[-4:]],
            "bytes": self.image_bytes,
        }

    @image.setter
    def image(self, content: bytes | Picture | None) -> None:
        """Another picture needs another description, so the old one goes unless a new one comes along."""
        if "alt" not in self._dirty:
            self.alt = None
        if content is None:
            self.describe(None)
        self.chosen_image = content

    @property
    def thumbnail_size(self) -> tuple[int, int]:
        """Width and height in pixels, so that a page keeps the place free."""
        return thumbnail_size(self.image_width or 1, self.image_height or 1)

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.chosen_image is not None:
            try:
                self.picture = picture_of(self.chosen_image)
            except ValueError as error:
                yield "image", str(error)

    def clean(self, fields: Any) -> None:
        super().clean(fields)
        if self.picture:
            self.describe(self.picture)
            self.chosen_image = None

    def describe(self, picture: Picture | None) -> None:
        """Write down in this row which picture it has."""
        self.image_name = picture.name if picture else None
        self.image_width, self.image_height = (picture.width, picture.height) if picture else (None, None)
        self.image_bytes = len(picture.files[picture.name]) if picture else None

    def write(self, **how: Any) -> None:
        """The files come first: who is told that the row is there finds them too, also after a power cut."""
        picture, self.picture = self.picture, None
        if picture:
            picture.keep()
        try:
            with database.atomic():
                if self.id and "image_name" in self._dirty:
                    self.remove_files_of(Post.id == self.id)
                super().write(**how)
        except BaseException:
            if picture:
                picture.remove()
            raise

    def delete_instance(self, *args: Any, **options: Any) -> int:
        with database.atomic():
            self.remove_files_of(Post.id == self.id)
            return int(super().delete_instance(*args, **options))

    @classmethod
    def remove_files_of(cls, posts: Expression) -> None:
        """Remove the picture files that these posts have now, when the transaction around this has come to its end."""
        with_picture = locked(cls.select(cls.image_name).where(posts, cls.image_name.is_null(False)))
        names = {post.image_name for post in with_picture}
        database.after_commit(lambda: remove_files(*names.difference(cls.still_used(names))))

    @classmethod
    def still_used(cls, names: Collection[str]) -> list[str]:
        """Those of these pictures that a post has, as when the deletion was taken back in the end."""
        return [str(post.image_name) for post in cls.select(cls.image_name).where(cls.image_name.in_(names))]

    @classmethod
    def files(cls) -> list[str]:
        """The names of all pictures' files, thumbnails too."""
        posts = cls.select(cls.image_name).where(cls.image_name.is_null(False))
        return [name for post in posts for name in file_names(post.image_name)]

    @classmethod
    def with_file(cls, name: str) -> "Post | None":
        """The post to which the file `name` belongs, as its picture or its thumbnail."""
        return cls.with_user().where(cls.image_name.in_(pictures_with_file(name))).first()

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


def init_posts(pictures: Mapping[tuple[str, int], tuple[Picture, str]]) -> None:
    """Put the sample posts into their table: the same ones at the same times whenever it is done.

    `pictures` has a picture, and what it shows, for some of them: {(uid, number of the note): (picture, alt)}.
    """
    created = FIRST_NOTE_AT
    for uid, notes in SAMPLE_NOTES.items():
        user = User.get(User.uid == uid)
        for number, note in enumerate(notes, start=1):
            picture, alt = pictures.get((uid, number), (None, None))
            Post.create(user=user, note=note, image=picture, alt=alt, created=created)
            created += timedelta(hours=7, minutes=11)
