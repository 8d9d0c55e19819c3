"""The columns of our tables, and what each accepts: the rules that a field declares are checked here."""

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import peewee
from peewee import SQL, AutoField, Field, ForeignKeyField, IntegerField, NodeList

from models.shared.text import check_characters, check_length, check_visible, tidy

LARGEST_ID = 2**63 - 1
LARGEST_NUMBER = {"SMALLINT": 2**15 - 1, "INT": 2**31 - 1}  # of a whole number in PostgreSQL; else as an id
LONGEST_TEXT = 100_000  # where a field does not say
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
TRUTHS = {"true": True, "false": False}


class IdField(AutoField):
    """A row's number. SQLite never gives the number of a deleted row to another one."""

    def ddl(self, ctx: Any) -> NodeList:
        nodes: NodeList = super().ddl(ctx)
        is_sqlite = self.ddl_datatype(ctx).sql == "INTEGER"
        return NodeList((nodes, SQL("AUTOINCREMENT"))) if is_sqlite else nodes


class LineField(peewee.CharField):
    """One line of text, at least `min_length` characters; `pattern` and what it `allows` in words."""

    def __init__(
        self, *args: Any, min_length: int = 0, lower: bool = False, pattern: str = "", allows: str = "", **options: Any
    ) -> None:
        self.min_length, self.lower, self.pattern, self.allows = min_length, lower, pattern, allows
        super().__init__(*args, **options)


class PasswordField(LineField):
    """What is typed in secret, and never kept as it is."""


class FileField(peewee.BlobField):
    """A file that is sent, and never kept in a table."""


class RangeField(IntegerField):
    """A whole number from `least` to `most`."""

    def __init__(self, *args: Any, least: int, most: int, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(*args, **options)


class TextField(peewee.TextField):
    """Text of several lines, at most `max_length` characters."""

    def __init__(self, *args: Any, max_length: int, **options: Any) -> None:
        self.max_length = max_length
        super().__init__(*args, **options)


class DateField(peewee.DateField):
    """A day. One that somebody typed into the table in another form is as none."""

    def python_value(self, value: Any) -> Any:
        value = self.adapt(value)  # type: ignore[no-untyped-call]
        return value if isinstance(value, date) else None


class DateTimeField(peewee.DateTimeField):
    """A time in UTC. One that cannot be read is as none."""

    def python_value(self, value: Any) -> Any:
        value = self.adapt(value)  # type: ignore[no-untyped-call]
        return value if isinstance(value, datetime) else None


def accepted(field: Field, value: Any) -> Any:
    """`value` as `field` stores it. ValueError with a message that finishes the sentence "name …"."""
    if field.default == "" and isinstance(value, str) and not value.strip():
        return ""  # the default says that empty is fine
    value = converted(field, value)
    if value is None and not field.null:
        raise ValueError("is required")
    if isinstance(value, str):
        check_length(value, getattr(field, "min_length", 0) or 0, getattr(field, "max_length", None) or LONGEST_TEXT)
        check_visible(value)
        check_pattern(field, value)
    check_choice(field, value)
    return value


def check_pattern(field: Field, text: str) -> None:
    pattern = getattr(field, "pattern", "")
    if pattern and not re.fullmatch(pattern, text):
        raise ValueError(f"may only have {getattr(field, 'allows', pattern)}")


def check_choice(field: Field, value: Any) -> None:
    choices = [choice for choice, _label in field.choices or ()]
    if choices and value is not None and value not in choices:
        raise ValueError(f"must be one of {', '.join(map(str, choices))}")


def converted(field: Field, value: Any) -> Any:
    """`value` in the field's type, or None when it is empty. ValueError with a message, or the one that it is."""
    if isinstance(value, ValueError):
        raise value
    if isinstance(value, str):
        value = tidy(value, getattr(field, "max_length", None) or LONGEST_TEXT)
    if value is None or value == "":
        return None
    for kind, convert in CONVERSIONS.items():
        if isinstance(field, kind):
            return convert(field, value)
    return value


def to_text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    check_characters(value, lines=isinstance(field, peewee.TextField))
    return value.lower() if getattr(field, "lower", False) else value


def to_date(_field: Field, value: Any) -> date:
    if type(value) is date:
        return value
    try:
        # Python reads more forms of ISO 8601 than the one we ask for.
        return date.fromisoformat(value if ISO_DATE.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise ValueError("must be a date like 2008-04-05") from None


def to_time(_field: Field, value: Any) -> datetime:
    """Times are kept in UTC, without their zone: SQLite has no type that holds one."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return (time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time).replace(microsecond=0)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("must be a time like 2008-04-05T16:30:00Z") from None


def to_whole_number(field: Field, value: Any) -> int:
    is_digits = isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value)
    number = int(value) if is_digits else value
    if type(number) is not int:
        raise ValueError("must be a whole number")
    largest = LARGEST_NUMBER.get(field.field_type, LARGEST_ID)
    if abs(number) > largest:
        raise ValueError(f"must be a whole number from -{largest} to {largest}")
    return number


def to_float(_field: Field, value: Any) -> float:
    try:
        number = float(as_number(value))
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("must be a number")
    return number


def to_decimal(field: Any, value: Any) -> Decimal:
    number = as_number(value)
    if not number.is_finite():
        raise ValueError("must be a number")
    whole_digits = field.max_digits - field.decimal_places
    if abs(number) >= 10**whole_digits:
        raise ValueError(f"must have at most {whole_digits} digits before the point")
    rounded = in_places(field, number)
    if rounded != number:
        raise ValueError(f"must have at most {field.decimal_places} decimal places")
    return rounded


def as_number(value: Any) -> Decimal:
    is_text = isinstance(value, str) and NUMBER.fullmatch(value)
    if not is_text and type(value) not in (int, float, Decimal):
        raise ValueError("must be a number")
    return Decimal(str(value))  # by its text, as 0.1 is not a tenth to a computer


def in_places(field: Any, number: Decimal) -> Decimal:
    """`number` with as many decimal places as `field` has."""
    return number.quantize(Decimal(1).scaleb(-field.decimal_places))


def to_truth(_field: Field, value: Any) -> bool:
    truth = TRUTHS.get(value.lower()) if isinstance(value, str) else value
    if type(truth) is not bool:
        raise ValueError("must be true or false")
    return truth


def to_uuid(_field: Field, value: Any) -> UUID:
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not UUID_TEXT.fullmatch(value):
        raise ValueError("must be a UUID like 0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10")
    return UUID(value)


def to_row_id(field: Any, value: Any) -> int:
    value = getattr(value, "id", value)
    number = to_whole_number(field.rel_field, value)
    other = field.rel_model
    if not other.select(other.id).where(other.id == number).exists():
        raise ValueError("does not exist")
    return number


CONVERSIONS = {
    ForeignKeyField: to_row_id,
    IntegerField: to_whole_number,
    peewee.FloatField: to_float,
    peewee.DecimalField: to_decimal,
    peewee.BooleanField: to_truth,
    peewee.UUIDField: to_uuid,
    peewee.DateTimeField: to_time,
    peewee.DateField: to_date,
    peewee.CharField: to_text,
    peewee.TextField: to_text,
}


def utc_now() -> datetime:
    """Now in UTC, to the second, without its zone."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def utc_text(time: datetime | None) -> str | None:
    """A time of ours as ISO 8601 writes it, like 2008-04-05T16:30:00Z."""
    return time.isoformat(timespec="seconds") + "Z" if time else None
