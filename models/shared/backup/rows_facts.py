"""What a copy of the rows holds: how many rows each table has, which number came last, which pictures are named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.shared.folding_triggers import sql_name
from models.shared.migrating import APPLIED
from models.shared.old_pictures import name_field
from models.shared.picture import file_names
from models.shared.picture_rows import all_pictures

Ask = Callable[[str], list[Any]]

MADE_FROM_OTHERS = "folded"  # copies of texts and their indexes, which the program makes anew


@dataclass(frozen=True)
class Facts:
    """As in a manifest; `files` are those of pictures that rows name."""

    migrations: list[str]
    tables: dict[str, int]
    sequences: dict[str, int]
    files: list[str]


def facts_of(ask: Ask, columns: dict[str, set[str]], sequences: dict[str, int]) -> Facts:
    """What `ask` finds, which takes SQL and gives rows; of tables with these columns."""
    tables = {name: ask(f"SELECT count(*) FROM {sql_name(name)}")[0][0] for name in sorted(columns) if is_counted(name)}  # noqa: S608
    applied = [name for (name,) in ask(f"SELECT name FROM {APPLIED} ORDER BY name")] if APPLIED in columns else []  # noqa: S608
    return Facts(applied, tables, sequences, sorted(set(files_named(ask, columns))))


def is_counted(table: str) -> bool:
    """Whether its rows are counted."""
    return not table.startswith((MADE_FROM_OTHERS, "sqlite_"))


def files_named(ask: Ask, columns: dict[str, set[str]]) -> Iterator[str]:
    """The files of the pictures that rows have, thumbnails too."""
    for picture in all_pictures():
        field = name_field(picture)
        table, column = field.model._meta.table_name, field.column_name
        if column in columns.get(table, ()):
            sql = f"SELECT {sql_name(column)} FROM {sql_name(table)} WHERE {sql_name(column)} IS NOT NULL"  # noqa: S608
            for (name,) in ask(sql):
                yield from file_names(str(name))
