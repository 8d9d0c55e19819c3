"""Why a change cannot be undone: each row that is in the way, with the reason and what would help."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from models.shared.history.row_states import State
from models.shared.history.stored import stored_value
from models.shared.resource import singular_of
from models.shared.row_checks import shortened


class Refusal(NamedTuple):
    """One row, what it is called, why it stays as it is, and what would help; `change` is the one to undo first."""

    model: Any
    row_id: int
    name: str
    reason: str
    help: str = ""
    change: int | None = None

    @property
    def words(self) -> str:
        """All of it, for whoever may read the row."""
        return " ".join(filter(None, (f"{self.name} {self.reason}.", self.help)))


class CannotUndo(Exception):
    """Nothing was undone. `refusals` say why, one for each row that is in the way; there is none where it is no row."""

    def __init__(self, summary: str, refusals: Iterable[Refusal] = ()) -> None:
        self.refusals = list(refusals)
        super().__init__(" ".join([summary, *(each.words for each in self.refusals[:10])]))


def name_of_state(model: Any, row_id: int, state: State | None) -> str:
    """What its class calls the row that has these values, with its table and number."""
    return full_name(row_with(model, row_id, state))


def full_name(row: Any) -> str:
    """The same for a row."""
    place = f"{row._meta.table_name} {row.id}"
    try:
        name = str(row)
    except Exception:  # noqa: BLE001 - it may ask for a row that is gone
        return place
    is_without = name in ("", place, f"{singular_of(type(row))} {row.id}")
    return place if is_without else f"“{shortened(name)}” ({place})"


def row_with(model: Any, row_id: int, state: State | None) -> Any:
    """A row of the model that has these values."""
    row = model(__no_default__=1)
    row.__data__["id"] = row_id
    for column, value in (state or {}).items():
        field = model._meta.columns.get(column)
        if field:
            setattr(row, field.name, typed(field, stored_value(value)))  # which puts aside what cannot be read
    row._dirty.clear()
    return row


def typed(field: Any, value: Any) -> Any:
    """As Python has it; the value itself where somebody typed what cannot be read."""
    try:
        return field.python_value(value)
    except (TypeError, ValueError, ArithmeticError):
        return value
