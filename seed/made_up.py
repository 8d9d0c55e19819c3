"""More users than anybody would type, to see what a long list looks like."""

import itertools
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from peewee import fn

from models.post import Post
from models.shared.database import checkpoint, database, is_sqlite
from models.shared.fields import utc_now
from models.shared.history.following import history_rests
from models.shared.plain_texts import plain_texts
from models.shared.schema import SEEDED
from models.shared.sql_names import sql_name
from models.user import User

USERS_PER_BATCH = 20_000
PAUSE = 0.1  # of the time that a batch took
CACHE, LOG = 64 * 1024, 20_000  # of SQLite: KiB of memory, and pages in its log before they are copied
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
COLUMNS = ("name", "uid", "dob", "role")
FIRST_BIRTHDAY, BIRTHDAYS = date(1930, 1, 1), 30_000


def add_made_up_users(count: int) -> Iterator[int]:
    """Add users with two posts each; yields how many were added, after each batch.

    A batch is one transaction, with a pause after it, in which a running server can write.
    """
    with database.connection_context():
        have_room()
        numbers = itertools.count((User.select(fn.MAX(User.id)).scalar() or 0) + 1)
        while count:
            started = time.perf_counter()
            added = add_batch([made_up_user(next(numbers)) for _ in range(min(count, USERS_PER_BATCH))])
            count -= added
            yield added
            time.sleep((time.perf_counter() - started) * PAUSE)
        checkpoint()


def have_room() -> None:
    """Let this connection keep more pages in mind, so that it writes each one less often."""
    if is_sqlite():
        database.execute_sql(f"PRAGMA cache_size = -{CACHE}")
        database.execute_sql(f"PRAGMA wal_autocheckpoint = {LOG}")


def add_batch(users: list[dict[str, Any]]) -> int:
    """Add those whose uid is free, and say how many they were."""
    with database.atomic(), history_rests(SEEDED), plain_texts(User, Post):
        highest = User.select(fn.MAX(User.id)).scalar() or 0
        insert(User, COLUMNS, [tuple(user.values()) for user in users])
        is_new = User.id > highest
        if not is_sqlite():  # others may write meanwhile
            is_new &= User.uid.in_([user["uid"] for user in users])
        ids = [user.id for user in User.select(User.id).where(is_new).order_by(User.id).namedtuples()]
        now = utc_now()
        insert(Post, ("user", "note", "created"), [(user_id, note, now) for user_id in ids for note in MADE_UP_NOTES])
    return len(ids)


def insert(model: Any, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows to a table, but those that have what must differ in each row and is there already."""
    columns = ", ".join(sql_name(model._meta.fields[name].column_name) for name in names)
    values = ", ".join([database.param] * len(names))
    sql = f"INSERT INTO {sql_name(model._meta.table_name)} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING"  # noqa: S608
    database.execute_many(sql, rows)


def made_up_user(number: int) -> dict[str, Any]:
    """Somebody whose uid holds `number`, so that no two are alike."""
    chance = crc32(str(number).encode())
    chance, first_name = divmod(chance, len(FIRST_NAMES))
    chance, last_name = divmod(chance, len(LAST_NAMES))
    first, last = FIRST_NAMES[first_name], LAST_NAMES[last_name]
    born = FIRST_BIRTHDAY + timedelta(days=chance % BIRTHDAYS)
    return {"name": f"{first} {last}", "uid": f"{first}.{last}.{number}".lower(), "dob": born, "role": "user"}
