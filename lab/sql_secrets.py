"""Which values of a statement must not be shown: those that are compared with, or kept in, a secret column."""

import re
from functools import lru_cache

from lab.secrets import is_secret_name

SQL_WORD = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?|%s|[A-Za-z_][A-Za-z0-9_]*|[(),;]")
# A value behind one of these belongs to no column that was named before.
BEGINS_ANEW = {"AND", "OR", "WHERE", "LIMIT", "OFFSET", "ON", "HAVING", "BY", "SELECT", "THEN", "ELSE", "SET", "FROM"}
STAYS = {"IN", "NOT", "LIKE", "ILIKE", "IS", "BETWEEN", "COLLATE", "NOCASE", "ESCAPE", "VALUES", "RETURNING", "AS"}
INSERTS = re.compile(r"\s*(?:INSERT|REPLACE)\b[^(]*\(([^)]*)\)\s*VALUES", re.IGNORECASE)
PLACES = ("?", "%s")


@lru_cache(1000)
def secret_places(sql: str) -> frozenset[int]:
    """The numbers of the parameters that belong to a secret column."""
    columns = inserted_columns(sql)
    found, number, column = set(), 0, ""
    for token in SQL_WORD.findall(sql):
        if token in PLACES:
            named = columns[number % len(columns)] if columns else column
            if is_secret_name(named):
                found.add(number)
            number += 1
        elif token[0] == '"' or (token[0].isalpha() or token[0] == "_"):
            column = next_column(column, token)
    return frozenset(found)


def next_column(column: str, token: str) -> str:
    """The column that a value would belong to behind this word."""
    word = token.upper()
    if word in BEGINS_ANEW:
        return ""
    return column if word in STAYS else token.strip('"')


def inserted_columns(sql: str) -> list[str]:
    """Of INSERT, in the order of the values; none of another statement."""
    found = INSERTS.match(sql)
    return [each.strip().strip('"') for each in found[1].split(",")] if found else []
