"""Which changes an address asks for, and the page of them: members see theirs, admins all."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from bottle import request

from models.change import Change
from models.shared.conversions import convert_date
from models.shared.form_texts import WHOLE_NUMBER
from models.shared.history.changes import Which, newest_changes
from models.shared.loading import all_models
from models.shared.resource import heading_of
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import forbid, member
from routes.shared.addresses import address
from routes.shared.controls import Control
from routes.shared.history.rights import may_see_history
from routes.shared.history.shown import ShownChange, shown_changes
from routes.shared.picked import some
from routes.shared.query import query
from routes.shared.shapes import shape

CHANGES_ON_PAGE = 20
FEW_PEOPLE = 100  # to choose from by their names
ID: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}


def or_empty(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """A value that a form may leave empty."""
    return {"anyOf": [schema, {"type": "string", "maxLength": 0}], "description": description}


ASKED_CHANGES = shape(
    person=or_empty(ID, "Whose changes: the id of a user."),
    model={"type": "string", "description": "Changes of rows of this table, like `posts`."},
    row=or_empty(ID, "With `model`: changes of the row that has this id."),
    done=or_empty({"type": "string", "enum": ["delete"]}, "Changes that deleted such rows."),
    day=or_empty({"type": "string", "format": "date"}, "Changes of that day, in UTC."),
    before=or_empty(ID, "The place that `next` carries."),
)


def models_with_history() -> dict[str, type[BaseModel]]:
    """By the names of their tables."""
    return {model._meta.table_name: model for model in all_models() if model.history}


def asked_changes() -> tuple[list[ShownChange], str | None]:
    """A page of changes, and the address of the next one."""
    texts = {name: text for name, text in query(ASKED_CHANGES).items() if text.strip()}
    which = as_far_as_seen(which_of(texts))
    found = newest_changes(which, CHANGES_ON_PAGE + 1)
    found, more = found[:CHANGES_ON_PAGE], found[CHANGES_ON_PAGE:]
    further = address_of_changes(texts | {"before": str(found[-1].id)}) if more else None
    return shown_changes(found, which=which), further


def which_of(texts: dict[str, str]) -> Which:
    """What these texts ask for. `Invalid` names each that makes no sense."""
    problems = dict(wrong_texts(texts))
    if problems:
        raise Invalid(problems)
    values: dict[str, Any] = {name: int(texts[name]) for name in ("person", "row", "before") if name in texts}
    values |= {"day": date.fromisoformat(texts["day"])} if "day" in texts else {}
    return Which(table=texts.get("model"), only_deleted="done" in texts, **values)


def wrong_texts(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with which text."""
    for name, text in texts.items():
        if name not in ASKED_CHANGES:
            yield name, "is not a field"
        elif name in ("person", "row", "before") and not is_row_number(text):
            yield name, "must be a whole number"
        elif name == "day" and not is_day(text):
            yield name, "must be a date like 2008-04-05"
        elif name == "model" and text not in models_with_history():
            yield name, f"must be one of {', '.join(models_with_history())}"
        elif name == "done" and text != "delete":
            yield name, "must be delete"
    if "row" in texts and "model" not in texts:
        yield "row", "needs a model"


def is_row_number(text: str) -> bool:
    """Whether it is one that a row or a change may have."""
    return bool(WHOLE_NUMBER.fullmatch(text)) and ID["minimum"] <= int(text) <= ID["maximum"]


def is_day(text: str) -> bool:
    """Whether there is such a day."""
    try:
        return bool(convert_date(Change.created, text))
    except ValueError:
        return False


def as_far_as_seen(which: Which) -> Which:
    """A member sees their own changes, and all those of a row that they may change. 403 for those of others."""
    user = member()
    if user.is_admin:
        return which
    if which.table and which.row is not None:
        model = models_with_history()[which.table]
        row = model.get_or_none(model.id == which.row)
        if row and may_see_history(row):
            return which
    if which.person not in (None, user.id):
        forbid("These are the changes of somebody else.")
    return which._replace(person=user.id)


def address_of_changes(texts: dict[str, str]) -> str:
    """This list's address, with other parameters."""
    return f"{address(quote(request.path))}?{urlencode(texts)}"


def filter_controls() -> list[Control]:
    """What the form above the list asks for."""
    tables = ("", "Any"), *((table, heading_of(model)) for table, model in models_with_history().items())
    done = ("", "Anything"), ("delete", "Deleted")
    asked = [
        Control("model", "Table", "select", choices=tables),
        Control("done", "What was done", "select", choices=done),
        Control("day", "Day", "date"),
    ]
    return [person_control(), *asked] if member().is_admin else asked


def person_control() -> Control:
    """Among few people by their names, else by an id."""
    people = list(User.select().order_by(User.name, User.id).limit(FEW_PEOPLE + 1))
    if len(people) > FEW_PEOPLE:
        return Control("person", "Person (id)", "number", attributes={"min": 1})
    choices = ("", "Anybody"), *((str(user.id), f"{user} ({user.uid})") for user in people)
    return Control("person", "Person", "select", choices=choices)


def texts_asked() -> dict[str, str]:
    """What the form has in it."""
    return some(query(ASKED_CHANGES), ASKED_CHANGES)
