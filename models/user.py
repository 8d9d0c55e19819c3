"""Users: who they are, how old they are, and what nobody may do to them."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from peewee import PREFETCH_TYPE, CharField, Load, ModelSelect, fn

from models.shared.database import database, locked
from models.shared.fields import DateField, LineField, PasswordField
from models.shared.passwords import LENGTHS, LESSON_PASSWORD, check_choice_of, hash_of, is_password, place_to_hash
from models.shared.rows import BaseModel, Invalid

NEWEST = 10  # posts that come with a user


class User(BaseModel):
    """Somebody who may write posts. The columns have the names that the lesson's SQL uses."""

    name = LineField(column_name="_name", min_length=2, max_length=255, index=True)
    uid = LineField(
        column_name="_uid",
        min_length=2,
        max_length=64,
        lower=True,
        pattern=r"[a-z0-9._-]+",
        allows="the letters a to z, digits, dots, underscores and hyphens",
        unique=True,
        verbose_name="User id",
        help_text="The letters a to z, digits, dots, underscores and hyphens; for logging in.",
    )
    password_hash = CharField(column_name="_password", null=True)
    dob = DateField(column_name="_dob", null=True, index=True, verbose_name="Date of birth")
    role = CharField(column_name="_role", choices=[("user", "User"), ("admin", "Admin")], default="user")

    sorts: ClassVar = ("id", "name", "uid", "dob")
    filters: ClassVar = ("name", "uid", "role")
    searched: ClassVar = ("name", "uid")
    write_only: ClassVar = {
        "password": PasswordField(min_length=LENGTHS[0], max_length=LENGTHS[1], null=True, help_text="For logging in."),
    }
    examples: ClassVar = {"name": "Ada Lovelace", "uid": "ada", "dob": date(1815, 12, 10), "posts_total": 1}

    posts: Any  # what Post.user refers back with
    login: Any = None  # the session that outlives a change of password
    chosen_password: Any = None  # as it was given, until it is found good and hashed

    class Meta:
        table_name = "users"

    def __str__(self) -> str:
        return str(self.name)

    def set_chosen_password(self, text: Any) -> None:
        self.chosen_password = None if text == "" else text

    password = property(fset=set_chosen_password, doc="Chosen by a person; never read back. Blank keeps the old one.")

    def set_password(self, text: str) -> None:
        """Keep only the hash of `text`. It takes about 0.1 s, so not inside a transaction."""
        with place_to_hash():
            self.password_hash = hash_of(text)

    def check_password(self, text: str) -> bool:
        """Whether `text` is the password; never so for somebody who has none. It takes as long as `set_password`."""
        with place_to_hash():
            return is_password(self.password_hash, text)

    @classmethod
    def log_in(cls, uid: str, password: str, lesson: bool) -> "User | None":
        """Who has this uid and password; to be called in a `place_to_hash`.

        An unknown uid takes as long as a wrong password. The password that the lesson tells everyone,
        `123` and the uid, is good in `lesson` mode only.
        """
        user = cls.get_or_none(cls.uid == uid)
        is_known_to_all = password == LESSON_PASSWORD + uid and not lesson
        is_right = is_password(user.password_hash if user else None, password)
        return user if is_right and not is_known_to_all else None

    @property
    def owner_id(self) -> int:
        return int(self.id)

    @property
    def is_admin(self) -> bool:
        return bool(self.role == "admin")

    @property
    def age(self) -> int | None:
        """In whole years, today; nothing without a date of birth."""
        return self.age_on(date.today())

    def age_on(self, day: date) -> int | None:
        if self.dob is None:
            return None
        is_before_birthday = (day.month, day.day) < (self.dob.month, self.dob.day)
        return day.year - self.dob.year - is_before_birthday

    @cached_property
    def posts_total(self) -> int:
        """How many posts there are."""
        return int(self.posts.count())

    def read(self) -> dict[str, Any]:
        """`id, name, uid, role, dob, age, posts` (the newest ten) and `posts_total` (how many there are)."""
        posts = self.posts if isinstance(self.posts, list) else self.newest_posts()
        return {
            "id": self.id,
            "name": self.name,
            "uid": self.uid,
            "role": self.role,
            "dob": self.dob and self.dob.isoformat(),
            "age": self.age,
            "posts": [post.read() for post in posts],
            "posts_total": self.posts_total,
        }

    def newest_posts(self) -> Any:
        return self.posts.order_by(self.posts.model.id.desc()).limit(NEWEST)

    @classmethod
    def counted(cls) -> "ModelSelect[User]":
        """Users with their `posts_total`, in one query."""
        from models.post import Post  # which imports this file

        return cls.select(cls, Post.select(fn.COUNT(Post.id)).where(Post.user == cls.id).alias("posts_total"))

    @classmethod
    def with_posts(cls) -> "ModelSelect[User]":
        """Users ready to be `read()`, in two queries however many there are."""
        from models.post import Post

        newest = Load(
            cls.posts,
            Post.select().order_by(Post.id.desc()),
            strategy=PREFETCH_TYPE.MATERIALIZE,
            per_parent=NEWEST,
        )
        return cls.counted().with_related(newest)

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.dob and self.dob > date.today():
            yield "dob", "must not be in the future"
        if self.chosen_password is not None:
            try:
                check_choice_of(self.chosen_password, self.uid or "")
            except ValueError as error:
                yield "password", str(error)

    def clean(self, fields: Any) -> None:
        super().clean(fields)
        if self.chosen_password is not None:
            self.set_password(self.chosen_password)
            self.chosen_password = None

    def write(self, **how: Any) -> None:
        """With a new password all other logins end; the last admin stays one."""
        with database.atomic():
            if self.id and "role" in self._dirty and self.role != "admin":
                self.refuse_for_last_admin()
            if self.id and "password_hash" in self._dirty:
                self.end_sessions(but=self.login)
            super().write(**how)

    def delete_instance(self, *args: Any, **options: Any) -> int:
        from models.post import Post  # which imports this file

        with database.atomic():
            self.refuse_for_last_admin()
            Post.remove_files_of(Post.user == self)
            return int(super().delete_instance(*args, **options))

    def refuse_for_last_admin(self) -> None:
        """`Invalid` when there would be no admin without this user. Within a transaction."""
        admins = User.select(User.id).where(User.role == "admin").order_by(User.id)
        if [admin.id for admin in locked(admins)] == [self.id]:
            raise Invalid({"role": "must stay admin, as nobody else is one"})

    def end_sessions(self, but: Any = None) -> None:
        """Log this user out everywhere, `but` in one place."""
        from models.session import Session  # which imports this file

        ended = Session.delete().where(Session.user == self)
        (ended.where(Session.id != but.id) if but else ended).execute()


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


def init_users(users: list[User]) -> None:
    """Put the sample users into their table."""
    for user in users:
        user.create()
