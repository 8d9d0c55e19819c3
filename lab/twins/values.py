"""Values for the twins of a model: from its own rows, or where there are none, what its fields take."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from peewee import Field, ForeignKeyField, fn

from lab.housekeeping import housekeeping_models
from lab.secrets import is_secret_name, without_hashes
from models.shared.conversions import longest_text
from models.shared.kinds import has_kind, kind_of
from models.shared.old_pictures import picture_fields
from models.shared.rules import within_limits
from models.shared.values import converted, to_json

WORD = re.compile(r"[A-Za-z]{2,20}")
TRIES_FOR_ANOTHER = 50
LONGEST_SAMPLE = 200  # letters


@cache
def shown_fields(model: Any) -> list[Field]:
    """Its columns without the id, secrets and those that a picture makes."""
    of_pictures = {name for picture in picture_fields(model) for name in picture.columns}
    fields = [field for field in model._meta.sorted_fields if not field.primary_key and has_kind(field)]
    return [each for each in fields if each.name not in of_pictures and not is_secret(each)]


def is_secret(field: Field) -> bool:
    """Whether nobody may see its values."""
    return is_secret_name(field.name) or is_secret_name(field.column_name)


def named_fields(model: Any, *names: str) -> list[Field]:
    """Those of its shown fields that have these names, in the order of the names."""
    fields = {field.name: field for field in shown_fields(model)}
    return [fields[name] for name in names if name in fields]


def label_field(model: Any) -> Field:
    """What a row is called by: its first text; else what it is sorted by, or its id."""
    return next(iter(named_fields(model, *model.searched, *model.sorts)), model._meta.primary_key)


def references_of(model: Any) -> list[ForeignKeyField]:
    """Its foreign keys, those first that each row has."""
    keys = [field for field in shown_fields(model) if isinstance(field, ForeignKeyField)]
    return sorted(keys, key=lambda key: key.null)


def referring_keys(model: Any) -> list[ForeignKeyField]:
    """The foreign keys of others to it, but those of the site's own keeping and its own."""
    others = [key for key in model._meta.backrefs if key.model is not model]
    return [key for key in others if key.model not in housekeeping_models()]


def sample_of(field: Field) -> Any:
    """A value that a row has, from the middle of the table; what such a field may have where there is none."""
    rows = field.model.select(field).where(field.is_null(False)).order_by(field.model.id)
    found = rows.offset(max(rows.count() // 5, 0)).limit(1).dicts().first()
    value = found[field.name] if found else None
    is_readable = isinstance(value, kind_of(field).stored_as)
    is_short = len(str(value)) <= LONGEST_SAMPLE and without_hashes(str(value)) == str(value)
    return value if is_readable and is_short else made_up_value(field)


def made_up_value(field: Any) -> Any:
    """A value that nobody has."""
    if field.choices:
        return field.choices[0][0]
    if field.name in field.model.examples:
        return field.model.examples[field.name]
    value = kind_of(field).example
    return within_limits(field, value) if kind_of(field).is_number else value


def in_python(value: Any) -> str:
    """A value as Python code. A day, a time and a number with places are texts."""
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    return json.dumps(str(value), ensure_ascii=False)


def stored(field: Any, value: Any) -> Any:
    """What the database gets for it."""
    try:
        return field.db_value(converted(field, value))
    except (ValueError, TypeError):
        return field.db_value(value)


def new_values(model: Any) -> dict[str, Any] | None:
    """What a new row may be given, in JSON's types: what it must have, and what it is called. None when it cannot be.

    What the class would choose anew each time, like the time of now, is given, too: so both twins have the same.
    """
    newest: dict[str, Any] = model.select().order_by(model.id.desc()).limit(1).dicts().first() or {}
    label, values = label_field(model), {}
    for field in shown_fields(model):
        is_required = not field.null and field.default is None
        if not (is_required or callable(field.default) or field is label or field.name in model.examples):
            continue
        value = new_value(field, newest.get(field.name), field is label)
        if value is None and is_required:
            return None
        if value is not None:
            values[field.name] = to_json(field, value)
    return values


def new_value(field: Any, newest: Any, is_label: bool) -> Any:
    """One of them. `newest` is that of the newest row."""
    if isinstance(field, ForeignKeyField):
        first = field.rel_model.select(field.rel_model.id).limit(1).dicts().first()
        return newest if newest is not None else first and first["id"]
    is_example = newest is None or field.name in field.model.examples
    value = made_up_value(field) if is_example else newest
    if field.unique:
        return not_there_yet(field, value)
    return another(field, value) if is_label and not is_example else value


def not_there_yet(field: Any, value: Any) -> Any:
    """`value`, or one like it that no row has; None when it is hard to find."""
    if kind_of(field).is_number:
        largest = field.model.select(fn.MAX(field)).scalar()
        return value if largest is None else largest + 1
    for _ in range(TRIES_FOR_ANOTHER):
        if not field.model.select().where(field == value).exists():
            return value
        value = another(field, value)
    return None


def another(field: Any, value: Any) -> Any:
    """A value like this one; the same, where that is not easy."""
    if kind_of(field).is_text and isinstance(value, str) and not field.choices:
        is_word = " " not in value or bool(getattr(field, "pattern", ""))
        end = "2" if is_word else " Indeed." if value[-1] == "." else " II"
        return value[: min(longest_text(field), LONGEST_SAMPLE) - len(end)] + end
    if type(value) is bool:
        return not value
    if isinstance(value, int | float | Decimal):
        return within_limits(field, value + 1)
    if isinstance(value, date):  # a time, too
        return value + timedelta(days=1)
    return UUID(int=(value.int + 1) % 2**128) if isinstance(value, UUID) else value
