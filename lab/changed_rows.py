"""Which rows a statement has changed, in words."""

import re

from lab.record import Asked
from lab.secrets import HIDDEN
from lab.sql_words import main_table, verb_of

BY_ID = re.compile(r'"id"\s*(?:=\s*(?:\?|%s)|IN\s*\(\s*(?:\?|%s)(?:\s*,\s*(?:\?|%s))*\s*\))', re.IGNORECASE)
PARAMETER = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?|%s")
DONE = {"INSERT": "added", "REPLACE": "added", "UPDATE": "changed", "DELETE": "deleted"}
MOST_IDS = 5


def rows_changed_by(asked: Asked) -> str:
    """Like `users 11 is added` or `no row of posts is deleted`; nothing for a statement that only reads, or failed."""
    done = DONE.get(verb_of(asked.sql))
    if not done or asked.error:
        return ""
    table = main_table(asked.sql)
    if asked.rows == 0:
        return f"no row of {table} is {done}"
    ids = [asked.new_id] if asked.new_id and asked.rows == 1 and done == "added" else ids_in(asked)
    if asked.rows == len(ids) or (asked.rows == 1 and ids):
        return f"{table} {', '.join(map(str, ids))} {'is' if len(ids) == 1 else 'are'} {done}"
    return f"{asked.rows} {'row' if asked.rows == 1 else 'rows'} of {table} {'is' if asked.rows == 1 else 'are'} {done}"


def ids_in(asked: Asked) -> list[int]:
    """The ids that its WHERE names, if it does so in the plain way."""
    where = asked.sql.upper().rfind(" WHERE ")
    found = BY_ID.search(asked.sql, where) if where >= 0 else None
    if not found:
        return []
    first, how_many = places_in(asked.sql[: found.start()]), places_in(found[0])
    values = asked.values[first : first + how_many]
    return values if how_many <= MOST_IDS and all(type(each) is int for each in values) else []


def places_in(sql: str) -> int:
    """For how many values it has places."""
    return sum(token in ("?", "%s") for token in PARAMETER.findall(sql))


def value_text(value: object) -> str:
    """A value of a statement as it is shown."""
    if value is None:
        return "NULL"
    return repr(value) if isinstance(value, str) and value != HIDDEN and value[:1] != "<" else str(value)
