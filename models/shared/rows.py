"""What every row can do: create, read, update and delete itself."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from typing import Any, ClassVar, Self

from peewee import DoesNotExist, Field, IntegrityError, Model
from playhouse.hybrid import hybrid_method

from models.shared.database import database
from models.shared.fields import IdField, accepted


class Invalid(Exception):
    """A row that breaks its rules.

    `problems` is {field: message}, every problem at once; a message finishes the sentence "name …".
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field} {message}" for field, message in problems.items()))
        self.problems = problems


class BaseModel(Model):
    """A table is a class and its rows are objects.

    On a row, `create`, `read`, `update` and `delete` do what they say; on the class, `update()` and
    `delete()` are Peewee's queries on many rows. `create` and `update` raise `Invalid`; `update` and
    `delete` raise `DoesNotExist` when the row is gone.
    """

    id = IdField()
    DoesNotExist: ClassVar[type[DoesNotExist]]
    _dirty: set[str]

    # The order of a list, and what it may be sorted, filtered and searched by.
    sort: ClassVar = "id"
    sorts: ClassVar[tuple[str, ...]] = ("id",)
    filters: ClassVar[tuple[str, ...]] = ()
    searched: ClassVar[tuple[str, ...]] = ()
    # Attributes that can be given but never read back, and what each accepts; fields that only the program sets.
    write_only: ClassVar[dict[str, Field]] = {}
    read_only: ClassVar[tuple[str, ...]] = ()
    # For the API's description: values that are nobody's, and the JSON Schema of what read() gives
    # that is neither a column as it is kept nor a property whose type says it.
    examples: ClassVar[dict[str, Any]] = {}
    schemas: ClassVar[dict[str, Any]] = {}

    class Meta:
        database = database
        legacy_table_names = False

    def __init__(self, *args: Any, **values: Any) -> None:
        if "__no_default__" not in values:  # Peewee's word for a row that comes from the database
            self.refuse_unknown(values)
        super().__init__(*args, **values)

    @hybrid_method
    def create(self) -> Self:
        """Insert this row, or raise `Invalid`. On the class: `User.create(name=…)`."""
        self.clean(self._meta.sorted_fields)
        self.write(force_insert=True)
        return self

    @create.expression
    def create(cls: Any, **values: Any) -> Any:
        return cls(**values).create()

    @property
    def owner_id(self) -> int | None:
        """The user who may change this row; None when only admins may."""
        return None

    def read(self) -> dict[str, Any]:
        """What anyone who may see this row may see of it, in JSON's types."""
        raise NotImplementedError

    @hybrid_method
    def update(self, **changes: Any) -> Self:
        """Change the named values, or raise `Invalid` and change nothing."""
        self.refuse_unknown(changes)
        before = vars(self) | {
            "__data__": dict(self.__data__),
            "__rel__": dict(self.__rel__),
            "_dirty": set(self._dirty),
        }
        try:
            for name, value in changes.items():
                setattr(self, name, value)
            self.clean(self.dirty_fields)
            if self.dirty_fields:
                self.write(only=self.dirty_fields)
        except BaseException:
            self.__dict__ = before
            raise
        return self

    @update.expression
    def update(cls, *args: Any, **values: Any) -> Any:
        return super().update(*args, **values)

    @hybrid_method
    def delete(self) -> None:
        """Delete this row, and the rows that belong to it."""
        with database.atomic():
            if not self.delete_instance(recursive=True):
                raise type(self).DoesNotExist

    @delete.expression
    def delete(cls: Any) -> Any:
        return super().delete()  # type: ignore[arg-type]  # called on the class

    def problems(self) -> Iterator[tuple[str, str]]:
        """The (field, message) pairs of the rules that no field can say alone."""
        yield from ()

    def clean(self, fields: Iterable[Field]) -> None:
        """Bring `fields` into their stored form, or raise `Invalid` with every problem."""
        before = dict(self.__data__)
        problems = {}
        for field in fields:
            if field.primary_key:
                continue
            try:
                self.__data__[field.name] = accepted(field, self.__data__.get(field.name))
                self.check_unique(field)
            except ValueError as error:
                problems[field.name] = str(error)
                self.__data__[field.name] = None  # so that problems() meets no value of a wrong type
        # Of a row with bad values, a rule that compares them may find none to compare.
        with suppress(TypeError, AttributeError) if problems else nullcontext():
            for name, message in self.problems():
                problems.setdefault(name, message)
        for name, message in self.taken_together():
            problems.setdefault(name, message)
        if problems:
            self.__data__ = before
            raise Invalid(problems)

    def check_unique(self, field: Field) -> None:
        """ValueError when another row has this value."""
        value = self.__data__[field.name]
        if field.unique and value is not None:
            model = type(self)
            twin = model.select(model.id).where(field == value, model.id != (self.id or 0))
            if twin.exists():
                raise ValueError("is already taken")

    def taken_together(self) -> Iterator[tuple[str, str]]:
        """The (field, message) pairs of unique indexes over several fields which another row stands in the way of."""
        model = type(self)
        for index in self._meta.indexes:
            names, is_unique = index if isinstance(index, tuple | list) else ((), False)
            fields = [self._meta.combined[name] for name in names]
            values = {field: self.__data__.get(field.name) for field in fields}
            if is_unique and None not in values.values():
                is_twin = [field == value for field, value in values.items()]
                if model.select(model.id).where(*is_twin, model.id != (self.id or 0)).exists():
                    *others, last = (field.name for field in fields)
                    yield last, f"is already taken with this {' and '.join(others)}"

    def write(self, **how: Any) -> None:
        try:
            with database.atomic():
                rows = self.save(**how)
        except IntegrityError:
            # Another writer came between check and write: checked again, its row shows.
            self.clean(self._meta.sorted_fields)
            raise
        if not rows:
            raise type(self).DoesNotExist

    def save(self, force_insert: bool = False, only: Iterable[Any] | None = None) -> int:
        """As Peewee's, which would call our `update` for a row that is there already."""
        if force_insert or self.id is None:
            return super().save(force_insert=force_insert, only=only)
        fields = [self._meta.combined[str(getattr(each, "name", each))] for each in only or self._meta.sorted_fields]
        values = {field: self.__data__[field.name] for field in fields if field.name in self.__data__}
        values.pop(self._meta.primary_key, None)
        model = type(self)
        rows: int = model.update(values).where(model.id == self.id).execute()
        self._dirty.difference_update(field.name for field in values)
        return rows

    @classmethod
    def refuse_unknown(cls, values: Iterable[str]) -> None:
        """Peewee sets any attribute it is given; a misspelt or a made-up one is a mistake here."""
        known = {*cls._meta.fields, *cls.write_only}
        known.update(field.object_id_name for field in cls._meta.refs)
        problems = {name: "is not a field" for name in values if name not in known}
        problems |= {name: "is given by the database" for name in values if name == "id"}
        if problems:
            raise Invalid(problems)
