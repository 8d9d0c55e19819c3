"""How far back the history goes. What is too old, or too much, goes with what is written next, some of it at a time."""

import time
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from peewee import PeeweeException, fn

from models.change import Change
from models.changed_row import ChangedRow
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.history.kept_pictures import remove_pictures
from models.shared.waiting import without_waiting

SWEEP_PAUSE = 60.0  # seconds between two times that a process looks, when nothing was left to do
MOST_CHANGES_AT_ONCE = 50  # in some milliseconds
MOST_ROWS_OF_THEM = 2000  # of one change


class Sweeper:
    """Called after each change that this process has written; it looks now and then."""

    def __init__(self, days: int, rows: int) -> None:
        self.days, self.rows = days, rows
        self.next = 0.0

    def __call__(self) -> None:
        """Sweep, unless it has been done lately or others are writing."""
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + SWEEP_PAUSE
        with suppress(PeeweeException), without_waiting():
            if sweep_history(self.days, self.rows):
                self.next = 0.0


def limit_history(days: int, rows: int) -> None:
    """From here on, this process keeps no more than that."""
    database.obj.after_change = Sweeper(days, rows)


def sweep_history(days: int, rows: int) -> bool:
    """Forget some of what is too old or too much; whether there is more of it."""
    if not (too_old(days) or too_many(rows)):
        return False
    with database.atomic():
        ids = too_old(days) or too_many(rows)  # another process may have been quicker
        old = list(ChangedRow.select().where(ChangedRow.change.in_(ids)).limit(MOST_ROWS_OF_THEM))
        ChangedRow.delete().where(ChangedRow.id.in_([row.id for row in old])).execute()
        if len(old) < MOST_ROWS_OF_THEM:
            Change.delete().where(Change.id.in_(ids)).execute()
        database.after_commit(partial(remove_pictures, old))
    return True


def too_old(days: int) -> list[int]:
    """The oldest changes, as far as they are older than that."""
    limit = utc_now() - timedelta(days=days)
    oldest: Any = Change.select().where(Change.created.is_null(False)).order_by(Change.id).limit(MOST_CHANGES_AT_ONCE)
    return [change.id for change in oldest if change.created < limit]


def too_many(rows: int) -> list[int]:
    """The oldest changes, if there may be more rows than that: numbers that were never used count, too."""
    newest = ChangedRow.select(fn.MAX(ChangedRow.id)).scalar() or 0
    over: Any = ChangedRow.select().where(ChangedRow.id <= newest - rows, ChangedRow.change.is_null(False))
    last = over.order_by(ChangedRow.id.desc()).first()
    if not last:
        return []
    oldest: Any = Change.select().where(Change.id <= last.change_id).order_by(Change.id).limit(MOST_CHANGES_AT_ONCE)
    return [change.id for change in oldest]
