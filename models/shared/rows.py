"""What every row can do: create, read, update and delete itself."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, ClassVar, Self

from peewee import DoesNotExist, IntegrityError, Model, ModelSelect
from playhouse.hybrid import hybrid_method

from models.shared.database import database, room_for_deleting
from models.shared.deletion import Deletion
from models.shared.fields import IdField, WriteOnlyField
from models.shared.folding import fold_row
from models.shared.history.touched import without_history
from models.shared.kinds import has_kind
from models.shared.old_pictures import let_go_of_old_pictures
from models.shared.one_row import all_of, change_row, insert_row, is_there, row_of
from models.shared.readers import readers
from models.shared.row_checks import check_known, check_row
from models.shared.row_query import RowQuery
from models.shared.row_version import require_seen
from models.shared.together import when_taken_back
from models.shared.unreadable import read_kindly
from models.shared.values import from_form
from models.shared.viewers import Viewer, seen_rows
from models.shared.waiting import locked


class BaseModel(Model):
    """A table is a class and its rows are objects.

    On a row, `create`, `read`, `update` and `delete` do what they say; on the class, `update()` and
    `delete()` are Peewee's queries on many rows. `create` and `update` raise `Invalid`; `update` and
    `delete` raise `DoesNotExist` when the row is gone.
    """

    id = IdField()

    # What several of them are called in addresses and in JSON, nothing where they are in none; and whether each of
    # them has a page of its own.
    plural: ClassVar[str] = ""
    has_page: ClassVar[bool] = True
    # What may be seen of a row: columns, properties, and rows that refer to it (the newest ten).
    shows: ClassVar[tuple[str, ...]] = ("id",)
    # A list: the order it has unless somebody asks for another, and what it may be sorted, filtered, searched by;
    # of `ranges`, the values from one to another.
    sort: ClassVar[str] = "id"
    sorts: ClassVar[tuple[str, ...]] = ("id",)
    filters: ClassVar[tuple[str, ...]] = ()
    ranges: ClassVar[tuple[str, ...]] = ()
    searched: ClassVar[tuple[str, ...]] = ()
    # What becomes of rows that must refer to one of these when it is deleted, unless their class says it; and whether
    # it is deleted all the same with what would be in the way.
    when_deleted: ClassVar[str] = "CASCADE"
    takes_all: ClassVar[bool] = False
    # Keys of these names say for whom a row is: without it the row would be for everyone, so it goes too.
    takes_along: ClassVar[tuple[str, ...]] = ()
    # Fields that only the program sets, and (made from the class) those that can be given but are no columns.
    read_only: ClassVar[tuple[str, ...]] = ()
    write_only: ClassVar[dict[str, WriteOnlyField]] = {}
    # Whether it is noted what becomes of the rows; which fields only count, so that another number is nothing to note;
    # and which are secret: of them it is only noted that they changed.
    history: ClassVar[bool] = True
    counters: ClassVar[tuple[str, ...]] = ()
    secrets: ClassVar[tuple[str, ...]] = ()
    # Values that are nobody's, for the API's description.
    examples: ClassVar[dict[str, Any]] = {}

    DoesNotExist: ClassVar[type[DoesNotExist]]
    # What was given and is no column, such as a password: it waits here until the row is written.
    given: dict[str, Any] = {}
    # Unless the row has one of these versions, or these values (their digests by name), it is not changed.
    seen_versions: Collection[str] = ()
    seen_values: Mapping[str, str] = {}
    unreadable: dict[str, str] = {}  # what somebody typed into the table, by the name of a field that reads none
    _dirty: set[str]

    class Meta:
        database = database
        legacy_table_names = False

    # Each verb is there twice: for a row, and (`.expression`) for the class.

    @hybrid_method
    def create(self) -> Self:
        """Insert this row, or raise `Invalid`. On the class: `User.create(name=…)`."""
        check_row(self, self._meta.sorted_fields)
        self.write(is_new=True)
        return self

    @create.expression
    def create(cls: Any, **values: Any) -> Any:
        """On the class: a new row with these values."""
        return cls(**values).create()

    def read(self) -> dict[str, Any]:
        """What `shows` names, in JSON's types: all that may be seen of this row."""
        return {name: shown(self) for name, shown in readers(type(self), tuple(self.shows))}

    @hybrid_method
    def update(self, **changes: Any) -> Self:
        """Change the named values, or raise `Invalid` and change nothing."""
        check_known(type(self), changes)
        before = self.snapshot()
        try:
            for name, value in changes.items():
                setattr(self, name, value)
            check_row(self, self.dirty_fields)
            self.write()
        except BaseException:
            self.__dict__ = before
            raise
        return self

    @update.expression
    def update(cls, *args: Any, **values: Any) -> Any:
        """On the class: Peewee's query on many rows."""
        return super().update(*args, **values)

    @hybrid_method
    def delete(self) -> None:
        """Delete this row, and what goes with it; `InTheWay` when others must refer to it."""
        if not self.delete_instance():
            raise type(self).DoesNotExist

    @delete.expression
    def delete(cls: Any) -> Any:
        """On the class: Peewee's query on many rows."""
        return super().delete()  # type: ignore[arg-type]  # called on the class

    # What a class may say of its own. If `before_write` or `before_delete` has work for after the commit, it passes
    # a function to `database.after_commit`.

    @property
    def owner_id(self) -> int | None:
        """The user who may change this row; None when only admins may."""
        return None

    def problems(self) -> Iterator[tuple[str, str]]:
        """The (field, message) pairs of the rules that no field can say alone."""
        yield from ()

    def before_write(self) -> None:
        """Called in the transaction that inserts or changes this row; what it raises ends the transaction."""

    def before_delete(self) -> None:
        """Called in the transaction that deletes this row."""

    @classmethod
    def seen_by(cls, viewer: Viewer, rows: Any = None) -> Any:
        """The condition that holds for those of the `rows`, the class or an alias of it, that `viewer` sees.

        None when they see each of them. It is asked of those only who may read the table, and never of admins.
        """
        return None

    @property
    def is_for_everybody(self) -> bool:
        """Whether each who reads the table sees this row."""
        return True

    # How it is done.

    @classmethod
    def for_viewer(cls, viewer: Viewer) -> "ModelSelect[Self]":
        """The rows that `viewer` sees."""
        return seen_rows(all_of(cls), viewer)

    @classmethod
    def select(cls, *fields: Any) -> "ModelSelect[Self]":
        """As Peewee's."""
        return RowQuery(cls, fields or cls._meta.sorted_fields, is_default=not fields)

    @classmethod
    def get_by_id(cls, id: Any) -> Self:
        """As Peewee's."""
        row: Self = row_of(all_of(cls), id)
        return row

    @classmethod
    def has_row(cls, id: int) -> bool:
        """Whether there is a row with this id."""
        return is_there(cls, {"id": id})

    def __init__(self, *args: Any, **values: Any) -> None:
        if "__no_default__" not in values:  # Peewee's word for a row that comes from the database
            check_known(type(self), values)
        super().__init__(*args, **values)

    @classmethod
    def validate_model(cls) -> None:
        """Called by Peewee when the class is made."""
        if not cls.history and not cls.plural:
            without_history.add(cls._meta.table_name)
        for field in cls._meta.sorted_fields:
            if has_kind(field):
                read_kindly(cls, field)

    @classmethod
    def all_fields(cls) -> dict[str, Any]:
        """All that a row may be given, by name: columns, and what becomes columns."""
        return cls._meta.fields | cls.write_only

    @classmethod
    def from_form(cls, texts: Mapping[str, Any]) -> dict[str, Any]:
        """Python values for the texts of a form. A text that cannot be turned stays, and is refused with a message."""
        return from_form(cls.all_fields(), texts)

    def is_changed(self, name: str) -> bool:
        """Whether this column of a row that is in the table has been given another value, not written yet."""
        return self.id is not None and name in self._dirty

    def snapshot(self) -> dict[str, Any]:
        """All that an update may change, to go back to."""
        copies = {name: getattr(self, name).copy() for name in ("__data__", "__rel__", "_dirty", "given")}
        return vars(self) | copies

    def write(self, is_new: bool = False) -> None:
        """Insert or change this row in one transaction, once it has been checked."""
        given, self.given = self.given, {}
        fields = [(self.write_only[name], value) for name, value in given.items()]
        try:
            for field, value in fields:
                field.keep(self, value)
            self.insert_or_update(is_new)
        except BaseException:
            self.given = given  # for a second try
            for field, value in fields:
                field.discard(self, value)
            raise
        for field, value in fields:
            when_taken_back(partial(field.discard, self, value))

    def lock(self) -> None:
        """In a transaction, from here to its end: nobody else changes this row, or adds one that refers to it.

        So what is read now is still true when it is written. DoesNotExist when the row is gone.
        """
        if database.for_update:  # SQLite has one writer at a time
            model = type(self)
            locked(model.select(model.id).where(model.id == self.id)).get()

    def insert_or_update(self, is_new: bool) -> None:
        """The transaction of `write`: of a row that is in the table, the columns that have changed."""
        if not is_new and not self._dirty:
            return
        try:
            with database.atomic():
                require_seen(self)
                self.before_write()
                let_go_of_old_pictures(self)
                changed = set(self._dirty)
                if not self.save(force_insert=is_new, only=None if is_new else self.dirty_fields):
                    raise type(self).DoesNotExist
                fold_row(self, set(self.__data__) if is_new else changed)
        except IntegrityError:
            # Somebody else wrote after our check. The check is made again: now it finds that row.
            check_row(self, self._meta.sorted_fields)
            raise

    def save(self, force_insert: bool = False, only: Iterable[Any] | None = None) -> int:
        """As Peewee's, which would call our `update` for a row that is there already."""
        names = [str(getattr(each, "name", each)) for each in only or self._meta.sorted_fields]
        fields = [self._meta.combined[name].name for name in names]
        values = {name: self.__data__[name] for name in fields if name in self.__data__ and name != "id"}
        rows = 1
        if self.id is not None and not force_insert:
            rows = change_row(type(self), self.id, values)
        elif self.id is None and self.has_all(values):
            self.__data__["id"] = insert_row(type(self), values)
        else:
            return super().save(force_insert=force_insert, only=only)
        self._dirty.difference_update(values)
        return rows

    def has_all(self, values: dict[str, Any]) -> bool:
        """Whether nothing is to be added to the values of a new row: a default, or the id of a row it refers to."""
        has_defaults = all(field.name in values for field in self._meta.defaults)
        return has_defaults and all(values.get(name) is not None for name in self.__rel__)

    def delete_instance(self, *_args: Any, takes_all: bool = False, **_options: Any) -> int:
        """How often this row was there. What goes with it says its class; with `takes_all`, nothing is in the way."""
        room_for_deleting()
        with database.atomic():
            require_seen(self)
            self.before_delete()
            self.lock()
            return Deletion(self, takes_all).carry_out()
