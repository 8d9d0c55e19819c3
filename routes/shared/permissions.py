"""Who may do what with the rows of a Resource, as its `readers` and `writers` say, and who sees which rows of a table.

For users and posts: access.py.
"""

from typing import Any

from bottle import request
from peewee import Field, ForeignKeyField, ModelSelect

from models.post import Post
from models.shared.resource import Resource
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.values import converted
from models.shared.viewers import Viewer, is_for_group, is_narrowed, seen_rows, viewer_as
from models.user import User
from routes.shared.access import admins_only, everyone, forbid, member, members_only, readers_only
from routes.shared.conditions import as_it_was_seen
from routes.shared.login import me
from routes.shared.state import current_state

GUARDS = {
    "": readers_only,
    "everyone": everyone,
    "members": members_only,
    "owners": members_only,
    "admins": admins_only,
}


def may_read(model: type[BaseModel]) -> bool:
    """Whether who is asking may read rows of this table, also where others refer to them."""
    user = me()
    return is_for_everyone(model) or bool(user and (getattr(model, "readers", "") != "admins" or user.is_admin))


def is_for_everyone(model: type[BaseModel]) -> bool:
    """Whether rows of this table may be read without a login."""
    word = getattr(model, "readers", "")
    return bool(word == "everyone" or (not word and request.app.config["directory"] == "public"))


def viewer() -> Viewer:
    """Who is asking, for a query of what they see."""
    return viewer_as(me())


def readable(model: type[BaseModel], rows: "ModelSelect[Any] | None" = None) -> "ModelSelect[Any]":
    """Those of the `rows` of a table, or all of it, that who is asking may read."""
    rows = model.for_viewer(viewer()) if rows is None else seen_rows(rows, viewer())
    if not may_read(model):
        return rows.where(model.id.is_null())
    if issubclass(model, Resource) and sees_own_only(model):
        return rows.where(model.owner_field() == member())
    return rows


def rows_of(model: type[BaseModel]) -> "ModelSelect[Any]":
    """As their list has them, for who is asking."""
    return Post.with_user(viewer()) if model is Post else readable(model)


def reads_all(model: type[Any]) -> bool:
    """Whether who is asking may read every row of this table, and not only their own or those of their groups."""
    return may_read(model) and not sees_own_only(model) and (is_admin() or not is_narrowed(model))


def sees(row: BaseModel) -> bool:
    """Whether who is asking may read this row of a table."""
    return reads_all(type(row)) or readable(type(row)).where(type(row).id == row.id).exists()


def sees_own_only(model: type[BaseModel]) -> bool:
    """Whether who is asking may read their own rows of this table, and no others."""
    return getattr(model, "readers", "") == "owners" and not is_admin()


def check_references(model: type[BaseModel], values: dict[str, Any], row: BaseModel | None = None) -> dict[str, Any]:
    """`values`; `Invalid` when they refer to a row that who is asking may not read, as if it were not there.

    A `row` that is for a group already stays so, also when its owner has left the group.
    """
    fields = model.all_fields()
    given = {name: value for name, value in values.items() if not (row and is_its_group(row, fields[name], value))}
    hidden = [name for name, value in given.items() if refers_to_hidden(fields[name], value)]
    if hidden:
        raise Invalid(dict.fromkeys(hidden, "does not exist"))
    return values


def is_its_group(row: BaseModel, field: Field, value: Any) -> bool:
    """Whether the row is for this group now."""
    return is_for_group(field) and str(value) == str(row.__data__.get(field.name))


def refers_to_hidden(field: Field, value: Any) -> bool:
    """Whether the value is a reference to a row that who is asking may not read."""
    if not isinstance(field, ForeignKeyField):
        return False
    try:
        number = converted(field, value)
    except ValueError:
        return False  # the model will say what is wrong with it
    rows = field.rel_model
    return number is not None and not readable(rows).where(rows.id == number).exists()


def may_add(model: type[Resource]) -> bool:
    """Whether a page should offer it; the route's guard decides, and asks visitors to log in."""
    frozen = current_state().frozen
    return (not frozen or bool(frozen.backend)) and (model.writers != "admins" or is_admin())


def may_change(row: Resource) -> bool:
    """Whether who is asking may change this row, or delete it. On pages that are files nobody may."""
    user = me()
    if current_state().frozen:
        return False
    if row.writers == "everyone" or user is None:
        return row.writers == "everyone"
    return user.is_admin or row.writers == "members" or (row.writers == "owners" and row.owner_id == user.id)


def changeable(row: Resource) -> Resource:
    """`row`, for those who may change it."""
    if not may_change(row):
        forbid("That belongs to somebody else." if row.owner_id else "Only an admin may change this.")
    return as_it_was_seen(row)


def owner_of_new(model: type[Resource]) -> dict[str, User | None]:
    """Whose a new row is, by the name of its field: whoever adds it."""
    field = model.owner_field()
    return {field.name: me() if field.null else member()} if field else {}


def is_admin() -> bool:
    """Whether who is asking is an admin."""
    user = me()
    return bool(user and user.is_admin)
