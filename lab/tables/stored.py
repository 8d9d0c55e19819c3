"""What the database itself says of a table: its columns, keys and indexes, whatever engine keeps it."""

import re
from dataclasses import dataclass, field

# Types whose values stand on the right, and those that are texts, in the words of both engines.
NUMBER_TYPE = re.compile(r"INT|REAL|FLOA|DOUB|NUMERIC|DECIMAL|SERIAL", re.IGNORECASE)
TEXT_TYPE = re.compile(r"CHAR|CLOB|TEXT", re.IGNORECASE)
WITHOUT_ROWID = re.compile(r"\)[^)]*\bWITHOUT\s+ROWID\b[^)]*$", re.IGNORECASE)
LONG_NAMES = {"character varying": "varchar", "timestamp without time zone": "timestamp", "double precision": "double"}

IndexShape = tuple[tuple[str | None, ...], bool]  # of an index: its columns, and whether it is unique


@dataclass(frozen=True)
class StoredColumn:
    """A column. `key_place` is its place in the primary key, from 1 on; 0 where it is none of it."""

    name: str
    type: str
    is_null: bool = True
    default: str | None = None
    key_place: int = 0

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, as far as its type says."""
        return bool(NUMBER_TYPE.search(self.type)) and not self.type.endswith("]")

    @property
    def is_text(self) -> bool:
        """Whether its values are texts, as far as its type says."""
        return bool(TEXT_TYPE.search(self.type))

    @property
    def short_type(self) -> str:
        """Its type as a picture has room for it."""
        lower = self.type.lower()
        name = next((name for name in LONG_NAMES if lower.startswith(name)), "")
        return f"{LONG_NAMES[name]}{lower[len(name) :]}".upper() if name else self.type.upper()


@dataclass(frozen=True)
class StoredIndex:
    """An index. A column of None is an expression; `sql` is what makes it, nothing where the table itself does."""

    name: str
    columns: tuple[str | None, ...]
    is_unique: bool = False
    is_partial: bool = False
    is_primary: bool = False
    sql: str = ""

    @property
    def shape(self) -> IndexShape:
        """Its columns, and whether it is unique."""
        return self.columns, self.is_unique


@dataclass(frozen=True)
class TableSize:
    """The bytes of a table, and of its indexes together; `is_about` when only the values were added up."""

    own: int
    of_indexes: int = 0
    is_about: bool = False


@dataclass(frozen=True)
class StoredKey:
    """A foreign key: its columns refer to those of another table."""

    columns: tuple[str, ...]
    table: str
    to_columns: tuple[str, ...]
    on_delete: str = "NO ACTION"


@dataclass(frozen=True)
class StoredTable:
    """A table or a view. `kind` is `table`, `view` or `virtual`; `problem` says why it cannot be read."""

    name: str
    kind: str = "table"
    sql: str = ""
    columns: tuple[StoredColumn, ...] = ()
    indexes: tuple[StoredIndex, ...] = ()
    keys: tuple[StoredKey, ...] = ()
    problem: str = ""
    by_name: dict[str, StoredColumn] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The columns of the primary key, in its order."""
        keys = sorted((column for column in self.columns if column.key_place), key=lambda column: column.key_place)
        return tuple(column.name for column in keys)

    @property
    def is_without_rowid(self) -> bool:
        """Whether SQLite gives its rows no number of their own."""
        return bool(WITHOUT_ROWID.search(self.sql))

    @property
    def is_numbered(self) -> bool:
        """Whether its key is the number that SQLite gives each row."""
        return [self.by_name[name].type.upper() for name in self.primary_key] == ["INTEGER"]

    def keys_at(self, column: str) -> list[StoredKey]:
        """The foreign keys that this column belongs to."""
        return [key for key in self.keys if column in key.columns]
