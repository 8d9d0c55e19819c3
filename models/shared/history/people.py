"""What those are called who did something, also when they are gone."""

from collections.abc import Iterable

from peewee import SQL

from models.changed_row import ChangedRow
from models.shared.history.stored import stored_values
from models.user import User

FORMER_MEMBER = "a former member"


def names_of_people(ids: Iterable[int]) -> dict[int, str]:
    """By the ids of users. Of one who is gone the history knows it, unless it was erased or is too long ago."""
    wanted = set(ids)
    names = {user.id: str(user) for user in User.select().where(User.id.in_(wanted))}
    gone = ChangedRow.select().where(
        SQL("done = 'delete'"), ChangedRow.table_name == User._meta.table_name, ChangedRow.row_id.in_(wanted - {*names})
    )
    for row in gone if wanted - {*names} else ():
        names[row.row_id] = stored_values(row.before).get(User.name.column_name) or FORMER_MEMBER
    return {each: names.get(each, FORMER_MEMBER) for each in wanted}
