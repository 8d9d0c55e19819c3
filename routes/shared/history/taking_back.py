"""Undoing for whoever is asking: what is in the way becomes a refusal that names each row."""

from typing import Any, NamedTuple

from models.change import Change
from models.shared.history.refusals import CannotUndo
from models.shared.history.undoing import undo_changes
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.history.asked import is_row_number
from routes.shared.history.bulk import Bulk, lately
from routes.shared.history.rights import check_rights
from routes.shared.query import query

HOURS = {"1": "hour", "3": "3 hours", "24": "24 hours"}


class Lately(NamedTuple):
    """What is asked to be undone: all that a person did in so many hours, up to a change that is known."""

    person: int
    hours: int = 1
    newest: int | None = None


def take_back(change: Change) -> int:
    """Undo it; the number of the change that this is. `Invalid` names the rows that are in the way."""
    with_problems: dict[str, str] = {}
    try:
        return undo_changes([change], check_rights)
    except CannotUndo as error:
        for each in error.refusals:
            words = " ".join(filter(None, (f"{each.reason}.", each.help)))
            with_problems[each.name] = words
        raise Invalid(with_problems, str(error)) from None


def take_back_all(asked: Lately) -> tuple[int, Bulk]:
    """Undo all of it that nothing is in the way of; the number of the change that this is."""
    found = bulk_of(asked)
    if not found.changes:
        raise Invalid({"person": "has done nothing then that can be undone"})
    try:
        return undo_changes(found.changes, check_rights), found
    except CannotUndo as error:  # somebody has written meanwhile
        raise Invalid({"person": "has just been in somebody's way: please look again"}, str(error)) from None


def bulk_of(asked: Lately) -> Bulk:
    """What that is. DoesNotExist when there is no such person."""
    User.get_by_id(asked.person)
    try:
        return lately(*asked)
    except CannotUndo as error:
        raise Invalid({"person": "has done what cannot be undone at once"}, str(error)) from None


def number_as_text(value: Any) -> str:
    """A number of JSON may be written as 5.0."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def lately_of(texts: dict[str, Any]) -> Lately | None:
    """What an address or a form asks for; None before a person is chosen. `Invalid` for what makes no sense."""
    names = [name for name in Lately._fields if texts.get(name) not in (None, "")]
    given = {name: number_as_text(texts[name]) for name in names}
    wrong = [name for name, text in given.items() if not is_row_number(text)]
    if wrong or int(given.get("hours", 1)) not in range(1, 25):
        raise Invalid(dict.fromkeys(wrong or ["hours"], "must be a whole number" if wrong else "must be from 1 to 24"))
    return Lately(**{name: int(text) for name, text in given.items()}) if "person" in given else None


def lately_asked() -> Lately | None:
    """The same for the address of this page."""
    return lately_of(query())
