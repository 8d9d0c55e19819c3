"""More users than anybody would type, to see what a long list looks like."""

import itertools
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta

from peewee import fn

from models.post import Post
from models.shared.database import checkpoint, database
from models.shared.fields import utc_now
from models.shared.folding import fold_new
from models.user import User

USERS_PER_BATCH = 1000
PAUSE = 0.25  # of the time that a batch took
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


def add_made_up_users(count: int) -> Iterator[int]:
    """Add users with two posts each; yields how many were added, after each batch.

    A batch is one transaction, with a pause after it, in which a running server can write.
    """
    with database.connection_context():
        numbers = itertools.count((User.select(fn.MAX(User.id)).scalar() or 0) + 1)
        while count:
            started = time.perf_counter()
            added = add_batch([made_up_user(next(numbers)) for _ in range(min(count, USERS_PER_BATCH))])
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
        fold_new(User)
        fold_new(Post)
    return len(ids)


def made_up_user(number: int) -> dict[str, object]:
    """Somebody whose uid holds `number`, so that no two are alike."""
    chance = random.Random(number)
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(30_000))
    return {"name": f"{first} {last}", "uid": f"{first}.{last}.{number}".lower(), "dob": born, "role": "user"}
