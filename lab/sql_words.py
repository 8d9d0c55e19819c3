"""SQL as people read it: its tables, in short, and in lines."""

import re
from collections.abc import Iterator
from functools import lru_cache

SQL_NAME = r'"(?:[^"]|"")*"|\w+'
NO_ALIAS = "ON|JOIN|INNER|LEFT|RIGHT|FULL|CROSS|NATURAL|WHERE|ORDER|GROUP|HAVING|LIMIT|OFFSET|SET|VALUES|USING|UNION"
TABLE = re.compile(
    rf"\b(?:FROM|JOIN|INTO|UPDATE(?:\s+OR\s+\w+)?)\s+(?:\w+\.)?({SQL_NAME})"
    rf"(?:\s+(?:AS\s+)?(?!(?:{NO_ALIAS}|AS)\b)({SQL_NAME}))?",
    re.IGNORECASE,
)
TEXT_OR_WORD = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[A-Za-z_]\w*|\S")
BEGINS_LINE = {"FROM", "WHERE", "ORDER", "GROUP", "HAVING", "LIMIT", "VALUES", "SET", "RETURNING", "UNION", "ON"}
JOINS = {"JOIN", "INNER", "LEFT", "CROSS"}
MOST_SHORT = 140  # letters


def named_tables(sql: str) -> dict[str, str]:
    """The tables that it names, by the names that it gives them: `{"t1": "users"}`."""
    return {bare(alias or table): bare(table) for table, alias in TABLE.findall(sql)}


def main_table(sql: str) -> str:
    """The table that is read or changed; the first one, where there are several. Nothing without one."""
    begin = next((place for word, place in top_words(sql) if word in ("FROM", "INTO", "UPDATE")), 0)
    found = TABLE.search(sql, begin)
    return bare(found[1]) if found else ""


def bare(name: str) -> str:
    """A name without its quotes."""
    return name[1:-1].replace('""', '"') if name[:1] == '"' else name


def verb_of(sql: str) -> str:
    """Its first word: SELECT, INSERT …"""
    return (sql.split(None, 1) or [""])[0].upper().rstrip(";")


@lru_cache(1000)
def in_short(sql: str) -> str:
    """What it does, in a line: without the columns that it reads or fills."""
    text = sql.strip()
    if verb_of(text) in ("INSERT", "REPLACE"):
        found = TABLE.search(text)
        return f"{text[: found.end()]} …" if found else cut_short(text)
    if verb_of(text) == "SELECT":
        begin = next((place for word, place in top_words(text) if word == "FROM"), 0)
        text = f"{text[:6]} … {text[begin:]}" if begin > 20 else text
    return cut_short(" ".join(without_alias(text).split()))


def without_alias(sql: str) -> str:
    """A statement about one table, without the name that is given to it for this once."""
    tables = named_tables(sql)
    (alias, table), *others = tables.items() or [("", "")]
    if others or alias == table:
        return sql
    return sql.replace(f'"{alias}".', "").replace(f' AS "{alias}"', "")


def cut_short(text: str) -> str:
    """At most so many letters of it."""
    return text if len(text) <= MOST_SHORT else f"{text[:MOST_SHORT]}…"


@lru_cache(1000)
def in_lines(sql: str) -> str:
    """All of it, each part in a line of its own."""
    lines, begin, before = [], 0, ""
    for word, place in top_words(sql):
        if place and (word in BEGINS_LINE or (word in JOINS and before not in JOINS)):
            lines.append(sql[begin:place].rstrip())
            begin = place
        before = word
    return "\n".join([*lines, sql[begin:]]).strip()


def top_words(sql: str) -> Iterator[tuple[str, int]]:
    """The words that stand in no brackets, in capitals, and where each begins."""
    depth = 0
    for found in TEXT_OR_WORD.finditer(sql):
        token = found[0]
        depth += (token == "(") - (token == ")")  # noqa: S105 - a bracket
        if depth == 0 and (token[0].isalpha() or token[0] == "_"):
            yield token.upper(), found.start()
