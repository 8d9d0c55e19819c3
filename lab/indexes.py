"""Lists that lack an index: all rows of a long table are read, to find some or to put them in order."""

import re
from typing import Any

from lab.cures import models_by_table
from lab.places import SourceLine
from lab.plan import Plan
from lab.plans import Plans
from lab.record import Record, Warned
from lab.sql_words import SQL_NAME, main_table, named_tables

ASKED_COLUMN = re.compile(
    rf"(?:({SQL_NAME})\.)?({SQL_NAME})\s*(?:=|<|>|IN\b|BETWEEN\b|LIKE\b|ILIKE\b|$|ASC|DESC|,)", re.IGNORECASE
)


def without_index(record: Record, plans: Plans) -> list[Warned]:
    """A warning for each statement of the record that an index would make quick."""
    statements = [(number, each.sql) for number, each in enumerate(record.raw_statements) if not each.is_control]
    found = plans.of([sql for _, sql in statements])
    lists = [(number, sql) for number, sql in statements if lacks_index(sql, found[sql])]
    long = plans.long_tables({table for _, sql in lists for table in found[sql].scanned}) if lists else set()
    merged: dict[str, Warned] = {}
    for number, sql in lists:
        for table in sorted(long.intersection(found[sql].scanned))[:1]:
            one = warned(sql, table, record.raw_statements[number].place)
            merged.setdefault(f"{one.place} {one.text} {one.cure}", one).statements.append(number)
    return list(merged.values())


def lacks_index(sql: str, plan: Plan) -> bool:
    """Whether every row of a student's table is read, though only some are asked for, or all in an order."""
    is_theirs = any(is_open(models_by_table().get(table)) for table in plan.scanned)
    return is_theirs and (plan.is_sorted or " WHERE " in sql.upper())


def is_open(model: Any) -> bool:
    """Whether it is a model with pages, or a table that no model has."""
    return model is None or bool(model.plural or model.__name__ == "Post")


def warned(sql: str, table: str, place: SourceLine | None) -> Warned:
    """A list without an index, and the field that should have one."""
    model = models_by_table().get(table)
    name = model.__name__ if model else table
    why = "to put them in order" if " WHERE " not in sql.upper() else "to find some of them"
    text = f"reads every row of {name} {why}, as no index helps: the more rows, the longer it takes."
    field = next((each for each in compared_fields(sql, table, model) if not each.index and not each.unique), None)
    cure = f"Give {name} an index: {field.name} = {type(field).__name__}(index=True)" if field else ""
    return Warned("no index", text, cure, place, [])


def compared_fields(sql: str, table: str, model: Any) -> list[Any]:
    """The fields of the model that stand behind WHERE or ORDER BY."""
    where = sql.upper().find(" WHERE ")
    begin = where if where >= 0 else sql.upper().find(" ORDER BY ")
    tables, main = named_tables(sql), main_table(sql)
    found = []
    for owner, column in ASKED_COLUMN.findall(sql, begin) if model and begin >= 0 else ():
        of_table = tables.get(owner.strip('"'), main)
        fields = {each.column_name: each for each in model._meta.sorted_fields}
        if of_table == table and column.strip('"') in fields:
            found.append(fields[column.strip('"')])
    return found
