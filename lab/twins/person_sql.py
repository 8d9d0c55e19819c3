"""SQL as a person writes it: words in capitals, and names in quotes only where they need them."""

import re
from typing import Any

from peewee import Field

from lab.literals import literal
from lab.sql.plain_names import name_in_sql
from lab.twins.values import stored
from models.shared.database import database


def table_in_sql(model: Any) -> str:
    """Its table."""
    return name_in_sql(model._meta.table_name)


def column_in_sql(field: Field, with_table: bool = False) -> str:
    """Its column, where several tables are named with its table."""
    column = name_in_sql(field.column_name)
    return f"{table_in_sql(field.model)}.{column}" if with_table else column


def value_in_sql(field: Field, value: Any) -> str:
    """A value of this column; a number without quotes."""
    text = literal(stored(field, value))
    return text.strip("'") if re.fullmatch(r"'-?[0-9]+(\.[0-9]+)?'", text) and field.field_type == "DECIMAL" else text


def everything_of(model: Any) -> str:
    """SELECT with all columns that the class knows; the table may have more."""
    known = [field.column_name for field in model._meta.sorted_fields]
    there = [column.name for column in database.get_columns(model._meta.table_name)]
    columns = "*" if sorted(known) == sorted(there) else ", ".join(map(name_in_sql, known))
    return f"SELECT {columns}\nFROM {table_in_sql(model)}"
