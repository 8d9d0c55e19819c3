"""A table of your own: its JSON and its pages appear by themselves."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, ClassVar

from peewee import DeferredForeignKey, Field, ForeignKeyField, make_snake_case  # type: ignore[attr-defined]  # its stubs forget the last

from models.shared.kinds import has_kind, has_range, kind_of
from models.shared.rows import BaseModel
from models.shared.viewers import Viewer, is_for_group, seen_in_group

LIST_PARAMETERS = {"search", "sort", "after", "before", "limit", "expand"}


class Resource(BaseModel):
    """What `models/joke.py` shows: a class of fields is all that a table, its JSON and its pages take.

    A foreign key to User that is named `user` or `owner` says whose a row is: whoever added it.
    `readers` and `writers` say who may do what, where admins may do everything:

    | word     | as `readers`, they see       | as `writers`, they add rows, and change and delete |
    |----------|------------------------------|----------------------------------------------------|
    | everyone | every row, without a login   | any row, without a login                           |
    | members  | every row, logged in         | any row, logged in                                 |
    | owners   | their own rows, logged in    | their own rows, logged in                          |
    | admins   | every row                    | any row                                            |

    A foreign key to Group that is named `group` says whom a row is for: nobody but the people of that group, its owner
    and admins see it. Without a value it is for all readers.

    Without `readers`, the setting DIRECTORY says who sees them, as for users. Without `writers`, it is `owners`;
    rows that are nobody's are then changed by admins only.
    """

    readers: ClassVar[str] = ""
    writers: ClassVar[str] = "owners"
    renamed_from: ClassVar[str] = ""  # what its table was called before
    when_deleted = "NO ACTION"

    class Meta:
        table_function = attrgetter("plural")

    def __init_subclass__(cls) -> None:
        """Before Peewee looks at the class."""
        if "plural" not in vars(cls):
            cls.plural = plural_of(make_snake_case(cls.__name__))

    @classmethod
    def validate_model(cls) -> None:
        """After Peewee has looked at the class: what the fields lack, and how its lists behave."""
        super().validate_model()
        if not cls.plural or cls.is_half():
            return  # this is Resource itself, or it is called again
        kinds = {field: kind_of(field) for field in cls.own_fields() if has_kind(field)}
        for field, kind in kinds.items():
            kind.complete(field)
        exact = names(field for field, kind in kinds.items() if kind.is_exact)
        cls.set_default("shows", ("id", *names(cls.own_fields())))
        cls.set_default("searched", names(field for field, kind in kinds.items() if kind.is_text))
        cls.set_default("sorts", ("id", *names(field for field, kind in kinds.items() if kind.is_sorted)))
        cls.set_default("filters", tuple(name for name in exact if name not in LIST_PARAMETERS))
        cls.set_default("ranges", names(field for field in kinds if has_range(field)))

    @classmethod
    def is_half(cls) -> bool:
        """Whether it refers to a class that has not been read yet."""
        return any(isinstance(field, DeferredForeignKey) for field in cls._meta.sorted_fields)

    @classmethod
    def set_default(cls, name: str, value: tuple[str, ...]) -> None:
        """Unless the class says it itself."""
        if name not in vars(cls):
            setattr(cls, name, value)

    def __str__(self) -> str:
        """What this row is called in lists and forms: its first text."""
        text = next((self.__data__.get(name) for name in type(self).searched), None)
        return str(text) if text else f"{singular_of(type(self))} {self.id}"

    @classmethod
    def owner_field(cls) -> ForeignKeyField | None:
        """The field that says whose a row is, if there is one."""
        return next((field for field in cls._meta.sorted_fields if is_owner(field)), None)

    @classmethod
    def group_field(cls) -> ForeignKeyField | None:
        """The field that says which group a row is for, if there is one."""
        return next((field for field in cls._meta.sorted_fields if is_for_group(field)), None)

    @classmethod
    def seen_by(cls, viewer: Viewer, rows: Any = None) -> Any:
        """As the `group` of the rows says."""
        rows, group, owner = rows or cls, cls.group_field(), cls.owner_field()
        return group and seen_in_group(getattr(rows, group.name), owner and getattr(rows, owner.name), viewer)

    @property
    def is_for_everybody(self) -> bool:
        """Whether it is for no group."""
        group = self.group_field()
        return group is None or self.__data__.get(group.name) is None

    @classmethod
    def own_fields(cls) -> list[Field]:
        """All that a row says beside its id, in the order of the class: columns, and pictures in place of theirs."""
        columns = [field for field in cls._meta.sorted_fields[1:] if not hasattr(field, "part_of")]
        return sorted([*columns, *cls.write_only.values()], key=attrgetter("_sort_key"))

    @classmethod
    def open_fields(cls) -> tuple[str, ...]:
        """The names of the fields that whoever writes a row may give."""
        fields = [field for field in cls.own_fields() if not is_owner(field)]
        return tuple(name for name in names(fields) if name not in cls.read_only)

    @property
    def owner_id(self) -> int | None:
        """Whose this row is; None when it is nobody's."""
        field = self.owner_field()
        return self.__data__.get(field.name) if field else None


def names(fields: Iterable[Field]) -> tuple[str, ...]:
    """Of these fields."""
    return tuple(field.name for field in fields)


def is_owner(field: Any) -> bool:
    """Whether a field says whose a row is."""
    is_reference = isinstance(field, ForeignKeyField) and field.name in ("user", "owner")
    return is_reference and field.rel_model._meta.table_name == "users"


def singular_of(model: type[BaseModel]) -> str:
    """What one row is called in a sentence: of ShoppingList, shopping list."""
    return make_snake_case(model.__name__).replace("_", " ")


def heading_of(model: type[BaseModel]) -> str:
    """What a page calls all rows of a table: Shopping lists."""
    return str(model._meta.table_name).replace("_", " ").capitalize()


def plural_of(word: str) -> str:
    """What several are called: of box, boxes."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in (*"aeiou", ""):
        return f"{word[:-1]}ies"
    return f"{word}s"
