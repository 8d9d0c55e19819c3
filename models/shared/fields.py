"""The columns of our tables that say more than Peewee's: what a field may have beside its type."""

from datetime import UTC, datetime
from typing import Any, ClassVar

import peewee
from peewee import SQL, AutoField, Field, MetaField, NodeList

from models.shared.renamed import know_old_names

know_old_names()


class IdField(AutoField):
    """A row's number. SQLite never gives the number of a deleted row to another one."""

    def ddl(self, ctx: Any) -> NodeList:
        """As Peewee's, and AUTOINCREMENT in SQLite."""
        nodes: NodeList = super().ddl(ctx)
        is_sqlite = self.ddl_datatype(ctx).sql == "INTEGER"
        return NodeList((nodes, SQL("AUTOINCREMENT"))) if is_sqlite else nodes


class LineField(peewee.CharField):
    """One line of text, at least `min_length` characters.

    `pattern` is a regular expression, `allows` says it in words. With `lower`, capitals become small.
    `autocomplete` is what a browser may fill in, in HTML's words.
    """

    def __init__(
        self,
        *args: Any,
        min_length: int = 0,
        lower: bool = False,
        pattern: str = "",
        allows: str = "",
        autocomplete: str = "",
        **options: Any,
    ) -> None:
        self.min_length, self.lower, self.pattern, self.allows = min_length, lower, pattern, allows
        self.autocomplete = autocomplete
        super().__init__(*args, **options)


class TextField(peewee.TextField):
    """Text of several lines, at most `max_length` characters."""

    def __init__(self, *args: Any, max_length: int, **options: Any) -> None:
        self.max_length = max_length
        super().__init__(*args, **options)


class DateField(peewee.DateField):
    """A day. `autocomplete` is what a browser may fill in."""

    def __init__(self, *args: Any, autocomplete: str = "", **options: Any) -> None:
        self.autocomplete = autocomplete
        super().__init__(*args, **options)


class LimitedField(Field):
    """A number from `minimum` to `maximum`, where it has them."""

    def __init__(self, *args: Any, minimum: Any = None, maximum: Any = None, **options: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(*args, **options)


class IntegerField(LimitedField, peewee.IntegerField):
    """A whole number."""


class FloatField(LimitedField, peewee.FloatField):
    """A number."""


class DecimalField(LimitedField, peewee.DecimalField):
    """A number with so many places, like a price."""


class WriteOnlyField(MetaField):
    """A value that is given to a row and becomes other columns of it, like a password that becomes a hash.

    It has no column of its own. The value waits in the row's `given` until the whole row is accepted; then `keep` is
    called, before the transaction begins, and `discard` if the transaction fails.
    """

    # Of what `read` gives, for the API's description.
    read_schema: ClassVar[dict[str, Any]] = {}
    read_example: ClassVar[Any] = None

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Called by Peewee when the class is made."""
        self.model, self.name = model, name
        model.write_only = model.write_only | {name: self}
        setattr(model, name, WriteOnlyAccessor(self))

    def read(self, row: Any) -> Any:
        """What the attribute of a row is. AttributeError where nothing can be read back."""
        raise AttributeError(f"{self.name} cannot be read back")

    def keep(self, row: Any, value: Any) -> None:
        """Put what becomes of `value` into the columns of `row`."""
        raise NotImplementedError

    def discard(self, row: Any, value: Any) -> None:
        """Undo what `keep` did outside of the database."""


class WriteOnlyAccessor:
    """The attribute of a row that stands for a WriteOnlyField."""

    def __init__(self, field: WriteOnlyField) -> None:
        self.field = field

    def __get__(self, row: Any, model: Any = None) -> Any:
        return self.field if row is None else self.field.read(row)

    def __set__(self, row: Any, value: Any) -> None:
        row.given = row.given | {self.field.name: value}


def label_of(field: Field) -> str:
    """What people call the field."""
    return str(field.verbose_name or field.name.replace("_", " ").capitalize())


def utc_now() -> datetime:
    """Now in UTC, to the second, without its zone."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def utc_text(time: datetime | None) -> str | None:
    """A time of ours as ISO 8601 writes it, like 2008-04-05T16:30:00Z."""
    return time.isoformat(timespec="seconds") + "Z" if time else None
