"""Sample rows: the lesson's users and their posts, and any number of made-up ones."""

import itertools
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from peewee import fn

from models.post import Post, init_posts
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.picture import remove_files
from models.shared.resource_tables import follow_classes
from models.shared.schema import changing_tables, checkpoint, drop_tables, make_tables, nothing
from models.shared.storage import Folder, storage
from models.user import User, init_users, sample_users

BATCH = 1000
PAUSE = 0.25  # of the time that a batch took


def sample_rows(sample_data: str) -> Callable[[], None]:
    """What fills empty tables, for a setting of SAMPLE_DATA.

    Passwords are hashed and pictures drawn here, before its transaction.
    """
    if sample_data == "none":
        return nothing
    from seed.pictures import sample_pictures  # it loads Pillow

    users, pictures = sample_users(lesson=sample_data == "lesson"), sample_pictures()

    def fill() -> None:
        init_users(users)
        try:
            init_posts(pictures)
        except BaseException:
            remove_files(*(picture.name for picture, _ in pictures.values()))
            raise

    return fill


def reset(sample_data: str, keep: Callable[[], None] = nothing) -> list[str]:
    """The tables again from nothing: others see the old rows, then the new ones, and nothing between.

    `keep` may copy the old rows first; nobody can write from then on until the new ones are there.
    Returns the names of the files of the old rows' pictures, which are still in the storage.
    """
    fill = sample_rows(sample_data)
    with database.connection_context():
        with changing_tables():
            keep()
            old_files = Post.files()
            drop_tables()
            make_tables()
            fill()
            follow_classes(with_rows=sample_data != "none")
        checkpoint()
    return old_files


def back_up(copy: Path) -> None:
    """Copy the live SQLite database to `copy`, for its owner's eyes only."""
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = copy.with_suffix(".part")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        # A connection of its own sees what is committed, also while ours holds the lock to write.
        with closing(sqlite3.connect(database.database)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.rename(copy)
    finally:
        unfinished.unlink(missing_ok=True)


def move_files(names: list[str], folder: Path) -> None:
    """Move files out of the storage to a `folder` for its owner's eyes only. Each is there before it goes here."""
    folder.mkdir(mode=0o700, parents=True)
    target = Folder(folder)
    for name in names:
        with suppress(FileNotFoundError):
            with storage.open(name) as file:
                target.put(name, file.read())
            storage.delete(name)


def unused_path(folder: Path) -> Path:
    """A name from the time of day: no two resets share one."""
    now = datetime.now()
    while (path := folder / f"{now:%Y%m%d-%H%M%S}.db").exists():
        now += timedelta(seconds=1)
    return path


def add_made_up_users(count: int) -> Iterator[int]:
    """Add users with two posts each; yields how many were added, after each batch.

    A batch is one transaction, with a pause after it, in which a running server can write.
    """
    with database.connection_context():
        numbers = itertools.count((User.select(fn.MAX(User.id)).scalar() or 0) + 1)
        while count:
            started = time.perf_counter()
            added = add_batch([made_up_user(next(numbers)) for _ in range(min(count, BATCH))])
            count -= added
            yield added
            time.sleep((time.perf_counter() - started) * PAUSE)
        checkpoint()


def add_batch(users: list[dict[str, object]]) -> int:
    """Add those whose uid is free, and say how many they were."""
    with database.atomic():
        highest = User.select(fn.MAX(User.id)).scalar() or 0
        User.insert_many(users).on_conflict_ignore().execute()
        is_new = (User.id > highest) & User.uid.in_([user["uid"] for user in users])
        ids = [user.id for user in User.select(User.id).where(is_new)]
        now = utc_now()
        posts = [{"user": user_id, "note": note, "created": now} for user_id in ids for note in MADE_UP_NOTES]
        if posts:
            Post.insert_many(posts).execute()
    return len(ids)


def made_up_user(number: int) -> dict[str, object]:
    """Somebody whose uid holds `number`, so that no two are alike."""
    chance = random.Random(number)
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(30_000))
    return {"name": f"{first} {last}", "uid": f"{first}.{last}.{number}".lower(), "dob": born, "role": "user"}


FIRST_NAMES = (
    "Ada Alan Barbara Clara Dana Edsger Frances Grete Hal Ida Jean John Kathleen Karen "
    "Lynn Margaret Niklaus Ole Peter Radia Sophie Tim Ursula Vera Whitfield Yukihiro"
).split()
LAST_NAMES = (
    "Abbott Berg Castillo Dubois Eriksen Fischer Garcia Haddad Ito Jansen Kowalski Lopez "
    "Moreau Nakamura Okafor Petrov Quinn Rossi Santos Tanaka Ueda Vogel Weber Yilmaz Zhang"
).split()
MADE_UP_NOTES = (
    "Made up to see what a long list looks like.",
    "A second note, so that there is something to count.",
)
