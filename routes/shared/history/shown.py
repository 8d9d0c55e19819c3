"""A change as a page and a program are told of it: who, when, and what became of which rows."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from peewee import ForeignKeyField

from models.change import Change
from models.changed_row import ChangedRow
from models.shared.fields import label_of, utc_text
from models.shared.history.changes import EVERY, SHOWN_ROWS, Which, rows_of_changes
from models.shared.history.people import names_of_people
from models.shared.history.refusals import name_of_state, row_with
from models.shared.history.row_states import State, noted_state
from models.shared.loading import all_models
from models.shared.old_pictures import name_field, picture_fields
from models.shared.rows import BaseModel
from models.shared.values import NOTHING, cell_text
from models.user import User
from routes.shared.cells import address_of
from routes.shared.history.rights import may_see, may_see_values, may_undo, owner_then

ROWS_OF_ONE = 100  # on the page of one change
DONE_WORDS = {"create": "added", "update": "changed", "delete": "deleted"}


class Value(NamedTuple):
    """One value of a row: what it was, and what it became. A text is none where there was, or is, no row."""

    label: str
    before: str | None
    after: str | None


class ToldRow(NamedTuple):
    """What became of one row; `link` is its page, where it has one."""

    name: str
    link: str
    done: str
    values: list[Value]
    as_json: dict[str, Any]


class ShownChange(NamedTuple):
    """A change. `rows` are the first of `total`."""

    id: int
    created: str
    who: str
    person: User | None
    command: str
    label: str
    rows: list[ToldRow]
    total: int
    undone_by: int | None
    may_undo: bool
    may_see: bool

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "id": self.id,
            "created": self.created,
            "person": self.person.id if self.person else None,
            "command": self.command or None,
            "label": self.label or None,
            "undone_by": self.undone_by,
            "may_be_undone": self.may_undo,
            "total": self.total,
            "rows": [row.as_json for row in self.rows],
        }


def shown_changes(changes: Sequence[Change], most: int = SHOWN_ROWS, which: Which = EVERY) -> list[ShownChange]:
    """A few queries, however many they are: one for the rows, and one or two for who it was."""
    rows = rows_of_changes(changes, most, which) if changes else {}
    ids = {change.person for change in changes if change.person}
    people = {user.id: user for user in User.select().where(User.id.in_(ids))} if ids else {}
    gone = names_of_people(ids - {*people}) if ids - {*people} else {}
    names = {number: first_capital(name) for number, name in gone.items()}
    names |= {user.id: str(user) for user in people.values()}
    models = {model._meta.table_name: model for model in all_models()}
    shown = []
    for change in changes:
        theirs, total = rows[change.id]
        told = [told_row(row, models.get(row.table_name)) for row in theirs]
        person, name = people.get(change.person), names.get(change.person or 0, "")
        shown.append(shown_change(change, told, total, person, name))
    return shown


def first_capital(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]


def shown_change(change: Change, rows: list[ToldRow], total: int, person: User | None, name: str) -> ShownChange:
    """One of them."""
    return ShownChange(
        change.id,
        utc_text(change.created) or "",
        name or program_of(change),
        person,
        change.command or "",
        change.label or "",
        rows,
        total,
        change.undone_by,
        may_undo(change),
        may_see(change),
    )


def program_of(change: Change) -> str:
    """What did it, where nobody was logged in."""
    if not change.command:
        return "Another program"
    return "A visitor" if " /" in change.command else change.command


def told_row(row: ChangedRow, model: Any) -> ToldRow:
    """What became of it: the values of a row of somebody else may be hidden."""
    place = f"{row.table_name} {row.row_id}"
    told = {"rows": row.table_name, "id": row.row_id, "done": row.done}
    if model is None:
        return ToldRow(place, "", DONE_WORDS[row.done], [], told)
    before, after = noted_state(row.before), noted_state(row.after)
    whole = before if row.done == "delete" else after if row.done == "create" else None
    link = "" if row.done == "delete" else address_of(model, row.row_id)
    if not may_see_values(model, row.row_id, lambda: owner_then(model, row.row_id, whole)):
        return ToldRow(place, "", DONE_WORDS[row.done], [], told)
    name = name_of_state(model, row.row_id, whole) if whole else place
    values = list(told_values(model, row.row_id, before, after, row.done))
    sides = {"before": by_field(model, before), "after": by_field(model, after)}
    given = {side: state for side, state in sides.items() if state}
    return ToldRow(name, link, DONE_WORDS[row.done], values, told | given)


def told_values(model: Any, row_id: int, before: State, after: State, done: str) -> Iterable[Value]:
    """Each value that came, went or changed; of a picture only that there is one, or another one."""
    sides = [(row_with(model, row_id, state), state) for state in (before, after)]
    pictures = {name_field(field).name: field for field in picture_fields(model)}
    parts = {column for field in pictures.values() for column in field.columns} - pictures.keys()
    for field in model._meta.sorted_fields:
        if field.name in parts or not any(field.column_name in state for _, state in sides):
            continue
        old, new = (words_of_value(row, field, state, field.name in pictures) for row, state in sides)
        if (old, new) != (NOTHING, NOTHING):
            is_secret = field.name in model.secrets
            old = "…" if is_secret else old
            label = label_of(pictures.get(field.name, field))
            yield Value(label, None if done == "create" else old, None if done == "delete" else new)


def words_of_value(row: BaseModel, field: Any, state: State, is_picture: bool) -> str:
    """A value as a page has it; what it refers to by table and number, as that may be gone."""
    value = state.get(field.column_name)
    if value is None:
        return NOTHING
    if is_picture:
        return "A picture"
    if isinstance(field, ForeignKeyField):
        return f"{field.rel_model._meta.table_name} {value}"
    return cell_text(row, field.name)


def by_field(model: Any, state: State) -> dict[str, Any]:
    """With the names that JSON has elsewhere; a column that is no field any more keeps its own."""
    names = {column: field.name for column, field in model._meta.columns.items()}
    return {names.get(column, column): value for column, value in state.items()}
