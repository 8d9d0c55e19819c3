"""Users: who they are, and how old they are."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from peewee import CharField, IntegerField

from models.shared.fields import DateField, LineField
from models.shared.last_admin import LastAdminStays
from models.shared.logins import LogsIn, UidField
from models.shared.passwords import KNOWN_TO_ALL, LESSON_PASSWORD, PasswordField, is_lesson_password
from models.shared.picture_field import PICTURE_FILE, PictureField
from models.shared.viewers import EVERYBODY, seen_rows


class User(LogsIn, LastAdminStays):
    """Somebody who may write posts. The columns have the names that the lesson's SQL uses."""

    name = LineField(column_name="_name", max_length=255, index=True, autocomplete="name")
    uid = UidField(column_name="_uid")
    password_hash = CharField(column_name="_password", null=True)
    password = PasswordField(min_length=8, null=True, help_text="Without one, nobody can log in as this user.")
    dob = DateField(column_name="_dob", null=True, index=True, autocomplete="bday", verbose_name="Date of birth")
    role = CharField(column_name="_role", choices=[("user", "User"), ("admin", "Admin")], default="user")
    image_name = CharField(column_name="_pfp", null=True, index=True)
    image = PictureField(null=True, is_square=True, verbose_name="Portrait", help_text=PICTURE_FILE)
    image_width = IntegerField(column_name="_pfp_width", null=True)
    image_height = IntegerField(column_name="_pfp_height", null=True)
    image_bytes = IntegerField(column_name="_pfp_bytes", null=True)

    plural = "users"
    shows = ("id", "name", "uid", "role", "dob", "age", "image", "posts", "posts_total")
    sorts = ("id", "name", "uid", "dob")
    filters = ("name", "uid", "role")
    ranges = ("dob",)
    searched = ("name", "uid")
    takes_all = True
    examples = {"name": "Ada Lovelace", "uid": "ada", "dob": date(1815, 12, 10), "age": 210, "posts_total": 1}
    posts: Any  # theirs: Peewee makes it, as Post.user says backref="posts"

    class Meta:
        table_name = "users"

    def __str__(self) -> str:
        return str(self.name or f"user {self.id}")

    @property
    def is_admin(self) -> bool:
        """Whether they may do everything."""
        return bool(self.role == "admin")

    @property
    def age(self) -> int | None:
        """In whole years, today; nothing without a date of birth."""
        return self.age_on(date.today())

    def age_on(self, day: date) -> int | None:
        """The same on another day."""
        if self.dob is None:
            return None
        is_before_birthday = (day.month, day.day) < (self.dob.month, self.dob.day)
        return day.year - self.dob.year - is_before_birthday

    @cached_property
    def posts_total(self) -> int:
        """How many posts there are, of those that whoever looks sees."""
        return int(seen_rows(self.posts, EVERYBODY).count())

    def problems(self) -> Iterator[tuple[str, str]]:
        """Nobody is born tomorrow, and nobody takes the password that everyone knows."""
        if self.dob and self.dob > date.today():
            yield "dob", "must not be in the future"
        if is_lesson_password(self.uid, self.given.get("password")):
            yield "password", KNOWN_TO_ALL


# (name, uid, date of birth), in the lesson's order: the first one is the admin.
SAMPLE_USERS = (
    ("Thomas Edison", "toby", date(1847, 2, 11)),
    ("Nikola Tesla", "niko", date(1856, 7, 10)),
    ("Alexander Graham Bell", "lex", date(1847, 3, 3)),
    ("Eli Whitney", "whit", date(1765, 12, 8)),
    ("Grace Hopper", "hop", date(1906, 12, 9)),
    ("Hedy Lamar", "hedy", date(1914, 11, 9)),
    ("Hedy Lamarr", "heddy", date(1914, 11, 9)),
    ("Marie Curie", "marie", date(1867, 11, 7)),
    ("Wilma Flintstone", "wilma", date(12, 3, 1)),
    ("Fred Flintstone", "fred", date(10, 1, 1)),
)


def sample_users(lesson: bool) -> list[User]:
    """The lesson's ten users, not in the table yet: their passwords are hashed before a transaction begins.

    In `lesson` mode a password is `123` and the uid, which everybody knows; else nobody can log in as them.
    """
    users: list[User] = []
    for name, uid, dob in SAMPLE_USERS:
        user = User(name=name, uid=uid, dob=dob, role="user" if users else "admin")
        if lesson:
            user.set_password(LESSON_PASSWORD + uid)
        users.append(user)
    return users


def init_users(users: Iterable[User]) -> None:
    """Put the sample users into their table."""
    for user in users:
        user.create()
