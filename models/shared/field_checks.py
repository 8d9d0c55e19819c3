"""What the fields of a Resource must be, found at the start: each check gives (problem, remedy) pairs."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from peewee import DeferredForeignKey, Field, ForeignKeyField

from models.shared.kinds import KINDS, has_kind, kind_of
from models.shared.old_pictures import picture_fields
from models.shared.resource import Resource, is_owner
from models.shared.rows import BaseModel
from models.shared.values import accepted


def wrong_fields(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of the fields."""
    if model._meta.primary_key is not model._meta.fields.get("id"):
        yield "has a primary key of its own", "Take primary_key=True away: every row gets an id."
    for name, value in vars(model).items():
        if isinstance(value, type) and issubclass(value, Field):
            yield f"has a field {name} without brackets", f"Write {name} = {value.__name__}()."
    for name in model._meta.manytomany:
        yield f"has a field {name} that is a ManyToManyField", "Write a class with two foreign keys."
    columns = Counter(column.lower() for column in model._meta.columns)
    for column in [column for column, count in columns.items() if count > 1]:
        yield f"has two fields in the column {column}", "Rename one; capitals make no difference."
    if len([field for field in model._meta.sorted_fields if is_owner(field)]) > 1:
        yield "has both a user and an owner", "Rename the one that does not say whose a row is."
    for field in (*model._meta.sorted_fields[1:], *model.write_only.values()):
        for problem, remedy in wrong_field(field):
            yield f"has a field {field.name} {problem}", remedy


def wrong_pictures(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of fields that are called as the columns of a picture."""
    for picture in picture_fields(model):
        for name in picture.columns:
            if getattr(model._meta.fields[name], "part_of", "") != picture.name:
                yield f"has a field {name}, which the picture {picture.name} needs for itself", "Rename one of them."


def lacks_fields(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pair of a class without any."""
    if len(model._meta.sorted_fields) == 1:
        yield "has no fields", "Write one in it, like name = CharField(max_length=100)."


def wrong_field(field: Field) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pair of one field."""
    if isinstance(field, DeferredForeignKey):
        file = field.rel_model_name
        yield f"that refers to {file}, which is no model", f"Make it first: python -m models new {file} name:char."
    elif not has_kind(field):
        classes = ", ".join(each.__name__ for each, kind in KINDS.items() if kind.template)
        yield f"that is a {type(field).__name__}", f"Take one of {classes}."
    elif hasattr(Resource, field.name) or field.name == "self":
        yield "which hides what every row has by that name", "Give the field another name."
    elif hides_whose_a_row_is(field):
        yield "that hides whose a row is", "Give it another name, as owner and owner_id say that."
    elif field.column_name == "id":
        yield "in the column id, which is the row's number", "Give the column another name."
    elif wrong := kind_of(field).wrong(field):
        yield wrong
    elif has_bad_backref(field):
        yield "with a backref which hides what is there by that name", "Give it another one."
    elif has_bad_choices(field):
        yield "with choices that cannot be chosen", 'Write pairs of a value and a label: choices=[("s", "Small")].'
    elif has_bad_default(field):
        yield f"with the default {field.default!r}, which it would refuse", "Give it one that fits the field."


def hides_whose_a_row_is(field: Any) -> bool:
    """Whether Peewee puts its id where the rows' own `owner_id` would be, which says who may change them."""
    return getattr(field, "object_id_name", "") == "owner_id" and not is_owner(field)


def has_bad_backref(field: Any) -> bool:
    """Whether it refers back by a name that is taken."""
    name = getattr(field, "backref", "+")  # which stands for none
    return hasattr(BaseModel, name) or name in getattr(field, "rel_model", field.model)._meta.fields


def has_bad_choices(field: Field) -> bool:
    """Whether a choice is one that the field would refuse."""
    try:
        return any(not is_choice(field, pair) for pair in field.choices or ())
    except (TypeError, ValueError):
        return True


def is_choice(field: Field, pair: Any) -> bool:
    """Whether it is a value that the field takes, and its label."""
    return isinstance(pair, tuple | list) and len(pair) == 2 and bool(accepted(field, pair[0]) == pair[0])


def has_bad_default(field: Field) -> bool:
    """Whether the field would refuse its own default."""
    if field.default is None or callable(field.default) or isinstance(field, ForeignKeyField):
        return False
    try:
        accepted(field, field.default)
    except ValueError:
        return True
    return False
