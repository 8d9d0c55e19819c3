"""What a copy of the rows holds: how many rows each table has, which number came last, which pictures are named."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from models.shared.history.kept_pictures import picture_columns
from models.shared.loading import all_resources
from models.shared.migrating import APPLIED
from models.shared.picture import file_names
from models.shared.sql_names import sql_name, sql_text

Ask = Callable[[str], list[Any]]

HISTORY_OF_ROWS = "changed_rows"
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
    """Whether its rows are counted: those of somebody's own are, whatever it is called."""
    is_own = any(model._meta.table_name == table for model in all_resources())
    return is_own or not table.startswith((MADE_FROM_OTHERS, "sqlite_"))


def files_named(ask: Ask, columns: dict[str, set[str]]) -> Iterator[str]:
    """The files of the pictures that rows have, and had as far as the history goes; thumbnails too."""
    for table, fields in picture_columns().items():
        for name in sorted(columns.get(table, set()).intersection(field.column_name for field in fields)):
            sql = f"SELECT {sql_name(name)} FROM {sql_name(table)} WHERE {sql_name(name)} IS NOT NULL"  # noqa: S608
            for (picture,) in ask(sql):
                yield from file_names(str(picture))
    if HISTORY_OF_ROWS in columns:
        yield from old_files(ask)


def old_files(ask: Ask) -> Iterator[str]:
    """Of the pictures that rows once had: these may come back."""
    for table, fields in picture_columns().items():
        sql = f"SELECT before, after FROM {HISTORY_OF_ROWS} WHERE table_name = {sql_text(table)}"  # noqa: S608
        for texts in ask(sql):
            for values in (json.loads(text) for text in texts if text):
                for field in fields:
                    yield from file_names(str(values.get(field.column_name)))
