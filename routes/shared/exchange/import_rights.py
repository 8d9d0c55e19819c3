"""What whoever brings a file may do with rows: no more than the forms of these rows let them, and admins all of it."""

from typing import Any

from models.post import Post
from models.shared.exchange.columns import file_fields
from models.shared.exchange.wishes import Rights, all_rights
from models.shared.resource import Resource, is_owner
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import is_mine
from routes.shared.login import me
from routes.shared.permissions import is_admin, may_change, owner_of_new, readable, refers_to_hidden

OPEN: dict[Any, tuple[str, ...]] = {Post: ("note", "alt", "group"), User: ("name", "uid", "dob")}


def rights_of_importer(model: type[BaseModel]) -> Rights:
    """What who is asking may bring.

    An admin's rows come in as they went out: with their id, their owner and what only the program sets. Those of
    others are theirs, whatever the file says.
    """
    if is_admin():
        fields = tuple(dict.fromkeys((*all_rights(model).fields, *open_columns(model))))
        return Rights(model, fields, owner_for(model), may_change=lambda _row: True, admin=me())
    known = [field.name for field in file_fields(model) if field.primary_key]
    return Rights(
        model,
        (*known, *open_columns(model)),
        owner_for(model),
        rows=readable(model),
        may_change=may_change if issubclass(model, Resource) else is_mine,
        hidden=refers_to_hidden,
        keep_ids=False,
    )


def open_columns(model: Any) -> tuple[str, ...]:
    """What a form asks for; but no picture and no password, which are in no file."""
    names = model.open_fields() if issubclass(model, Resource) else OPEN[model]
    return tuple(name for name in names if name in model._meta.fields)


def owner_for(model: Any) -> dict[str, Any]:
    """Whose a new row is, by the name of its field."""
    if issubclass(model, Resource):
        return owner_of_new(model)
    return {field.name: me() for field in model._meta.sorted_fields if is_owner(field)}
