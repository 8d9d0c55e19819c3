"""Rows of a file come into their table: all of them, or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import IO, Any

from peewee import IntegrityError, PostgresqlDatabase, fn

from models.shared.database import database, is_sqlite
from models.shared.deletion import looked_at_in_the_end
from models.shared.exchange.columns import keys_within
from models.shared.exchange.ready_rows import Ready, read_ready
from models.shared.exchange.wishes import Rights
from models.shared.folding import fold_some
from models.shared.one_row import all_of, change_row, insert_rows
from models.shared.rows import BaseModel
from models.shared.sql_names import sql_name
from models.shared.waiting import Busy, locked

KNOWN_WAYS = ("models.shared.rows", "models.shared.logins", "models.shared.last_admin", "models.post")


def store(keep: IO[bytes], rights: Rights, tell: Callable[[int], object] = int) -> None:
    """Write what was found ready, in one transaction. `Invalid`, IntegrityError or DoesNotExist when the table has
    become another one since then; then nothing is written."""
    model, brings_ids = rights.model, False
    with database.atomic(), references_may_wait(model):
        require_admin(rights.admin)
        for batch in read_ready(keep):
            new = [without_late(model, ready) for ready in batch if ready.is_new]
            if has_own_way(model):
                for ready in new:
                    write_one(model, ready)
            else:
                add_all(model, new)
            tell(len(new))
        for batch in read_ready(keep):  # once more, as any of them may refer to any of the new ones
            changed = [ready for ready in batch if not ready.is_new]
            for ready in changed:
                write_one(model, ready)
            for ready in batch:
                if ready.id and (late := late_values(model, ready)):
                    change_row(model, ready.id, late)
            brings_ids |= any(ready.is_new and ready.id for ready in batch)
            tell(len(changed))
        if brings_ids:
            count_on(model)
        while fold_some(model):
            pass


def require_admin(user: Any) -> None:
    """Busy when somebody who has the rights of an admin, if it is one, is none any more."""
    if user:
        now = locked(all_of(type(user)).where(type(user).id == user.id)).first()
        if not now or not now.is_admin:
            raise Busy("Your own role has just been changed.")


@contextmanager
def references_may_wait(model: Any) -> Iterator[None]:
    """In a transaction: where a row must refer to one of its own table, that one may come after it. IntegrityError at
    the end when it has not come."""
    if all(field.null for field in keys_within(model)):
        yield
        return
    with looked_at_in_the_end():
        yield
    check = f"PRAGMA foreign_key_check({sql_name(model._meta.table_name)})"  # sooner than SQLite would
    if is_sqlite() and database.execute_sql(check).fetchone():
        raise IntegrityError("A row refers to one that is not there.")


def late_values(model: Any, ready: Ready) -> dict[str, Any]:
    """What a new row that brings its number refers to in its own table, where it may refer to nothing at first."""
    if not ready.is_new or ready.id is None:
        return {}
    keys = [field.name for field in keys_within(model) if field.null]
    return {name: ready.values[name] for name in keys if ready.values[name] is not None}


def without_late(model: Any, ready: Ready) -> Ready:
    """The row as it is inserted."""
    return ready._replace(values=ready.values | dict.fromkeys(late_values(model, ready)))


@cache
def has_own_way(model: Any) -> bool:
    """Whether a class of somebody's own does more when a row is inserted, so that each goes the way of all rows.

    What ours do before that, they do for rows which change.
    """
    ways = ("create", "write", "before_write", "insert_or_update", "save")
    theirs = [each for each in model.__mro__ if set(ways).intersection(vars(each))]
    return any(each.__module__ not in KNOWN_WAYS and issubclass(each, BaseModel) for each in theirs)


def add_all(model: Any, new: list[Ready]) -> None:
    """New rows, in a statement each for those that bring their id, and those that get one."""
    insert_rows(model, [ready.values for ready in new if ready.id is None])
    insert_rows(model, [ready.values | {"id": ready.id} for ready in new if ready.id is not None])


def write_one(model: Any, ready: Ready) -> None:
    """Write a row as its class does it. It has been checked."""
    if ready.is_new:
        row = model(**ready.values)
        row.id = ready.id
        row._dirty.clear()  # nothing of a new row is changed
    else:
        row = model.get_by_id(ready.id)
        for name, value in ready.values.items():
            setattr(row, name, value)
    row.write(is_new=ready.is_new)


def count_on(model: Any) -> None:
    """The next row gets a number of its own, also where rows have brought theirs. SQLite sees to that itself."""
    if isinstance(database.obj, PostgresqlDatabase):
        highest = model.select(fn.MAX(model.id)).scalar()
        sequence = "pg_get_serial_sequence(%s, 'id')"
        sql = f"SELECT setval({sequence}, greatest(%s, nextval({sequence})))"
        table = sql_name(model._meta.table_name)
        database.execute_sql(sql, (table, highest, table))
