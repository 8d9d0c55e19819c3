"""What the history says of a person: what they did, and what others did to their rows."""

from collections.abc import Iterator
from typing import Any

from models.change import Change
from models.changed_row import ChangedRow
from models.shared.fields import utc_text
from models.shared.history.belonging import theirs
from models.shared.history.erasing import USERS
from models.shared.history.reading import Parts, changes_of_rows
from models.shared.loading import all_models
from models.user import User
from routes.shared.history.shown import told_row


def parts_of_person(user: User, there: Parts) -> Parts:
    """Their rows: those that are there, and those that once were."""
    return [(USERS, user.id), *theirs(user.id, there)]


def history_of_person(user: User, parts: Parts) -> Iterator[dict[str, Any]]:
    """A row of a change each; of a row that they may not read only that there was one."""
    models = {model._meta.table_name: model for model in all_models()}
    told: Any = ChangedRow.select(ChangedRow, Change).join(Change)
    done = told.where(Change.person == user.id).order_by(ChangedRow.id)
    yield from (noted_in_file(row, models) for row in done.iterator())
    by_others = Change.person.is_null() | (Change.person != user.id)
    yield from (noted_in_file(row, models) for row in changes_of_rows(parts, told.where(by_others)))


def noted_in_file(row: ChangedRow, models: dict[str, Any]) -> dict[str, Any]:
    """Who did it is told by a number, as on the page of the history."""
    change: Any = row.change
    said = {"change": change.id, "created": utc_text(change.created), "person": change.person}
    said |= {"command": change.command, "label": change.label}
    return said | told_row(row, models.get(row.table_name)).as_json
